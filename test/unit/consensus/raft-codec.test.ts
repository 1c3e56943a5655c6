import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeConfiguration, encodeConfiguration } from '../../../src/consensus/configuration.ts';
import type { Entry } from '../../../src/consensus/core.ts';
import { decodeRaftMessage, encodeRaftMessage, raftMessageLane } from '../../../src/consensus/raft/codec.ts';
import type { RaftMessage } from '../../../src/consensus/raft/messages.ts';
import { MalformedBytesError } from '../../../src/shared/bytes.ts';
import { raftMessages } from '../../support/arbitrary.ts';
import { configurationOf, entry } from '../../support/raft-member.ts';

function appendOf(...entries: Entry[]): RaftMessage {
  return { type: 'append-request', term: 2, previous: { index: 4, term: 1 }, commit: 3, entries };
}

describe('raft messages as bytes', () => {
  test('every message comes back as it went', () => {
    fc.assert(fc.property(raftMessages, (message) => expect(decodeRaftMessage(encodeRaftMessage(message))).toEqual(message)));
  });

  test('no bytes make the decoder throw anything but MalformedBytesError, or read past its input', () => {
    const damaged = fc.tuple(raftMessages, fc.nat(), fc.nat(255), fc.boolean());
    fc.assert(
      fc.property(damaged, ([message, at, value, cut]) => {
        const bytes = Buffer.from(encodeRaftMessage(message));
        bytes[at % bytes.length] = value;
        try {
          decodeRaftMessage(cut ? bytes.subarray(0, at % bytes.length) : bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedBytesError);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('S16: an unknown version or type is refused by name', () => {
    const bytes = encodeRaftMessage({ type: 'timeout-now', term: 3 });
    expect(() => decodeRaftMessage(Buffer.concat([Buffer.from([7]), bytes.subarray(1)]))).toThrow(/version 7 is unknown/);
    expect(() => decodeRaftMessage(Buffer.concat([bytes.subarray(0, 1), Buffer.from([99]), bytes.subarray(2)]))).toThrow(
      /type 99/,
    );
  });

  test.each<{ name: string; message: RaftMessage }>([
    { name: 'terms that fall', message: appendOf(entry(5, 2), entry(6, 1)) },
    { name: 'an entry of a term after the message’s', message: appendOf(entry(5, 3)) },
    { name: 'a configuration that is none', message: appendOf(entry(5, 1, 'junk', 'configuration')) },
    {
      name: 'a configuration of another index',
      message: appendOf({ ...entry(5, 1, '', 'configuration'), payload: encodeConfiguration(configurationOf([1], [], 9)) }),
    },
    {
      name: 'a position from the future',
      message: { type: 'append-request', term: 2, previous: { index: 4, term: 8 }, commit: 0, entries: [] },
    },
  ])('an append with $name is malformed', ({ message }) => {
    expect(() => decodeRaftMessage(encodeRaftMessage(message))).toThrow(MalformedBytesError);
  });

  test('a count of entries that cannot fit is refused before anything is allocated for it; so are bytes too many', () => {
    const bytes = Buffer.from(encodeRaftMessage(appendOf()));
    bytes.writeUInt32LE(0xffff_ffff, bytes.length - 4);
    expect(() => decodeRaftMessage(bytes)).toThrow(/do not fit/);
    expect(() => decodeRaftMessage(Buffer.concat([encodeRaftMessage(appendOf()), Buffer.from([0])]))).toThrow(/too many/);
  });

  test('a decoded entry does not share the frame’s memory', () => {
    const bytes = encodeRaftMessage(appendOf(entry(5, 2, 'hello')));
    const message = decodeRaftMessage(bytes);
    bytes.fill(0);
    expect(message).toMatchObject({ entries: [{ payload: Buffer.from('hello') }] });
  });

  test('S18: entries travel in bulk, everything else beside them', () => {
    expect(raftMessageLane(appendOf(entry(5, 2)))).toBe('bulk');
    expect(raftMessageLane(appendOf())).toBe('control');
    expect(raftMessageLane({ type: 'heartbeat-request', term: 1, commit: 0, context: 0 })).toBe('control');
  });

  test('a configuration larger than a writer’s first buffer comes back whole', () => {
    const removed = Array.from({ length: 1024 }, (_, each) => ({ id: configurationOf([each]).members[0]!.id, index: each }));
    const configuration = { ...configurationOf([1, 2, 3], [4, 5], 77), removed };
    expect(decodeConfiguration(encodeConfiguration(configuration))).toEqual(configuration);
  });
});
