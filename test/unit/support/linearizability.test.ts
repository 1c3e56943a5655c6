/** The judge is judged first: by histories whose verdict is known, and against a search that tries every order. */
import { describe, expect, test } from '@jest/globals';
import { SeededRandom } from '../../../src/shared/random.ts';
import { decodeHistory, encodeHistory, HistoryRecorder } from '../../support/history/history.ts';
import type { RecordedHistory, RecordedOperation } from '../../support/history/history.ts';
import { historyOf, KNOWN_HISTORIES } from '../../support/history/known-histories.ts';
import type { Line } from '../../support/history/known-histories.ts';
import { checkLinearizable, judgeHistory } from '../../support/history/linearizability.ts';
import { randomHistory } from '../../support/history/random-history.ts';
import { CompiledCall, isSameAnswer, NO_KEY } from '../../support/history/store-model.ts';
import type { Effect, StoreState, Window } from '../../support/history/store-model.ts';

describe('histories whose verdict is known', () => {
  const named = KNOWN_HISTORIES.map(({ history, isLinearizable }) => ({ name: history.name, history, isLinearizable }));

  test.each(named.filter(({ isLinearizable }) => isLinearizable))('linearizable: $name', ({ history }) => {
    expect(judgeHistory(history)).toMatchObject({ type: 'linearizable' });
  });

  test.each(named.filter(({ isLinearizable }) => !isLinearizable))('not linearizable: $name', ({ history }) => {
    expect(judgeHistory(history)).toMatchObject({ type: 'not-linearizable' });
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
    expect(verdict).toMatchObject({ type: 'not-linearizable', offending: [{ invoked: 1 }, { invoked: 7 }, { invoked: 13 }] });
    expect(verdict).toMatchObject({ explanation: expect.stringContaining('client 6: GET k -> "a" [13.0, 14.0 ms]') });
  });

  test('a deadline that a call of unknown outcome set is a deadline, though nobody knows when it comes', () => {
    const { operations } = historyOf([
      [1, 9, 'SET k a PX 5000', 'unknown'],
      [2, 3, 'GET k', '"a"'],
      [4, 5, 'PERSIST k', '1'],
    ]);
    expect(checkLinearizable(operations, { logTimeErrorMs: 1 })).toMatchObject({ type: 'linearizable' });
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
    const lines = Array.from('abcdef').map((letter, index): Line => [
      index + 1,
      40 - index,
      `APPEND k ${letter}`,
      String(6 - index),
    ]);
    const { operations } = historyOf([...lines, [50, 51, 'GET k', '"fedcbx"']]);
    expect(checkLinearizable(operations, { configurationsMax: 1_000 }).type).toBe('not-linearizable');
    expect(checkLinearizable(operations, { configurationsMax: 5 })).toMatchObject({
      type: 'gave-up',
      keys: ['k'],
      explanation: expect.stringMatching(/^gave up on k after \d+ configurations, with neither an order nor a contradiction: /),
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

/** Tries every subset of the unknown calls in every order. */
class EveryOrder {
  readonly #calls: readonly PossibleCall[];

  constructor({ operations, logTimeErrorMs }: RecordedHistory) {
    const errorMs = (logTimeErrorMs ?? 0) + 1;
    const byInvocation = new Map(operations.map((operation) => [operation.invoked, operation]));
    const keys = new Set<string>();
    this.#calls = operations
      .filter(({ outcome }) => outcome.type !== 'refused')
      .map((operation): PossibleCall => {
        const { call, outcome, invokedAtMs, returnedAtMs } = operation;
        const watches = (call.type === 'transaction' ? call.watches : []).map((invoked) => byInvocation.get(invoked)!);
        const watched = watches.flatMap((watch) => (watch.call.type === 'watch' ? watch.call.keys : []));
        const compiled = new CompiledCall(call, watched);
        for (const key of compiled.keys) keys.add(key);
        const isAborted = call.type === 'transaction' && outcome.type === 'ok' && outcome.answer.type === 'null';
        const toMs = outcome.type === 'ok' ? returnedAtMs + errorMs : Number.POSITIVE_INFINITY;
        return { operation, compiled, watches, isAborted, window: { fromMs: invokedAtMs - errorMs, toMs } };
      });
    const positionOf = new Map([...keys].map((key, position) => [key, position]));
    for (const { compiled } of this.#calls) compiled.place(positionOf);
  }

  exists(): boolean {
    const keys = new Set(this.#calls.flatMap(({ compiled }) => compiled.positions));
    return this.#search(
      Array.from(keys, () => NO_KEY),
      this.#calls,
      new Map(),
    );
  }

  /** @param touchedSince the WATCH calls that were taken, each with the positions touched since */
  #search(state: StoreState, rest: readonly PossibleCall[], touchedSince: ReadonlyMap<number, ReadonlySet<number>>): boolean {
    if (rest.every(({ operation }) => operation.outcome.type === 'unknown')) return true;
    return rest.some((next) => {
      const isTooLate = rest.some(
        ({ operation }) => operation.outcome.type === 'ok' && operation.returned < next.operation.invoked,
      );
      if (isTooLate) return false;
      const others = rest.filter((other) => other !== next);
      if (next.isAborted) return this.#search(state, others, touchedSince);
      return this.#effects(next, state, touchedSince).some(({ state: to, touched }) => {
        const since = new Map([...touchedSince].map(([watch, those]) => [watch, new Set([...those, ...touched])]));
        if (next.operation.call.type === 'watch') since.set(next.operation.invoked, new Set());
        return this.#search(to, others, since);
      });
    });
  }

  #effects(
    { operation, compiled, watches, window }: PossibleCall,
    state: StoreState,
    touchedSince: ReadonlyMap<number, ReadonlySet<number>>,
  ): readonly Effect[] {
    const canSucceed = watches.every(({ invoked, outcome, call }) => {
      if (outcome.type === 'unknown') return true;
      const touched = touchedSince.get(invoked);
      if (touched === undefined || call.type !== 'watch') return false;
      const watch = this.#calls.find((each) => each.operation.invoked === invoked)!;
      return watch.compiled.positions.every((position) => !touched.has(position));
    });
    if (!canSucceed) return [];
    const { outcome } = operation;
    const all = compiled.effects(state, window);
    return outcome.type === 'ok' ? all.filter(({ answer }) => isSameAnswer(answer, compiled.expected(outcome.answer))) : all;
  }
}

interface PossibleCall {
  readonly operation: RecordedOperation;
  readonly compiled: CompiledCall;
  readonly watches: readonly RecordedOperation[];
  readonly isAborted: boolean;
  readonly window: Window;
}

describe('against a search that tries every order', () => {
  const plain = { clients: 3, keys: 1, oneUnknownIn: 5, withDeadlines: false, withTransactions: false, fewValues: true };
  test.each([
    { name: 'one key', ...plain },
    { name: 'one key, deadlines', ...plain, withDeadlines: true },
    { name: 'two keys, transactions', ...plain, keys: 2, withTransactions: true },
    { name: 'two keys, transactions, deadlines', ...plain, keys: 2, withTransactions: true, withDeadlines: true },
  ])('the verdicts agree, and both occur: $name', (kind) => {
    const verdicts = { linearizable: 0, 'not-linearizable': 0, 'gave-up': 0 };
    for (let seed = 1; seed <= 1_000; seed += 1) {
      const random = new SeededRandom(seed);
      const history = randomHistory(random, { ...kind, operations: 3 + random.below(5), bent: random.below(3) });
      const { type } = judgeHistory(history);
      verdicts[type] += 1;
      const expected = new EveryOrder(history).exists() ? 'linearizable' : 'not-linearizable';
      if (type !== expected) throw new Error(`seed ${seed}: ${type}, not ${expected}:\n${encodeHistory(history)}`);
    }
    expect(verdicts).toMatchObject({ 'gave-up': 0 });
    expect(verdicts.linearizable).toBeGreaterThan(200);
    expect(verdicts['not-linearizable']).toBeGreaterThan(200);
  });
});

describe('histories as long as a scenario', () => {
  const long = {
    operations: 2_000,
    clients: 8,
    keys: 8,
    oneUnknownIn: 100,
    withDeadlines: false,
    withTransactions: false,
    fewValues: false,
  };
  const kinds = [
    { name: '2,000 calls on 8 keys', ...long },
    { name: 'the same with deadlines', ...long, withDeadlines: true },
    { name: 'the same with transactions among all keys', ...long, withTransactions: true },
    { name: 'with transactions and deadlines', ...long, withTransactions: true, withDeadlines: true },
    { name: '500 calls on 3 keys, each tenth without an answer', ...long, operations: 500, keys: 3, oneUnknownIn: 10 },
  ];

  test.each(kinds)('the state machine that ships answers as the judge expects: $name', (kind) => {
    for (let seed = 1; seed <= 3; seed += 1) {
      const history = randomHistory(new SeededRandom(seed), { ...kind, bent: 0 });
      expect(history.operations.filter(({ outcome }) => outcome.type === 'unknown').length).toBeGreaterThan(5);
      expect(judgeHistory(history)).toMatchObject({ type: 'linearizable' });
    }
  });

  // What is wrong is certain only when every order was tried: of all keys in one part, or of many calls of unknown outcome, there are many.
  const shorter = kinds.map((kind) => ({
    ...kind,
    operations: kind.withTransactions || kind.oneUnknownIn < 20 ? 150 : kind.operations,
  }));
  test.each(shorter)('one read of what was never written is found: $name', (kind) => {
    for (let seed = 1; seed <= 3; seed += 1) {
      const history = randomHistory(new SeededRandom(seed), { ...kind, bent: 0 });
      const isGet = ({ call }: RecordedOperation) => call.type === 'command' && call.words[0] === 'GET';
      const last = history.operations.findLast((operation) => isGet(operation) && operation.outcome.type === 'ok')!;
      const operations = history.operations.map((operation): RecordedOperation =>
        operation === last ? { ...last, outcome: { type: 'ok', answer: { type: 'bulk', text: 'never written' } } } : operation,
      );
      const verdict = judgeHistory({ ...history, operations });
      expect(verdict.type).toBe('not-linearizable');
      const offending = verdict.type === 'not-linearizable' ? verdict.offending : [];
      expect(offending.map(({ invoked }) => invoked)).toContain(last.invoked);
      expect(offending.length).toBeLessThan(20);
    }
  });
});
