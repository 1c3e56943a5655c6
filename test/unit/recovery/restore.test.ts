/** A restore on a disk that loses power or fails at every operation: afterwards the folder is as empty as before, or holds the whole cluster. */
import { expect, test } from '@jest/globals';
import { encodeBatch } from '../../../src/keyspace/batch-codec.ts';
import { StateMachine } from '../../../src/keyspace/state-machine.ts';
import { inspectFolder } from '../../../src/recovery/inspect-folder.ts';
import { replayState } from '../../../src/recovery/recover.ts';
import { restoreInto, whyNotEmpty } from '../../../src/recovery/saved-file.ts';
import type { ReadSnapshot } from '../../../src/recovery/saved-file.ts';
import { present } from '../../../src/shared/assert.ts';
import { SeededRandom } from '../../../src/shared/random.ts';
import { openDataFolder } from '../../../src/wal/data-folder.ts';
import type { Disk } from '../../../src/wal/disk.ts';
import { SimulatedDisk } from '../../support/simulated-disk.ts';
import type { CrashMode } from '../../support/simulated-disk.ts';
import { ManualClock } from '../wal/manual-clock.ts';
import { baseAt, CLUSTER, memberId } from '../wal/member.ts';

const HOP = { hop: () => Promise.resolve() };
const MODES: readonly CrashMode[] = ['lose-all', 'keep-all', ...Array.from({ length: 8 }, () => 'random' as const)];

function snapshotOf(): ReadSnapshot {
  const state = new StateMachine();
  const words = ['MSET', 'a', 'one', 'b', 'two'].map((word) => Buffer.from(word));
  state.apply(7, encodeBatch({ timeMs: 5, operations: [{ type: 'command', arguments: words }] }));
  const generation = { number: 3, id: 'abcdef0123456789' };
  const origin = { clusterId: CLUSTER, generation, takenFrom: 'orders-1', version: '0.1.0', takenAtMs: 1 };
  return { origin, header: { base: baseAt(7, 2), featureLevel: 1 }, fileBytes: 100, state };
}

function restore(disk: Disk, clusterId: typeof CLUSTER | null = null) {
  const parts = { disk, clock: new ManualClock(), random: new SeededRandom(5), snapshot: snapshotOf(), name: 'fresh-0' };
  return restoreInto({ ...parts, clusterId });
}

test('S5: the cluster is a new one unless the old id is named, in a higher generation, and remembers the members of the old one as removed', async () => {
  const disk = new SimulatedDisk(HOP);
  const restored = await restore(disk);
  expect(restored.clusterId).not.toBe(CLUSTER);
  expect(restored.generation.number).toBe(4);
  expect(restored.generation.id).not.toBe('abcdef0123456789');
  const { report } = await inspectFolder(disk, '/data');
  const facts = report.type === 'member' && report.log.type === 'whole' ? report.log.facts : null;
  expect(report).toMatchObject({ type: 'member', name: 'fresh-0', memberId: restored.memberId, formerIds: [] });
  expect(facts?.configuration).toEqual({
    index: 8,
    members: [{ id: restored.memberId, name: 'fresh-0', role: 'voter' }],
    removed: [{ id: memberId(1), index: 8 }],
  });
  expect(facts?.hardState).toEqual({ term: 3, vote: null });
  expect(await whyNotEmpty(disk)).toContain('not empty (current)');
  expect((await restore(new SimulatedDisk(HOP), CLUSTER)).clusterId).toBe(CLUSTER);
});

test('S10: a power cut at every operation leaves nothing, or the whole cluster; and a restore after it does', async () => {
  const random = new SeededRandom(3);
  const outcomes: { readonly disk: SimulatedDisk; readonly at: string }[] = [];
  const disk: SimulatedDisk = new SimulatedDisk({
    ...HOP,
    beforeOperation: ({ number, kind, path }) => {
      if (number === 0) return;
      for (const mode of MODES)
        outcomes.push({ disk: disk.afterCrash(random, mode, HOP), at: `${number} ${kind} ${path} ${mode}` });
    },
  });
  const { memberId: id } = await restore(disk);
  outcomes.push(...MODES.map((mode) => ({ disk: disk.afterCrash(random, mode, HOP), at: `the end, ${mode}` })));
  expect(outcomes.length).toBeGreaterThan(60);
  const ends = new Set<string>();
  for (const { disk: left, at } of outcomes) {
    const isEmpty = (await whyNotEmpty(left)) === null;
    // A node that is started on what was left takes a whole `next`, or formats: then it is of no cluster.
    const started = left.fork(HOP);
    const opened = await openDataFolder(started, new SeededRandom(4));
    const identity = present(opened.ok ? opened.value.identity : null, `it opens after a cut at ${at}`);
    if (identity.membership === null) {
      ends.add('nothing');
      expect({ at, isEmpty }).toEqual({ at, isEmpty: true });
      expect((await restore(left)).generation.number).toBe(4);
      continue;
    }
    ends.add('whole');
    expect({ at, id: identity.memberId }).toEqual({ at, id });
    const { content } = await inspectFolder(started, '/data');
    const state = await replayState(present(content, `it is whole after a cut at ${at}`));
    expect({ at, keys: state.ok ? state.value.keys : null }).toEqual({ at, keys: 2 });
  }
  expect([...ends].sort()).toEqual(['nothing', 'whole']);
  for (const { disk: left, at } of outcomes.filter((outcome) => outcome.at.startsWith('the end'))) {
    expect({ at, refusal: await whyNotEmpty(left) }).toEqual({ at, refusal: expect.stringContaining('current') });
  }
});
