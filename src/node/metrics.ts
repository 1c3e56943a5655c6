/** What Prometheus sees of a node; docs/metrics.md lists each. Gauges are read when they are asked for, never kept beside the truth. */
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { BUILD_VERSION, FEATURE_LEVEL_MAX } from '../shared/build.ts';
import type { Serving } from './serving.ts';
import type { StorageNode } from './storage-node.ts';

type Reading = (serving: Serving) => number;

const readings: Readonly<Record<string, { readonly help: string; readonly read: Reading }>> = {
  quorate_raft_term: { help: 'Current term.', read: ({ replica }) => replica.status.term },
  quorate_raft_is_leader: { help: '1 on the leader, else 0.', read: ({ replica }) => (replica.status.role === 'leader' ? 1 : 0) },
  quorate_raft_has_leader: {
    help: '1 while a leader is known here, else 0.',
    read: ({ replica }) => (replica.status.leader ? 1 : 0),
  },
  quorate_raft_last_index: { help: 'Index of the last entry of the log.', read: ({ replica }) => replica.status.lastIndex },
  quorate_raft_durable_index: { help: 'Highest index on disk here.', read: ({ replica }) => replica.status.durableIndex },
  quorate_raft_commit_index: { help: 'Highest committed index known here.', read: ({ replica }) => replica.status.commitIndex },
  quorate_raft_applied_index: { help: 'Highest applied index.', read: ({ replica }) => replica.appliedIndex },
  quorate_raft_uncommitted_bytes: {
    help: 'Bytes proposed and not yet committed.',
    read: ({ replica }) => replica.status.uncommittedBytes,
  },
  quorate_raft_elections_started: {
    help: 'Elections that this member started since it started.',
    read: (serving) => serving.electionsStarted,
  },
  quorate_raft_leaderships_won: {
    help: 'Elections that this member won since it started.',
    read: (serving) => serving.leadershipsWon,
  },
  quorate_raft_voters: {
    help: 'Voters of the latest configuration.',
    read: ({ replica }) => replica.status.configuration.members.filter((member) => member.role === 'voter').length,
  },
  quorate_keys: { help: 'Keys in the keyspace.', read: ({ replica }) => replica.state.keys },
  quorate_data_bytes: { help: 'Bytes that keys and values take.', read: ({ replica }) => replica.state.dataBytes },
  quorate_feature_level: { help: 'Feature level in force.', read: ({ replica }) => replica.state.featureLevel },
  quorate_wal_disk_bytes: { help: 'Bytes of the log on disk.', read: (serving) => serving.logDiskBytes },
  quorate_disk_free_bytes: {
    help: 'Free bytes of the volume; NaN while unknown.',
    read: ({ diskWatch }) => diskWatch.freeBytes ?? NaN,
  },
  quorate_scrub_passes: {
    help: 'Times that the whole disk was read again since the start.',
    read: ({ scrubber }) => scrubber.passes,
  },
  quorate_scrub_damages: {
    help: 'Damaged files that were found since the start (S11).',
    read: ({ scrubber }) => scrubber.damagesFound,
  },
  quorate_healing: {
    help: '1 while entries lost by a damaged disk are fetched from the others (S11), else 0.',
    read: ({ replica }) => (replica.status.healing ? 1 : 0),
  },
  quorate_full: {
    help: '1 while growing writes are refused (S17), else 0.',
    read: ({ commands }) => (commands.fullness === 'no' ? 0 : 1),
  },
};

/** Every metric of ours; docs/metrics.md says what each means. */
export const METRIC_NAMES: readonly string[] = [
  ...Object.keys(readings),
  'quorate_clients',
  'quorate_ready',
  'quorate_build_info',
];

export class NodeMetrics {
  readonly #registry = new Registry();
  readonly #gauges = new Map<string, Gauge>();
  readonly #clients: Gauge;
  readonly #ready: Gauge;

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
    const registers = [this.#registry];
    for (const [name, { help }] of Object.entries(readings)) this.#gauges.set(name, new Gauge({ name, help, registers }));
    this.#clients = new Gauge({ name: 'quorate_clients', help: 'Connected clients.', registers });
    this.#ready = new Gauge({ name: 'quorate_ready', help: '1 while ready (S21), else 0.', registers });
    const build = new Gauge({
      name: 'quorate_build_info',
      help: 'This build.',
      labelNames: ['version', 'feature_level_max'],
      registers,
    });
    build.set({ version: BUILD_VERSION, feature_level_max: String(FEATURE_LEVEL_MAX) }, 1);
  }

  async render(node: StorageNode, clients: number): Promise<{ readonly contentType: string; readonly text: string }> {
    const { serving } = node;
    this.#clients.set(clients);
    this.#ready.set(node.readiness().ready ? 1 : 0);
    for (const [name, { read }] of Object.entries(readings)) this.#gauges.get(name)?.set(serving ? read(serving) : NaN);
    return { contentType: this.#registry.contentType, text: await this.#registry.metrics() };
  }
}
