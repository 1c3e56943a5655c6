/** CLIENT: names and facts of connections. */
import { NULL, OK, bulkReply, errorReply, integerReply } from '../../shared/reply.ts';
import type { Reply } from '../../shared/reply.ts';
import { nameRefusal } from './client-name.ts';
import type { ClientRegistry, ClientState } from './client-state.ts';
import { SYNTAX_ERROR, container, helpReply, parseInteger } from './local-command.ts';
import type { Handler, LocalContext } from './local-command.ts';

const NAME_BYTES_MAX = 64 * 1024;
const clientTypes = new Set(['normal', 'master', 'replica', 'slave', 'pubsub']);

const setName: Handler = ({ client }, words) => {
  const name = words[2] ?? Buffer.alloc(0);
  if (name.length > NAME_BYTES_MAX) return errorReply(`ERR Client names cannot be longer than ${NAME_BYTES_MAX} bytes.`);
  const refusal = nameRefusal(name, 'Client names');
  if (refusal !== null) return refusal;
  client.name = name.toString('latin1');
  return OK;
};

/** A command of Redis 7.2 that today's clients open with; it is answered as 7.2 does. */
const setInformation: Handler = ({ client }, words) => {
  const [, , attribute, value] = words;
  const name = attribute?.toString('latin1', 0, 32) ?? '';
  const given = value ?? Buffer.alloc(0);
  const lowered = name.toLowerCase();
  if (lowered !== 'lib-name' && lowered !== 'lib-ver') return errorReply(`ERR Unrecognized option '${name}'`);
  if (given.length > NAME_BYTES_MAX) return errorReply(`ERR ${lowered} cannot be longer than ${NAME_BYTES_MAX} bytes.`);
  const refusal = nameRefusal(given, lowered);
  if (refusal !== null) return refusal;
  if (lowered === 'lib-name') client.libraryName = given.toString('latin1');
  else client.libraryVersion = given.toString('latin1');
  return OK;
};

function switchFlag(flag: 'noEvict' | 'noTouch'): Handler {
  return ({ client }, words) => {
    const choice = words[2]?.toString('latin1', 0, 8).toLowerCase();
    if (choice !== 'on' && choice !== 'off') return SYNTAX_ERROR;
    client[flag] = choice === 'on';
    return OK;
  };
}

const list: Handler = ({ environment }, words) => {
  const { registry } = environment;
  const option = words[2]?.toString('latin1', 0, 16).toLowerCase();
  if (option === undefined) return linesReply(registry, registry.all());
  if (option === 'type' && words.length === 4) {
    const type = words[3]?.toString('utf8', 0, 128) ?? '';
    if (!clientTypes.has(type.toLowerCase())) return errorReply(`ERR Unknown client type '${type}'`);
    return linesReply(registry, type.toLowerCase() === 'normal' ? registry.all() : []);
  }
  if (option !== 'id' || words.length < 4) return SYNTAX_ERROR;
  const clients: ClientState[] = [];
  for (const word of words.slice(3)) {
    const id = parseInteger(word);
    if (id === null) return errorReply('ERR Invalid client ID');
    const client = registry.byId(id);
    if (client) clients.push(client);
  }
  return linesReply(registry, clients);
};

function linesReply(registry: ClientRegistry, clients: readonly ClientState[]): Reply {
  return { type: 'verbatim', text: clients.map((client) => `${clientLine(registry, client)}\n`).join('') };
}

/** One line of CLIENT LIST: the fields of Redis 7 that mean something here, in its order, and the library's of 7.2. */
function clientLine(registry: ClientRegistry, client: ClientState): string {
  const nowMs = registry.nowMs();
  const seconds = (sinceMs: number): number => Math.floor((nowMs - sinceMs) / 1000);
  const flags = `${client.queuedCommands >= 0 ? 'x' : ''}${client.noEvict ? 'e' : ''}${client.noTouch ? 'T' : ''}`;
  return [
    `id=${client.id}`,
    `addr=${client.address}`,
    `laddr=${client.localAddress}`,
    `name=${client.name}`,
    `age=${seconds(client.openedAtMs)}`,
    `idle=${seconds(client.lastCommandAtMs)}`,
    `flags=${flags === '' ? 'N' : flags}`,
    'db=0',
    'sub=0',
    'psub=0',
    'ssub=0',
    `multi=${client.queuedCommands}`,
    `watch=${client.watchedKeys}`,
    `qbuf=${client.heldBytes()}`,
    `omem=${client.unreadBytes()}`,
    `cmd=${client.lastCommand}`,
    `user=${client.authenticated ? 'default' : '(none)'}`,
    `resp=${client.protocol}`,
    `lib-name=${client.libraryName}`,
    `lib-ver=${client.libraryVersion}`,
  ].join(' ');
}

const helpLines = [
  'GETNAME',
  '    Return the name of the current connection.',
  'ID',
  '    Return the ID of the current connection.',
  'INFO',
  '    Return information about the current client connection.',
  'LIST [TYPE (NORMAL|MASTER|REPLICA|PUBSUB) | ID <client-id> ...]',
  '    Return information about client connections of this member.',
  'NO-EVICT (ON|OFF)',
  '    Accepted; clients are never evicted here.',
  'NO-TOUCH (ON|OFF)',
  '    Accepted; reads leave no trace here.',
  'SETINFO <LIB-NAME|LIB-VER> <value>',
  '    Set the library name or version of the current connection.',
  'SETNAME <name>',
  '    Assign the name <name> to the current connection.',
];

export const clientCommand: Handler = container(
  'client',
  new Map([
    ['getname', { arity: 2, run: ({ client }: LocalContext) => (client.name === '' ? NULL : bulkReply(client.name)) }],
    ['help', { arity: 2, run: () => helpReply('client', helpLines) }],
    ['id', { arity: 2, run: ({ client }: LocalContext) => integerReply(client.id) }],
    ['info', { arity: 2, run: ({ client, environment }: LocalContext) => linesReply(environment.registry, [client]) }],
    ['list', { arity: -2, run: list }],
    ['no-evict', { arity: 3, run: switchFlag('noEvict') }],
    ['no-touch', { arity: 3, run: switchFlag('noTouch') }],
    ['setinfo', { arity: 4, run: setInformation }],
    ['setname', { arity: 3, run: setName }],
  ]),
);
