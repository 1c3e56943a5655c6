/** Records of a log that contradict each other are named, never guessed over: what they would leave is not what was acknowledged. */
import { expect, test } from '@jest/globals';
import { errnoOf } from '../../../src/wal/errno.ts';
import { PEER_MEMORY_MAX, rememberPeers, Replay } from '../../../src/wal/replay.ts';
import type { PeerMemory } from '../../../src/wal/types.ts';
import { present } from '../../../src/shared/assert.ts';
import { parseMemberId } from '../../../src/shared/ids.ts';
import { baseAt, entry } from './member.ts';

const ofMember = (number: number): PeerMemory => ({
  id: present(parseMemberId(number.toString(16).padStart(16, '0')), 'a member id'),
  term: 1,
  position: { term: 1, index: number },
});

function threeEntries(): Replay {
  const replay = new Replay(10);
  expect(replay.apply({ type: 'entries', entries: [entry(11, 1), entry(12, 1), entry(13, 2)] })).toBeNull();
  return replay;
}

test('entries that leave a gap, or stand where others stand, are refused', () => {
  expect(threeEntries().apply({ type: 'entries', entries: [entry(15, 2)] })).toBe('entry 15 follows entry 13');
  expect(threeEntries().apply({ type: 'entries', entries: [entry(13, 2)] })).toBe('entry 13 follows entry 13');
});

test('a truncation behind the end is refused; one right at the end takes nothing', () => {
  expect(threeEntries().apply({ type: 'truncate', from: 15 })).toBe('a truncation from 15 goes beyond the end, 13');
  const replay = threeEntries();
  expect(replay.apply({ type: 'truncate', from: 14 })).toBeNull();
  expect(replay.lastIndex).toBe(13);
});

test('a truncation takes the entries from its index on; one before the oldest entry held takes all, and the log goes on from there', () => {
  const replay = threeEntries();
  expect(replay.apply({ type: 'truncate', from: 12 })).toBeNull();
  expect(replay.entries.map(({ index }) => index)).toEqual([11]);
  expect(replay.apply({ type: 'truncate', from: 8 })).toBeNull();
  expect([replay.floor, replay.lastIndex]).toEqual([7, 7]);
  expect(replay.apply({ type: 'entries', entries: [entry(8, 3)] })).toBeNull();
  expect(replay.lastIndex).toBe(8);
});

test('a snapshot continues a log that holds its entry in its term, resets one that contradicts it, and cannot bridge a gap', () => {
  const replay = threeEntries();
  expect(replay.after(baseAt(12, 1))).toMatchObject({ entries: [{ index: 13 }], reset: false });
  expect(replay.after(baseAt(10, 1))).toMatchObject({ entries: [{ index: 11 }, { index: 12 }, { index: 13 }], reset: false });
  expect(replay.after(baseAt(12, 2))).toEqual({ entries: [], reset: true });
  expect(replay.after(baseAt(20, 2))).toEqual({ entries: [], reset: true });
  expect(replay.after(baseAt(9, 1))).toBeNull();
});

test('so many peers are remembered and no more: the one heard of least recently is forgotten', () => {
  const memory = new Map<PeerMemory['id'], PeerMemory>();
  rememberPeers(
    memory,
    Array.from({ length: PEER_MEMORY_MAX }, (_, number) => ofMember(number)),
  );
  rememberPeers(memory, [ofMember(0)]);
  rememberPeers(memory, [ofMember(PEER_MEMORY_MAX)]);
  expect(memory.size).toBe(PEER_MEMORY_MAX);
  expect([memory.has(ofMember(0).id), memory.has(ofMember(1).id), memory.has(ofMember(PEER_MEMORY_MAX).id)]).toEqual([
    true,
    false,
    true,
  ]);
});

test.each([
  ['a word', 'ENOENT', null],
  ['nothing', null, null],
  ['an error of our own', new Error('x'), null],
  ['an error with a number', Object.assign(new Error('x'), { code: 2 }), null],
  ['an error of the system', Object.assign(new Error('x'), { code: 'ENOSPC' }), 'ENOSPC'],
])('the errno name of %s', (_, thrown, name) => {
  expect(errnoOf(thrown)).toBe(name);
});
