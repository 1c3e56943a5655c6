/** The judge is judged first: by histories whose verdict is known, and against a search that tries every order. */
import { describe, expect, test } from '@jest/globals';
import { decodeHistory, encodeHistory, HistoryRecorder } from '../../support/history/history.ts';
import type { RecordedHistory } from '../../support/history/history.ts';
import { historyOf, KNOWN_HISTORIES } from '../../support/history/known-histories.ts';
import type { Line } from '../../support/history/known-histories.ts';
import { checkLinearizable } from '../../support/history/linearizability.ts';
import type { Verdict } from '../../support/history/linearizability.ts';

function judge({ operations, initial, logTimeErrorMs }: RecordedHistory): Verdict {
  return checkLinearizable(operations, {
    initial: new Map(Object.entries(initial)),
    ...(logTimeErrorMs === null ? {} : { logTimeErrorMs }),
  });
}

describe('histories whose verdict is known', () => {
  const named = KNOWN_HISTORIES.map(({ history, isLinearizable }) => ({ name: history.name, history, isLinearizable }));

  test.each(named.filter(({ isLinearizable }) => isLinearizable))('linearizable: $name', ({ history }) => {
    expect(judge(history)).toMatchObject({ type: 'linearizable' });
  });

  test.each(named.filter(({ isLinearizable }) => !isLinearizable))('not linearizable: $name', ({ history }) => {
    expect(judge(history)).toMatchObject({ type: 'not-linearizable' });
  });
});

describe('what the judge says', () => {
  test('keys are judged alone, those that met in a transaction together, and the bad ones are named', () => {
    const { operations } = historyOf([
      [1, 2, 'SET fine a', 'OK'],
      [3, 4, 'MULTI; SET a 1; SET b 1; EXEC', '[OK, OK]'],
      [5, 6, 'GET b', '(nil)'],
    ]);
    expect(checkLinearizable(operations)).toMatchObject({ type: 'not-linearizable', keys: ['a', 'b'] });
  });

  test('the fewest calls that contradict each other are named, and no other', () => {
    const { operations } = historyOf([
      [1, 2, 'SET k a', 'OK'],
      [3, 4, 'GET k', '"a"'],
      [5, 6, 'INCR other', '1'],
      [7, 10, 'SET k b', 'OK'],
      [8, 9, 'APPEND k x', 'unknown'],
      [11, 12, 'GET k', '"bx"'],
      [13, 14, 'GET k', '"a"'],
      [15, 16, 'SET k c', 'OK'],
      [17, 18, 'GET k', '"c"'],
    ]);
    const verdict = checkLinearizable(operations);
    expect(verdict).toMatchObject({ type: 'not-linearizable', offending: [{ invoked: 3 }, { invoked: 11 }, { invoked: 13 }] });
    expect(verdict).toMatchObject({ explanation: expect.stringContaining('client 6: GET k -> "a" [13.0, 14.0 ms]') });
  });

  test('a WATCH is named where it is part of the contradiction', () => {
    const { operations } = historyOf([
      [1, 2, 'WATCH k', 'OK'],
      [3, 4, 'GET k', '(nil)'],
      [5, 6, 'SET k 1', 'OK'],
      [7, 8, 'MULTI; SET k 2; EXEC', '[OK]', [1]],
    ]);
    expect(checkLinearizable(operations)).toMatchObject({ offending: [{ invoked: 1 }, { invoked: 5 }, { invoked: 7 }] });
  });

  test('it gives up after as many configurations as it is told, and says so', () => {
    const lines = Array.from('abcdefgh').map((letter, index): Line => [
      index + 1,
      40 - index,
      `APPEND k ${letter}`,
      String(8 - index),
    ]);
    const { operations } = historyOf([...lines, [50, 51, 'GET k', '"hgfedcbx"']]);
    expect(checkLinearizable(operations, { configurationsMax: 1_000 }).type).toBe('not-linearizable');
    expect(checkLinearizable(operations, { configurationsMax: 5 })).toEqual({
      type: 'gave-up',
      keys: ['k'],
      configurations: 5,
      explanation: 'gave up on k after 5 configurations: neither an order nor a contradiction was found',
    });
  });

  test('a key may begin with a value', () => {
    const { operations } = historyOf([[1, 2, 'GET k', '"a"']]);
    expect(checkLinearizable(operations, { initial: new Map([['k', 'a']]) })).toMatchObject({ type: 'linearizable' });
  });

  test.each([
    ['LPUSH k a', 'the judge does not know LPUSH k a: there is no such command'],
    ['SET k a EXAT 5', 'the judge does not know SET k a EXAT 5: there is no option EXAT'],
    ['GET', 'the judge does not know GET: it has the wrong number of words'],
    ['INCRBY k 1.5', 'the judge does not know INCRBY k 1.5: "1.5" is no integer'],
    ['SET k ä', 'the judge does not know SET k ä: its words are not ASCII'],
  ])('%s is refused, not guessed', (call, message) => {
    expect(() => checkLinearizable(historyOf([[1, 2, call, 'OK']]).operations)).toThrow(message);
  });

  test('a deadline cannot be judged by a log time of which nothing is known', () => {
    const { operations } = historyOf([[1, 2, 'SET k a PX 100', 'OK']]);
    expect(() => checkLinearizable(operations)).toThrow('the judge has to be told logTimeErrorMs');
  });
});

describe('a recorded history', () => {
  test('comes back from its JSON as it went', () => {
    const recorder = new HistoryRecorder();
    const first = recorder.invoke(1, { type: 'command', words: ['SET', 'k', 'a'] });
    const second = recorder.invoke(2, { type: 'transaction', commands: [['GET', 'k']], watches: [] });
    recorder.invoke(3, { type: 'watch', keys: ['k'] });
    recorder.return(second, { type: 'ok', answer: { type: 'array', items: [{ type: 'null' }] } });
    recorder.return(first, { type: 'refused', reason: 'NOLEADER' });
    recorder.abandonOpen('the end');
    const history = { name: 'n', initial: { k: 'x' }, logTimeErrorMs: null, operations: recorder.operations() };
    expect(history.operations.map(({ invoked, returned }) => [invoked, returned])).toEqual([
      [2, 4],
      [1, 5],
      [3, 6],
    ]);
    expect(decodeHistory(encodeHistory(history))).toEqual(history);
  });

  test('tells time by the clock that it is given', () => {
    let nowMs = 1_000;
    const recorder = new HistoryRecorder(() => nowMs);
    const open = recorder.invoke(1, { type: 'command', words: ['GET', 'k'] });
    nowMs = 1_007;
    recorder.return(open, { type: 'ok', answer: { type: 'null' } });
    expect(recorder.operations()).toMatchObject([{ invokedAtMs: 1_000, returnedAtMs: 1_007 }]);
  });
});
