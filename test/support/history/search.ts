/**
 * The search for an order in which a partition's calls give the answers that they gave: that of Wing and Gong (1993) with Lowe's memory of
 * configurations (2017).
 *
 * A call of unknown outcome has no end, so that many of them have very many orders. If there is an order at all, there is one with the
 * fewest unknown calls, those as late as can be, and in the order of their invocation where that makes no difference; only such orders are
 * searched. So an unknown call is taken only in a chain of them right before a known one that tells the difference:
 * - it is not taken if the next call, without it, answers the same and leaves the same behind, at once (it was needless) or once it follows
 *   (it was too early);
 * - of two neighbours that could change places, the one invoked first comes first; of two that do just the same, likewise.
 * And a known call that changes nothing and answers right is taken at once: moved to the front, it is in nobody's way.
 *
 * Of two configurations with the same known calls taken and the same state, the one with fewer unknown calls taken can do all that the
 * other can.
 */
import type { KnownCall, Partition, UnknownCall, Watch } from './partitions.ts';
import { isSameAnswer } from './store-model.ts';
import type { Effect, KeyState, StoreState } from './store-model.ts';

export interface Found {
  readonly type: 'order' | 'no-order' | 'gave-up';
  /** How many were looked at. */
  readonly configurations: number;
  readonly furthest: Furthest;
}

/** Where the most known calls had their instants. */
export interface Furthest {
  readonly taken: number;
  readonly state: StoreState;
  /** Those that might have come next by their times. */
  readonly next: readonly KnownCall[];
}

/** What has been given its instant so far, and what the keys hold then. */
interface Configuration {
  readonly state: StoreState;
  /** All known calls before this one, in the order of invocation, are taken. */
  readonly base: number;
  /** And these beyond it, rising. */
  readonly ahead: readonly number[];
  /** A bit for each unknown call that took effect, or no longer can since something that it watches was touched. */
  readonly unknowns: bigint;
}

/** A row of unknown calls that took effect, one right after the other. */
interface Chain {
  readonly state: StoreState;
  readonly unknowns: bigint;
  readonly last: { readonly index: number; readonly before: StoreState; readonly unknownsBefore: bigint } | null;
}

/**
 * Nearly every order that there is needs no more than a few unknown calls at a time, and there are very many longer chains: those are looked
 * at only when the shorter ones have led nowhere. An order is an order, however it was found; that there is none is known only when no
 * chain was left out.
 */
const CHAIN_LENGTHS_MAX = [1, 3, Number.POSITIVE_INFINITY];

export function searchOrder(partition: Partition, configurationsMax: number): Found {
  let configurations = 0;
  for (const chainLengthMax of CHAIN_LENGTHS_MAX) {
    const search = new Search(partition, configurationsMax, chainLengthMax);
    const found = search.run();
    configurations += found.configurations;
    const isFinal = found.type === 'order' || !search.leftOut;
    if (isFinal || chainLengthMax === Number.POSITIVE_INFINITY) return { ...found, configurations };
  }
  throw new Error('the last search leaves nothing out');
}

class Search {
  readonly #known: readonly KnownCall[];
  readonly #unknown: readonly UnknownCall[];
  readonly #configurationsMax: number;
  readonly #names = new StateNames();
  readonly #guards: readonly (readonly Guard[])[];
  readonly #seen = new Map<string, bigint[]>();
  readonly #chainLengthMax: number;
  #furthest: Configuration;
  #configurations = 0;
  #leftOut = false;

  constructor({ keys, initial, known, unknown }: Partition, configurationsMax: number, chainLengthMax: number) {
    this.#known = known;
    this.#unknown = unknown;
    this.#configurationsMax = configurationsMax;
    this.#chainLengthMax = chainLengthMax;
    this.#guards = guardsOf(keys.length, known, unknown);
    this.#furthest = { state: this.#names.interned(initial), base: 0, ahead: [], unknowns: 0n };
  }

  /** Some chain was too long to be looked at. */
  get leftOut(): boolean {
    return this.#leftOut;
  }

  run(): Found {
    /** The last one pushed is looked at first. What needs unknown calls is worked out only when nothing else has led on. */
    const stack: { readonly at: Configuration; readonly isTried: boolean }[] = [{ at: this.#furthest, isTried: false }];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const { at, isTried } = next;
      if (isTried) {
        for (const to of this.#byChains(at)) stack.push({ at: to, isTried: false });
        continue;
      }
      if (at.base === this.#known.length) return this.#found('order');
      if (this.#wasSeen(at)) continue;
      if (this.#configurations >= this.#configurationsMax) return this.#found('gave-up');
      this.#configurations += 1;
      if (takenOf(at) > takenOf(this.#furthest)) this.#furthest = at;
      const { isSettled, to } = this.#byKnown(at);
      if (!isSettled && this.#unknown.length > 0) stack.push({ at, isTried: true });
      for (const each of to) stack.push({ at: each, isTried: false });
    }
    // Where the search for chains was cut short, that there is no order is not known.
    return this.#found(this.#configurations >= this.#configurationsMax ? 'gave-up' : 'no-order');
  }

  #found(type: Found['type']): Found {
    const at = this.#furthest;
    const next = this.#candidates(at).candidates.map((index) => this.#known[index]!);
    return { type, configurations: this.#configurations, furthest: { taken: takenOf(at), state: at.state, next } };
  }

  #wasSeen({ state, base, ahead, unknowns }: Configuration): boolean {
    const name = `${base}|${ahead.join()}|${this.#names.of(state)}`;
    const seen = this.#seen.get(name);
    if (seen === undefined) {
      this.#seen.set(name, [unknowns]);
      return false;
    }
    if (seen.some((fewer) => (fewer & unknowns) === fewer)) return true;
    seen.push(unknowns);
    return false;
  }

  /** The most promising last: what returned first. */
  #byKnown(from: Configuration): { readonly isSettled: boolean; readonly to: readonly Configuration[] } {
    const to: { readonly returned: number; readonly at: Configuration }[] = [];
    for (const index of this.#candidates(from).candidates) {
      const { isInert, operation } = this.#known[index]!;
      for (const effect of this.#effectsOfKnown(from, index)) {
        const at = { ...taken(from, index), ...effect };
        if (isInert && effect.state === from.state) return { isSettled: true, to: [at] };
        to.push({ returned: operation.returned, at });
      }
    }
    to.sort((a, b) => b.returned - a.returned);
    return { isSettled: false, to: to.map(({ at }) => at) };
  }

  /** The shortest chain last. */
  #byChains(from: Configuration): readonly Configuration[] {
    const { candidates, horizon } = this.#candidates(from);
    return candidates.flatMap((index) => this.#chainsTo(from, index, horizon)).reverse();
  }

  /** What follows when the `index`th known call comes next, after at least one unknown call. */
  #chainsTo(from: Configuration, index: number, horizon: number): readonly Configuration[] {
    const found: Configuration[] = [];
    const eligible = this.#eligible(from, index, horizon);
    if (eligible.length === 0) return found;
    const seen = new Set<string>();
    let chains: readonly Chain[] = [{ state: from.state, unknowns: from.unknowns, last: null }];
    for (let length = 0; chains.length > 0 && this.#configurations < this.#configurationsMax; length += 1) {
      const longer: Chain[] = [];
      const mayGrow = length < this.#chainLengthMax;
      if (!mayGrow && eligible.length > length) this.#leftOut = true;
      for (const chain of chains) {
        if (chain.last !== null) found.push(...this.#closed(from, chain, chain.last, index));
        for (const next of mayGrow ? eligible : []) {
          for (const to of this.#extended(from, chain, next)) {
            const name = `${to.unknowns}|${next}|${this.#names.of(to.state)}`;
            if (seen.has(name)) continue;
            seen.add(name);
            longer.push(to);
          }
        }
      }
      chains = longer;
    }
    return found;
  }

  /** Unknown calls that share keys with a known one, directly or through each other. */
  #eligible(from: Configuration, index: number, horizon: number): readonly number[] {
    const open: number[] = [];
    for (const [at, { operation }] of this.#unknown.entries()) {
      if (operation.invoked > horizon) break;
      if (!has(from.unknowns, at)) open.push(at);
    }
    const reached = new Set(this.#known[index]!.call.positions);
    const eligible = new Set<number>();
    for (let grew = true; grew;) {
      grew = false;
      for (const at of open) {
        const { positions } = this.#unknown[at]!.call;
        if (eligible.has(at) || !positions.some((position) => reached.has(position))) continue;
        eligible.add(at);
        for (const position of positions) reached.add(position);
        grew = true;
      }
    }
    return [...eligible].sort((a, b) => a - b);
  }

  #extended(from: Configuration, chain: Chain, next: number): readonly Chain[] {
    const { last } = chain;
    const { earlierTwin } = this.#unknown[next]!;
    if (has(chain.unknowns, next) || (earlierTwin >= 0 && !has(chain.unknowns, earlierTwin))) return [];
    this.#configurations += 1;
    return this.#effectsOfUnknown({ ...from, ...chain }, next).flatMap(({ state, unknowns }) => {
      if (state === chain.state) return [];
      if (last !== null) {
        const without = this.#effectsOfUnknown({ ...from, state: last.before, unknowns: last.unknownsBefore }, next);
        const canSwap = next < last.index && this.#canFollow(from, last.index, without, { state, unknowns });
        if (canSwap || isNeedless(without, { state, unknowns })) return [];
      }
      return [{ state, unknowns, last: { index: next, before: chain.state, unknownsBefore: chain.unknowns } }];
    });
  }

  /** The chain's end, if the known call tells the difference that the chain's last one makes. */
  #closed(from: Configuration, chain: Chain, last: Chain['last'] & object, index: number): readonly Configuration[] {
    const without = this.#effectsOfKnown({ ...from, state: last.before, unknowns: last.unknownsBefore }, index);
    return this.#effectsOfKnown({ ...from, ...chain }, index).flatMap((effect) => {
      if (isNeedless(without, effect) || this.#canFollow(taken(from, index), last.index, without, effect)) return [];
      return [{ ...taken(from, index), ...effect }];
    });
  }

  /** Whether the unknown call leads from one of those to where we are. */
  #canFollow(from: Configuration, unknown: number, those: readonly Step[], here: Step): boolean {
    return those.some((step) => isNeedless(this.#effectsOfUnknown({ ...from, ...step }, unknown), here));
  }

  #effectsOfKnown(from: Configuration, index: number): readonly Step[] {
    const { call, window, answer, watches } = this.#known[index]!;
    if (watches === null || !watches.every(({ watch }) => isTaken(from, watch))) return [];
    return call.effects(from.state, window).flatMap((effect) => {
      if (!isSameAnswer(effect.answer, answer)) return [];
      return this.#guarded(from, effect, { type: 'known', index });
    });
  }

  #effectsOfUnknown(from: Configuration, index: number): readonly Step[] {
    const { call, window, watches } = this.#unknown[index]!;
    if (has(from.unknowns, index) || !watches.every(({ watch }) => isTaken(from, watch))) return [];
    const taking = { ...from, unknowns: from.unknowns | (1n << BigInt(index)) };
    return call.effects(from.state, window).flatMap((effect) => this.#guarded(taking, effect, { type: 'unknown', index }));
  }

  /** What was touched between a WATCH and its EXEC makes that impossible. */
  #guarded(from: Configuration, { state, touched }: Effect, by: Caller): readonly Step[] {
    let unknowns = from.unknowns;
    for (const position of touched) {
      for (const { watch, exec } of this.#guards[position]!) {
        if (!isTaken(from, watch) || (exec.type === by.type && exec.index === by.index)) continue;
        if (exec.type === 'unknown') unknowns |= 1n << BigInt(exec.index);
        else if (!isTaken(from, exec.index)) return [];
      }
    }
    return [{ state: this.#names.interned(state), unknowns }];
  }

  /** Known calls that were invoked before any untaken one had returned; `horizon` is the first such return. */
  #candidates(from: Configuration): { readonly candidates: readonly number[]; readonly horizon: number } {
    const candidates: number[] = [];
    let horizon = Number.POSITIVE_INFINITY;
    for (let index = from.base; index < this.#known.length; index += 1) {
      const { invoked, returned } = this.#known[index]!.operation;
      if (invoked > horizon) break;
      if (from.ahead.includes(index)) continue;
      candidates.push(index);
      horizon = Math.min(horizon, returned);
    }
    return { candidates, horizon };
  }
}

interface Step {
  readonly state: StoreState;
  readonly unknowns: bigint;
}

/** Whether one of those is where we are, with no more unknown calls taken. */
function isNeedless(those: readonly Step[], here: Step): boolean {
  return those.some(({ state, unknowns }) => state === here.state && (unknowns & here.unknowns) === unknowns);
}

interface Caller {
  readonly type: 'known' | 'unknown';
  readonly index: number;
}

interface Guard {
  readonly watch: number;
  readonly exec: Caller;
}

/** For each key, what watches it. */
function guardsOf(keys: number, known: readonly KnownCall[], unknown: readonly UnknownCall[]): readonly (readonly Guard[])[] {
  const guards = Array.from({ length: keys }, (): Guard[] => []);
  const add = (watches: readonly Watch[], exec: Caller): void => {
    for (const { watch, positions } of watches) for (const position of positions) guards[position]!.push({ watch, exec });
  };
  for (const [index, { watches }] of known.entries()) add(watches ?? [], { type: 'known', index });
  for (const [index, { watches }] of unknown.entries()) add(watches, { type: 'unknown', index });
  return guards;
}

/** Equal states are one object, so that they compare as such, and have short names. */
class StateNames {
  readonly #keyStates = new Map<string, { readonly id: number; readonly state: KeyState }>();
  readonly #keyIds = new WeakMap<KeyState, number>();
  readonly #states = new Map<string, StoreState>();
  readonly #names = new WeakMap<StoreState, string>();

  of(state: StoreState): string {
    const known = this.#names.get(state);
    if (known !== undefined) return known;
    const name = state.map((key) => this.#keyId(key)).join();
    this.#names.set(state, name);
    return name;
  }

  interned(state: StoreState): StoreState {
    const name = this.of(state);
    const same = this.#states.get(name);
    if (same !== undefined) return same;
    this.#states.set(name, state);
    return state;
  }

  #keyId(key: KeyState): number {
    const known = this.#keyIds.get(key);
    if (known !== undefined) return known;
    const text = `${key.earliestMs}|${key.latestMs}|${key.value === null ? '' : `=${key.value}`}`;
    const id = this.#keyStates.get(text)?.id ?? this.#keyStates.size;
    if (id === this.#keyStates.size) this.#keyStates.set(text, { id, state: key });
    this.#keyIds.set(key, id);
    return id;
  }
}

function has(unknowns: bigint, index: number): boolean {
  return ((unknowns >> BigInt(index)) & 1n) === 1n;
}

function isTaken({ base, ahead }: Configuration, index: number): boolean {
  return index < base || ahead.includes(index);
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
