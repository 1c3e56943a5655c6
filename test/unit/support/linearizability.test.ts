/** The judge is judged first: by histories whose verdict is known, and against a search that tries every order. */
import { performance } from 'node:perf_hooks';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SeededRandom } from '../../../src/shared/random.ts';
import { historyFromJsonLines, historyToJsonLines, HistoryRecorder } from '../../support/history/history.ts';
import type { RecordedOperation, RecordedOutcome, RegisterAnswer, RegisterCommand } from '../../support/history/history.ts';
import { checkLinearizable } from '../../support/history/linearizability.ts';
import { isSameAnswer, stepRegister } from '../../support/history/register.ts';
import type { RegisterState } from '../../support/history/register.ts';

const GET: RegisterCommand = { type: 'get' };
const INCREMENT: RegisterCommand = { type: 'increment' };
const DELETE: RegisterCommand = { type: 'delete' };
const set = (value: string): RegisterCommand => ({ type: 'set', value });
const setIfAbsent = (value: string): RegisterCommand => ({ type: 'set-if-absent', value });
const ok = (answer: RegisterAnswer): RecordedOutcome => ({ type: 'ok', answer });
const value = (text: string | null) => ok({ type: 'value', value: text });
const DONE = ok({ type: 'done' });
const integer = (number: number) => ok({ type: 'integer', value: number });
const tookEffect = (yes: boolean) => ok({ type: 'took-effect', tookEffect: yes });
const UNKNOWN: RecordedOutcome = { type: 'unknown', reason: 'connection lost' };
const REFUSED: RecordedOutcome = { type: 'refused', reason: 'NOLEADER' };

type Line = readonly [invoked: number, returned: number, RegisterCommand, RecordedOutcome];

const history = (lines: readonly Line[], key = 'k'): RecordedOperation[] =>
  lines.map(([invoked, returned, command, outcome], client) => ({
    client,
    key,
    command,
    outcome,
    invoked,
    returned,
    invokedAtMs: invoked,
    returnedAtMs: returned,
  }));

const good: readonly (readonly [string, readonly Line[]])[] = [
  ['an empty history', []],
  [
    'a read of what was written before',
    [
      [1, 2, set('a'), DONE],
      [3, 4, GET, value('a')],
    ],
  ],
  [
    'reads beside a write that see both sides of it',
    [
      [1, 6, set('a'), DONE],
      [2, 3, GET, value(null)],
      [4, 5, GET, value('a')],
    ],
  ],
  [
    'two writes at once, in either order',
    [
      [1, 4, set('a'), DONE],
      [2, 3, set('b'), DONE],
      [5, 6, GET, value('a')],
    ],
  ],
  [
    'an unknown write that took effect late',
    [
      [1, 2, set('a'), UNKNOWN],
      [3, 4, GET, value(null)],
      [5, 6, GET, value('a')],
    ],
  ],
  [
    'an unknown write that never took effect',
    [
      [1, 2, set('a'), UNKNOWN],
      [3, 4, GET, value(null)],
    ],
  ],
  [
    'a refused write that nobody sees',
    [
      [1, 2, set('a'), REFUSED],
      [3, 4, GET, value(null)],
    ],
  ],
  [
    'SET NX that one of two wins',
    [
      [1, 4, setIfAbsent('a'), tookEffect(true)],
      [2, 3, setIfAbsent('b'), tookEffect(false)],
      [5, 6, GET, value('a')],
    ],
  ],
  [
    'SET NX that loses to an unknown one',
    [
      [1, 2, setIfAbsent('a'), UNKNOWN],
      [3, 4, setIfAbsent('b'), tookEffect(false)],
    ],
  ],
  [
    'increments with two unknown ones, one of which counted',
    [
      [1, 2, INCREMENT, UNKNOWN],
      [3, 4, INCREMENT, UNKNOWN],
      [5, 6, INCREMENT, integer(2)],
    ],
  ],
  [
    'an increment after an unknown SET',
    [
      [1, 2, set('41'), UNKNOWN],
      [3, 4, INCREMENT, integer(42)],
    ],
  ],
  [
    'an increment of what is no integer',
    [
      [1, 2, set('x'), DONE],
      [3, 4, INCREMENT, ok({ type: 'not-an-integer' })],
    ],
  ],
  [
    'a delete between a write and a read',
    [
      [1, 2, set('a'), DONE],
      [3, 4, DELETE, tookEffect(true)],
      [5, 6, GET, value(null)],
    ],
  ],
  [
    'an unknown delete that is seen, then a write',
    [
      [1, 2, set('a'), DONE],
      [3, 4, DELETE, UNKNOWN],
      [5, 6, GET, value(null)],
      [7, 8, set('b'), DONE],
    ],
  ],
];

const bad: readonly (readonly [string, readonly Line[]])[] = [
  [
    'a stale read',
    [
      [1, 2, set('a'), DONE],
      [3, 4, set('b'), DONE],
      [5, 6, GET, value('a')],
    ],
  ],
  [
    'an acknowledged write that is lost',
    [
      [1, 2, set('a'), DONE],
      [3, 4, GET, value(null)],
    ],
  ],
  [
    'a value seen, then unseen',
    [
      [1, 8, set('a'), DONE],
      [2, 3, GET, value('a')],
      [4, 5, GET, value(null)],
    ],
  ],
  ['a value that nobody wrote', [[1, 2, GET, value('a')]]],
  [
    'a refused write that took effect',
    [
      [1, 2, set('a'), REFUSED],
      [3, 4, GET, value('a')],
    ],
  ],
  [
    'a read of what is written only later',
    [
      [1, 2, GET, value('a')],
      [3, 4, set('a'), DONE],
    ],
  ],
  [
    'an unknown write seen before its invocation',
    [
      [1, 2, GET, value('a')],
      [3, 4, set('a'), UNKNOWN],
    ],
  ],
  [
    'an unknown write that took effect twice',
    [
      [1, 2, set('a'), UNKNOWN],
      [3, 4, GET, value('a')],
      [5, 6, set('b'), DONE],
      [7, 8, GET, value('a')],
    ],
  ],
  [
    'an increment that counted twice',
    [
      [1, 2, INCREMENT, integer(1)],
      [3, 4, INCREMENT, integer(3)],
    ],
  ],
  [
    'a lost increment',
    [
      [1, 2, INCREMENT, integer(1)],
      [3, 4, INCREMENT, integer(1)],
    ],
  ],
  [
    'one unknown increment that counted twice',
    [
      [1, 2, INCREMENT, UNKNOWN],
      [3, 4, INCREMENT, integer(3)],
    ],
  ],
  [
    'SET NX that two win',
    [
      [1, 4, setIfAbsent('a'), tookEffect(true)],
      [2, 3, setIfAbsent('b'), tookEffect(true)],
    ],
  ],
  ['SET NX that loses to nobody', [[1, 2, setIfAbsent('a'), tookEffect(false)]]],
  [
    'a delete of what was deleted',
    [
      [1, 2, set('a'), DONE],
      [3, 4, DELETE, tookEffect(true)],
      [5, 6, DELETE, tookEffect(true)],
    ],
  ],
  [
    'two readers that see two writes in two orders',
    [
      [1, 20, set('a'), DONE],
      [2, 19, set('b'), DONE],
      [3, 4, GET, value('a')],
      [5, 6, GET, value('b')],
      [7, 8, GET, value('a')],
    ],
  ],
];

describe('histories whose verdict is known', () => {
  test.each(good)('linearizable: %s', (_, lines) => {
    expect(checkLinearizable(history(lines))).toMatchObject({ type: 'linearizable' });
  });

  test.each(bad)('not linearizable: %s', (_, lines) => {
    expect(checkLinearizable(history(lines))).toMatchObject({ type: 'not-linearizable', key: 'k' });
  });

  test('keys are judged alone, and one bad key is named', () => {
    const fine = history([[1, 2, set('a'), DONE]], 'fine');
    const lost = history(
      [
        [3, 4, set('a'), DONE],
        [5, 6, GET, value(null)],
      ],
      'lost',
    );
    expect(checkLinearizable([...fine, ...lost])).toMatchObject({ type: 'not-linearizable', key: 'lost' });
  });

  test('a key may begin with a value', () => {
    const read = history([[1, 2, GET, value('a')]]);
    expect(checkLinearizable(read, new Map([['k', 'a']]))).toMatchObject({ type: 'linearizable' });
  });

  test('what cannot come next is named with its client', () => {
    const verdict = checkLinearizable(
      history([
        [1, 2, set('a'), DONE],
        [3, 4, GET, value('b')],
      ]),
    );
    expect(verdict).toMatchObject({ explanation: expect.stringContaining('client 1 {"type":"get"}') });
  });
});

/** Tries every subset of the unknown ones in every order. */
function bruteForce(operations: readonly RecordedOperation[]): boolean {
  const possible = operations.filter(({ outcome }) => outcome.type !== 'refused');
  const search = (state: RegisterState, rest: readonly RecordedOperation[]): boolean => {
    if (rest.every(({ outcome }) => outcome.type === 'unknown')) return true;
    return rest.some((next) => {
      const isTooLate = rest.some((other) => other.outcome.type === 'ok' && other.returned < next.invoked);
      const step = stepRegister(state, next.command);
      if (isTooLate || (next.outcome.type === 'ok' && !isSameAnswer(step.answer, next.outcome.answer))) return false;
      return search(
        step.state,
        rest.filter((other) => other !== next),
      );
    });
  };
  return search(null, possible);
}

const VALUES = ['1', '2', 'x'];
const command = fc.oneof(
  fc.constant(GET),
  fc.constant(INCREMENT),
  fc.constant(DELETE),
  fc.constantFrom(...VALUES).map(set),
  fc.constantFrom(...VALUES).map(setIfAbsent),
);
const kind = fc.constantFrom('ok', 'ok', 'ok', 'unknown', 'refused');

/** Overlapping operations, run at an instant between invocation and return; an answer may then be bent. */
const smallHistory = fc
  .array(fc.record({ command, kind, at: fc.nat(30), length: fc.nat(12), instant: fc.nat(100), bend: fc.nat(5) }), {
    minLength: 1,
    maxLength: 7,
  })
  .map((plans) => {
    const events = plans.flatMap((plan, index) => [
      { at: plan.at, index, invocation: true },
      { at: plan.at + plan.length + 0.5, index, invocation: false },
    ]);
    events.sort((a, b) => a.at - b.at || a.index - b.index);
    const position = (index: number, invocation: boolean) =>
      events.findIndex((event) => event.index === index && event.invocation === invocation) + 1;
    const instants = plans.map((plan, index) => {
      const invoked = position(index, true);
      const width = (plan.kind === 'unknown' ? events.length + 5 : position(index, false)) - invoked;
      return { index, instant: invoked + 0.01 + (width - 0.02) * (plan.instant / 100) };
    });
    instants.sort((a, b) => a.instant - b.instant);
    let state: RegisterState = null;
    const outcomes = new Map<number, RecordedOutcome>();
    for (const { index } of instants) {
      const plan = plans[index]!;
      const step = stepRegister(state, plan.command);
      const takesEffect = plan.kind === 'ok' || (plan.kind === 'unknown' && plan.instant % 2 === 0);
      if (takesEffect) state = step.state;
      if (plan.kind === 'ok') outcomes.set(index, ok(plan.bend === 0 ? bend(step.answer) : step.answer));
      else outcomes.set(index, plan.kind === 'unknown' ? UNKNOWN : REFUSED);
    }
    return history(
      plans.map((plan, index): Line => [position(index, true), position(index, false), plan.command, outcomes.get(index)!]),
    );
  });

function bend(answer: RegisterAnswer): RegisterAnswer {
  switch (answer.type) {
    case 'value':
      return { type: 'value', value: answer.value === '1' ? '2' : '1' };
    case 'took-effect':
      return { type: 'took-effect', tookEffect: !answer.tookEffect };
    case 'integer':
      return { type: 'integer', value: answer.value + 1 };
    case 'done':
    case 'not-an-integer':
      return answer;
  }
}

describe('against a search that tries every order', () => {
  test('the verdicts agree, and both occur', () => {
    const verdicts = { linearizable: 0, 'not-linearizable': 0, undecided: 0 };
    fc.assert(
      fc.property(smallHistory, (operations) => {
        const { type } = checkLinearizable(operations);
        verdicts[type] += 1;
        expect(type).toBe(bruteForce(operations) ? 'linearizable' : 'not-linearizable');
      }),
      { numRuns: 4_000 },
    );
    expect(verdicts.undecided).toBe(0);
    expect(verdicts.linearizable).toBeGreaterThan(100);
    expect(verdicts['not-linearizable']).toBeGreaterThan(100);
  });
});

/** Clients that overlap on one register, with outages in which the outcome of what is open becomes unknown. */
function longHistory(seed: number, operationCount: number, clients: number): RecordedOperation[] {
  const random = new SeededRandom(seed);
  const states = new Map<string, RegisterState>();
  const operations: RecordedOperation[] = [];
  const open = new Map<number, { key: string; command: RegisterCommand; invoked: number; answer: RegisterAnswer | null }>();
  let event = 0;
  const apply = (client: number) => {
    const running = open.get(client);
    if (running === undefined || running.answer !== null) return;
    const step = stepRegister(states.get(running.key) ?? null, running.command);
    states.set(running.key, step.state);
    running.answer = step.answer;
  };
  for (let made = 0; made < operationCount;) {
    event += 1;
    const client = random.below(clients);
    const running = open.get(client);
    if (running === undefined) {
      const fresh = String(event * 1_000_000);
      const commands = [GET, set(fresh), setIfAbsent(fresh), INCREMENT, DELETE];
      open.set(client, {
        key: `k${random.below(8)}`,
        command: commands[random.below(commands.length)]!,
        invoked: event,
        answer: null,
      });
      continue;
    }
    const isLost = random.below(500) === 0;
    if (!isLost || random.below(2) === 0) apply(client);
    if (!isLost && random.below(3) !== 0) continue;
    made += 1;
    open.delete(client);
    const outcome = isLost || running.answer === null ? UNKNOWN : ok(running.answer);
    const { key, command: asked, invoked } = running;
    operations.push({
      client,
      key,
      command: asked,
      outcome,
      invoked,
      returned: event,
      invokedAtMs: invoked,
      returnedAtMs: event,
    });
  }
  for (const [client, { key, command: asked, invoked }] of open) {
    event += 1;
    operations.push({
      client,
      key,
      command: asked,
      outcome: UNKNOWN,
      invoked,
      returned: event,
      invokedAtMs: invoked,
      returnedAtMs: event,
    });
  }
  return operations;
}

describe('histories as long as a scenario', () => {
  /** Only a hang reaches it: the search is measured in tens of milliseconds. */
  const CEILING_MS = 20_000;

  test.each([1, 2, 3, 4, 5])('seed %i: 10,000 operations of 8 clients on 8 keys, outcomes unknown among them', (seed) => {
    const operations = longHistory(seed, 10_000, 8);
    expect(operations.filter(({ outcome }) => outcome.type === 'unknown').length).toBeGreaterThan(20);
    const startedMs = performance.now();
    expect(checkLinearizable(operations)).toMatchObject({ type: 'linearizable' });
    expect(performance.now() - startedMs).toBeLessThan(CEILING_MS);
  });

  test.each([1, 2, 3, 4, 5])('seed %i: one stale read among them is found', (seed) => {
    const operations = longHistory(seed, 10_000, 8);
    const reads = operations.filter(({ outcome }) => outcome.type === 'ok' && outcome.answer.type === 'value');
    const last = reads.at(-1)!;
    // A value whose SET had returned long ago cannot come back; one of an unknown SET could.
    const stale = operations.find(
      ({ key, command: asked, outcome }) => key === last.key && asked.type === 'set' && outcome.type === 'ok',
    )!;
    const bent = operations.map((operation) =>
      operation === last ? { ...operation, outcome: value((stale.command as { value: string }).value) } : operation,
    );
    expect(checkLinearizable(bent)).toMatchObject({ type: 'not-linearizable', key: last.key });
  });
});

test('a history comes back from its JSON lines as it went', () => {
  const recorder = new HistoryRecorder();
  const first = recorder.invoke(1, 'k', set('a'));
  const second = recorder.invoke(2, 'k', GET);
  recorder.return(second, UNKNOWN);
  recorder.return(first, DONE);
  const operations = recorder.operations();
  expect(operations.map(({ invoked, returned }) => [invoked, returned])).toEqual([
    [2, 3],
    [1, 4],
  ]);
  expect(historyFromJsonLines(historyToJsonLines(operations))).toEqual(operations);
});
