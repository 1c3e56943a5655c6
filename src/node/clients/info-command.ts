/** INFO: facts of this member under the field names of Redis where they mean the same, and of the cluster in a section of our own. */
import type { Reply } from '../../shared/reply.ts';
import type { NodeFacts } from '../command-service.ts';
import { COMPATIBLE_REDIS_VERSION } from './authentication.ts';
import type { SessionEnvironment } from './local-command.ts';
import type { Handler } from './local-command.ts';

type Field = readonly [name: string, value: string | number];
type Section = (environment: SessionEnvironment, facts: NodeFacts | null) => readonly Field[];

function serverFields({ registry }: SessionEnvironment, facts: NodeFacts | null): readonly Field[] {
  const uptimeSeconds = facts?.uptimeSeconds ?? Math.floor(registry.uptimeMs / 1000);
  return [
    ['redis_version', COMPATIBLE_REDIS_VERSION],
    ['redis_mode', 'standalone'],
    ['quorate_version', facts?.version ?? ''],
    ['os', `${process.platform} ${process.arch}`],
    ['arch_bits', 64],
    ['process_id', facts?.processId ?? process.pid],
    ['run_id', facts?.memberId ?? ''],
    ['tcp_port', facts?.tcpPort ?? 0],
    ['server_time_usec', (facts?.timeMs ?? 0) * 1000],
    ['uptime_in_seconds', uptimeSeconds],
    ['uptime_in_days', Math.floor(uptimeSeconds / 86_400)],
  ];
}

function clientsFields({ registry, limits }: SessionEnvironment): readonly Field[] {
  return [
    ['connected_clients', registry.count],
    ['maxclients', limits.clientsMax],
    ['blocked_clients', 0],
  ];
}

function memoryFields(_environment: SessionEnvironment, facts: NodeFacts | null): readonly Field[] {
  const { heapUsed, rss } = process.memoryUsage();
  return [
    ['used_memory', heapUsed],
    ['used_memory_rss', rss],
    ['used_memory_dataset', facts?.dataBytes ?? 0],
    ['maxmemory', facts?.dataBytesMax ?? 0],
    ['maxmemory_policy', 'noeviction'],
  ];
}

/** Clients wait with their first command while `loading` is 1: for a halted member that would be for ever, and they are to be told. */
function persistenceFields({ service }: SessionEnvironment, facts: NodeFacts | null): readonly Field[] {
  return [
    ['loading', facts === null && service.halt() === null ? 1 : 0],
    ['aof_enabled', 1],
    ['aof_last_write_status', 'ok'],
    ['rdb_bgsave_in_progress', 0],
  ];
}

function statsFields({ registry }: SessionEnvironment): readonly Field[] {
  return [
    ['total_connections_received', registry.connectionsOpened],
    ['total_commands_processed', registry.commandsBegun],
    ['rejected_connections', registry.connectionsRefused],
    ['client_output_buffer_limit_disconnections', registry.slowReadersDisconnected],
  ];
}

/** Every member takes writes, so that to a client each is a master; who really leads stands in the section `quorate`. */
function replicationFields(_environment: SessionEnvironment, facts: NodeFacts | null): readonly Field[] {
  const others = facts === null ? 0 : facts.voters + facts.learners - 1;
  return [
    ['role', 'master'],
    ['connected_slaves', Math.max(0, others)],
    ['master_repl_offset', facts?.commitIndex ?? 0],
  ];
}

function keyspaceFields(_environment: SessionEnvironment, facts: NodeFacts | null): readonly Field[] {
  if (facts === null || facts.keys === 0) return [];
  return [['db0', `keys=${facts.keys},expires=${facts.keysWithDeadline},avg_ttl=0`]];
}

function quorateFields({ service }: SessionEnvironment, facts: NodeFacts | null): readonly Field[] {
  const halt = service.halt();
  if (halt !== null)
    return [
      ['state', 'halted'],
      ['halt_reason', halt.reason],
    ];
  if (facts === null) return [['state', 'not open']];
  return [
    ['state', 'open'],
    ['cluster_id', facts.clusterId],
    ['member_id', facts.memberId],
    ['member_name', facts.memberName],
    ['role', facts.role],
    ['leader', facts.leaderName ?? ''],
    ['term', facts.term],
    ['commit_index', facts.commitIndex],
    ['applied_index', facts.appliedIndex],
    ['voters', facts.voters],
    ['learners', facts.learners],
    ['feature_level', facts.featureLevel],
    ['data_bytes', facts.dataBytes],
    ['data_bytes_max', facts.dataBytesMax],
  ];
}

const sections = new Map<string, Section>([
  ['server', serverFields],
  ['clients', clientsFields],
  ['memory', memoryFields],
  ['persistence', persistenceFields],
  ['stats', statsFields],
  ['replication', replicationFields],
  ['keyspace', keyspaceFields],
  ['quorate', quorateFields],
]);

const allSections = new Set(['all', 'default', 'everything']);

/** INFO [section ...]; a section that we don't have is passed over in silence, as in Redis. */
export const infoCommand: Handler = ({ environment }, words): Reply => {
  const wanted = new Set(words.slice(1).map((word) => word.toString('latin1', 0, 32).toLowerCase()));
  const isAll = wanted.size === 0 || [...wanted].some((name) => allSections.has(name));
  const facts = environment.service.facts();
  const texts: string[] = [];
  for (const [name, fields] of sections) {
    if (!isAll && !wanted.has(name)) continue;
    const title = `# ${name.charAt(0).toUpperCase()}${name.slice(1)}\r\n`;
    texts.push(
      title +
        fields(environment, facts)
          .map(([field, value]) => `${field}:${value}\r\n`)
          .join(''),
    );
  }
  return { type: 'verbatim', text: texts.join('\r\n') };
};
