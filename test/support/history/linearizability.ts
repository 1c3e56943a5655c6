/**
 * Decides whether a history is linearizable: whether every operation can be given one instant between its invocation and its return, such
 * that the register, run in that order, answers what was answered. The search is that of Wing and Gong (1993) with Lowe's memory of
 * configurations (2017), a key at a time: linearizability is local (Herlihy and Wing 1990, theorem 1), so keys may be judged alone.
 *
 * An operation of unknown outcome takes effect at any time after its invocation or never, so a history with many of them has many orders.
 * If there is a valid order, then there is one with the fewest unknown operations in it, and only such orders are searched:
 * - one that changes nothing is not in it; nor is one whose absence nobody could have told from its presence until both come to the same
 *   (the search carries along what the register would hold without the latest unknown ones, as long as no answer speaks against it);
 * - of equal ones the earlier invoked is taken first: whenever the later may be, it may.
 * Lastly, a known operation that changes nothing and answers right is taken at once: moved to the front, it shifts nobody.
 */
import type { RecordedOperation, RegisterAnswer, RegisterCommand } from './history.ts';
import { isSameAnswer, stepRegister } from './register.ts';
import type { RegisterState } from './register.ts';

/** Configurations looked at for one key; beyond it the verdict is `undecided`, which no test may take for a yes. */
export const CONFIGURATIONS_MAX = 500_000;

export type Verdict =
  | { readonly type: 'linearizable'; readonly operations: number; readonly configurations: number }
  | { readonly type: 'not-linearizable'; readonly key: string; readonly explanation: string }
  | { readonly type: 'undecided'; readonly key: string; readonly explanation: string };

/** Every key begins without a value, unless `initial` names one. */
export function checkLinearizable(
  operations: readonly RecordedOperation[],
  initial: ReadonlyMap<string, string> = new Map(),
): Verdict {
  const byKey = new Map<string, RecordedOperation[]>();
  for (const operation of operations) {
    const list = byKey.get(operation.key);
    if (list === undefined) byKey.set(operation.key, [operation]);
    else list.push(operation);
  }
  let configurations = 0;
  for (const [key, list] of byKey) {
    const verdict = new KeySearch(key, list, initial.get(key) ?? null).run();
    if (verdict.type !== 'linearizable') return verdict;
    configurations += verdict.configurations;
  }
  return { type: 'linearizable', operations: operations.length, configurations };
}

interface Known {
  readonly operation: RecordedOperation;
  readonly command: RegisterCommand;
  readonly answer: RegisterAnswer;
  readonly invoked: number;
  readonly returned: number;
}

interface Unknown {
  readonly command: RegisterCommand;
  readonly invoked: number;
  /** The nearest earlier one with an equal command, -1 for none. */
  readonly earlierTwin: number;
}

/** What has been given its instant so far, and what the register holds then. */
interface Configuration {
  readonly state: RegisterState;
  /** All known operations before this one, in the order of invocation, are taken. */
  readonly base: number;
  /** And these beyond it, rising. */
  readonly ahead: readonly number[];
  /** Unknown ones that took effect, rising. */
  readonly unknowns: readonly number[];
  /** What the register would hold without the last, the last two … unknown ones, where no answer since tells the difference. */
  readonly without: readonly RegisterState[];
}

class KeySearch {
  readonly #key: string;
  readonly #known: readonly Known[];
  readonly #unknown: readonly Unknown[];
  readonly #initial: RegisterState;
  #deepest: Configuration;

  constructor(key: string, operations: readonly RecordedOperation[], initial: RegisterState) {
    this.#key = key;
    this.#initial = initial;
    this.#known = knownOf(operations);
    this.#unknown = unknownOf(operations);
    this.#deepest = { state: initial, base: 0, ahead: [], unknowns: [], without: [] };
  }

  run(): Verdict {
    const seen = new Set<string>();
    const stack: Configuration[] = [this.#deepest];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      if (next.base === this.#known.length)
        return { type: 'linearizable', operations: this.#known.length, configurations: seen.size };
      const name = `${next.base}|${next.ahead.join()}|${next.unknowns.join()}|${next.without.map(String).join()}|${String(next.state)}`;
      if (seen.has(name)) continue;
      if (seen.size >= CONFIGURATIONS_MAX) return { type: 'undecided', key: this.#key, explanation: this.#explain() };
      seen.add(name);
      if (takenOf(next) > takenOf(this.#deepest)) this.#deepest = next;
      // The last one pushed is looked at first: the successors come with the most promising one last.
      stack.push(...this.#successors(next));
    }
    return { type: 'not-linearizable', key: this.#key, explanation: this.#explain() };
  }

  #successors(from: Configuration): readonly Configuration[] {
    const { candidates, horizon } = this.#candidates(from);
    const byReturn: { readonly returned: number; readonly to: Configuration }[] = [];
    for (const index of candidates) {
      const { command, answer, returned } = this.#known[index]!;
      const step = stepRegister(from.state, command);
      if (!isSameAnswer(step.answer, answer)) continue;
      const without = from.without
        .map((state) => stepRegister(state, command))
        .filter((other) => isSameAnswer(other.answer, answer))
        .map((other) => other.state);
      if (without.includes(step.state)) continue;
      const to = { ...taken(from, index), state: step.state, without };
      if (step.state === from.state && command.type !== 'set') return [to];
      byReturn.push({ returned, to });
    }
    byReturn.sort((a, b) => b.returned - a.returned);
    return [...this.#unknownSuccessors(from, horizon), ...byReturn.map(({ to }) => to)];
  }

  #unknownSuccessors(from: Configuration, horizon: number): readonly Configuration[] {
    const found: Configuration[] = [];
    for (const [index, { command, invoked, earlierTwin }] of this.#unknown.entries()) {
      if (invoked > horizon) break;
      if (from.unknowns.includes(index) || (earlierTwin >= 0 && !from.unknowns.includes(earlierTwin))) continue;
      const overwrites = command.type === 'set' || command.type === 'delete';
      if (overwrites && from.without.length > 0) continue;
      const { state } = stepRegister(from.state, command);
      const without = [...from.without, from.state];
      if (without.includes(state)) continue;
      found.push({ ...from, state, without, unknowns: [...from.unknowns, index].sort((a, b) => a - b) });
    }
    return found.reverse();
  }

  /** Known operations that were invoked before any untaken one had returned; `horizon` is the first such return. */
  #candidates(from: Configuration): { readonly candidates: readonly number[]; readonly horizon: number } {
    const candidates: number[] = [];
    let horizon = Number.POSITIVE_INFINITY;
    for (let index = from.base; index < this.#known.length; index += 1) {
      const { invoked, returned } = this.#known[index]!;
      if (invoked > horizon) break;
      if (from.ahead.includes(index)) continue;
      candidates.push(index);
      horizon = Math.min(horizon, returned);
    }
    return { candidates, horizon };
  }

  #explain(): string {
    const at = this.#deepest;
    const lines = this.#candidates(at).candidates.map((index) => describe(this.#known[index]!.operation));
    const state = at.state === null ? 'no value' : JSON.stringify(at.state);
    return [
      `key ${this.#key}: ${takenOf(at)} of ${this.#known.length} operations have an order, ending with ${state} (it began with ${
        this.#initial === null ? 'no value' : JSON.stringify(this.#initial)
      }); none of these can come next:`,
      ...lines,
      `and of ${this.#unknown.length} operations with an unknown outcome these had taken effect: [${at.unknowns
        .map((index) => JSON.stringify(this.#unknown[index]!.command))
        .join(', ')}]`,
    ].join('\n  ');
  }
}

function knownOf(operations: readonly RecordedOperation[]): readonly Known[] {
  const known = operations.flatMap((operation): Known[] =>
    operation.outcome.type === 'ok'
      ? [
          {
            operation,
            command: operation.command,
            answer: operation.outcome.answer,
            invoked: operation.invoked,
            returned: operation.returned,
          },
        ]
      : [],
  );
  return known.sort((a, b) => a.invoked - b.invoked);
}

function unknownOf(operations: readonly RecordedOperation[]): readonly Unknown[] {
  const twins = new Map<string, number>();
  return operations
    .filter(({ outcome, command }) => outcome.type === 'unknown' && command.type !== 'get')
    .sort((a, b) => a.invoked - b.invoked)
    .map(({ command, invoked }, index) => {
      const text = JSON.stringify(command);
      const earlierTwin = twins.get(text) ?? -1;
      twins.set(text, index);
      return { command, invoked, earlierTwin };
    });
}

function taken(from: Configuration, index: number): Configuration {
  const ahead = [...from.ahead, index].sort((a, b) => a - b);
  let base = from.base;
  while (ahead[0] === base) {
    ahead.shift();
    base += 1;
  }
  return { ...from, base, ahead };
}

function takenOf({ base, ahead }: Configuration): number {
  return base + ahead.length;
}

function describe({ client, command, outcome, invokedAtMs, returnedAtMs }: RecordedOperation): string {
  return `client ${client} ${JSON.stringify(command)} answered ${JSON.stringify(outcome)} between ${invokedAtMs.toFixed(1)} and ${returnedAtMs.toFixed(1)} ms`;
}
