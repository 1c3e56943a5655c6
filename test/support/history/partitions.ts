/**
 * A history, cut into parts that can be judged alone: keys that met in one call, transaction or WATCH are one part. What cannot matter is
 * left out: calls that were refused, EXECs that aborted, calls of unknown outcome that change nothing.
 */
import { present } from '../../../src/shared/assert.ts';
import type { CheckOptions } from './linearizability.ts';
import type { RecordedAnswer, RecordedOperation } from './history.ts';
import { CompiledCall, keyWithValue, NO_KEY } from './store-model.ts';
import type { StoreState, Window } from './store-model.ts';

/** A call that took effect between its invocation and its return. */
export interface KnownCall {
  readonly operation: RecordedOperation;
  readonly call: CompiledCall;
  readonly window: Window;
  readonly answer: RecordedAnswer;
  /** With this answer it changes nothing, whatever the state. */
  readonly isInert: boolean;
  /** What was watched for it; null when a WATCH of it was refused, so that it had to abort (rule S14). */
  readonly watches: readonly Watch[] | null;
}

/** A call that takes effect at any time after its invocation, or never. */
export interface UnknownCall {
  readonly operation: RecordedOperation;
  readonly call: CompiledCall;
  readonly window: Window;
  readonly watches: readonly Watch[];
  /** The nearest earlier one that does just the same, -1 for none. */
  readonly earlierTwin: number;
}

/** A WATCH that answered, and that an EXEC rests on. */
export interface Watch {
  /** Position among the known calls. */
  readonly watch: number;
  readonly positions: readonly number[];
}

export interface Partition {
  readonly keys: readonly string[];
  readonly calls: readonly RecordedOperation[];
  readonly initial: StoreState;
  /** In the order of invocation, both. */
  readonly known: readonly KnownCall[];
  readonly unknown: readonly UnknownCall[];
}

/** @throws RangeError as checkLinearizable */
export function partitionsOf(operations: readonly RecordedOperation[], options: CheckOptions): readonly Partition[] {
  const byInvocation = new Map(operations.map((operation) => [operation.invoked, operation]));
  const mattering = matteringCalls(operations, byInvocation);
  const roots = new DisjointKeys();
  for (const { call } of mattering) roots.join(call.keys);
  const parts = new Map<string, Mattering[]>();
  for (const each of mattering) {
    // A transaction may be empty.
    const root = roots.rootOf(each.call.keys[0] ?? '');
    const part = parts.get(root);
    if (part === undefined) parts.set(root, [each]);
    else part.push(each);
  }
  return [...parts.values()].map((part) => partitionOf(part, byInvocation, options));
}

interface Mattering {
  readonly operation: RecordedOperation;
  readonly call: CompiledCall;
}

type ByInvocation = ReadonlyMap<number, RecordedOperation>;

function watchesOf({ call }: RecordedOperation, byInvocation: ByInvocation): readonly RecordedOperation[] {
  if (call.type !== 'transaction') return [];
  return call.watches.map((invoked) => {
    const watch = present(byInvocation.get(invoked), 'a transaction names WATCH calls that were recorded');
    if (watch.call.type !== 'watch') throw new RangeError(`the call invoked at ${invoked} is no WATCH`);
    return watch;
  });
}

function matteringCalls(operations: readonly RecordedOperation[], byInvocation: ByInvocation): readonly Mattering[] {
  const watched = new Set<number>();
  const mattering: Mattering[] = [];
  for (const operation of operations) {
    const { call, outcome } = operation;
    if (outcome.type === 'refused' || call.type === 'watch') continue;
    const isAborted = call.type === 'transaction' && outcome.type === 'ok' && outcome.answer.type === 'null';
    const watches = watchesOf(operation, byInvocation);
    const isDoubtful = outcome.type === 'unknown' && watches.some((watch) => watch.outcome.type === 'refused');
    if (isAborted || isDoubtful) continue;
    const keys = watches.flatMap((watch) => (watch.call.type === 'watch' ? watch.call.keys : []));
    const compiled = new CompiledCall(call, keys);
    if (outcome.type === 'unknown' && compiled.isReadOnly) continue;
    mattering.push({ operation, call: compiled });
    for (const watch of watches) {
      if (watched.has(watch.invoked) || watch.outcome.type !== 'ok') continue;
      watched.add(watch.invoked);
      mattering.push({ operation: watch, call: new CompiledCall(watch.call) });
    }
  }
  return mattering.sort((a, b) => a.operation.invoked - b.operation.invoked);
}

function partitionOf(part: readonly Mattering[], byInvocation: ByInvocation, options: CheckOptions): Partition {
  const keys = [...new Set(part.flatMap(({ call }) => call.keys))];
  const positionOf = new Map(keys.map((key, position) => [key, position]));
  for (const { call } of part) call.place(positionOf);
  const ofType = (type: 'ok' | 'unknown'): readonly Mattering[] =>
    part.filter(({ operation }) => operation.outcome.type === type);
  const known = ofType('ok');
  const knownAt = new Map(known.map(({ operation }, index) => [operation.invoked, { index, call: known[index]!.call }]));
  const watches = (operation: RecordedOperation): readonly Watch[] | null => {
    const those = watchesOf(operation, byInvocation);
    if (those.some(({ outcome }) => outcome.type === 'refused')) return null;
    return those.flatMap(({ invoked }) => {
      const at = knownAt.get(invoked);
      return at === undefined ? [] : [{ watch: at.index, positions: at.call.positions }];
    });
  };
  return {
    keys,
    calls: part.map(({ operation }) => operation),
    initial: keys.map((key) => {
      const value = options.initial?.get(key);
      return value === undefined ? NO_KEY : keyWithValue(value);
    }),
    known: known.map(({ operation, call }) => {
      const answer: RecordedAnswer = operation.outcome.type === 'ok' ? operation.outcome.answer : { type: 'null' };
      const isInert = call.isInert(answer);
      return {
        operation,
        call,
        window: windowOf(operation, call, options),
        answer: call.expected(answer),
        isInert,
        watches: watches(operation),
      };
    }),
    unknown: withTwins(
      ofType('unknown').map(({ operation, call }) => ({
        operation,
        call,
        window: windowOf(operation, call, options),
        watches: watches(operation) ?? [],
      })),
    ),
  };
}

/** Log time is whole milliseconds. */
const ROUNDING_MS = 1;

function windowOf(
  { outcome, invokedAtMs, returnedAtMs, call }: RecordedOperation,
  compiled: CompiledCall,
  { logTimeErrorMs }: CheckOptions,
): Window {
  if (compiled.setsDeadline && logTimeErrorMs === undefined)
    throw new RangeError(`${JSON.stringify(call)} sets a deadline: the judge has to be told logTimeErrorMs`);
  const errorMs = (logTimeErrorMs ?? 0) + ROUNDING_MS;
  return { fromMs: invokedAtMs - errorMs, toMs: outcome.type === 'ok' ? returnedAtMs + errorMs : Number.POSITIVE_INFINITY };
}

function withTwins(calls: readonly Omit<UnknownCall, 'earlierTwin'>[]): readonly UnknownCall[] {
  const twins = new Map<string, number>();
  return calls.map((call, index) => {
    // With a deadline of its own, or keys watched at a time of its own, a call is like no other.
    if (call.call.setsDeadline || call.watches.length > 0) return { ...call, earlierTwin: -1 };
    const text = JSON.stringify(call.operation.call);
    const earlierTwin = twins.get(text) ?? -1;
    twins.set(text, index);
    return { ...call, earlierTwin };
  });
}

class DisjointKeys {
  readonly #parents = new Map<string, string>();

  join(keys: readonly string[]): void {
    const [first, ...others] = keys.map((key) => this.rootOf(key));
    if (first !== undefined) for (const other of others) this.#parents.set(this.rootOf(other), this.rootOf(first));
  }

  rootOf(key: string): string {
    let root = key;
    for (let parent = this.#parents.get(root); parent !== undefined && parent !== root; parent = this.#parents.get(root))
      root = parent;
    if (root !== key) this.#parents.set(key, root);
    return root;
  }
}
