/** Histories whose verdict is known, by name: anomalies that stores have shown, and what looks like one and is none. */
import type { RecordedAnswer, RecordedCall, RecordedHistory, RecordedOperation, RecordedOutcome } from './history.ts';

/**
 * When it was invoked and returned, milliseconds and order at once; the call as in a terminal; its answer as redis-cli shows it, or
 * `unknown` or `refused`; for a transaction, when the WATCH calls were invoked that it rests on.
 */
export type Line = readonly [invoked: number, returned: number, call: string, outcome: string, watches?: readonly number[]];

export interface KnownHistory {
  readonly history: RecordedHistory;
  readonly isLinearizable: boolean;
}

/** Log time in these histories is no further off than this. */
export const KNOWN_LOG_TIME_ERROR_MS = 5;

export function historyOf(lines: readonly Line[], name = ''): RecordedHistory {
  const operations = lines.map(([invoked, returned, call, outcome, watches], client): RecordedOperation => {
    const at = { invoked, returned, invokedAtMs: invoked, returnedAtMs: returned };
    return { client, call: callOf(call, watches ?? []), outcome: outcomeOf(outcome), ...at };
  });
  return { name, initial: {}, logTimeErrorMs: KNOWN_LOG_TIME_ERROR_MS, operations };
}

function callOf(text: string, watches: readonly number[]): RecordedCall {
  const words = text.split(' ');
  if (words[0] === 'WATCH') return { type: 'watch', keys: words.slice(1) };
  if (!text.startsWith('MULTI; ')) return { type: 'command', words };
  const commands = text.split('; ').slice(1, -1);
  return { type: 'transaction', commands: commands.map((command) => command.split(' ')), watches };
}

function outcomeOf(text: string): RecordedOutcome {
  if (text === 'unknown') return { type: 'unknown', reason: 'connection lost' };
  if (text === 'refused') return { type: 'refused', reason: 'NOLEADER' };
  return { type: 'ok', answer: answerOf(text) };
}

function answerOf(text: string): RecordedAnswer {
  if (text.startsWith('[')) return { type: 'array', items: text === '[]' ? [] : text.slice(1, -1).split(', ').map(answerOf) };
  if (text.startsWith('"')) return { type: 'bulk', text: text.slice(1, -1) };
  if (text.startsWith('-ERR')) return { type: 'error', message: text.slice(1) };
  if (text === '(nil)') return { type: 'null' };
  return /^-?\d+$/.test(text) ? { type: 'integer', value: Number(text) } : { type: 'simple', text };
}

/** Each has an order. */
const GOOD: Readonly<Record<string, readonly Line[]>> = {
  'an empty history': [],
  'a read of what was written before': [
    [1, 2, 'SET k a', 'OK'],
    [3, 4, 'GET k', '"a"'],
  ],
  'reads beside a write that see both sides of it': [
    [1, 6, 'SET k a', 'OK'],
    [2, 3, 'GET k', '(nil)'],
    [4, 5, 'GET k', '"a"'],
  ],
  'two writes at once, in either order': [
    [1, 4, 'SET k a', 'OK'],
    [2, 3, 'SET k b', 'OK'],
    [5, 6, 'GET k', '"a"'],
  ],
  'an unknown write that took effect late': [
    [1, 2, 'SET k a', 'unknown'],
    [3, 4, 'GET k', '(nil)'],
    [5, 6, 'GET k', '"a"'],
  ],
  'an unknown write that never took effect': [
    [1, 2, 'SET k a', 'unknown'],
    [3, 4, 'GET k', '(nil)'],
  ],
  'a refused write that nobody sees': [
    [1, 2, 'SET k a', 'refused'],
    [3, 4, 'GET k', '(nil)'],
  ],
  'SET NX that one of two wins': [
    [1, 4, 'SET k a NX', 'OK'],
    [2, 3, 'SET k b NX', '(nil)'],
    [5, 6, 'GET k', '"a"'],
  ],
  'SET NX that loses to an unknown one': [
    [1, 2, 'SET k a NX', 'unknown'],
    [3, 4, 'SET k b NX', '(nil)'],
  ],
  'SET XX and SET NX GET, which tell what was there': [
    [1, 2, 'SET k a XX', '(nil)'],
    [3, 4, 'SET k a NX GET', '(nil)'],
    [5, 6, 'SET k b XX GET', '"a"'],
    [7, 8, 'SET k c NX GET', '"b"'],
    [9, 10, 'GET k', '"b"'],
  ],
  'counters that go up and down': [
    [1, 2, 'INCR k', '1'],
    [3, 4, 'INCRBY k 10', '11'],
    [5, 6, 'DECR k', '10'],
    [7, 8, 'DECRBY k 12', '-2'],
    [9, 10, 'GET k', '"-2"'],
  ],
  'increments with two unknown ones, one of which counted': [
    [1, 2, 'INCR k', 'unknown'],
    [3, 4, 'INCR k', 'unknown'],
    [5, 6, 'INCR k', '2'],
  ],
  'an increment after an unknown SET': [
    [1, 2, 'SET k 41', 'unknown'],
    [3, 4, 'INCR k', '42'],
  ],
  'an increment of what is no integer': [
    [1, 2, 'SET k x', 'OK'],
    [3, 4, 'INCR k', '-ERR value is not an integer or out of range'],
    [5, 6, 'GET k', '"x"'],
  ],
  'appends of two clients, one after the other': [
    [1, 4, 'APPEND k ab', '5'],
    [2, 3, 'APPEND k xyz', '3'],
    [5, 6, 'GET k', '"xyzab"'],
  ],
  'a delete between a write and a read': [
    [1, 2, 'SET k a', 'OK'],
    [3, 4, 'DEL k', '1'],
    [5, 6, 'GET k', '(nil)'],
  ],
  'GETDEL takes a value away once': [
    [1, 2, 'SET k a', 'OK'],
    [3, 6, 'GETDEL k', '"a"'],
    [4, 5, 'GETDEL k', '(nil)'],
  ],
  'an unknown delete that is seen, then a write': [
    [1, 2, 'SET k a', 'OK'],
    [3, 4, 'DEL k', 'unknown'],
    [5, 6, 'GET k', '(nil)'],
    [7, 8, 'SET k b', 'OK'],
  ],
  'an unknown append between two others': [
    [1, 2, 'APPEND k a', '1'],
    [3, 4, 'APPEND k b', 'unknown'],
    [5, 6, 'APPEND k c', '3'],
    [7, 8, 'GET k', '"abc"'],
  ],
  'several keys in one command': [
    [1, 2, 'MSET a 1 b 2', 'OK'],
    [3, 4, 'MGET a b c', '["1", "2", (nil)]'],
    [5, 6, 'EXISTS a a c', '2'],
    [7, 8, 'DEL a b c', '2'],
    [9, 10, 'EXISTS a b', '0'],
  ],
  'S13: a key is there before its deadline, and gone after it': [
    [1, 2, 'SET k a PX 100', 'OK'],
    [80, 81, 'GET k', '"a"'],
    [82, 83, 'PTTL k', '18'],
    [120, 121, 'GET k', '(nil)'],
    [122, 123, 'PTTL k', '-2'],
  ],
  'S13: around the deadline, as far as log time may be off, a key may be there or gone': [
    [1, 2, 'SET a a PX 100', 'OK'],
    [3, 4, 'SET b b PX 100', 'OK'],
    [97, 98, 'GET a', '(nil)'],
    [106, 107, 'GET b', '"b"'],
  ],
  'S13: a deadline that is taken away, and one that is moved': [
    [1, 2, 'SET a a PX 100', 'OK'],
    [3, 4, 'SET b b PX 100', 'OK'],
    [5, 6, 'PERSIST a', '1'],
    [7, 8, 'PEXPIRE b 300', '1'],
    [200, 201, 'GET a', '"a"'],
    [202, 203, 'PTTL a', '-1'],
    [204, 205, 'GET b', '"b"'],
    [400, 401, 'GET b', '(nil)'],
    [402, 403, 'PERSIST b', '0'],
    [404, 405, 'EXPIRE b 1', '0'],
  ],
  'S13: INCR, APPEND and KEEPTTL keep a deadline, SET takes it away': [
    [1, 2, 'SET a 1 PX 100', 'OK'],
    [3, 4, 'INCR a', '2'],
    [5, 6, 'APPEND a 0', '2'],
    [7, 8, 'SET a 7 KEEPTTL', 'OK'],
    [9, 10, 'SET b 1 PX 100', 'OK'],
    [11, 12, 'SET b 2', 'OK'],
    [200, 201, 'GET a', '(nil)'],
    [202, 203, 'GET b', '"2"'],
  ],
  'S13: an unknown SET PX that took effect late lasts longer': [
    [1, 2, 'SET k a PX 100', 'unknown'],
    [150, 151, 'GET k', '(nil)'],
    [200, 201, 'GET k', '"a"'],
    [290, 291, 'GET k', '"a"'],
  ],
  'S13: a deadline of an unknown SET PX is one to PTTL and PERSIST': [
    [1, 2, 'SET k a PX 100', 'unknown'],
    [3, 4, 'PTTL k', '98'],
    [5, 6, 'PERSIST k', '1'],
    [200, 201, 'GET k', '"a"'],
  ],
  'S13: an unknown PEXPIRE is why a key is gone': [
    [1, 2, 'SET k a', 'OK'],
    [3, 4, 'PEXPIRE k 50', 'unknown'],
    [100, 101, 'GET k', '(nil)'],
  ],
  'S13: EXPIRE with a time in the past deletes': [
    [1, 2, 'SET k a', 'OK'],
    [3, 4, 'EXPIRE k 0', '1'],
    [5, 6, 'GET k', '(nil)'],
  ],
  'a transaction is seen whole': [
    [1, 6, 'MULTI; SET a 1; SET b 1; GET a; EXEC', '[OK, OK, "1"]'],
    [2, 3, 'MGET a b', '[(nil), (nil)]'],
    [4, 5, 'MGET a b', '["1", "1"]'],
  ],
  'a transaction of unknown outcome takes effect late, and whole': [
    [1, 2, 'MULTI; INCR a; INCR b; EXEC', 'unknown'],
    [3, 4, 'MGET a b', '[(nil), (nil)]'],
    [5, 6, 'INCR b', '2'],
    [7, 8, 'GET a', '"1"'],
  ],
  'S14: EXEC succeeds when nothing touched what it watched': [
    [1, 2, 'SET k 1', 'OK'],
    [3, 4, 'WATCH k', 'OK'],
    [5, 6, 'GET k', '"1"'],
    [7, 8, 'MULTI; SET k 2; EXEC', '[OK]', [3]],
    [9, 10, 'GET k', '"2"'],
  ],
  'S14: EXEC aborts after a touch, and has no effect': [
    [1, 2, 'WATCH k', 'OK'],
    [3, 4, 'SET k 1', 'OK'],
    [5, 6, 'MULTI; SET k 2; EXEC', '(nil)', [1]],
    [7, 8, 'GET k', '"1"'],
  ],
  'S14: in doubt EXEC aborts': [
    [1, 2, 'WATCH k', 'refused'],
    [3, 4, 'MULTI; SET k 2; EXEC', '(nil)', [1]],
    [5, 6, 'GET k', '(nil)'],
  ],
  'S14: what touched nothing is no touch: a failed SET NX, a DEL of nothing, a refused SET': [
    [1, 2, 'SET k 1', 'OK'],
    [3, 4, 'WATCH k other', 'OK'],
    [5, 6, 'SET k 5 NX', '(nil)'],
    [7, 8, 'DEL other', '0'],
    [9, 10, 'SET k 7', 'refused'],
    [11, 12, 'MULTI; INCR k; EXEC', '[2]', [3]],
  ],
  'S14: a write of unknown outcome that came before WATCH or after EXEC': [
    [1, 2, 'SET k 5', 'unknown'],
    [3, 4, 'WATCH k', 'OK'],
    [5, 6, 'MULTI; INCR k; EXEC', '[6]', [3]],
    [7, 8, 'SET k 9', 'unknown'],
    [9, 10, 'WATCH k', 'OK'],
    [11, 12, 'MULTI; INCR k; EXEC', '[7]', [9]],
    [13, 14, 'GET k', '"9"'],
  ],
  'S14: a watched key expired before it was looked at': [
    [1, 2, 'SET k 1 PX 50', 'OK'],
    [100, 101, 'WATCH k', 'OK'],
    [102, 103, 'MULTI; INCR k; EXEC', '[1]', [100]],
  ],
  'S14: two that watch the same key, and one that wins': [
    [1, 2, 'WATCH k', 'OK'],
    [3, 4, 'WATCH k', 'OK'],
    [5, 8, 'MULTI; INCR k; EXEC', '[1]', [1]],
    [6, 7, 'MULTI; INCR k; EXEC', '(nil)', [3]],
    [9, 10, 'GET k', '"1"'],
  ],
};

/** None has an order. */
const BAD: Readonly<Record<string, readonly Line[]>> = {
  'a stale read': [
    [1, 2, 'SET k a', 'OK'],
    [3, 4, 'SET k b', 'OK'],
    [5, 6, 'GET k', '"a"'],
  ],
  'a lost write': [
    [1, 2, 'SET k a', 'OK'],
    [3, 4, 'GET k', '(nil)'],
  ],
  'a lost update': [
    [1, 2, 'SET k 1', 'OK'],
    [3, 6, 'INCR k', '2'],
    [4, 5, 'INCR k', '2'],
  ],
  'a lost append': [
    [1, 2, 'APPEND k a', '1'],
    [3, 4, 'APPEND k b', '2'],
    [5, 6, 'GET k', '"b"'],
  ],
  'a value seen, then unseen': [
    [1, 8, 'SET k a', 'OK'],
    [2, 3, 'GET k', '"a"'],
    [4, 5, 'GET k', '(nil)'],
  ],
  'a value that nobody wrote': [[1, 2, 'GET k', '"a"']],
  'a dirty read of a refused write': [
    [1, 2, 'SET k a', 'refused'],
    [3, 4, 'GET k', '"a"'],
  ],
  'a read of what is written only later': [
    [1, 2, 'GET k', '"a"'],
    [3, 4, 'SET k a', 'OK'],
  ],
  'an unknown write seen before its invocation': [
    [1, 2, 'GET k', '"a"'],
    [3, 4, 'SET k a', 'unknown'],
  ],
  'an unknown write that took effect twice': [
    [1, 2, 'SET k a', 'unknown'],
    [3, 4, 'GET k', '"a"'],
    [5, 6, 'SET k b', 'OK'],
    [7, 8, 'GET k', '"a"'],
  ],
  'an increment that counted twice': [
    [1, 2, 'INCR k', '1'],
    [3, 4, 'INCR k', '3'],
  ],
  'a refused INCR that counted, and was asked again': [
    [1, 2, 'INCR k', 'refused'],
    [3, 4, 'INCR k', '2'],
  ],
  'a lost increment': [
    [1, 2, 'INCR k', '1'],
    [3, 4, 'INCR k', '1'],
  ],
  'one unknown increment that counted twice': [
    [1, 2, 'INCR k', 'unknown'],
    [3, 4, 'INCR k', '3'],
  ],
  'SET NX that two win': [
    [1, 4, 'SET k a NX', 'OK'],
    [2, 3, 'SET k b NX', 'OK'],
  ],
  'SET NX that loses to nobody': [[1, 2, 'SET k a NX', '(nil)']],
  'SET XX that wrote where nothing was': [[1, 2, 'SET k a XX', 'OK']],
  'a delete of what was deleted': [
    [1, 2, 'SET k a', 'OK'],
    [3, 4, 'DEL k', '1'],
    [5, 6, 'DEL k', '1'],
  ],
  'GETDEL that two get': [
    [1, 2, 'SET k a', 'OK'],
    [3, 6, 'GETDEL k', '"a"'],
    [4, 5, 'GETDEL k', '"a"'],
  ],
  'two readers that see two writes in two orders': [
    [1, 20, 'SET k a', 'OK'],
    [2, 19, 'SET k b', 'OK'],
    [3, 4, 'GET k', '"a"'],
    [5, 6, 'GET k', '"b"'],
    [7, 8, 'GET k', '"a"'],
  ],
  'a fractured MSET': [
    [1, 4, 'MSET a 1 b 1', 'OK'],
    [2, 3, 'MGET a b', '["1", (nil)]'],
  ],
  'two MGETs that see two writes in two orders': [
    [1, 10, 'SET a 1', 'OK'],
    [2, 9, 'SET b 1', 'OK'],
    [3, 4, 'MGET a b', '["1", (nil)]'],
    [5, 6, 'MGET a b', '[(nil), "1"]'],
  ],
  'S13: a key that went before its deadline': [
    [1, 2, 'SET k a PX 100', 'OK'],
    [50, 51, 'GET k', '(nil)'],
  ],
  'S13: a key that stayed beyond its deadline': [
    [1, 2, 'SET k a PX 100', 'OK'],
    [120, 121, 'GET k', '"a"'],
  ],
  'S13: an expired value that came back': [
    [1, 2, 'SET k a PX 100', 'OK'],
    [96, 97, 'GET k', '(nil)'],
    [98, 99, 'GET k', '"a"'],
  ],
  'S13: a time to live of what had none': [
    [1, 2, 'SET k a', 'OK'],
    [3, 4, 'PTTL k', '50'],
  ],
  'S13: a deadline that outlived its PERSIST': [
    [1, 2, 'SET k a PX 100', 'OK'],
    [3, 4, 'PERSIST k', '1'],
    [200, 201, 'GET k', '(nil)'],
  ],
  'S13: a deadline that outlived the SET after it': [
    [1, 2, 'SET k a PX 100', 'OK'],
    [3, 4, 'SET k b', 'OK'],
    [200, 201, 'GET k', '(nil)'],
  ],
  'S13: log time that ran backwards: two keys, one deadline after the other, seen in the other order': [
    [1, 2, 'SET a 1 PX 100', 'OK'],
    [3, 4, 'SET b 1 PX 130', 'OK'],
    [116, 120, 'MGET a b', '["1", (nil)]'],
  ],
  'S13: an unknown SET PX that went too early': [
    [1, 2, 'SET k a', 'OK'],
    [3, 4, 'PEXPIRE k 100', 'unknown'],
    [50, 51, 'GET k', '(nil)'],
  ],
  'a fractured transaction': [
    [1, 4, 'MULTI; SET a 1; SET b 1; EXEC', '[OK, OK]'],
    [2, 3, 'MGET a b', '[(nil), "1"]'],
  ],
  'a transaction of unknown outcome of which half took effect': [
    [1, 2, 'MULTI; SET a 1; SET b 1; EXEC', 'unknown'],
    [3, 4, 'GET a', '"1"'],
    [5, 6, 'GET b', '(nil)'],
  ],
  'read skew: a read between the two halves of a transfer': [
    [1, 2, 'MSET a 50 b 50', 'OK'],
    [3, 10, 'MULTI; DECRBY a 10; INCRBY b 10; EXEC', '[40, 60]'],
    [4, 5, 'GET b', '"60"'],
    [6, 7, 'GET a', '"50"'],
  ],
  'a write between two commands of a transaction': [
    [1, 4, 'MULTI; GET k; GET k; EXEC', '[(nil), "a"]'],
    [2, 3, 'SET k a', 'OK'],
  ],
  'an aborted EXEC with an effect': [
    [1, 2, 'WATCH k', 'OK'],
    [3, 4, 'SET k 1', 'OK'],
    [5, 6, 'MULTI; SET k 2; EXEC', '(nil)', [1]],
    [7, 8, 'GET k', '"2"'],
  ],
  'S14: an EXEC that did not see a touch': [
    [1, 2, 'WATCH k', 'OK'],
    [3, 4, 'SET k 1', 'OK'],
    [5, 6, 'MULTI; SET k 2; EXEC', '[OK]', [1]],
  ],
  'S14: an EXEC that did not see that a key was set to what it was': [
    [1, 2, 'SET k 1', 'OK'],
    [3, 4, 'WATCH k', 'OK'],
    [5, 6, 'SET k 1', 'OK'],
    [7, 8, 'MULTI; GET k; EXEC', '["1"]', [3]],
  ],
  'S14: an EXEC that did not see a key come and go': [
    [1, 2, 'WATCH k', 'OK'],
    [3, 4, 'SET k 1', 'OK'],
    [5, 6, 'DEL k', '1'],
    [7, 8, 'MULTI; SET k 2; EXEC', '[OK]', [1]],
  ],
  'S14: an EXEC that did not see an expiry': [
    [1, 2, 'SET k 1 PX 50', 'OK'],
    [3, 4, 'WATCH k', 'OK'],
    [100, 101, 'MULTI; SET k 2; EXEC', '[OK]', [3]],
  ],
  'S14: an EXEC after a WATCH that was refused': [
    [1, 2, 'WATCH k', 'refused'],
    [3, 4, 'MULTI; SET k 2; EXEC', '[OK]', [1]],
  ],
  'S14: two that watch the same key, and both win': [
    [1, 2, 'WATCH k', 'OK'],
    [3, 4, 'WATCH k', 'OK'],
    [5, 8, 'MULTI; SET k a; EXEC', '[OK]', [1]],
    [6, 7, 'MULTI; SET k b; EXEC', '[OK]', [3]],
  ],
  'S14: an EXEC of unknown outcome that took effect after a touch': [
    [1, 2, 'WATCH k', 'OK'],
    [3, 4, 'SET k 1', 'OK'],
    [5, 6, 'MULTI; SET k 2; EXEC', 'unknown', [1]],
    [7, 8, 'GET k', '"2"'],
  ],
  'write skew: two that watch what the other writes': [
    [1, 2, 'WATCH a', 'OK'],
    [3, 4, 'WATCH b', 'OK'],
    [5, 8, 'MULTI; SET b 1; EXEC', '[OK]', [1]],
    [6, 7, 'MULTI; SET a 1; EXEC', '[OK]', [3]],
  ],
};

export const KNOWN_HISTORIES: readonly KnownHistory[] = [
  ...Object.entries(GOOD).map(([name, lines]) => ({ history: historyOf(lines, name), isLinearizable: true })),
  ...Object.entries(BAD).map(([name, lines]) => ({ history: historyOf(lines, name), isLinearizable: false })),
];
