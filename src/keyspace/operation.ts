/**
 * What one entry of kind `command` carries: a batch of operations and the log time under which all of them are applied (rule S13).
 * Everything a client sent in one turn of the leader's loop becomes one batch.
 */
export type CommandArguments = readonly Uint8Array[];

/** A key that WATCH looked at, and the index of its last touch as seen then (rule S14). */
export interface WatchedKey {
  readonly key: Uint8Array;
  readonly lastTouch: number;
}

export type Operation =
  /** A write: name first, then arguments, exactly as the client sent them; checked before it was proposed (rule S15). */
  | { readonly type: 'command'; readonly arguments: CommandArguments }
  /** EXEC: reads and writes, all or nothing. */
  | { readonly type: 'transaction'; readonly watches: readonly WatchedKey[]; readonly commands: readonly CommandArguments[] }
  /** Only moves log time on, so that what is past its deadline expires (rule S13). */
  | { readonly type: 'tick' }
  /** Raises the feature level in force; lower or equal levels change nothing (rule S16). */
  | { readonly type: 'raise-feature-level'; readonly level: number };

export interface Batch {
  /** Log time, milliseconds since the Unix epoch; never less than that of the batch before (the apply clamps it). */
  readonly timeMs: number;
  readonly operations: readonly Operation[];
}
