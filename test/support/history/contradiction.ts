/**
 * Why a history has no order, in as few calls as can be. What is asked of a call can be weakened: it may take effect at any time after its
 * invocation, or never, and answer anything. Every history with an order keeps one when calls are weakened; so where weakening all but a few
 * leaves none, the answers of those few contradict each other whatever else went on.
 */
import type { RecordedCall, RecordedOperation } from './history.ts';
import { CompiledCall } from './store-model.ts';

/** Whether it is certain that these have no order. */
export type HasNoOrder = (operations: readonly RecordedOperation[]) => boolean;

/**
 * @param operations that have no order
 * @returns those of them whose answers cannot all be true, in the order of invocation; no fewer can be left out, as far as `hasNoOrder` knows
 */
export function minimalContradiction(
  operations: readonly RecordedOperation[],
  hasNoOrder: HasNoOrder,
): readonly RecordedOperation[] {
  let rest = operations;
  // Without a read less is left to search; a write that is left open makes more of it.
  for (const isTurn of [isInert, () => true]) {
    for (const each of answered(rest).filter(isTurn)) {
      const weaker = weakened(rest, new Set([each.invoked]));
      if (hasNoOrder(weaker)) rest = weaker;
    }
  }
  return answered(rest);
}

/** With the answer that it gave, it changed nothing. */
function isInert({ call, outcome }: RecordedOperation): boolean {
  return outcome.type === 'ok' && new CompiledCall(call).isInert(outcome.answer);
}

export function answered(operations: readonly RecordedOperation[]): readonly RecordedOperation[] {
  return operations.filter(({ outcome }) => outcome.type === 'ok').sort((a, b) => a.invoked - b.invoked);
}

/** A beginning of a history with an order has one: halving finds the shortest one that has none. */
export function shortestBeginning(
  operations: readonly RecordedOperation[],
  hasNoOrder: HasNoOrder,
): readonly RecordedOperation[] {
  const returns = operations.map(({ returned }) => returned).sort((a, b) => a - b);
  let low = 0;
  let high = returns.length - 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (hasNoOrder(until(operations, returns[middle]!))) high = middle;
    else low = middle + 1;
  }
  return until(operations, returns[low] ?? 0);
}

/** What was known at that moment. */
function until(operations: readonly RecordedOperation[], moment: number): readonly RecordedOperation[] {
  const later = new Set(operations.filter(({ returned }) => returned > moment).map(({ invoked }) => invoked));
  return weakened(
    operations.filter(({ invoked }) => invoked <= moment),
    later,
  );
}

function weakened(operations: readonly RecordedOperation[], those: ReadonlySet<number>): readonly RecordedOperation[] {
  const isForgotten = ({ call, invoked }: RecordedOperation): boolean => call.type === 'watch' && those.has(invoked);
  const forgotten = new Set(operations.filter(isForgotten).map(({ invoked }) => invoked));
  return operations
    .filter((operation) => !isForgotten(operation))
    .map((operation) => {
      const call = withoutWatches(operation.call, forgotten);
      if (!those.has(operation.invoked) || operation.outcome.type === 'refused') return { ...operation, call };
      return { ...operation, call, outcome: { type: 'unknown', reason: 'left open' } };
    });
}

function withoutWatches(call: RecordedCall, forgotten: ReadonlySet<number>): RecordedCall {
  if (call.type !== 'transaction' || !call.watches.some((watch) => forgotten.has(watch))) return call;
  return { ...call, watches: call.watches.filter((watch) => !forgotten.has(watch)) };
}
