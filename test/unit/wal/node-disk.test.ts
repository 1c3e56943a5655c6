import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { findLockHolder, lockFolder, LOCK_FILE } from '../../../src/wal/folder-lock.ts';
import { openNodeDisk, openReadOnlyDisk } from '../../../src/wal/node-disk.ts';
import { entry, memberId, memoryOf, TestMember } from './member.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quorate-disk-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('the disk of a real machine', () => {
  test('a member keeps its log, snapshot and identity from start to start', async () => {
    const disk = openNodeDisk(join(folder, 'data'));
    const first = await TestMember.open(disk);
    for (let index = 1; index <= 20; index += 1)
      await first.persist({ entries: [entry(index, 1, 300)], memory: [memoryOf(2, 1, index)] });
    await first.persist({ hardState: { term: 2, vote: memberId(2) }, truncateFrom: 15, entries: [entry(15, 2, 20_000)] });
    await first.snapshot(10, 1);
    await first.log.compact(10);
    await first.log.close();
    const second = await TestMember.open(disk);
    expect(second.folder.identity).toEqual(first.folder.identity);
    expect(second.recovered.state.base.index).toBe(10);
    expect(second.recovered.state.hardState).toEqual({ term: 2, vote: memberId(2) });
    expect(second.recovered.state.entries.map(({ index, term }) => [index, term])).toEqual([
      [11, 1],
      [12, 1],
      [13, 1],
      [14, 1],
      [15, 2],
    ]);
    expect(second.recovered.peerMemory).toEqual([memoryOf(2, 1, 20)]);
    await second.log.close();
  });

  test('more buffers than one call of the kernel takes are written in order', async () => {
    const disk = openNodeDisk(folder);
    const file = await disk.open('many', { create: true });
    const chunks = Array.from({ length: 2500 }, (_, position) => Buffer.from([position % 251, 0]).subarray(0, position % 3));
    await file.write(4, chunks);
    await file.datasync();
    expect(await file.read(4, 10_000)).toEqual(Buffer.concat(chunks));
    expect(await file.size()).toBe(4 + Buffer.concat(chunks).length);
    await file.close();
  });

  test('errors carry the errno name', async () => {
    const disk = openNodeDisk(folder);
    await (await disk.open('there', { create: true })).close();
    await expect(disk.open('there', { create: true })).rejects.toMatchObject({ name: 'DiskError', code: 'EEXIST' });
    await expect(disk.open('absent')).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(disk.rename('absent', 'elsewhere')).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(disk.syncFolder('absent')).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('what is absent is an empty list, does not exist, and is removed without complaint', async () => {
    const disk = openNodeDisk(folder);
    expect(await disk.list('absent')).toEqual([]);
    expect(await disk.exists('absent')).toBe(false);
    await disk.remove('absent');
    await disk.makeFolder('a/b');
    await disk.syncFolder('a');
    expect(await disk.list('')).toEqual(['a']);
    await disk.remove('a');
    expect(await disk.exists('a/b')).toBe(false);
    const { freeBytes, totalBytes } = await disk.space();
    expect(freeBytes).toBeGreaterThan(0);
    expect(totalBytes).toBeGreaterThanOrEqual(freeBytes);
  });
});

describe('a disk that is opened for reading only', () => {
  test('reads what is there, and refuses whatever would change it', async () => {
    const written = openNodeDisk(folder);
    const file = await written.open('there', { create: true });
    await file.write(0, [Buffer.from('as it was')]);
    await file.close();
    const disk = openReadOnlyDisk(folder);
    const same = await disk.open('there');
    expect((await same.read(0, 100)).toString()).toBe('as it was');
    await expect(same.write(0, [Buffer.from('X')])).rejects.toMatchObject({ name: 'DiskError', code: 'EBADF' });
    await same.close();
    for (const change of [
      () => disk.open('new', { create: true }),
      () => disk.makeFolder('new'),
      () => disk.rename('there', 'elsewhere'),
      () => disk.remove('there'),
      () => disk.syncFolder(''),
    ]) {
      await expect(change()).rejects.toMatchObject({ code: 'EROFS', message: expect.stringContaining('for reading only') });
    }
    expect(await disk.list('')).toEqual(['there']);
    expect(await readFile(join(folder, 'there'), 'utf8')).toBe('as it was');
  });

  test('what cannot be looked at is an error, and not absent', async () => {
    await writeFile(join(folder, 'file'), '');
    const disk = openReadOnlyDisk(folder);
    await expect(disk.list('file')).rejects.toMatchObject({ code: 'ENOTDIR' });
    await expect(disk.exists('file/inside')).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});

describe('the lock of a data folder', () => {
  const holder = async (changes: object): Promise<void> => {
    const own = JSON.parse(await readFile(join(folder, 'mine'), 'utf8')) as object;
    await writeFile(join(folder, LOCK_FILE), JSON.stringify({ ...own, ...changes }));
  };

  beforeEach(async () => {
    const lock = await lockFolder(folder);
    if (!lock.ok) throw new Error('an empty folder is free');
    await writeFile(join(folder, 'mine'), await readFile(join(folder, LOCK_FILE)));
    await lock.value.release();
  });

  test('a second one is refused with the holder named, until the first is released', async () => {
    const first = await lockFolder(folder);
    expect(first.ok).toBe(true);
    expect(await lockFolder(folder)).toMatchObject({ ok: false, reason: { holder: { pid: process.pid, host: hostname() } } });
    if (first.ok) await first.value.release();
    expect((await lockFolder(folder)).ok).toBe(true);
  });

  test('of several at once, one gets it', async () => {
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => lockFolder(folder)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('a lock of a process that is gone is taken over', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => child.once('exit', resolve));
    await holder({ pid: child.pid });
    expect((await lockFolder(folder)).ok).toBe(true);
  });

  test('so is one of a process whose number a later process carries, and one of before the machine started', async () => {
    await holder({ startTime: '1' });
    const first = await lockFolder(folder);
    expect(first.ok).toBe(true);
    await holder({ boot: 'before' });
    expect((await lockFolder(folder)).ok).toBe(true);
  });

  test('so is one that a crash left empty', async () => {
    await writeFile(join(folder, LOCK_FILE), '');
    expect((await lockFolder(folder)).ok).toBe(true);
  });

  test('a lock of another host is refused, and the message names the file to remove', async () => {
    await holder({ host: 'elsewhere' });
    const outcome = await lockFolder(folder);
    expect(outcome.ok ? '' : outcome.reason.message).toContain(join(folder, LOCK_FILE));
  });

  test.each([
    ['null', 'null'],
    ['a number', '7'],
    ['an object of another kind', '{"pid":1}'],
    ['a holder whose process is no number', '{"host":"h","boot":null,"pid":"1","startTime":null}'],
    ['a holder whose boot is a number', '{"host":"h","boot":7,"pid":1,"startTime":null}'],
  ])('%s in the lock names no holder: it is nobody, and gives way', async (_, text) => {
    await writeFile(join(folder, LOCK_FILE), text);
    expect(await findLockHolder(folder)).toBeNull();
    expect((await lockFolder(folder)).ok).toBe(true);
  });

  test('a holder of a system that tells neither boots nor start times is believed', async () => {
    await writeFile(join(folder, LOCK_FILE), JSON.stringify({ host: 'elsewhere', boot: null, pid: 1, startTime: null }));
    expect(await lockFolder(folder)).toMatchObject({ ok: false, reason: { holder: { boot: null, startTime: null } } });
  });

  test('of several at once that find a stale lock, one gets it', async () => {
    for (let round = 0; round < 20; round += 1) {
      await holder({ boot: 'before' });
      const outcomes = await Promise.all(Array.from({ length: 6 }, () => lockFolder(folder)));
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
      for (const outcome of outcomes) if (outcome.ok) await outcome.value.release();
      expect((await openNodeDisk(folder).list('')).filter((name) => name.startsWith(LOCK_FILE))).toEqual([]);
    }
  });

  test('one whose taker ended half-way is taken over all the same', async () => {
    await holder({ boot: 'before' });
    const stale = await readFile(join(folder, LOCK_FILE), 'utf8');
    const right = `${LOCK_FILE}.${createHash('sha256').update(stale).digest('hex').slice(0, 16)}`;
    await writeFile(join(folder, right), stale);
    expect((await lockFolder(folder)).ok).toBe(true);
    expect((await openNodeDisk(folder).list('')).filter((name) => name.startsWith(LOCK_FILE))).toEqual([LOCK_FILE]);
  });

  test('one that another is just taking over is refused, with the other named', async () => {
    await holder({ boot: 'before' });
    const stale = await readFile(join(folder, LOCK_FILE), 'utf8');
    const right = `${LOCK_FILE}.${createHash('sha256').update(stale).digest('hex').slice(0, 16)}`;
    await writeFile(join(folder, right), await readFile(join(folder, 'mine')));
    expect(await lockFolder(folder)).toMatchObject({ ok: false, reason: { holder: { pid: process.pid } } });
    expect(await readFile(join(folder, LOCK_FILE), 'utf8')).toBe(stale);
  });

  test('who holds it can be asked without taking it', async () => {
    expect(await findLockHolder(folder)).toBeNull();
    const lock = await lockFolder(folder);
    const found = await findLockHolder(folder);
    expect(found?.holder).toMatchObject({ pid: process.pid, host: hostname() });
    expect(found?.message).toContain(`in use by process ${process.pid}`);
    if (lock.ok) await lock.value.release();
    expect(await findLockHolder(folder)).toBeNull();
    await holder({ boot: 'before' });
    expect(await findLockHolder(folder)).toBeNull();
    expect(await openNodeDisk(folder).exists(LOCK_FILE)).toBe(true);
  });

  test('a folder that cannot be locked or looked at is an error with the errno name, not a free one', async () => {
    await expect(lockFolder(join(folder, 'absent'))).rejects.toMatchObject({ name: 'DiskError', code: 'ENOENT' });
    await expect(lockFolder(join(folder, 'mine'))).rejects.toMatchObject({ name: 'DiskError', code: 'ENOTDIR' });
    await expect(findLockHolder(join(folder, 'mine'))).rejects.toMatchObject({ name: 'DiskError', code: 'ENOTDIR' });
  });
});
