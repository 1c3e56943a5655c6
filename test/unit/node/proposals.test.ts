import { describe, expect, test } from '@jest/globals';
import { ForwardTable } from '../../../src/node/forward-table.ts';
import { FORWARD_TIMEOUT_MS, ORPHAN_WAIT_MS } from '../../../src/node/limits.ts';
import { RequestNumbers } from '../../../src/node/request-numbers.ts';
import { SeededRandom } from '../../../src/shared/random.ts';
import { Proposals } from '../../../src/node/proposals.ts';
import type { Outcome } from '../../../src/node/command-service.ts';
import { present } from '../../../src/shared/assert.ts';
import { parseMemberId } from '../../../src/shared/ids.ts';
import { OK } from '../../../src/shared/reply.ts';

const LEADER = present(parseMemberId('a'.repeat(16)), 'an id');
const OTHER = present(parseMemberId('b'.repeat(16)), 'an id');

function proposed(index: number, term: number): { readonly proposals: Proposals; readonly outcomes: Outcome[] } {
  const proposals = new Proposals();
  const outcomes: Outcome[] = [];
  proposals.request(1, { waiters: [(outcome) => outcomes.push(outcome)] });
  proposals.accepted(1, index, term);
  return { proposals, outcomes };
}

describe('S14: what becomes of a proposal', () => {
  test('the entry of our term at its index is ours: its reply is the answer', () => {
    const { proposals, outcomes } = proposed(7, 3);
    proposals.applied(7, 3, [OK]);
    expect(outcomes).toEqual([{ type: 'replied', reply: OK }]);
    expect(proposals.waiting).toBe(0);
  });

  test('another term at its index took its place: nothing was done, and retrying is safe', () => {
    const { proposals, outcomes } = proposed(7, 3);
    proposals.applied(7, 4, [OK]);
    expect(outcomes).toMatchObject([{ type: 'refused', code: 'NOLEADER' }]);
  });

  test('a leader that lost its seat still answers when its entry is committed by the next one', () => {
    const { proposals, outcomes } = proposed(7, 3);
    proposals.orphan(1000);
    proposals.expire(1000 + ORPHAN_WAIT_MS - 1);
    expect(outcomes).toEqual([]);
    proposals.applied(7, 3, [OK]);
    expect(outcomes).toEqual([{ type: 'replied', reply: OK }]);
  });

  test('what is neither committed nor replaced in time is unknown, never failed', () => {
    const { proposals, outcomes } = proposed(7, 3);
    proposals.orphan(1000);
    proposals.expire(1000 + ORPHAN_WAIT_MS);
    expect(outcomes).toMatchObject([{ type: 'unknown' }]);
  });

  test('a snapshot that covers its index hides the outcome', () => {
    const { proposals, outcomes } = proposed(7, 3);
    proposals.covered(6);
    expect(outcomes).toEqual([]);
    proposals.covered(7);
    expect(outcomes).toMatchObject([{ type: 'unknown' }]);
  });

  test('a batch that the core did not take in is given back', () => {
    const proposals = new Proposals();
    proposals.request(5, { waiters: [null] });
    expect(proposals.refused(5)).toEqual({ waiters: [null] });
    expect(proposals.refused(5)).toBeNull();
    expect(proposals.accepted(5, 1, 1)).toBe(false);
  });
});

describe('S14: what becomes of a forwarded command', () => {
  function begin(): { readonly table: ForwardTable; readonly outcomes: Outcome[]; readonly requests: number[] } {
    const table = new ForwardTable(10, new RequestNumbers(new SeededRandom(1)));
    const outcomes: Outcome[] = [];
    const note = (outcome: Outcome): void => void outcomes.push(outcome);
    const requests = [1, 2].map(() => table.begin({ type: 'tick' }, LEADER, 3, 0, note).request);
    return { table, outcomes, requests };
  }

  test('a broken connection leaves its outcome unknown', () => {
    const { table, outcomes } = begin();
    table.unreachable(OTHER);
    expect(outcomes).toEqual([]);
    table.unreachable(LEADER);
    expect(outcomes).toMatchObject([{ type: 'unknown' }, { type: 'unknown' }]);
  });

  test('what never left was refused', () => {
    const { table, outcomes, requests } = begin();
    table.notSent(present(requests[0], 'a request'));
    expect(outcomes).toMatchObject([{ type: 'refused', code: 'NOLEADER' }]);
  });

  test('only the member that was asked can answer, and only once', () => {
    const { table, outcomes, requests } = begin();
    const request = present(requests[0], 'a request');
    table.answered(OTHER, request, { type: 'replied', reply: OK });
    expect(outcomes).toEqual([]);
    table.answered(LEADER, request, { type: 'replied', reply: OK });
    table.answered(LEADER, request, { type: 'unknown', message: 'late' });
    expect(outcomes).toEqual([{ type: 'replied', reply: OK }]);
  });

  test('an answer to the process before is no answer to this one: numbers begin elsewhere at each start', () => {
    const [before, after] = [1, 2].map((seed) => new ForwardTable(10, new RequestNumbers(new SeededRandom(seed))));
    const asked = (table?: ForwardTable) => table?.begin({ type: 'tick' }, LEADER, 3, 0, () => undefined).request;
    expect(asked(before)).not.toBe(asked(after));
  });

  test('silence ends at the deadline', () => {
    const { table, outcomes } = begin();
    table.expire(FORWARD_TIMEOUT_MS - 1);
    expect(outcomes).toEqual([]);
    table.expire(FORWARD_TIMEOUT_MS);
    expect(outcomes.map(({ type }) => type)).toEqual(['unknown', 'unknown']);
  });
});
