/**
 * How closely each command that we answer is held to what Redis 7 answers, and why. A command that is not here fails a test.
 *
 * `same bytes`: byte for byte, in both protocol versions. `same set`: the same elements, in any order. `same shape`: the same type of reply,
 * the same keys of a map, the same error; the values tell of the server or of the moment.
 */
export type Comparison = 'same bytes' | 'same set' | 'same shape';

export interface Row {
  readonly comparison: Comparison;
  readonly reason: string;
}

const DATA = 'the reply follows from the data alone';
const SESSION = 'the reply follows from the conversation alone';

function rows(comparison: Comparison, reason: string, names: string): [string, Row][] {
  return names.split(' ').map((name) => [name, { comparison, reason }]);
}

export const commandComparisons: ReadonlyMap<string, Row> = new Map([
  ...rows(
    'same bytes',
    DATA,
    'append decr decrby del exists get getdel getex getrange getset incr incrby incrbyfloat mget mset msetnx',
  ),
  ...rows('same bytes', DATA, 'psetex set setex setnx setrange strlen substr'),
  ...rows('same bytes', DATA, 'copy dbsize flushall flushdb persist rename renamenx touch type unlink'),
  ...rows('same bytes', DATA, 'expire expireat pexpire pexpireat expiretime pexpiretime'),
  ...rows('same bytes', SESSION, 'auth echo ping select multi exec discard watch unwatch reset quit readonly readwrite'),
  ...rows('same shape', 'what is left of a time to live depends on the moment', 'ttl pttl'),
  ...rows('same set', 'keys have no order', 'keys scan'),
  ...rows('same set', 'any key may be drawn', 'randomkey'),
  ...rows('same shape', 'tells which server it is, and the id of the connection', 'hello info'),
  ...rows(
    'same shape',
    'ids, addresses and times of connections; we answer fewer fields, and SETINFO and NO-TOUCH of Redis 7.2',
    'client',
  ),
  ...rows('same shape', 'each describes the commands that it has; DOCS is left to clients', 'command'),
  ...rows('same shape', 'settings are our own; nothing is set this way', 'config'),
  ...rows('same shape', 'the clock', 'time'),
  ...rows('same shape', 'how many others hold a write depends on the cluster', 'wait'),
]);
