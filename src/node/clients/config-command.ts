/** CONFIG GET: what a client may rely on, said with the names of Redis. Nothing is set this way: the resource or the file configures. */
import { matchesGlob } from '../../keyspace/glob.ts';
import { bulkReply, errorReply } from '../../shared/reply.ts';
import type { Reply } from '../../shared/reply.ts';
import { BULK_BYTES_MAX } from '../../wire/resp/parser.ts';
import { container, helpReply } from './local-command.ts';
import type { Handler, SessionEnvironment } from './local-command.ts';

const PATTERNS_MAX = 64;
const PATTERN_BYTES_MAX = 1024;

function settings({ service, limits }: SessionEnvironment): readonly (readonly [name: string, value: string])[] {
  const facts = service.facts();
  return [
    // An acknowledged write is in the synced logs of a majority (rule S10): the closest words that Redis has.
    ['appendfsync', 'always'],
    ['appendonly', 'yes'],
    ['client-output-buffer-limit', `normal ${limits.unreadBytesMax} 0 0`],
    ['cluster-enabled', 'no'],
    ['databases', '1'],
    ['maxclients', String(limits.clientsMax)],
    ['maxmemory', String(facts?.dataBytesMax ?? 0)],
    ['maxmemory-policy', 'noeviction'],
    ['port', String(facts?.tcpPort ?? 0)],
    ['proto-max-bulk-len', String(BULK_BYTES_MAX)],
    ['save', ''],
    ['tcp-keepalive', '300'],
    ['timeout', '0'],
  ];
}

const get: Handler = ({ environment }, words): Reply => {
  if (words.length - 2 > PATTERNS_MAX) return errorReply(`ERR more than ${PATTERNS_MAX} patterns`);
  const patterns = words.slice(2).map((word) => word.toString('latin1', 0, PATTERN_BYTES_MAX).toLowerCase());
  const chosen = settings(environment).filter(([name]) => patterns.some((pattern) => matchesGlob(pattern, name)));
  return { type: 'map', entries: chosen.map(([name, value]) => [bulkReply(name), bulkReply(value)] as const) };
};

const helpLines = ['GET <pattern>', '    Return parameters matching the glob-like <pattern> and their values.'];

export const configCommand: Handler = container(
  'config',
  new Map([
    ['get', { arity: -3, run: get }],
    ['help', { arity: 2, run: () => helpReply('config', helpLines) }],
  ]),
);
