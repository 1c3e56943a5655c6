/**
 * Decides whether a history is linearizable: whether every call can be given one instant between its invocation and its return, such that
 * the store of store-model.ts, run in that order, answers what was answered. Linearizability is local (Herlihy and Wing 1990, theorem 1):
 * keys are judged alone, and those that met in one call or transaction together.
 */
import { assertNever } from '../../../src/shared/assert.ts';
import { minimalContradiction } from './contradiction.ts';
import type { RecordedAnswer, RecordedCall, RecordedOperation } from './history.ts';
import { partitionsOf } from './partitions.ts';
import type { Partition } from './partitions.ts';
import { searchOrder } from './search.ts';

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
      /** The fewest found that contradict each other: whatever the other calls did, these answers cannot all be true. */
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
    if (found.type === 'gave-up') return gaveUp(partition, found.configurations);
    if (found.type === 'no-order') return contradicted(partition, operations, options);
  }
  return { type: 'linearizable', operations: operations.length, configurations };
}

function gaveUp({ keys }: Partition, configurations: number): Verdict {
  const explanation = `gave up on ${keys.join(', ')} after ${configurations} configurations: neither an order nor a contradiction was found`;
  return { type: 'gave-up', keys, configurations, explanation };
}

/** Each of the checks that look for the contradiction may cost this part of the whole: with so much left open, some would take forever. */
const CONTRADICTION_EFFORT = 1 / 25;

function contradicted({ keys, calls }: Partition, operations: readonly RecordedOperation[], options: CheckOptions): Verdict {
  const configurationsMax = (options.configurationsMax ?? CONFIGURATIONS_MAX) * CONTRADICTION_EFFORT;
  const hasNoOrder = (some: readonly RecordedOperation[]): boolean =>
    partitionsOf(some, options).some((partition) => searchOrder(partition, configurationsMax).type === 'no-order');
  const concerned = new Set(calls.map(({ invoked }) => invoked));
  // A WATCH that was refused is a reason; one that matters to nobody is soon gone.
  const offending = minimalContradiction(
    operations.filter(({ invoked, call }) => concerned.has(invoked) || call.type === 'watch'),
    hasNoOrder,
  );
  const explanation = [
    `no order of the calls on ${keys.join(', ')} gives these answers, whatever the other calls did:`,
    ...offending.map(describeOperation),
  ].join('\n  ');
  return { type: 'not-linearizable', keys, offending, explanation };
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
