/** Drives a state machine as a test would speak to Redis: words in, replies as text out. */
import { encodeBatch } from '../../../src/keyspace/batch-codec.ts';
import type { CommandArguments, Operation } from '../../../src/keyspace/operation.ts';
import { StateMachine, StateMachineRestorer } from '../../../src/keyspace/state-machine.ts';
import type { Reply } from '../../../src/shared/reply.ts';

export type Words = readonly (string | Uint8Array)[];

/** Text becomes bytes one character each, so that any byte can be written. */
export function command(words: Words): CommandArguments {
  return words.map((word) => (typeof word === 'string' ? Buffer.from(word, 'latin1') : word));
}

/** `a b "c d"` as a shell would cut it, without escapes; `""` is the empty word. */
export function cut(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

export type Shown = string | readonly Shown[];

export function show(reply: Reply): Shown {
  switch (reply.type) {
    case 'simple':
      return `+${reply.text}`;
    case 'error':
      return `-${reply.message}`;
    case 'integer':
      return `:${reply.value}`;
    case 'bulk':
      return Buffer.from(reply.bytes).toString('latin1');
    case 'null':
      return '(nil)';
    case 'null-array':
      return '(nil array)';
    case 'array':
      return reply.items.map(show);
    default:
      throw new Error(`the keyspace does not answer ${reply.type}`);
  }
}

export class Driver {
  readonly state: StateMachine;
  timeMs: number;
  index: number;

  constructor(state = new StateMachine(), timeMs = 1_700_000_000_000, index = 0) {
    this.state = state;
    this.timeMs = timeMs;
    this.index = index;
  }

  apply(...operations: Operation[]): Shown[] {
    this.index += 1;
    return this.state.apply(this.index, encodeBatch({ timeMs: this.timeMs, operations })).map(show);
  }

  /** Runs a command of any kind as an entry of its own. */
  run(...words: Words): Shown {
    return this.apply({ type: 'command', arguments: command(words) })[0] ?? [];
  }

  line(line: string): Shown {
    return this.run(...cut(line));
  }

  read(line: string, nowMs = this.timeMs): Shown {
    return show(this.state.read(command(cut(line)), nowMs));
  }

  tick(): void {
    this.apply({ type: 'tick' });
  }

  touch(key: string): number {
    return this.state.lastTouch(Buffer.from(key, 'latin1'));
  }

  /** EXEC with watches as they were seen. */
  exec(watches: Readonly<Record<string, number>>, ...lines: string[]): Shown {
    const watched = Object.entries(watches).map(([key, lastTouch]) => ({ key: Buffer.from(key, 'latin1'), lastTouch }));
    const commands = lines.map((line) => command(cut(line)));
    return this.apply({ type: 'transaction', watches: watched, commands })[0] ?? [];
  }
}

export function snapshotOf(state: StateMachine): Buffer {
  return Buffer.concat([...state.chunks()]);
}

/** @param pieceBytes how the bytes are cut on their way */
export function restore(bytes: Uint8Array, pieceBytes = 1000): StateMachine {
  const restorer = new StateMachineRestorer();
  for (let start = 0; start < bytes.length; start += pieceBytes) restorer.push(bytes.subarray(start, start + pieceBytes));
  return restorer.finish();
}
