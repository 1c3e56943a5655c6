import type { Reply } from '../shared/reply.ts';
import type { CommandArguments } from './operation.ts';

export declare class StateMachine {
  constructor();
  get timeMs(): number;
  get featureLevel(): number;
  get dataBytes(): number;
  get keys(): number;
  get keysWithDeadline(): number;
  /** 16 hex digits. */
  get stateHash(): string;
  apply(index: number, payload: Uint8Array): Reply[];
  read(command: CommandArguments, nowMs: number): Reply;
  mustTickFirst(command: CommandArguments, nowMs: number): boolean;
  nextDeadlineMs(): number | null;
  lastTouch(key: Uint8Array): number;
  clone(): StateMachine;
  chunks(): Generator<Buffer>;
}
export declare class StateMachineRestorer {
  constructor();
  push(chunk: Uint8Array): void;
  finish(): StateMachine;
}
