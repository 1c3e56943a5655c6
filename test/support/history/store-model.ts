/**
 * What the store does, said once and apart from its own code: strings, counters, deadlines and transactions, one call after the other.
 * This is what a linearizable history must look like.
 *
 * Deadlines are judged by log time (rule S13), which nobody recorded. What is known of it: while a call was open, log time lay between its
 * invocation and its return by the recorder's clock, give or take a stated error. So a deadline is an interval, and a call that meets a key
 * with one finds it there, if log time may still have been before, or gone, if it may have been past; once gone, it is gone.
 */
import { assertNever, present } from '../../../src/shared/assert.ts';
import type { RecordedAnswer, RecordedCall, Words } from './history.ts';

export interface KeyState {
  /** null: there is no key. */
  readonly value: string | null;
  /**
   * With a value: its deadline lies between these two, the second Infinity when it may have been set late; both when it has none. Without one: log time has come to `earliestMs`, since
   * a key with that deadline was seen gone; -Infinity when nothing is known.
   */
  readonly earliestMs: number;
  readonly latestMs: number;
}

/** By position of the key among those of its partition. */
export type StoreState = readonly KeyState[];

/** Between which log times a call may have taken effect. */
export interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

/** One of the things that a call may do. */
export interface Effect {
  readonly state: StoreState;
  readonly answer: RecordedAnswer;
  /** Positions of keys that were written, deleted or expired: what WATCH is about. */
  readonly touched: readonly number[];
}

export const NO_KEY: KeyState = { value: null, earliestMs: Number.NEGATIVE_INFINITY, latestMs: Number.NEGATIVE_INFINITY };

export function keyWithValue(value: string): KeyState {
  return { value, earliestMs: Number.POSITIVE_INFINITY, latestMs: Number.POSITIVE_INFINITY };
}

/** A call as the judge runs it. */
export class CompiledCall {
  readonly keys: readonly string[];
  /** Its effect depends on when it takes effect. */
  readonly setsDeadline: boolean;
  readonly #call: RecordedCall;
  readonly #commands: readonly Command[];
  readonly #watched: readonly string[];
  #positionOf: ReadonlyMap<string, number> = new Map();
  #positions: readonly number[] = [];
  #watchedPositions: readonly number[] = [];

  /**
   * @param watched the keys that an EXEC rests on
   * @throws RangeError on what the judge does not know
   */
  constructor(call: RecordedCall, watched: readonly string[] = []) {
    this.#call = call;
    this.#watched = watched;
    this.#commands = wordsOf(call).map(compileCommand);
    const named = call.type === 'watch' ? call.keys : this.#commands.flatMap(({ keys }) => keys);
    this.keys = [...new Set([...named, ...watched])];
    this.setsDeadline = this.#commands.some(({ setsDeadline }) => setsDeadline);
  }

  /** Before it is run: where its keys stand in a state. */
  place(positionOf: ReadonlyMap<string, number>): void {
    const placed = (keys: readonly string[]): readonly number[] =>
      keys.map((key) => present(positionOf.get(key), 'a key has a place'));
    this.#positionOf = positionOf;
    this.#positions = placed(this.keys);
    this.#watchedPositions = placed(this.#watched);
  }

  get positions(): readonly number[] {
    return this.#positions;
  }

  /** Whether it changes nothing, whatever the state and its answer. */
  get isReadOnly(): boolean {
    return this.#call.type !== 'watch' && this.#commands.every(({ isInert }) => isInert === ALWAYS);
  }

  /** Whether it changes nothing, whatever the state, when this is its answer. */
  isInert(answer: RecordedAnswer): boolean {
    if (this.#call.type === 'watch') return false;
    const answers = this.#call.type === 'transaction' ? itemsOf(answer) : [answer];
    return this.#commands.every(({ isInert }, index) => isInert(answers[index] ?? NULL));
  }

  /** The recorded answer in the form in which `effects` gives it. */
  expected(answer: RecordedAnswer): RecordedAnswer {
    const foretold = (own: RecordedAnswer, index: number): RecordedAnswer =>
      this.#commands[index]?.answersTime === true && own.type === 'integer' && own.value >= 0 ? SOME_TIME : own;
    if (this.#call.type === 'transaction' && answer.type === 'array') return { type: 'array', items: answer.items.map(foretold) };
    return foretold(answer, 0);
  }

  /** Every way in which it may take effect within the window; none when it cannot. */
  effects(state: StoreState, window: Window): readonly Effect[] {
    const effects: Effect[] = [];
    this.#judgeDeadlines(0, state, window, [], (judged, touched) => effects.push(this.#run(judged, window, touched)));
    return effects;
  }

  /**
   * All keys are judged at one log time, from the `index`th on; `left` is what those before have left of the window. What has deadlines
   * that may or may not have come is judged both ways.
   */
  #judgeDeadlines(index: number, state: StoreState, left: Window, touched: readonly number[], found: Judged): void {
    const position = this.#positions[index];
    if (position === undefined) {
      found(state, touched);
      return;
    }
    const { value, earliestMs, latestMs } = state[position]!;
    const past = { fromMs: Math.max(left.fromMs, earliestMs), toMs: left.toMs };
    if (value === null) {
      if (past.fromMs <= past.toMs) this.#judgeDeadlines(index + 1, state, past, touched, found);
      return;
    }
    // WATCH sees touches, not deadlines: a key that is due is still there for it.
    const before = this.#call.type === 'watch' ? left : { fromMs: left.fromMs, toMs: Math.min(left.toMs, latestMs) };
    if (before.fromMs <= before.toMs) this.#judgeDeadlines(index + 1, state, before, touched, found);
    // An expiry is a touch: EXEC aborts when it is one of what was watched.
    if (earliestMs === Number.POSITIVE_INFINITY || past.fromMs > past.toMs || this.#watchedPositions.includes(position)) return;
    const gone = state.with(position, { value: null, earliestMs, latestMs: earliestMs });
    this.#judgeDeadlines(index + 1, gone, past, [...touched, position], found);
  }

  #run(state: StoreState, window: Window, touched: readonly number[]): Effect {
    if (this.#call.type === 'watch') return { state, answer: OK, touched };
    const store = new Store(state, touched, window, this.#positionOf);
    const answers = this.#commands.map(({ run }) => run(store));
    const answer: RecordedAnswer = this.#call.type === 'transaction' ? { type: 'array', items: answers } : (answers[0] ?? NULL);
    return { state: store.state, answer, touched: store.touched };
  }
}

type Judged = (state: StoreState, touched: readonly number[]) => void;

function wordsOf(call: RecordedCall): readonly Words[] {
  switch (call.type) {
    case 'command':
      return [call.words];
    case 'watch':
      return [];
    case 'transaction':
      return call.commands;
    default:
      return assertNever(call);
  }
}

function itemsOf(answer: RecordedAnswer): readonly RecordedAnswer[] {
  return answer.type === 'array' ? answer.items : [];
}

export function isSameAnswer(a: RecordedAnswer, b: RecordedAnswer): boolean {
  switch (a.type) {
    case 'simple':
      return b.type === 'simple' && a.text === b.text;
    case 'error':
      return b.type === 'error' && a.message === b.message;
    case 'integer':
      return b.type === 'integer' && a.value === b.value;
    case 'bulk':
      return b.type === 'bulk' && a.text === b.text;
    case 'null':
      return b.type === 'null';
    case 'array':
      return (
        b.type === 'array' &&
        a.items.length === b.items.length &&
        a.items.every((item, index) => isSameAnswer(item, b.items[index]!))
      );
    default:
      return assertNever(a);
  }
}

/** The keys as one call changes them. */
class Store {
  state: StoreState;
  readonly touched: number[];
  readonly #window: Window;
  readonly #positionOf: ReadonlyMap<string, number>;

  constructor(state: StoreState, touched: readonly number[], window: Window, positionOf: ReadonlyMap<string, number>) {
    this.state = state;
    this.touched = [...touched];
    this.#window = window;
    this.#positionOf = positionOf;
  }

  value(key: string): string | null {
    return this.state[this.#at(key)]!.value;
  }

  hasDeadline(key: string): boolean {
    const { value, earliestMs } = this.state[this.#at(key)]!;
    // The latest is Infinity too where the call that set it has an unknown outcome.
    return value !== null && earliestMs !== Number.POSITIVE_INFINITY;
  }

  /** @param deadline milliseconds from now; `keep` is for what the key had, if it is there */
  put(key: string, value: string, deadline: number | 'keep' | 'none'): void {
    const before = this.state[this.#at(key)]!;
    if (typeof deadline === 'number') {
      const { fromMs, toMs } = this.#window;
      this.#set(key, { value, earliestMs: fromMs + deadline, latestMs: toMs + deadline });
    } else this.#set(key, deadline === 'keep' && before.value !== null ? { ...before, value } : keyWithValue(value));
  }

  /** Whether there was one. */
  remove(key: string): boolean {
    if (this.value(key) === null) return false;
    this.#set(key, NO_KEY);
    return true;
  }

  #set(key: string, to: KeyState): void {
    const position = this.#at(key);
    this.state = this.state.with(position, to);
    if (!this.touched.includes(position)) this.touched.push(position);
  }

  #at(key: string): number {
    return present(this.#positionOf.get(key), 'a key has a place');
  }
}

const OK: RecordedAnswer = { type: 'simple', text: 'OK' };
const NULL: RecordedAnswer = { type: 'null' };
const NOT_AN_INTEGER: RecordedAnswer = { type: 'error', message: 'ERR value is not an integer or out of range' };
/** A remaining time to live is not foretold: of those that are none of -2 and -1, all are the same. */
const SOME_TIME: RecordedAnswer = { type: 'integer', value: 0 };
const NO_KEY_HAS_TIME = integer(-2);
const NO_DEADLINE = integer(-1);

function integer(value: number): RecordedAnswer {
  return { type: 'integer', value };
}

function valueAnswer(value: string | null): RecordedAnswer {
  return value === null ? NULL : { type: 'bulk', text: value };
}

interface Command {
  readonly keys: readonly string[];
  readonly setsDeadline: boolean;
  readonly answersTime: boolean;
  /** Whether it changes nothing, whatever the state, when this is its answer. */
  readonly isInert: (answer: RecordedAnswer) => boolean;
  /** What it does to keys whose deadlines have been judged. */
  readonly run: (store: Store) => RecordedAnswer;
}

const ALWAYS = (): boolean => true;
const NEVER = (): boolean => false;
const WHEN_NULL = (answer: RecordedAnswer): boolean => answer.type === 'null';
const WHEN_ZERO = (answer: RecordedAnswer): boolean => answer.type === 'integer' && answer.value === 0;
const WHEN_REFUSED = (answer: RecordedAnswer): boolean => answer.type === 'error';

/** @throws RangeError on a command or an option that the judge does not know */
function compileCommand(words: Words): Command {
  const [name = '', ...rest] = words;
  if (words.some((word) => !isAscii(word))) throw unknown(words, 'its words are not ASCII');
  const [key = '', second = ''] = rest;
  const command = (keys: readonly string[], isInert: Command['isInert'], run: Command['run']): Command => ({
    keys,
    isInert,
    run,
    setsDeadline: false,
    answersTime: false,
  });
  const arity = (isRight: boolean): void => {
    if (!isRight) throw unknown(words, 'it has the wrong number of words');
  };
  switch (name) {
    case 'GET':
      arity(rest.length === 1);
      return command([key], ALWAYS, (store) => valueAnswer(store.value(key)));
    case 'MGET':
      arity(rest.length > 0);
      return command(rest, ALWAYS, (store) => ({ type: 'array', items: rest.map((each) => valueAnswer(store.value(each))) }));
    case 'EXISTS':
      arity(rest.length > 0);
      return command(rest, ALWAYS, (store) => integer(rest.filter((each) => store.value(each) !== null).length));
    case 'PTTL':
    case 'TTL':
      arity(rest.length === 1);
      return { ...command([key], ALWAYS, (store) => timeToLive(store, key)), answersTime: true };
    case 'SET':
      arity(rest.length >= 2);
      return compileSet(words);
    case 'INCR':
    case 'DECR':
      arity(rest.length === 1);
      return command([key], WHEN_REFUSED, (store) => increment(store, key, name === 'INCR' ? 1 : -1));
    case 'INCRBY':
    case 'DECRBY': {
      arity(rest.length === 2);
      const by = integerIn(words, second) * (name === 'INCRBY' ? 1 : -1);
      return command([key], WHEN_REFUSED, (store) => increment(store, key, by));
    }
    case 'APPEND':
      arity(rest.length === 2);
      return command([key], NEVER, (store) => {
        const value = `${store.value(key) ?? ''}${second}`;
        store.put(key, value, 'keep');
        return integer(value.length);
      });
    case 'DEL':
      arity(rest.length > 0);
      return command(rest, WHEN_ZERO, (store) => integer(rest.filter((each) => store.remove(each)).length));
    case 'GETDEL':
      arity(rest.length === 1);
      return command([key], WHEN_NULL, (store) => {
        const before = store.value(key);
        store.remove(key);
        return valueAnswer(before);
      });
    case 'EXPIRE':
    case 'PEXPIRE': {
      arity(rest.length === 2);
      const milliseconds = integerIn(words, second) * (name === 'EXPIRE' ? 1000 : 1);
      const run: Command['run'] = (store) => expire(store, key, milliseconds);
      return { ...command([key], WHEN_ZERO, run), setsDeadline: milliseconds > 0 };
    }
    case 'PERSIST':
      arity(rest.length === 1);
      return command([key], WHEN_ZERO, (store) => {
        if (!store.hasDeadline(key)) return integer(0);
        store.put(key, store.value(key) ?? '', 'none');
        return integer(1);
      });
    case 'MSET':
      arity(rest.length > 0 && rest.length % 2 === 0);
      return command(
        rest.filter((_, index) => index % 2 === 0),
        NEVER,
        (store) => {
          for (let at = 0; at < rest.length; at += 2) store.put(rest[at]!, rest[at + 1]!, 'none');
          return OK;
        },
      );
    default:
      throw unknown(words, 'there is no such command');
  }
}

function compileSet(words: Words): Command {
  const [, key = '', value = '', ...options] = words;
  let condition: 'NX' | 'XX' | null = null;
  let deadline: number | 'keep' | 'none' = 'none';
  let answersBefore = false;
  for (let at = 0; at < options.length; at += 1) {
    const option = options[at]!;
    if (option === 'NX' || option === 'XX') condition = option;
    else if (option === 'GET') answersBefore = true;
    else if (option === 'KEEPTTL') deadline = 'keep';
    else if (option === 'PX' || option === 'EX') {
      at += 1;
      deadline = integerIn(words, options[at] ?? '') * (option === 'EX' ? 1000 : 1);
      if (deadline <= 0) throw unknown(words, 'its time to live is not positive');
    } else throw unknown(words, `there is no option ${option}`);
  }
  const isInert = (answer: RecordedAnswer): boolean => {
    if (condition === null) return false;
    return answersBefore ? (answer.type === 'null') === (condition === 'XX') : answer.type === 'null';
  };
  const run = (store: Store): RecordedAnswer => {
    const before = store.value(key);
    const sets = condition === null || (condition === 'NX') === (before === null);
    if (sets) store.put(key, value, deadline);
    if (answersBefore) return valueAnswer(before);
    return sets ? OK : NULL;
  };
  return { keys: [key], isInert, run, setsDeadline: typeof deadline === 'number', answersTime: false };
}

function timeToLive(store: Store, key: string): RecordedAnswer {
  if (store.value(key) === null) return NO_KEY_HAS_TIME;
  return store.hasDeadline(key) ? SOME_TIME : NO_DEADLINE;
}

/** As strict as Redis: no plus, no leading zeros, no spaces. */
const INTEGER = /^(0|-?[1-9]\d*)$/;

function increment(store: Store, key: string, by: number): RecordedAnswer {
  const before = store.value(key) ?? '0';
  if (!INTEGER.test(before)) return NOT_AN_INTEGER;
  const sum = Number(before) + by;
  if (!Number.isSafeInteger(sum)) throw new RangeError(`the judge counts up to 2^53: ${before} + ${by}`);
  store.put(key, String(sum), 'keep');
  return integer(sum);
}

/** A time to live that is not positive deletes. */
function expire(store: Store, key: string, milliseconds: number): RecordedAnswer {
  const value = store.value(key);
  if (value === null) return integer(0);
  if (milliseconds > 0) store.put(key, value, milliseconds);
  else store.remove(key);
  return integer(1);
}

function integerIn(words: Words, text: string): number {
  if (!INTEGER.test(text) || !Number.isSafeInteger(Number(text))) throw unknown(words, `${JSON.stringify(text)} is no integer`);
  return Number(text);
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 127) return false;
  return true;
}

function unknown(words: Words, why: string): RangeError {
  return new RangeError(`the judge does not know ${words.join(' ')}: ${why}`);
}
