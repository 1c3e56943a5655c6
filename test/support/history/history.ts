/**
 * What clients saw: calls with their answers, each with the order of its invocation and return. One recorder lives in one process, so one
 * counter orders all events; times stand beside it, by which deadlines are judged. Written down as JSON, for other checkers to read.
 */
import { performance } from 'node:perf_hooks';
import { assertNever } from '../../../src/shared/assert.ts';
import type { Reply } from '../../../src/shared/reply.ts';

/** A command as a client sends it, e.g. `['SET', 'k', 'v', 'PX', '100']`; ASCII. What the judge knows is listed in store-model.ts. */
export type Words = readonly string[];

export type RecordedCall =
  | { readonly type: 'command'; readonly words: Words }
  | { readonly type: 'watch'; readonly keys: readonly string[] }
  /** From MULTI to EXEC, as one call; its answer is EXEC's. */
  | {
      readonly type: 'transaction';
      readonly commands: readonly Words[];
      /** `invoked` of the WATCH calls of the same connection that EXEC rests on. */
      readonly watches: readonly number[];
    };

/** A reply, with text for bytes. An EXEC that aborted answers `null`. */
export type RecordedAnswer =
  | { readonly type: 'simple'; readonly text: string }
  | { readonly type: 'error'; readonly message: string }
  | { readonly type: 'integer'; readonly value: number }
  | { readonly type: 'bulk'; readonly text: string }
  | { readonly type: 'null' }
  | { readonly type: 'array'; readonly items: readonly RecordedAnswer[] };

export type RecordedOutcome =
  | { readonly type: 'ok'; readonly answer: RecordedAnswer }
  /** Before anything was appended (rule S14): it never takes effect. */
  | { readonly type: 'refused'; readonly reason: string }
  /** It takes effect at any time after its invocation, or never. */
  | { readonly type: 'unknown'; readonly reason: string };

export interface OpenOperation {
  readonly client: number;
  readonly call: RecordedCall;
  /** Position among all invocations and returns; distinct, so that it also names the operation. */
  readonly invoked: number;
  /** Milliseconds by the recorder's clock. */
  readonly invokedAtMs: number;
}

export interface RecordedOperation extends OpenOperation {
  readonly outcome: RecordedOutcome;
  readonly returned: number;
  readonly returnedAtMs: number;
}

export interface RecordedHistory {
  readonly name: string;
  /** Values that keys had before; all others had none. */
  readonly initial: Readonly<Record<string, string>>;
  /** See CheckOptions; null when no call sets a deadline. */
  readonly logTimeErrorMs: number | null;
  readonly operations: readonly RecordedOperation[];
}

export class HistoryRecorder {
  readonly #nowMs: () => number;
  readonly #open = new Map<number, OpenOperation>();
  readonly #operations: RecordedOperation[] = [];
  #events = 0;

  /** @param nowMs any clock that does not jump; milliseconds since the recorder began, unless it is given */
  constructor(nowMs?: () => number) {
    const startedAtMs = performance.now();
    this.#nowMs = nowMs ?? (() => performance.now() - startedAtMs);
  }

  invoke(client: number, call: RecordedCall): OpenOperation {
    this.#events += 1;
    const open = { client, call, invoked: this.#events, invokedAtMs: this.#nowMs() };
    this.#open.set(open.invoked, open);
    return open;
  }

  return(open: OpenOperation, outcome: RecordedOutcome): void {
    this.#open.delete(open.invoked);
    this.#events += 1;
    this.#operations.push({ ...open, outcome, returned: this.#events, returnedAtMs: this.#nowMs() });
  }

  /** Whatever has not returned has an unknown outcome: for the end of a history. */
  abandonOpen(reason: string): void {
    for (const open of [...this.#open.values()]) this.return(open, { type: 'unknown', reason });
  }

  /** Those that returned, in the order of their returns. */
  operations(): readonly RecordedOperation[] {
    return this.#operations;
  }
}

/** @throws on a reply that no recorded command has */
export function answerOf(reply: Reply): RecordedAnswer {
  switch (reply.type) {
    case 'simple':
      return { type: 'simple', text: reply.text };
    case 'error':
      return { type: 'error', message: reply.message };
    case 'integer':
      return { type: 'integer', value: Number(reply.value) };
    case 'bulk':
      return { type: 'bulk', text: Buffer.from(reply.bytes).toString('latin1') };
    case 'null':
    case 'null-array':
      return { type: 'null' };
    case 'array':
      return { type: 'array', items: reply.items.map(answerOf) };
    case 'map':
    case 'set':
    case 'double':
    case 'boolean':
    case 'verbatim':
      throw new RangeError(`no recorded command answers with a ${reply.type}`);
    default:
      return assertNever(reply);
  }
}

/** A JSON document with one operation a line. */
export function encodeHistory({ operations, ...head }: RecordedHistory): string {
  const opening = JSON.stringify(head).slice(0, -1);
  return `${opening},"operations":[\n${operations.map((operation) => JSON.stringify(operation)).join(',\n')}\n]}\n`;
}

export function decodeHistory(text: string): RecordedHistory {
  return JSON.parse(text) as RecordedHistory;
}
