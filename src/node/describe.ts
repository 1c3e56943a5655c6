/** The node's status document (src/api/node-status.ts), from what the node is at this moment. */
import type { NodeConfiguration, NodeReplication, NodeStatus } from '../api/node-status.ts';
import type { Configuration } from '../consensus/core.ts';
import { RAFT_GUARANTEES } from '../consensus/guarantees.ts';
import { BUILD_VERSION, FEATURE_LEVEL_MAX } from '../shared/build.ts';
import type { Serving } from './serving.ts';
import { HEALING_REASON } from './storage-node.ts';
import type { StorageNode } from './storage-node.ts';

export function describeNode(node: StorageNode, confirmed: boolean, clients: number): NodeStatus {
  const { serving, dataFolder, config } = node;
  const { identity } = dataFolder;
  const { ready, reason } = node.readiness();
  const founding = identity.membership?.founding ?? null;
  return {
    formatVersion: 1,
    name: config.name,
    memberId: identity.memberId,
    formerIds: identity.formerIds,
    state: node.state,
    halt: node.halt,
    ready,
    readyReason: reason,
    version: BUILD_VERSION,
    featureLevelMax: FEATURE_LEVEL_MAX,
    featureLevel: serving?.replica.state.featureLevel ?? 0,
    clusterId: identity.membership?.clusterId ?? null,
    generation: identity.membership?.generation ?? null,
    founding: founding && { epoch: founding.epoch, members: founding.configuration.members },
    replication: serving && describeReplication(serving),
    guarantees: RAFT_GUARANTEES,
    confirmed,
    keys: serving?.replica.state.keys ?? 0,
    dataBytes: serving?.replica.state.dataBytes ?? 0,
    dataBytesMax: config.limits.dataBytesMax,
    diskFreeBytes: serving?.diskWatch.freeBytes ?? null,
    diskTotalBytes: serving?.diskWatch.totalBytes ?? null,
    full: serving?.commands.fullness ?? 'no',
    clockOffsetMs: serving?.replica.clockOffsetMs() ?? null,
    asideFolder: dataFolder.asideFolder,
    divergence: node.divergence,
    scrub: serving && {
      passes: serving.scrubber.passes,
      damagesFound: serving.scrubber.damagesFound,
      damaged: serving.scrubber.damaged,
    },
    healing: serving?.replica.status.healing === true ? HEALING_REASON : null,
    clients,
    startedAt: new Date(node.startedAtMs).toISOString(),
  };
}

function describeReplication(serving: Serving): NodeReplication {
  const { status, appliedIndex } = serving.replica;
  return {
    role: status.role,
    term: status.term,
    leader: status.leader,
    firstIndex: status.firstIndex,
    lastIndex: status.lastIndex,
    durableIndex: status.durableIndex,
    commitIndex: status.commitIndex,
    appliedIndex,
    settled: status.settled,
    configuration: describeConfiguration(status.configuration),
    committedConfiguration: describeConfiguration(status.committedConfiguration),
    progress: status.progress.map(({ id, matchIndex, active, caughtUp, state }) => ({ id, matchIndex, active, caughtUp, state })),
    electionsStarted: serving.electionsStarted,
    leadershipsWon: serving.leadershipsWon,
  };
}

function describeConfiguration({ index, members, removed }: Configuration): NodeConfiguration {
  return {
    index,
    members: members.map(({ id, name, role }) => ({ id, name, role })),
    removed: removed.map(({ id, index: removedAt }) => ({ id, index: removedAt })),
  };
}
