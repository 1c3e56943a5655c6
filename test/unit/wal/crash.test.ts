import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Disk, DiskFile } from '../../../src/wal/disk.ts';
import { SimulatedDisk } from '../../support/simulated-disk.ts';
import type { Operation } from '../../support/simulated-disk.ts';
import { asideLife, fullLife, HOP, Promises, secondLife, sweepKills, sweepPowerCuts } from './crash-sweep.ts';
import type { Life } from './crash-sweep.ts';

jest.setTimeout(60_000);

describe('a power cut at every single operation', () => {
  test('S10: whatever is lost, torn or reordered, all that the log acknowledged is there afterwards', async () => {
    expect(await sweepPowerCuts(fullLife)).toBeNull();
  });

  test('S2, S3: a folder that is being set aside is either the old one or a fresh one that remembers it', async () => {
    expect(await sweepPowerCuts(asideLife)).toBeNull();
  });

  test('S10: nor is anything lost when the process was killed before, at every operation, and went on from the page cache', async () => {
    expect(await sweepKills(fullLife, secondLife)).toBeNull();
  });
});

type Sweep = 'full life' | 'set aside' | 'kill, then cut';

/** Every call of `datasync` and `syncFolder` in src/wal: what it syncs, who calls, and the sweep that fails without it. */
const SYNCS: readonly (readonly [site: string, sweep: Sweep])[] = [
  ['datasync next/identity.new by writeDurably', 'full life'],
  ['syncFolder next by prepareNext', 'kill, then cut'],
  ['syncFolder next by publish', 'set aside'],
  ['syncFolder / by prepareNext', 'set aside'],
  ['syncFolder next by makeCurrent', 'kill, then cut'],
  ['syncFolder / by makeCurrent', 'set aside'],
  ['syncFolder current by openDataFolder', 'kill, then cut'],
  ['datasync current/identity.new by writeDurably', 'full life'],
  ['syncFolder current by publish', 'full life'],
  ['syncFolder / by replaceCurrent', 'set aside'],
  ['syncFolder / by replaceCurrent (2)', 'set aside'],
  ['datasync current/wal/N.segment.new by SegmentFiles.#fill', 'full life'],
  ['syncFolder current/wal by publish', 'full life'],
  ['datasync current/wal/N.segment.new by LogWriter.#writeInPlace', 'full life'],
  ['syncFolder current/wal by LogWriter.#compact', 'full life'],
  ['datasync current/snapshots/N.snapshot.new by SnapshotFiles.write', 'full life'],
  ['datasync current/snapshots/N.snapshot.new by ReceivingFile.complete', 'full life'],
  ['syncFolder current/snapshots by publish', 'full life'],
  ['syncFolder current/snapshots by openSnapshotFiles', 'kill, then cut'],
];

/** Not for safety: see "the zeros of a segment are on disk before a commit waits for it" in write-ahead-log.test.ts. */
const FOR_PACE = 'datasync current/wal/N.segment.new by SegmentFiles.#writeSpare';

/** Two calls in one function are told apart by their line. */
class SiteNames {
  readonly #linesOf = new Map<string, string[]>();

  nameOf({ kind, path, site }: Operation): string {
    const [, caller = '', line = ''] = site.split(' ');
    const what = `${kind} ${path === '' ? '/' : path.replace(/\d+(?=\.)/, 'N')} by ${caller}`;
    const lines = this.#linesOf.get(what) ?? [];
    if (!lines.includes(line)) this.#linesOf.set(what, [...lines, line].sort());
    const place = (this.#linesOf.get(what) ?? []).indexOf(line);
    return place === 0 ? what : `${what} (${place + 1})`;
  }
}

describe('every sync is needed', () => {
  const names = new SiteNames();
  const seen = new Set<string>();

  beforeAll(async () => {
    for (const life of [fullLife, asideLife]) {
      const beforeOperation = (operation: Operation): void => {
        if (operation.kind === 'datasync' || operation.kind === 'syncFolder') seen.add(names.nameOf(operation));
      };
      await life(new SimulatedDisk({ ...HOP, trackSites: true, beforeOperation }), new Promises());
    }
  });

  test('the table below names all of them', () => {
    expect([...seen].sort()).toEqual([...SYNCS.map(([site]) => site), FOR_PACE].sort());
  });

  test.each(SYNCS)('S10: without "%s" the sweep "%s" finds a broken promise', async (site, sweep) => {
    const ignoreSync = (operation: Operation): boolean => names.nameOf(operation) === site;
    expect(await orThrown(runSweep(sweep, ignoreSync))).not.toBeNull();
  });
});

function runSweep(sweep: Sweep, ignoreSync: (operation: Operation) => boolean): Promise<string | null> {
  switch (sweep) {
    case 'full life':
      return sweepPowerCuts(fullLife, { ignoreSync });
    case 'set aside':
      return sweepPowerCuts(asideLife, { ignoreSync });
    case 'kill, then cut':
      return sweepKills(fullLife, secondLife, { ignoreSync });
  }
}

/** A start that refuses what it finds is a broken promise as well. */
async function orThrown(sweep: Promise<string | null>): Promise<string | null> {
  try {
    return await sweep;
  } catch (error) {
    return String(error);
  }
}

/** Says that a sync is done at once, and does it when the next one is asked for. */
function impatient(disk: Disk, isHasty: (path: string) => boolean): Disk {
  let owed: (() => Promise<void>)[] = [];
  const settle = async (): Promise<void> => {
    const due = owed;
    owed = [];
    for (const sync of due) await sync();
  };
  const wrapFile = (file: DiskFile): DiskFile => ({
    size: () => file.size(),
    read: (offset, length) => file.read(offset, length),
    write: (offset, chunks) => file.write(offset, chunks),
    close: () => file.close(),
    datasync: async () => {
      await settle();
      owed.push(() => file.datasync());
    },
  });
  return {
    list: (folder) => disk.list(folder),
    exists: (path) => disk.exists(path),
    makeFolder: (path) => disk.makeFolder(path),
    rename: (from, to) => disk.rename(from, to),
    remove: (path) => disk.remove(path),
    syncFolder: (path) => disk.syncFolder(path),
    space: () => disk.space(),
    open: async (path, options) => {
      const file = await disk.open(path, options);
      return isHasty(path) ? wrapFile(file) : file;
    },
  };
}

const HASTY: readonly (readonly [string, Life, (path: string) => boolean])[] = [
  ['the log', fullLife, (path) => path.startsWith('current/wal/')],
  ['a snapshot', fullLife, (path) => path.startsWith('current/snapshots/')],
  ['the identity', fullLife, (path) => path.endsWith('identity.new')],
];

describe('an acknowledgement that leaves before its sync', () => {
  test.each(HASTY)('S10: of %s is found out', async (_what, life, isHasty) => {
    expect(await orThrown(sweepPowerCuts(life, { wrap: (disk) => impatient(disk, isHasty) }))).not.toBeNull();
  });
});
