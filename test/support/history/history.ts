/**
 * What clients saw: operations on registers, each with the order of its invocation and return. One recorder lives in one process, so one
 * counter orders all events; wall times stand beside it for people. Exported as JSON lines, one operation a line, for other checkers.
 */
import { performance } from 'node:perf_hooks';

export type RegisterCommand =
  | { readonly type: 'get' }
  | { readonly type: 'set'; readonly value: string }
  | { readonly type: 'set-if-absent'; readonly value: string }
  | { readonly type: 'increment' }
  | { readonly type: 'delete' };

export type RegisterAnswer =
  /** GET; null when there is no key. */
  | { readonly type: 'value'; readonly value: string | null }
  /** SET */
  | { readonly type: 'done' }
  /** SET NX, whether it set; DEL, whether there was a key. */
  | { readonly type: 'took-effect'; readonly tookEffect: boolean }
  /** INCR */
  | { readonly type: 'integer'; readonly value: number }
  /** INCR on what is no integer. */
  | { readonly type: 'not-an-integer' };

export type RecordedOutcome =
  | { readonly type: 'ok'; readonly answer: RegisterAnswer }
  /** Before anything was appended (rule S14): it never takes effect. */
  | { readonly type: 'refused'; readonly reason: string }
  /** It takes effect at any time after its invocation, or never. */
  | { readonly type: 'unknown'; readonly reason: string };

export interface RecordedOperation {
  readonly client: number;
  readonly key: string;
  readonly command: RegisterCommand;
  readonly outcome: RecordedOutcome;
  /** Position among all invocations and returns; distinct. */
  readonly invoked: number;
  readonly returned: number;
  /** Milliseconds since the recorder began. */
  readonly invokedAtMs: number;
  readonly returnedAtMs: number;
}

export interface OpenOperation {
  readonly client: number;
  readonly key: string;
  readonly command: RegisterCommand;
  readonly invoked: number;
  readonly invokedAtMs: number;
}

export class HistoryRecorder {
  readonly #startedAtMs = performance.now();
  readonly #operations: RecordedOperation[] = [];
  #events = 0;

  invoke(client: number, key: string, command: RegisterCommand): OpenOperation {
    this.#events += 1;
    return { client, key, command, invoked: this.#events, invokedAtMs: performance.now() - this.#startedAtMs };
  }

  return(open: OpenOperation, outcome: RecordedOutcome): void {
    this.#events += 1;
    this.#operations.push({
      ...open,
      outcome,
      returned: this.#events,
      returnedAtMs: performance.now() - this.#startedAtMs,
    });
  }

  /** In the order of their returns. */
  operations(): readonly RecordedOperation[] {
    return this.#operations;
  }
}

export function historyToJsonLines(operations: readonly RecordedOperation[]): string {
  return operations.map((operation) => `${JSON.stringify(operation)}\n`).join('');
}

export function historyFromJsonLines(text: string): readonly RecordedOperation[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RecordedOperation);
}
