/** What a command answers, before it is encoded as RESP2 or RESP3 (the encoder is src/wire/resp). */
export type Reply =
  /** `+OK` */
  | { readonly type: 'simple'; readonly text: string }
  /** `-CODE message`: the whole line without the dash, e.g. `WRONGTYPE Operation against …` */
  | { readonly type: 'error'; readonly message: string }
  | { readonly type: 'integer'; readonly value: number | bigint }
  | { readonly type: 'bulk'; readonly bytes: Uint8Array }
  /** RESP2 `$-1`, RESP3 `_` */
  | { readonly type: 'null' }
  /** RESP2 `*-1` (an aborted EXEC), RESP3 `_` */
  | { readonly type: 'null-array' }
  | { readonly type: 'array'; readonly items: readonly Reply[] }
  /** RESP3 map, RESP2 a flat array */
  | { readonly type: 'map'; readonly entries: readonly (readonly [Reply, Reply])[] }
  | { readonly type: 'set'; readonly items: readonly Reply[] }
  /** RESP3 `,`, RESP2 bulk */
  | { readonly type: 'double'; readonly value: number }
  /** RESP3 `#t`, RESP2 `:1` */
  | { readonly type: 'boolean'; readonly value: boolean }
  /** RESP3 `=txt:…`, RESP2 bulk */
  | { readonly type: 'verbatim'; readonly text: string };

export const OK: Reply = { type: 'simple', text: 'OK' };
export const NULL: Reply = { type: 'null' };
export const NULL_ARRAY: Reply = { type: 'null-array' };

export function errorReply(message: string): Reply {
  return { type: 'error', message };
}

export function integerReply(value: number | bigint): Reply {
  return { type: 'integer', value };
}

export function bulkReply(value: Uint8Array | string): Reply {
  return { type: 'bulk', bytes: typeof value === 'string' ? Buffer.from(value, 'utf8') : value };
}

export function arrayReply(items: readonly Reply[]): Reply {
  return { type: 'array', items };
}
