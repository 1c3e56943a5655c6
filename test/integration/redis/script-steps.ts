/** The steps of the script, in order; state carries over from one to the next. */
import { calls, inline, pipeline } from './script-language.ts';
import type { Step } from './script-language.ts';

const binary = Buffer.from([0, 1, 2, 13, 10, 36, 255, 254, 42]);

const strings = calls(`
  GET missing
  SET a 1
  GET a
  get a
  GeT a
  SET a 2 NX
  SET a 2 XX
  SET fresh 1 XX
  SET fresh 1 NX
  SET a 3 GET
  SET nothing 3 GET
  SET nothing 4 NX GET
  SET a 4 XX GET
  SET a 5 KEEPTTL
  SET a 5 NX XX
  SET a 5 EX
  SET a 5 EX x
  SET a 5 EX 0
  SET a 5 PX -1
  SET a 5 EX 10 PX 10
  SET a 5 EX 10 KEEPTTL
  SET a 5 EX 9223372036854775807
  SET a 5 FOO
  SET a
  SET
  SET a "" EX 100
  GET a
  STRLEN a
  PERSIST a
  SET empty ""
  GET empty
  SET "" "the empty key"
  GET ""
  GETSET a 6
  GETSET unseen 6
  GETSET a
  GETDEL unseen
  GETDEL unseen
  GETDEL
  SETNX a 1
  SETNX b 1
  SETNX b
  SETEX a 100 v
  SETEX a 0 v
  SETEX a -1 v
  SETEX a x v
  SETEX a 9223372036854775807 v
  PSETEX a 100000 v
  PSETEX a 0 v
  PSETEX a x v
  GETEX a
  GETEX a PERSIST
  GETEX a EX 100
  GETEX a PX 100000
  GETEX a EXAT 99999999999
  GETEX a PXAT 99999999999000
  EXPIRETIME a
  PEXPIRETIME a
  GETEX a EX 0
  GETEX a EX x
  GETEX a FOO
  GETEX a PERSIST EX 1
  GETEX missing
  GETEX missing EX 100
  GETEX a EXAT 1
  EXISTS a
  SET a 5 EXAT 99999999999
  EXPIRETIME a
  SET a 6 KEEPTTL
  EXPIRETIME a
  SET a 7
  EXPIRETIME a
  SET a 8 PXAT 99999999999123
  PEXPIRETIME a
  SET gone 1 PXAT 1
  GET gone
  MGET a b missing "" a
  MGET
  MSET m1 1 m2 2 m1 3
  MGET m1 m2
  MSET m1
  MSET m1 1 m2
  MSETNX m1 1 m9 9
  MSETNX m8 8 m9 9
  MSETNX m8
  APPEND app hello
  APPEND app " world"
  APPEND app ""
  APPEND app
  GET app
  STRLEN app
  STRLEN missing
  STRLEN
  GETRANGE app 0 4
  GETRANGE app -5 -1
  GETRANGE app 0 -1
  GETRANGE app 5 2
  GETRANGE app -100 100
  GETRANGE app 100 200
  GETRANGE app -1 -5
  GETRANGE app x 1
  GETRANGE app 0
  GETRANGE missing 0 -1
  SUBSTR app 0 4
  SUBSTR app -3 -1
  SETRANGE app 6 WORLD
  SETRANGE app 20 far
  GET app
  SETRANGE app 0 ""
  SETRANGE missing 0 ""
  EXISTS missing
  SETRANGE missing 3 x
  GET missing
  DEL missing
  SETRANGE app -1 x
  SETRANGE app x x
  SETRANGE app 536870912 x
  SETRANGE app
`);

const numbers = calls(`
  INCR n
  INCR n
  INCRBY n 40
  INCRBY n -2
  INCRBY n x
  INCRBY n 1.5
  INCRBY n
  DECR n
  DECRBY n 10
  DECRBY n -10
  DECRBY n x
  DECR
  GET n
  SET n 9223372036854775807
  INCR n
  INCRBY n 1
  DECR n
  SET n -9223372036854775808
  DECR n
  DECRBY n 1
  DECRBY n -9223372036854775808
  INCRBY n 9223372036854775808
  SET n abc
  INCR n
  DECRBY n 1
  SET n " 1"
  INCR n
  SET n 01
  INCR n
  SET n ""
  INCR n
  SET n -0
  INCR n
  SET f 10.50
  INCRBYFLOAT f 0.1
  INCRBYFLOAT f -5
  INCRBYFLOAT f 5.0e3
  INCRBYFLOAT f abc
  INCRBYFLOAT f nan
  INCRBYFLOAT f inf
  INCRBYFLOAT f
  INCRBYFLOAT newfloat 3
  INCRBYFLOAT newfloat 0.000001
  SET f abc
  INCRBYFLOAT f 1
  SET f 3.0
  INCRBYFLOAT f 1.2
  GET f
`);

const keys = calls(`
  FLUSHALL
  DBSIZE
  RANDOMKEY
  SET only 1
  RANDOMKEY
  RANDOMKEY x
  DBSIZE
  DBSIZE x
  KEYS *
  KEYS
  MSET one 1 two 2 three 3 four 4 h[x 5 hello 6 hallo 7 hxllo 8 "with space" 9
  KEYS *
  KEYS h?llo
  KEYS h[ae]llo
  KEYS h[^e]llo
  KEYS h[a-b]llo
  KEYS "h\\\\[x"
  KEYS t*
  KEYS *o*
  KEYS nothing*
  SCAN 0 COUNT 1000
  SCAN 0 MATCH t* COUNT 1000
  SCAN 0 MATCH nothing COUNT 1000
  SCAN 0 TYPE string COUNT 1000
  SCAN 0 TYPE list COUNT 1000
  SCAN 0 COUNT 0
  SCAN 0 COUNT x
  SCAN x
  SCAN 0 MATCH
  SCAN 0 FOO bar
  SCAN
  DEL one nothing two
  DEL
  UNLINK three three nothing
  UNLINK
  EXISTS four four nothing
  EXISTS
  TOUCH four hello nothing
  TOUCH
  TYPE four
  TYPE nothing
  TYPE
  RENAME four vier
  RENAME nothing x
  RENAME vier vier
  RENAME vier
  RENAMENX vier hello
  RENAMENX vier fresh
  RENAMENX nothing x
  RENAMENX fresh fresh
  RENAMENX fresh
  COPY fresh copied
  COPY fresh copied
  COPY fresh copied REPLACE
  COPY fresh fresh
  COPY nothing x
  COPY fresh other DB 0
  COPY fresh other DB x
  COPY fresh other FOO
  COPY fresh
  FLUSHDB
  DBSIZE
  SET x 1
  FLUSHALL ASYNC
  SET x 1
  FLUSHALL SYNC
  FLUSHDB ASYNC
  FLUSHDB SYNC
  FLUSHALL x
  FLUSHDB x
  DBSIZE
`);

const expiry: Step[] = [
  ...calls(`
    SET k v
    TTL k
    PTTL k
    TTL nothing
    PTTL nothing
    EXPIRETIME k
    PEXPIRETIME nothing
    PERSIST k
    PERSIST nothing
    EXPIRE k 100
    TTL k
    PTTL k
    EXPIRE nothing 100
    EXPIRE k 200 NX
    EXPIRE k 50 GT
    EXPIRE k 200 GT
    EXPIRE k 300 LT
    EXPIRE k 150 LT
    EXPIRE k 150 XX
    PERSIST k
    EXPIRE k 100 GT
    EXPIRE k 100 XX
    EXPIRE k 100 LT
    EXPIRE k 100 NX XX
    EXPIRE k 100 GT LT
    EXPIRE k 100 FOO
    EXPIRE k x
    EXPIRE k
    EXPIRE k 9223372036854775807
    EXPIRE k -9223372036854775808
    PEXPIRE k 9223372036854775807
    PEXPIRE k 100000
    PEXPIRE k x
    EXPIREAT k 99999999999
    EXPIRETIME k
    EXPIREAT k 9223372036854775807
    PEXPIREAT k 99999999999001
    PEXPIRETIME k
    EXPIRETIME k
    EXPIRETIME
    TTL
    PTTL
    PERSIST
    EXPIREAT k x
    PEXPIREAT k x
    RENAME k renamed
    PEXPIRETIME renamed
    COPY renamed k
    PEXPIRETIME k
    APPEND k more
    PEXPIRETIME k
    GETSET k fresh
    TTL k
    EXPIRE k -1
    EXISTS k
    SET k v
    EXPIREAT k 1
    EXISTS k
    SET k v
    PEXPIRE k 0
    GET k
    SET k v
    PEXPIREAT k 1
    TYPE k
    SET short v PX 40
  `),
  { type: 'until', on: 'first', words: ['EXISTS', 'short'], wanted: ':0\r\n' },
  ...calls(`
    GET short
    TTL short
    SET short again NX
    GET short
    SET n 5 PX 40
  `),
  { type: 'until', on: 'first', words: ['EXISTS', 'n'], wanted: ':0\r\n' },
  ...calls(`
    INCR n
    TTL n
  `),
];

const binarySafety: Step[] = [
  { type: 'call', on: 'first', words: ['SET', binary, binary] },
  { type: 'call', on: 'first', words: ['GET', binary] },
  { type: 'call', on: 'first', words: ['APPEND', binary, binary] },
  { type: 'call', on: 'first', words: ['STRLEN', binary] },
  { type: 'call', on: 'first', words: ['KEYS', '*\r\n*'] },
  { type: 'call', on: 'first', words: ['ECHO', binary] },
  { type: 'call', on: 'first', words: ['SET', 'big', Buffer.alloc(300_000, 'x')] },
  { type: 'call', on: 'first', words: ['GET', 'big'] },
  { type: 'call', on: 'first', words: ['GETRANGE', 'big', '299990', '400000'] },
  { type: 'call', on: 'first', words: ['MGET', 'big', 'big', 'nothing'] },
];

const connection = calls(
  `
  PING
  PING hello
  PING ""
  PING a b
  ECHO hello
  ECHO
  ECHO a b
  SELECT 0
  SELECT x
  SELECT 99
  SELECT
  AUTH
  AUTH a b c
  AUTH nobody x
  greeter: HELLO 9
    greeter: HELLO x
    greeter: HELLO 2 FOO
    greeter: HELLO 2 AUTH default
    greeter: HELLO 2 SETNAME
    greeter: HELLO 3 AUTH nobody x
    greeter: hello 3 setname one
    greeter: CLIENT GETNAME
    greeter: HeLLo 2 SetName two
    greeter: CLIENT GETNAME
    greeter: HELLO 3 SETNAME "with space"
    greeter: HELLO
  CLIENT SETNAME three
  CLIENT GETNAME
  CLIENT SETNAME "with space"
  CLIENT SETNAME ""
  CLIENT GETNAME
  CLIENT SETNAME
  CLIENT
  CLIENT NOTHING
  CLIENT MAINT_NOTIFICATIONS ON
  CLIENT ID
  CLIENT ID x
  CLIENT INFO
  CLIENT LIST
  CLIENT LIST TYPE normal
  CLIENT LIST TYPE nothing
  CLIENT LIST ID 999999
  CLIENT LIST ID x
  CLIENT LIST FOO
  CLIENT NO-EVICT ON
  CLIENT NO-EVICT OFF
  CLIENT NO-EVICT maybe
  CLIENT HELP
  COMMAND COUNT
  COMMAND COUNT x
  COMMAND INFO get nothing
  COMMAND DOCS get
  COMMAND LIST
  COMMAND LIST FILTERBY PATTERN nothing*
  COMMAND LIST FILTERBY FOO bar
  COMMAND GETKEYS SET key value
  COMMAND GETKEYS MSET a 1 b 2
  COMMAND GETKEYS MGET a b c
  COMMAND GETKEYS PING x
  COMMAND GETKEYS nothing x
  COMMAND GETKEYS GET a b
  COMMAND GETKEYS GET
  COMMAND NOTHING
  COMMAND HELP
  COMMAND
  INFO
  INFO server
  INFO server clients
  INFO nothing
  INFO everything
  CONFIG GET save
  CONFIG GET appendonly
  CONFIG GET nothing
  CONFIG GET maxmemory databases
  CONFIG GET
  CONFIG
  CONFIG NOTHING
  CONFIG HELP
  TIME
  TIME x
  WAIT 0 0
  WAIT 0 100
  WAIT x 0
  WAIT 0 x
  WAIT 0 -1
  WAIT 0
  READONLY
  READWRITE
  NOTHING
  NOTHING a b "c d"
  "with space" a
  "multi\\r\\nline" "a\\r\\nb"
`,
  'second',
);

const transactions = calls(`
  MULTI
  SET t 1
  INCR t
  GET t
  PING
  ECHO x
  EXEC
  GET t
  EXEC
  DISCARD
  MULTI
  SET t 9
  DISCARD
  GET t
  MULTI
  MULTI
  EXEC
  MULTI
  WATCH t
  EXEC
  MULTI
  EXEC
  MULTI x
  EXEC x
  DISCARD x
  WATCH
  UNWATCH x
  MULTI
  SET t
  SET t 10
  EXEC
  GET t
  MULTI
  NOTHING
  SET t 11
  EXEC
  MULTI
  SET t abc
  INCR t
  SET t 5 EX x
  SET t 12
  EXEC
  GET t
  MULTI
  EXEC x
  EXEC
  MULTI
  DISCARD x
  EXEC
  MULTI
  SELECT 0
  SELECT 99
  TIME x
  EXEC
  MULTI
  UNWATCH
  SET t 13
  MGET t nothing
  EXEC
  WATCH t
  MULTI
  SET t 14
  EXEC
  WATCH t
  other: SET t 15
  MULTI
  SET t 16
  EXEC
  GET t
  MULTI
  SET t 17
  EXEC
  WATCH t
  other: SET t 18
  UNWATCH
  MULTI
  SET t 19
  EXEC
  WATCH nothing
  other: SET nothing 1
  MULTI
  GET nothing
  EXEC
  WATCH nothing
  other: DEL nothing
  MULTI
  GET nothing
  EXEC
  WATCH t u
  other: FLUSHALL
  MULTI
  SET t 20
  EXEC
  WATCH t
  SET t 21
  MULTI
  SET t 22
  EXEC
  WATCH t
  other: GET t
  MULTI
  SET t 23
  EXEC
  WATCH t
  MULTI
  DISCARD
  other: SET t 24
  MULTI
  GET t
  EXEC
  WATCH t
  other: EXPIRE t -1
  MULTI
  PING
  EXEC
  WATCH t
  other: SET t 1
  MULTI
  EXEC
  MULTI
  RENAME nothing x
  COPY t t2
  DBSIZE
  EXEC
  WATCH t
  MULTI
  SET t 25
  RESET
  EXEC
  GET t
  PING
`);

const pipelines: Step[] = [
  pipeline('third', [
    ['SET', 'p', '1'],
    ['INCR', 'p'],
    ['GET', 'p'],
    ['SET', 'p', 'x'],
    ['GET', 'p'],
    ['INCR', 'p'],
    ['NOTHING'],
    ['DEL', 'p'],
    ['GET', 'p'],
    ['PING'],
  ]),
  pipeline(
    'third',
    Array.from({ length: 200 }, () => ['INCR', 'counter']),
  ),
  pipeline(
    'third',
    Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? ['APPEND', 'log', String(index)] : ['GET', 'log'])),
  ),
  pipeline('third', [
    ['MULTI'],
    ['INCR', 'counter'],
    ['GET', 'counter'],
    ['EXEC'],
    ['GET', 'counter'],
    ['WATCH', 'counter'],
    ['MULTI'],
    ['INCR', 'counter'],
    ['EXEC'],
  ]),
  pipeline('third', [
    ['WATCH', 'counter'],
    ['SET', 'counter', '5'],
    ['MULTI'],
    ['GET', 'counter'],
    ['EXEC'],
    ['UNWATCH'],
    ['GET', 'counter'],
  ]),
  inline('third', 'PING\r\n', ['ping']),
  inline('third', 'ping\n', ['ping']),
  inline('third', '\r\n\r\nSET i "a b\\x41\\n"\r\nGET i\r\n', ['set', 'get']),
  inline('third', "  SET   i   'it\\'s'  \r\nGET i\r\n", ['set', 'get']),
  inline('third', '*0\r\n*-1\r\nPING x\r\n', ['ping']),
  inline('third', 'NOTHING here\r\n', ['nothing']),
  inline('third', 'SET i\r\n', ['set']),
  inline('third', '*1\r\n$4\r\nPING\r\nECHO a\r\n*2\r\n$4\r\nECHO\r\n$0\r\n\r\n', ['ping', 'echo', 'echo']),
];

const lastWords: Step[] = (
  [
    ['QUIT\r\n', 'quit'],
    ['*1\r\n$4\r\nQUIT\r\n', 'quit'],
    ['*x\r\n', 'protocol'],
    ['*\r\n', 'protocol'],
    ['*2147483648\r\n', 'protocol'],
    ['*99999999999999999999\r\n', 'protocol'],
    ['*01\r\n', 'protocol'],
    ['*1\r\nPING\r\n', 'protocol'],
    ['*1\r\n:4\r\n', 'protocol'],
    ['*1\r\n$x\r\n', 'protocol'],
    ['*1\r\n$-1\r\n', 'protocol'],
    ['*2\r\n$3\r\nGET\r\n$1073741824\r\n', 'protocol'],
    ['*2\r\n$3\r\nGET\r\n$99999999999999999999\r\n', 'protocol'],
    ['SET a "b\r\n', 'protocol'],
    ["SET a 'b\r\n", 'protocol'],
    ['SET a "b"c\r\n', 'protocol'],
    [`PING ${'x'.repeat(70_000)}`, 'protocol'],
    [`*${'1'.repeat(70_000)}`, 'protocol'],
    [`*1\r\n$${'1'.repeat(70_000)}`, 'protocol'],
  ] as const
).map(([bytes, command]) => ({ type: 'last', bytes: Buffer.from(bytes), command }));

export const steps: readonly Step[] = [
  ...strings,
  ...numbers,
  ...keys,
  ...expiry,
  ...binarySafety,
  { type: 'scan', on: 'first', options: ['COUNT', '2'] },
  { type: 'scan', on: 'first', options: ['COUNT', '1', 'MATCH', '*i*'] },
  ...connection,
  ...transactions,
  ...pipelines,
  ...lastWords,
];
