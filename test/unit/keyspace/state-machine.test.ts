import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { encodeBatch } from '../../../src/keyspace/batch-codec.ts';
import { entryBytes } from '../../../src/keyspace/command.ts';
import { commandNames } from '../../../src/keyspace/command-table.ts';
import {
  EXPIRIES_PER_ENTRY_MAX,
  TOMBSTONES_PER_GENERATION_MAX,
  TRANSACTION_REPLY_BYTES_MAX,
  VALUE_BYTES_MAX,
} from '../../../src/keyspace/limits.ts';
import type { Batch, Operation } from '../../../src/keyspace/operation.ts';
import { StateMachine } from '../../../src/keyspace/state-machine.ts';
import { Tombstones } from '../../../src/keyspace/tombstones.ts';
import { command, cut, Driver, restore, show, snapshotOf } from './driver.ts';

describe('S13: log time alone decides what has expired', () => {
  test('S13: a key lives until the deadline by the time of an entry, not by that of a read', () => {
    const driver = new Driver();
    driver.line('SET k v PX 100');
    expect(driver.read('GET k', driver.timeMs + 99)).toBe('v');
    expect(driver.state.mustTickFirst(command(['GET', 'k']), driver.timeMs + 99)).toBe(false);
    expect(driver.state.mustTickFirst(command(['GET', 'k']), driver.timeMs + 100)).toBe(true);
    driver.timeMs += 100;
    driver.tick();
    expect(driver.read('GET k')).toBe('(nil)');
    expect(driver.state.mustTickFirst(command(['GET', 'k']), driver.timeMs + 1000)).toBe(false);
  });

  test('S13: a read of other keys needs no tick, one of the whole keyspace does', () => {
    const driver = new Driver();
    driver.line('MSET other 1');
    driver.line('SET k v PX 100');
    const nowMs = driver.timeMs + 500;
    const needs = (line: string): boolean => driver.state.mustTickFirst(command(cut(line)), nowMs);
    expect(['GET other', 'GET none', 'SET k v', 'NOSUCH'].map(needs)).toEqual([false, false, false, false]);
    const whole = ['KEYS *', 'SCAN 0', 'DBSIZE', 'RANDOMKEY', 'MGET other k', 'EXISTS k', 'TTL k'];
    expect(whole.map(needs)).toEqual(whole.map(() => true));
  });

  test('S13: time never runs backwards, so that a value seen expired never comes back', () => {
    const driver = new Driver();
    driver.line('SET k v PX 100');
    driver.timeMs += 200;
    driver.tick();
    driver.timeMs -= 200;
    driver.tick();
    expect(driver.state.timeMs).toBe(driver.timeMs + 200);
    expect(driver.read('GET k')).toBe('(nil)');
    driver.line('SET r v PX 50');
    expect(driver.read('PEXPIRETIME r')).toBe(`:${driver.timeMs + 250}`);
  });

  test('S13: what is left to live is told from the moment of the read', () => {
    const driver = new Driver();
    driver.line('SET k v PX 10000');
    expect(driver.read('PTTL k', driver.timeMs + 2500)).toBe(':7500');
    expect(driver.read('TTL k', driver.timeMs + 2500)).toBe(':8');
  });

  test('keys past their deadline go a bounded number at a time, and none of them is seen meanwhile', () => {
    const driver = new Driver();
    const count = EXPIRIES_PER_ENTRY_MAX * 2 + 10;
    driver.apply(
      ...Array.from({ length: count }, (_, at) => ({
        type: 'command' as const,
        arguments: command(['SET', `k${at}`, 'v', 'PX', '10']),
      })),
    );
    expect(driver.state.nextDeadlineMs()).toBe(driver.timeMs + 10);
    driver.timeMs += 10;
    driver.line('SET stays v');
    expect(driver.state.keys).toBe(count - EXPIRIES_PER_ENTRY_MAX + 1);
    expect(driver.read('DBSIZE')).toBe(':1');
    expect(driver.read('KEYS *')).toEqual(['stays']);
    expect(driver.read('RANDOMKEY')).toBe('stays');
    expect(driver.line('SETNX k0 again')).toBe(':1');
    expect(driver.line(`INCR k${count - 1}`)).toBe(':1');
    driver.tick();
    expect(driver.state.keys).toBe(3);
    expect(driver.state.keysWithDeadline).toBe(0);
    expect(driver.state.nextDeadlineMs()).toBeNull();
  });
});

describe('S14: the last touch of a key', () => {
  const touching: readonly (readonly [before: string, line: string, touches: boolean])[] = [
    ['SET k v', 'SET k v', true],
    ['SET k v', 'DEL k', true],
    ['SET k v', 'GETDEL k', true],
    ['SET k v', 'APPEND k x', true],
    ['SET k v', 'EXPIRE k 10', true],
    ['SET k v', 'EXPIRE k -1', true],
    ['SET k v EX 9', 'PERSIST k', true],
    ['SET k v', 'RENAME k l', true],
    ['SET l v', 'RENAME l k', true],
    ['SET l v', 'COPY l k', true],
    ['SET k v', 'FLUSHALL', true],
    ['SET k v', 'FLUSHDB', true],
    ['SET k 1', 'INCR k', true],
    ['SET other v', 'SET k v', true],
    ['SET k v', 'GET k', false],
    ['SET k v', 'GETEX k', false],
    ['SET k v', 'SETNX k w', false],
    ['SET k v', 'SET k w NX', false],
    ['SET k v', 'PERSIST k', false],
    ['SET k v', 'INCR k', false],
    ['SET k v', 'EXPIRE k 10 XX', false],
    ['SET k v', 'TOUCH k', false],
    ['SET k v', 'SET other v', false],
    ['SET other v', 'DEL k', false],
    ['SET other v', 'GETDEL k', false],
  ];

  test.each(touching)('S14: after %s, %s touches k: %s', (before, line, touches) => {
    const driver = new Driver();
    driver.line(before);
    const seen = driver.touch('k');
    driver.line(line);
    expect(driver.exec({ k: seen }, 'SET proof 1')).toEqual(touches ? '(nil array)' : ['+OK']);
    expect(driver.read('EXISTS proof')).toBe(touches ? ':0' : ':1');
  });

  test('S14: expiry is a touch, whether the key was met by name or not', () => {
    for (const met of ['GET other', 'GET k']) {
      const driver = new Driver();
      driver.line('SET k v PX 10');
      const seen = driver.touch('k');
      driver.timeMs += 20;
      driver.line(met);
      expect(driver.touch('k')).toBeGreaterThan(seen);
      expect(driver.exec({ k: seen }, 'SET proof 1')).toBe('(nil array)');
    }
  });

  test('S14: a key that is past its deadline by the time of EXEC itself aborts it', () => {
    const driver = new Driver();
    driver.line('SET k v PX 10');
    const seen = driver.touch('k');
    driver.timeMs += 20;
    expect(driver.exec({ k: seen }, 'SET proof 1')).toBe('(nil array)');
  });

  test('S14: an earlier command of the same entry is a touch', () => {
    const driver = new Driver();
    driver.line('SET k v');
    const watches = [{ key: Buffer.from('k'), lastTouch: driver.touch('k') }];
    const replies = driver.apply(
      { type: 'command', arguments: command(['SET', 'k', 'w']) },
      { type: 'transaction', watches, commands: [command(['GET', 'k'])] },
    );
    expect(replies).toEqual(['+OK', '(nil array)']);
  });

  test('S14: a key that is gone and made again is not the same', () => {
    const driver = new Driver();
    driver.line('SET k v');
    const seen = driver.touch('k');
    driver.line('DEL k');
    expect(driver.touch('k')).toBe(driver.index);
    driver.line('SET k v');
    expect(driver.exec({ k: seen }, 'SET proof 1')).toBe('(nil array)');
    expect(driver.exec({ k: driver.touch('k'), none: 0 }, 'SET proof 1')).toEqual(['+OK']);
  });

  test('S14: when too many keys have gone to remember each, the touch of every key that is not there rises', () => {
    const tombstones = new Tombstones();
    const full = 2 * TOMBSTONES_PER_GENERATION_MAX;
    for (let touch = 1; touch < full; touch += 1) tombstones.add(touch, touch);
    const before = tombstones.clone();
    tombstones.add(full, full);
    expect([before.lastTouch(7), before.lastTouch(full + 1), before.floor]).toEqual([7, 0, 0]);
    // What was forgotten is told as later than it was, never as earlier: in doubt EXEC aborts.
    expect(tombstones.floor).toBe(full / 2);
    expect([tombstones.lastTouch(7), tombstones.lastTouch(full + 1)]).toEqual([full / 2, full / 2]);
    expect([tombstones.lastTouch(full - 7), tombstones.lastTouch(full)]).toEqual([full - 7, full]);
    expect(tombstones.youngCount + tombstones.oldCount).toBeLessThanOrEqual(2 * TOMBSTONES_PER_GENERATION_MAX);
  });
});

describe('transactions', () => {
  test('reads see the writes before them, and an error takes nothing back', () => {
    const driver = new Driver();
    expect(driver.exec({}, 'SET k abc', 'GET k', 'INCR k', 'APPEND k d', 'GET k', 'NOSUCH', 'DEL k', 'GET k')).toEqual([
      '+OK',
      'abc',
      '-ERR value is not an integer or out of range',
      ':4',
      'abcd',
      "-ERR unknown command 'NOSUCH', with args beginning with: ",
      ':1',
      '(nil)',
    ]);
    expect(driver.exec({})).toEqual([]);
  });

  test('a reply stays what it was when later commands of the transaction change the value in place', () => {
    const driver = new Driver();
    driver.run('SET', 'k', Buffer.alloc(5000, 'a'));
    const [before, , after] = driver.exec({}, 'GET k', 'SETRANGE k 1 b', 'GETRANGE k 0 2') as string[];
    expect(before).toBe('a'.repeat(5000));
    expect(after).toBe('aba');
  });

  test('S17: the replies of one transaction are bounded', () => {
    const driver = new Driver();
    driver.run('SET', 'k', Buffer.alloc(VALUE_BYTES_MAX));
    const count = TRANSACTION_REPLY_BYTES_MAX / VALUE_BYTES_MAX + 3;
    const batch = {
      type: 'transaction' as const,
      watches: [],
      commands: Array.from({ length: count }, () => command(['GET', 'k'])),
    };
    const [reply] = driver.state.apply(driver.index + 1, encodeBatch({ timeMs: 0, operations: [batch] }));
    const types = reply?.type === 'array' ? reply.items.map(({ type }) => type) : [];
    expect(types).toEqual(types.map((_type, at) => (at < count - 2 ? 'bulk' : 'error')));
  });
});

describe('S17: what one entry copies', () => {
  test.each(['SETRANGE k 0 x', 'APPEND k x'])(
    'S17: an entry that answers a value and then changes it by %s does not do so without end',
    (change) => {
      const driver = new Driver();
      driver.run('SET', 'k', Buffer.alloc(VALUE_BYTES_MAX - 100));
      const pair = {
        type: 'transaction' as const,
        watches: [],
        commands: [command(['GETRANGE', 'k', '0', '0']), command(cut(change))],
      };
      const replies = driver.apply(...Array.from({ length: 12 }, () => pair));
      const refused = replies.filter(([, reply]) => String(reply).startsWith('-OOM '));
      expect(refused).toHaveLength(4);
      // A reader beside the log makes no difference: what a member has answered on its own must not decide what an entry does.
      const reader = new Driver();
      reader.run('SET', 'k', Buffer.alloc(VALUE_BYTES_MAX - 100));
      reader.read('GET k');
      expect(reader.apply(...Array.from({ length: 12 }, () => pair))).toEqual(replies);
    },
  );
});

describe('S16 and S17', () => {
  test('S16: the feature level only rises', () => {
    const driver = new Driver();
    expect(driver.state.featureLevel).toBe(1);
    expect(driver.apply({ type: 'raise-feature-level', level: 3 }, { type: 'raise-feature-level', level: 2 })).toEqual([
      ':3',
      ':3',
    ]);
    expect(driver.state.featureLevel).toBe(3);
    expect(driver.state.clone().featureLevel).toBe(3);
  });

  test('S17: the data takes what its keys and values take, whatever way they came', () => {
    const driver = new Driver();
    driver.run('SET', 'key', Buffer.alloc(3000));
    driver.line('SETRANGE key 3500 xyz');
    driver.line('APPEND key xyz');
    driver.line('EXPIRE key 100');
    expect(driver.state.dataBytes).toBe(entryBytes(3, 3506, true));
    driver.line('COPY key copy');
    driver.line('PERSIST copy');
    driver.line('RENAME key renamed');
    expect(driver.state.dataBytes).toBe(entryBytes(7, 3506, true) + entryBytes(4, 3506, false));
    driver.line('DEL copy');
    driver.timeMs += 100_000;
    driver.tick();
    expect(driver.state).toMatchObject({ dataBytes: 0, keys: 0, keysWithDeadline: 0 });
  });
});

/** Commands with few keys and times, so that they meet. */
const word = fc.constantFrom(
  'a',
  'b',
  'c',
  '1',
  '5',
  '10',
  '-1',
  'EX',
  'PX',
  'GET',
  'NX',
  'XX',
  '*',
  '0',
  'x'.repeat(1500),
  '3.5',
  '',
);
const words = fc
  .tuple(fc.constantFrom(...commandNames()), fc.array(word, { maxLength: 5 }))
  .map(([name, rest]) => command([name, ...rest]));
const useful = fc
  .tuple(
    fc.constantFrom('SET', 'APPEND', 'GETSET', 'SETRANGE', 'PEXPIRE', 'INCR', 'DEL', 'GET', 'RENAME'),
    fc.constantFrom('a', 'b', 'c'),
    fc.nat(2000),
  )
  .map(([name, key, number]) =>
    command(
      name === 'SETRANGE'
        ? [name, key, String(number), 'v']
        : ['INCR', 'DEL', 'GET'].includes(name)
          ? [name, key]
          : [name, key, String(number)],
    ),
  );
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 6, arbitrary: fc.oneof(words, useful).map((parts) => ({ type: 'command' as const, arguments: parts })) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('transaction' as const),
      watches: fc.array(fc.record({ key: fc.constantFrom('a', 'b').map((key) => Buffer.from(key)), lastTouch: fc.nat(4) }), {
        maxLength: 1,
      }),
      commands: fc.array(fc.oneof(words, useful), { maxLength: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'tick' as const }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('raise-feature-level' as const), level: fc.nat(4) }) },
);
const batches: fc.Arbitrary<Batch[]> = fc.array(
  fc.record({ timeMs: fc.integer({ min: 1_000_000, max: 1_003_000 }), operations: fc.array(operation, { maxLength: 5 }) }),
  { maxLength: 25 },
);

function applyAll(state: StateMachine, log: readonly Batch[], firstIndex: number): unknown[] {
  return log.map((batch, at) => state.apply(firstIndex + at, encodeBatch(batch)).map(show));
}

describe('S15: apply is total and the same everywhere', () => {
  test('S15: every command of every shape has an answer, once for each operation', () => {
    const wild = fc.array(fc.uint8Array({ maxLength: 12 }), { maxLength: 6 });
    const anyOperation = fc.oneof(
      operation,
      wild.map((parts) => ({ type: 'command' as const, arguments: parts })),
    );
    fc.assert(
      fc.property(fc.array(anyOperation, { maxLength: 12 }), (operations) => {
        const state = new StateMachine();
        expect(state.apply(1, encodeBatch({ timeMs: 5, operations }))).toHaveLength(operations.length);
      }),
    );
  });

  test('S15: the same batches give the same replies, hash and bytes; a snapshot in between changes nothing', () => {
    fc.assert(
      fc.property(batches, fc.nat(25), (log, cutAt) => {
        const whole = new StateMachine();
        const replies = applyAll(whole, log, 1);
        const first = new StateMachine();
        const before = applyAll(first, log.slice(0, cutAt), 1);
        const second = restore(snapshotOf(first), 777);
        expect(second).toMatchObject({
          stateHash: first.stateHash,
          dataBytes: first.dataBytes,
          keys: first.keys,
          keysWithDeadline: first.keysWithDeadline,
          timeMs: first.timeMs,
          featureLevel: first.featureLevel,
        });
        const after = applyAll(second, log.slice(cutAt), before.length + 1);
        expect([...before, ...after]).toEqual(replies);
        expect(second.stateHash).toBe(whole.stateHash);
        expect(snapshotOf(second).equals(snapshotOf(whole))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test('S15: clones part ways without touching each other, large values changed in place included', () => {
    fc.assert(
      fc.property(batches, batches, batches, (shared, left, right) => {
        const original = new StateMachine();
        applyAll(original, shared, 1);
        const clone = original.clone();
        const leftReplies = applyAll(original, left, shared.length + 1);
        const rightReplies = applyAll(clone, right, shared.length + 1);
        const [alone, other] = [new StateMachine(), new StateMachine()];
        applyAll(alone, shared, 1);
        applyAll(other, shared, 1);
        expect(applyAll(alone, left, shared.length + 1)).toEqual(leftReplies);
        expect(applyAll(other, right, shared.length + 1)).toEqual(rightReplies);
        expect(snapshotOf(original).equals(snapshotOf(alone))).toBe(true);
        expect(snapshotOf(clone).equals(snapshotOf(other))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('S15: another payload, another index or another outcome is another hash', () => {
    const hashes = [
      [1, 'SET k v'],
      [1, 'SET k w'],
      [2, 'SET k v'],
      [1, 'SET l v'],
    ].map(([index, line]) => {
      const driver = new Driver(new StateMachine(), 5, Number(index) - 1);
      driver.line(String(line));
      return driver.state.stateHash;
    });
    expect(new Set(hashes).size).toBe(hashes.length);
    // The same entry on states that differ: what it did is part of the hash, not only what it said.
    const counters = ['1', '2'].map((value) => new Driver(restore(snapshotOf(stateWith(value)))));
    expect(new Set(counters.map((driver) => driver.state.stateHash)).size).toBe(2);
    for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{16}$/);
  });

  test('bytes that are no batch change nothing', () => {
    const driver = new Driver();
    driver.line('SET k v');
    const before = snapshotOf(driver.state);
    expect(() => driver.state.apply(driver.index + 1, Buffer.of(9, 9, 9))).toThrow('format version 9');
    expect(snapshotOf(driver.state).equals(before)).toBe(true);
  });

  test('what is kept does not hold on to the payload', () => {
    const state = new StateMachine();
    const payload = encodeBatch({
      timeMs: 1,
      operations: [{ type: 'command', arguments: command(['MSET', 'k', 'v', 'l', 'v'.repeat(3000)]) }],
    });
    state.apply(1, payload);
    payload.fill(0);
    expect(show(state.read(command(['MGET', 'k', 'l']), 1))).toEqual(['v', 'v'.repeat(3000)]);
  });
});

function stateWith(value: string): StateMachine {
  const driver = new Driver();
  driver.run('SET', 'n', value);
  return driver.state;
}
