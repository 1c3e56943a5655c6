import { describe, expect, jest, test } from '@jest/globals';
import { BATCH_HEADER_BYTES } from '../../../src/wal/batch.ts';
import { IDLE_SYNC_MS } from '../../../src/wal/log-writer.ts';
import { SimulatedDisk, TEAR_UNIT_BYTES } from '../../support/simulated-disk.ts';
import type { Operation } from '../../support/simulated-disk.ts';
import { findBatches, segmentFiles } from './batch-places.ts';
import type { BatchPlace } from './batch-places.ts';
import { asideLife, fullLife, HOP, inherit, lifeOfPayloads, startLife } from './crash-sweep.ts';
import { entry, fingerprint, memberId, memoryOf, TestMember } from './member.ts';
import { choices, sweepTears } from './tear-sweep.ts';

// Some ten seconds of one processor; a busy machine takes its time.
jest.setTimeout(300_000);

describe('the choices of what survives', () => {
  test('are all subsets of a few units', () => {
    const all = [...choices(4)].map((choice) => choice.join());
    expect(new Set(all).size).toBe(16);
    expect(all).toHaveLength(16);
  });

  test('are each single unit lost or kept, each prefix and each suffix of many, none of them twice', () => {
    const all = [...choices(20)].map((choice) => choice.map((kept) => (kept ? 'k' : 'l')).join(''));
    expect(new Set(all).size).toBe(all.length);
    for (let at = 0; at < 20; at += 1) {
      expect(all).toContain(`${'k'.repeat(at)}l${'k'.repeat(19 - at)}`);
      expect(all).toContain(`${'l'.repeat(at)}k${'l'.repeat(19 - at)}`);
      expect(all).toContain(`${'k'.repeat(at)}${'l'.repeat(20 - at)}`);
      expect(all).toContain(`${'l'.repeat(at)}${'k'.repeat(20 - at)}`);
    }
  });
});

describe('a power cut at every operation, with every 512-byte tear', () => {
  test('S10, S11: all that the log acknowledged is there, and what is torn is never taken for corruption', async () => {
    const sweep = await sweepTears(fullLife);
    expect(sweep.broken).toBeNull();
    expect(sweep.cuts).toBeGreaterThan(100);
    expect(sweep.torn).toBeGreaterThan(300);
  });

  test('S2, S3: a folder that is being set aside is either the old one or a fresh one that remembers it', async () => {
    expect((await sweepTears(asideLife)).broken).toBeNull();
  });

  test('S11: wherever a batch lies on the 512-byte grid, in steps of its alignment', async () => {
    let torn = 0;
    for (let payloadBytes = 0; payloadBytes <= TEAR_UNIT_BYTES; payloadBytes += 8) {
      const sweep = await sweepTears(lifeOfPayloads(payloadBytes));
      expect([payloadBytes, sweep.broken]).toEqual([payloadBytes, null]);
      torn += sweep.torn;
    }
    expect(torn).toBeGreaterThan(1000);
  });

  test('S10: and once more at every operation of the start that finds the torn tail, with every tear', async () => {
    let disks = 0;
    const seen = new Set<string>();
    const sweep = await sweepTears(fullLife, {
      eachTorn: async (disk, captured) => {
        const key = `${captured.from} ${disk.listing().join('\n')}`;
        if (seen.has(key)) return null;
        seen.add(key);
        const second = await sweepTears(startLife, { start: { disk, promises: inherit(captured) } });
        disks += second.disks;
        return second.broken;
      },
    });
    expect(sweep.broken).toBeNull();
    expect(disks).toBeGreaterThan(10_000);
  });

  test('finds a log that acknowledges what it did not sync', async () => {
    const ignoreSync = ({ kind, site }: Operation): boolean => kind === 'datasync' && site.includes('LogWriter.#writeInPlace');
    expect((await sweepTears(fullLife, { ignoreSync })).broken).toMatch(/S10|damaged|corrupt/);
  });
});

/** Payloads of many sizes in one segment, acknowledged one by one: batch n holds the n-th state of the history, counted from 1. */
async function logOf(payloads: readonly number[], isAtRest: boolean): Promise<{ disk: SimulatedDisk; member: TestMember }> {
  const disk = new SimulatedDisk(HOP);
  const member = await TestMember.open(disk, { log: { segmentBytes: 16 * 1024 } });
  for (const [position, bytes] of payloads.entries()) {
    const index = position + 1;
    const memory = [memoryOf(2, index, index)];
    await member.persist({ hardState: { term: index, vote: memberId(1) }, entries: [entry(index, index, bytes)], memory });
  }
  if (isAtRest) {
    member.clock.advance(IDLE_SYNC_MS);
    await member.log.close();
  }
  return { disk: disk.fork(HOP), member };
}

interface Expected {
  /** The first batch that is no longer whole. */
  readonly first: number;
  /** Everything through this batch is known to be synced, by headers that are still whole. */
  readonly syncedThrough: number;
}

function expectAfter(batches: readonly BatchPlace[], from: number, to: number): Expected {
  const isHit = (start: number, end: number): boolean => start < to && end > from;
  const hit = batches.find(({ offset, bytes }) => isHit(offset, offset + bytes));
  const whole = batches.filter(({ offset }) => !isHit(offset, offset + BATCH_HEADER_BYTES));
  // The first batch was on disk before the segment got its name.
  const syncedThrough = Math.max(1, ...whole.map((batch) => batch.syncedThrough));
  return { first: hit?.sequence ?? Number.POSITIVE_INFINITY, syncedThrough };
}

describe('a unit of 512 bytes that was synced and then lost', () => {
  const payloads = [100, 700, 20, 1500, 300, 40, 513, 0, 90, 260];

  test.each([
    { what: 'zeros', state: 'still written to', byte: 0, isAtRest: false },
    { what: 'ones', state: 'still written to', byte: 0xff, isAtRest: false },
    { what: 'zeros', state: 'at rest', byte: 0, isAtRest: true },
    { what: 'ones', state: 'at rest', byte: 0xff, isAtRest: true },
  ])('S11: to $what, in a log $state: corruption before X is never cut, and a tail past X is', async ({ byte, isAtRest }) => {
    const { disk, member } = await logOf(payloads, isAtRest);
    const batches = await findBatches(disk);
    const [file = ''] = await segmentFiles(disk);
    const verdicts = { corrupt: 0, cut: 0, unchanged: 0 };
    for (let from = 0; from < disk.contents(file).length; from += TEAR_UNIT_BYTES) {
      const damaged = disk.fork(HOP);
      if (!damaged.overwrite(file, from, Buffer.alloc(TEAR_UNIT_BYTES, byte))) continue;
      const before = damaged.listing();
      const outcome = await TestMember.tryOpen(damaged);
      const { first, syncedThrough } = expectAfter(batches, from, from + TEAR_UNIT_BYTES);
      if (from === 0 || first <= syncedThrough) {
        expect([from, outcome]).toMatchObject([from, { damage: { type: 'corrupt', file } }]);
        expect(damaged.listing()).toEqual(before);
        verdicts.corrupt += 1;
        continue;
      }
      if ('damage' in outcome) throw new Error(`${from}: ${outcome.damage.message}`);
      const { state, peerMemory } = outcome.member.recovered;
      const model = member.history.models[Math.min(first, payloads.length + 2) - 2] ?? member.history.newest;
      expect([from, fingerprint(state.hardState, state.entries, peerMemory)]).toEqual([
        from,
        fingerprint(model.hardState, model.entries, model.memory),
      ]);
      if (first === Number.POSITIVE_INFINITY) verdicts.unchanged += 1;
      else verdicts.cut += 1;
    }
    expect(verdicts.corrupt).toBeGreaterThan(5);
    // At rest only the very last unit is past X, because the header that would say otherwise lies in it: peers remember more (rule S12).
    if (isAtRest) expect(verdicts.cut).toBe(1);
  });
});
