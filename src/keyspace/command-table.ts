/** Every command that touches the keyspace: names, arity, flags and what they do. */
import { assert } from '../shared/assert.ts';
import type { Reply } from '../shared/reply.ts';
import type { CommandArguments } from './operation.ts';

export type Prepared =
  | { readonly type: 'unknown'; readonly reply: Reply }
  | { readonly type: 'invalid'; readonly reply: Reply }
  | { readonly type: 'read'; readonly keys: readonly Uint8Array[] }
  | {
      readonly type: 'write';
      readonly keys: readonly Uint8Array[];
      /** Refused while memory or disk is full (rule S17). */
      readonly grows: boolean;
      /** What the data can grow by at most, in accounted bytes. */
      readonly growthBytesMax: number;
    };

/** What COMMAND tells of a command. */
export interface CommandInformation {
  /** Lower case. */
  readonly name: string;
  readonly arity: number;
  readonly flags: readonly string[];
  readonly firstKey: number;
  readonly lastKey: number;
  readonly step: number;
  readonly sinceFeatureLevel: number;
}

export function prepareCommand(command: CommandArguments, featureLevel: number): Prepared {
  assert(command.length > 0 && featureLevel > 0, 'a command has a name');
  throw new Error('lands within minutes');
}
export function commandNames(): readonly string[] {
  return [];
}
export const commandTable: ReadonlyMap<string, CommandInformation> = new Map();
