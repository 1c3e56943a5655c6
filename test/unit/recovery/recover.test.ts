/** `recoverFrom` on a disk that loses power at every operation: afterwards there is the old member, or the new one with everything. */
import { describe, expect, jest, test } from '@jest/globals';
import { encodeConfiguration } from '../../../src/consensus/configuration.ts';
import type { Configuration, Entry } from '../../../src/consensus/core.ts';
import { encodeBatch } from '../../../src/keyspace/batch-codec.ts';
import { inspectFolder } from '../../../src/recovery/inspect-folder.ts';
import { judge } from '../../../src/recovery/judge.ts';
import type { Verdict } from '../../../src/recovery/judge.ts';
import { recoverFrom, replayState } from '../../../src/recovery/recover.ts';
import type { Recovered } from '../../../src/recovery/recover.ts';
import { present } from '../../../src/shared/assert.ts';
import { FIRST_GENERATION } from '../../../src/shared/ids.ts';
import { SeededRandom } from '../../../src/shared/random.ts';
import type { Result } from '../../../src/shared/result.ts';
import { openDataFolder } from '../../../src/wal/data-folder.ts';
import type { Disk } from '../../../src/wal/disk.ts';
import { openSnapshotFiles } from '../../../src/wal/snapshot-files.ts';
import { openLog } from '../../../src/wal/write-ahead-log.ts';
import { SimulatedDisk } from '../../support/simulated-disk.ts';
import type { CrashMode } from '../../support/simulated-disk.ts';
import { ManualClock } from '../wal/manual-clock.ts';
import { CLUSTER, memberId } from '../wal/member.ts';

jest.setTimeout(60_000);

const HOP = { hop: () => Promise.resolve() };
const KEYS = 5;

function command(index: number, ...words: readonly string[]): Entry {
  const payload = encodeBatch({
    timeMs: 1000 + index,
    operations: [{ type: 'command', arguments: words.map((word) => Buffer.from(word)) }],
  });
  return { index, term: 3, kind: 'command', payload };
}

/** A member of three as a crash left it: founded, with a log of a no-op, some writes, and a configuration with a learner. */
async function memberDisk(): Promise<{ disk: SimulatedDisk; id: string }> {
  const disk = new SimulatedDisk(HOP);
  const random = new SeededRandom(1);
  const opened = await openDataFolder(disk, random);
  const folder = present(opened.ok ? opened.value : null, 'an empty disk is formatted');
  const id = folder.identity.memberId;
  const founders: Configuration = {
    index: 0,
    members: [id, memberId(2), memberId(3)].map((each, at) => ({ id: each, name: `orders-${at}`, role: 'voter' })),
    removed: [],
  };
  const founded = await folder.found(CLUSTER, FIRST_GENERATION, { epoch: 1, configuration: founders });
  const { log } = await openLogOf(disk, present(founded.ok ? founded.value : null, 'it is founded'));
  const withLearner: Configuration = {
    index: KEYS + 2,
    members: [...founders.members, { id: memberId(4), name: 'orders-3', role: 'learner' }],
    removed: [{ id: memberId(9), index: 1 }],
  };
  const writes = Array.from({ length: KEYS }, (_, at) => command(at + 2, 'SET', `key-${at}`, `value-${at}`));
  const entries: Entry[] = [
    { index: 1, term: 3, kind: 'noop', payload: Buffer.alloc(0) },
    ...writes,
    { index: KEYS + 2, term: 3, kind: 'configuration', payload: encodeConfiguration(withLearner) },
  ];
  const peer = { id: memberId(2), term: 3, position: { term: 3, index: 4 } };
  log.append({ sequence: 1, hardState: { term: 4, vote: memberId(3) }, base: null, truncateFrom: null, entries }, [peer]);
  await log.close();
  return { disk: disk.fork(HOP), id };
}

async function openLogOf(disk: Disk, identity: Parameters<typeof openLog>[0]['identity']) {
  const files = await openSnapshotFiles({ disk, folder: 'current/snapshots' });
  const founding = identity.membership?.founding?.configuration ?? { index: 0, members: [], removed: [] };
  const base = (await files.newest())?.header.base ?? { index: 0, term: 0, configuration: founding };
  const opened = await openLog({
    disk,
    folder: 'current/wal',
    identity,
    base,
    clock: new ManualClock(),
    random: new SeededRandom(2),
    options: { segmentBytes: 64 * 1024 },
    persisted: () => undefined,
    failed: (error) => {
      throw error;
    },
  });
  return present(opened.ok ? opened.value : null, opened.ok ? '' : opened.reason.message);
}

async function lookAt(disk: Disk) {
  const { report, content } = await inspectFolder(disk, '/data');
  const verdict = judge([report], { acceptsDamage: true });
  return { report, content: present(content, 'it can be read'), verdict };
}

async function recover(disk: Disk): Promise<Result<Recovered, string>> {
  const { content, verdict } = await lookAt(disk);
  const judged: Verdict = present(verdict.ok ? verdict.value : null, 'one of three is no quorum');
  return recoverFrom({ disk, clock: new ManualClock(), random: new SeededRandom(5), verdict: judged, content });
}

test('the report tells term, vote, ends, snapshot, what was synced and committed, and who is known', async () => {
  const { disk, id } = await memberDisk();
  const before = disk.listing();
  const { report } = await lookAt(disk);
  expect(disk.listing()).toEqual(before);
  expect(report).toMatchObject({
    type: 'member',
    memberId: id,
    name: 'orders-0',
    clusterId: 'orders',
    generation: FIRST_GENERATION,
    fenced: null,
    log: {
      type: 'whole',
      facts: {
        hardState: { term: 4, vote: memberId(3) },
        last: { term: 3, index: KEYS + 2 },
        syncedIndex: KEYS + 2,
        snapshotIndex: null,
        committedAtLeast: 0,
        tornBytes: 0,
        peerMemory: [{ id: memberId(2), term: 3, position: { term: 3, index: 4 } }],
      },
    },
  });
  const facts = report.type === 'member' && report.log.type === 'whole' ? report.log.facts : null;
  expect([...(facts?.knownIds ?? [])].sort()).toEqual([id, memberId(2), memberId(3), memberId(4)].sort());
});

test('S5: the new member is alone in a higher generation under a new id, with everything, and remembers who was dropped', async () => {
  const { disk, id } = await memberDisk();
  const recovered = await recover(disk);
  expect(recovered).toMatchObject({ ok: true, value: { name: 'orders-0', keys: KEYS, asideFolder: `aside-${id}` } });
  const opened = await openDataFolder(disk, new SeededRandom(3));
  const identity = present(opened.ok ? opened.value.identity : null, 'it opens');
  expect(identity).toMatchObject({ formerIds: [id], fenced: null, membership: { clusterId: 'orders', founding: null } });
  expect(identity.membership?.generation.number).toBe(2);
  expect(identity.membership?.generation.id).not.toBe(FIRST_GENERATION.id);
  const { recovered: log } = await openLogOf(disk, identity);
  expect(log.state.entries).toEqual([]);
  expect(log.state.base).toMatchObject({ index: KEYS + 3, term: 5 });
  // S2: a vote of the old id binds nobody in the new generation, and its term is not reused.
  expect(log.state.hardState).toEqual({ term: 5, vote: null });
  const { members, removed, index } = log.state.base.configuration;
  expect(members).toEqual([{ id: identity.memberId, name: 'orders-0', role: 'voter' }]);
  expect(index).toBe(KEYS + 3);
  expect(removed).toEqual([
    { id: memberId(9), index: 1 },
    ...[id, memberId(2), memberId(3), memberId(4)].map((each) => ({ id: each, index: KEYS + 3 })),
  ]);
  const { content } = await lookAt(disk);
  const state = await replayState(content);
  const read = state.ok ? state.value.read([Buffer.from('GET'), Buffer.from('key-4')], 2000) : null;
  expect(read).toMatchObject({ type: 'bulk', bytes: Buffer.from('value-4') });
});

test('a recovered member can be recovered again: the generation rises, and no id returns', async () => {
  const { disk } = await memberDisk();
  const first = await recover(disk);
  const { report } = await lookAt(disk);
  // Alone it is a quorum: only a start is needed.
  expect(judge([report], { acceptsDamage: true })).toMatchObject({
    ok: false,
    reason: { message: expect.stringContaining('quorum is not lost') },
  });
  expect(report).toMatchObject({ generation: { number: 2 }, formerIds: [expect.any(String)] });
  expect(first.ok && report.type === 'member' && report.memberId === first.value.memberId).toBe(true);
});

const MODES: readonly CrashMode[] = ['lose-all', 'keep-all', ...Array.from({ length: 8 }, () => 'random' as const)];

describe('S11: a damaged log', () => {
  async function damage(disk: SimulatedDisk, text: string): Promise<void> {
    const segments = await disk.list('current/wal');
    const path = `current/wal/${present(segments.at(-1), 'there is one')}`;
    const at = disk.contents(path).indexOf(text);
    expect(at).toBeGreaterThan(0);
    disk.flipBit(path, at, 0);
  }

  /** Two more batches, the second of which carries that the first is synced. */
  async function withLaterBatches(): Promise<SimulatedDisk> {
    const { disk } = await memberDisk();
    const opened = await openDataFolder(disk, new SeededRandom(4));
    const { log } = await openLogOf(disk, present(opened.ok ? opened.value.identity : null, 'it opens'));
    for (const sequence of [1, 2]) {
      const entry = { ...command(KEYS + 2 + sequence, 'SET', `late-${sequence}`, `tardy-${sequence}`), term: 4 };
      log.append({ sequence, hardState: { term: 4, vote: null }, base: null, truncateFrom: null, entries: [entry] });
      // Each its own batch: what is appended in one turn would share one.
      for (let hop = 0; hop < 200; hop += 1) await Promise.resolve();
    }
    await log.close();
    return disk.fork(HOP);
  }

  test('gives what stands before the damage, when a person accepts that', async () => {
    const disk = await withLaterBatches();
    await damage(disk, 'tardy-1');
    const { report, content } = await inspectFolder(disk, '/data');
    expect(report).toMatchObject({ log: { type: 'damaged', salvaged: { last: { term: 3, index: KEYS + 2 } } } });
    expect(judge([report], { acceptsDamage: false })).toMatchObject({
      ok: false,
      reason: { excluded: [{ reason: expect.stringContaining(`through index ${KEYS + 2}, counts with --accept-damage`) }] },
    });
    const verdict = judge([report], { acceptsDamage: true });
    expect(verdict).toMatchObject({ ok: true, value: { loss: { type: 'unknown' } } });
    const recovered = await recoverFrom({
      disk,
      clock: new ManualClock(),
      random: new SeededRandom(5),
      verdict: present(verdict.ok ? verdict.value : null, 'just seen'),
      content: present(content, 'something is whole'),
    });
    expect(recovered).toMatchObject({ ok: true, value: { keys: KEYS, last: { term: 3, index: KEYS + 2 } } });
    const again = await openDataFolder(disk, new SeededRandom(6));
    const { recovered: log } = await openLogOf(disk, present(again.ok ? again.value.identity : null, 'it opens'));
    // Above every term that the damaged log still tells of.
    expect(log.state.hardState.term).toBe(5);
  });

  test('gives nothing when its first batch is damaged, accepted or not, and looking changes nothing', async () => {
    const { disk } = await memberDisk();
    await damage(disk, 'value-4');
    const before = disk.listing();
    const { report } = await inspectFolder(disk, '/data');
    expect(disk.listing()).toEqual(before);
    expect(report).toMatchObject({ log: { type: 'damaged', message: expect.stringContaining('was synced'), salvaged: null } });
    expect(judge([report], { acceptsDamage: true })).toMatchObject({ ok: false });
  });
});

describe('when it is cut short, nothing is lost', () => {
  test('S10: a power cut at every operation leaves the old member whole, or the new one with everything', async () => {
    const { disk: start, id } = await memberDisk();
    const random = new SeededRandom(11);
    const outcomes: { disk: SimulatedDisk; at: string }[] = [];
    const disk = start.fork({
      ...HOP,
      beforeOperation: ({ number, kind, path }) => {
        if (number === 0) return;
        for (const mode of MODES)
          outcomes.push({ disk: disk.afterCrash(random, mode, HOP), at: `${number} ${kind} ${path} ${mode}` });
      },
    });
    expect((await recover(disk)).ok).toBe(true);
    outcomes.push(...MODES.map((mode) => ({ disk: disk.afterCrash(random, mode, HOP), at: `the end, ${mode}` })));
    expect(outcomes.length).toBeGreaterThan(60);
    const ends = new Set<string>();
    for (const { disk: left, at } of outcomes) {
      const opened = await openDataFolder(left, new SeededRandom(4));
      const identity = present(opened.ok ? opened.value.identity : null, `it opens after a cut at ${at}`);
      const { recovered } = await openLogOf(left, identity);
      const isOld = identity.memberId === id;
      ends.add(isOld ? 'old' : 'new');
      const last = recovered.state.entries.at(-1)?.index ?? recovered.state.base.index;
      expect({ at, last, term: recovered.state.hardState.term }).toEqual({
        at,
        last: isOld ? KEYS + 2 : KEYS + 3,
        term: isOld ? 4 : 5,
      });
      expect({ at, generation: identity.membership?.generation.number }).toEqual({ at, generation: isOld ? 1 : 2 });
      const state = await replayState((await lookAt(left)).content);
      expect({ at, keys: state.ok ? state.value.keys : null }).toEqual({ at, keys: KEYS });
      if (at.startsWith('the end')) expect(isOld).toBe(false);
    }
    expect([...ends].sort()).toEqual(['new', 'old']);
  });

  test.each(['ENOSPC', 'EIO'])(
    'a disk that fails with %s before the two change places leaves the old member as it was',
    async (code) => {
      const { disk: start } = await memberDisk();
      let failures = 0;
      for (let failing = 1; failing < 200; failing += 1) {
        const seen = { past: false, failed: false };
        const disk = start.fork({
          ...HOP,
          fault: ({ number, kind, path }) => {
            seen.past ||= kind === 'rename' && path.startsWith('aside-');
            const fails = number === failing && kind !== 'remove' && !seen.past;
            seen.failed ||= fails;
            return fails ? code : null;
          },
        });
        const outcome = await recover(disk).then(
          (result) => (result.ok ? 'done' : result.reason),
          (error: unknown) => (error instanceof Error ? error.message : String(error)),
        );
        if (!seen.failed) continue;
        if (outcome === 'done') {
          // The spare segment that is prepared ahead is not needed yet: the new member is whole without it.
          expect((await lookAt(disk)).report).toMatchObject({ generation: { number: 2 }, log: { type: 'whole' } });
          continue;
        }
        failures += 1;
        expect({ failing, listing: disk.listing() }).toEqual({ failing, listing: start.listing() });
      }
      expect(failures).toBeGreaterThan(15);
    },
  );

  test('a volume without room for the new folder beside the old one is refused, and left as it was', async () => {
    const { disk: start } = await memberDisk();
    const disk = start.fork({ ...HOP, capacityBytes: 32 * 1024 * 1024 });
    const before = disk.listing();
    expect(await recover(disk)).toMatchObject({ ok: false, reason: expect.stringMatching(/bytes free.*make room/) });
    expect(disk.listing()).toEqual(before);
  });

  test('S15: an entry that this build cannot apply is named, and nothing is changed', async () => {
    const { disk } = await memberDisk();
    const opened = await openDataFolder(disk, new SeededRandom(4));
    const { log } = await openLogOf(disk, present(opened.ok ? opened.value.identity : null, 'it opens'));
    const entries: Entry[] = [{ index: KEYS + 3, term: 4, kind: 'command', payload: Buffer.from('no batch') }];
    log.append({ sequence: 1, hardState: { term: 4, vote: null }, base: null, truncateFrom: null, entries });
    await log.close();
    const before = disk.listing();
    expect(await recover(disk)).toMatchObject({
      ok: false,
      reason: expect.stringContaining(`entry ${KEYS + 3} cannot be applied`),
    });
    expect(disk.listing()).toEqual(before);
  });
});
