/**
 * Decides whether a history is linearizable: whether every call can be given one instant between its invocation and its return, such that
 * the store of store-model.ts, run in that order, answers what was answered. Linearizability is local (Herlihy and Wing 1990, theorem 1):
 * keys are judged alone, and those that met in one call or transaction together.
 */
import { AssertionError, assertNever } from '../../../src/shared/assert.ts';
import { answered, minimalContradiction, shortestBeginning } from './contradiction.ts';
import type { RecordedAnswer, RecordedCall, RecordedHistory, RecordedOperation } from './history.ts';
import { partitionsOf } from './partitions.ts';
import type { Partition } from './partitions.ts';
import { searchOrder } from './search.ts';
import type { Found, Furthest } from './search.ts';

/** Configurations looked at for one partition; beyond it the judge gives up, which no test may take for a yes. */
export const CONFIGURATIONS_MAX = 500_000;

export interface CheckOptions {
  /** Values that keys had before; all others had none. */
  readonly initial?: ReadonlyMap<string, string>;
  /**
   * How far log time (rule S13) may be from the recorder's clock plus a constant that is the same for the whole history: the largest error
   * of the median of the members' clocks, with what it lags behind. A history in which a call sets a deadline needs it.
   */
  readonly logTimeErrorMs?: number | undefined;
  readonly configurationsMax?: number;
}

export type Verdict =
  | { readonly type: 'linearizable'; readonly operations: number; readonly configurations: number }
  | {
      readonly type: 'not-linearizable';
      readonly keys: readonly string[];
      /**
       * Of a short history the fewest calls that contradict each other: whatever the others did, these answers cannot all be true. Of a long
       * one those of which none can come next, where most calls have an order.
       */
      readonly offending: readonly RecordedOperation[];
      readonly explanation: string;
    }
  | { readonly type: 'gave-up'; readonly keys: readonly string[]; readonly configurations: number; readonly explanation: string };

/** @throws RangeError on a call that the judge does not know, or that sets a deadline while `logTimeErrorMs` is not given */
export function checkLinearizable(operations: readonly RecordedOperation[], options: CheckOptions = {}): Verdict {
  const configurationsMax = options.configurationsMax ?? CONFIGURATIONS_MAX;
  let configurations = 0;
  for (const partition of partitionsOf(operations, options)) {
    const found = searchOrder(partition, configurationsMax);
    configurations += found.configurations;
    if (found.type === 'gave-up') return gaveUp(partition, found);
    if (found.type === 'no-order') return contradicted(partition, operations, options);
  }
  return { type: 'linearizable', operations: operations.length, configurations };
}

export function judgeHistory({ operations, initial, logTimeErrorMs }: RecordedHistory): Verdict {
  return checkLinearizable(operations, {
    initial: new Map(Object.entries(initial)),
    logTimeErrorMs: logTimeErrorMs ?? undefined,
  });
}

function gaveUp(partition: Partition, { configurations, furthest }: Found): Verdict {
  const { keys } = partition;
  const explanation = [
    `gave up on ${keys.join(', ')} after ${configurations} configurations, with neither an order nor a contradiction: ${describeFurthest(partition, furthest)}:`,
    ...furthest.next.map(({ operation }) => describeOperation(operation)),
  ].join('\n  ');
  return { type: 'gave-up', keys, configurations, explanation };
}

function describeFurthest({ keys, known }: Partition, { taken, state, next }: Furthest): string {
  const concerned = new Set(next.flatMap(({ call }) => call.keys));
  const values = keys.flatMap((key, position) => (concerned.has(key) ? [`${key} is ${state[position]!.value ?? '(nil)'}`] : []));
  return `${taken} of ${known.length} calls have an order, after which ${values.join(', ')}, and none of these comes next`;
}

/** The fewest calls are looked for among so many, with so much effort each time and in all: with much left open, there are very many orders. */
const REDUCED_CALLS_MAX = 100;
const REDUCING_CONFIGURATIONS_MAX = { each: 1_000, all: 15_000 };

function contradicted({ keys, calls }: Partition, operations: readonly RecordedOperation[], options: CheckOptions): Verdict {
  const concerned = new Set(calls.map(({ invoked }) => invoked));
  // A WATCH that was refused is a reason; one that matters to nobody is soon gone.
  const all = operations.filter(({ invoked, call }) => concerned.has(invoked) || call.type === 'watch');
  let left = REDUCING_CONFIGURATIONS_MAX.all;
  const hasNoOrder = (some: readonly RecordedOperation[], configurationsMax: number): boolean =>
    configurationsMax > 0 &&
    partitionsOf(some, options).some((partition) => {
      const { type, configurations } = searchOrder(partition, configurationsMax);
      left -= configurations;
      return type === 'no-order';
    });
  const beginning = shortestBeginning(all, (some) => hasNoOrder(some, options.configurationsMax ?? CONFIGURATIONS_MAX));
  if (answered(beginning).length <= REDUCED_CALLS_MAX) {
    left = REDUCING_CONFIGURATIONS_MAX.all;
    const offending = minimalContradiction(beginning, (some) =>
      hasNoOrder(some, Math.min(left, REDUCING_CONFIGURATIONS_MAX.each)),
    );
    if (offending.length <= REDUCED_CALLS_MAX / 5) {
      const lines = [
        `these answers on ${keys.join(', ')} contradict each other, whatever the other calls did:`,
        ...offending.map(describeOperation),
      ];
      return { type: 'not-linearizable', keys, offending, explanation: lines.join('\n  ') };
    }
  }
  return stuck(beginning, options);
}

/** Among many calls: how far one comes, and what cannot come next. */
function stuck(beginning: readonly RecordedOperation[], options: CheckOptions): Verdict {
  for (const partition of partitionsOf(beginning, options)) {
    const { type, furthest } = searchOrder(partition, options.configurationsMax ?? CONFIGURATIONS_MAX);
    if (type !== 'no-order') continue;
    const { keys } = partition;
    const offending = furthest.next.map(({ operation }) => operation);
    const lines = [
      `no order of the calls on ${keys.join(', ')} gives their answers: ${describeFurthest(partition, furthest)}:`,
      ...offending.map(describeOperation),
    ];
    return { type: 'not-linearizable', keys, offending, explanation: lines.join('\n  ') };
  }
  throw new AssertionError('a beginning that was found to have no order has none');
}

/** For people, on one line. */
export function describeOperation({ client, call, outcome, invokedAtMs, returnedAtMs }: RecordedOperation): string {
  const became = outcome.type === 'ok' ? describeAnswer(outcome.answer) : `${outcome.type} (${outcome.reason})`;
  return `client ${client}: ${describeCall(call)} -> ${became} [${invokedAtMs.toFixed(1)}, ${returnedAtMs.toFixed(1)} ms]`;
}

function describeCall(call: RecordedCall): string {
  switch (call.type) {
    case 'command':
      return call.words.join(' ');
    case 'watch':
      return `WATCH ${call.keys.join(' ')}`;
    case 'transaction':
      return `MULTI; ${call.commands.map((words) => words.join(' ')).join('; ')}; EXEC`;
    default:
      return assertNever(call);
  }
}

function describeAnswer(answer: RecordedAnswer): string {
  switch (answer.type) {
    case 'simple':
      return answer.text;
    case 'error':
      return `-${answer.message}`;
    case 'integer':
      return String(answer.value);
    case 'bulk':
      return JSON.stringify(answer.text);
    case 'null':
      return '(nil)';
    case 'array':
      return `[${answer.items.map(describeAnswer).join(', ')}]`;
    default:
      return assertNever(answer);
  }
}
