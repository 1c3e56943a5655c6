/** From a folder to a member that serves: the newest snapshot, what the log holds after it, and the core that starts from both. */
import { EMPTY_CONFIGURATION } from '../consensus/configuration.ts';
import type { LogBase } from '../consensus/core.ts';
import { createRaftCore, RAFT_OPTIONS_DEFAULT } from '../consensus/raft/raft.ts';
import { StateMachine } from '../keyspace/state-machine.ts';
import type { MemberId } from '../shared/ids.ts';
import { refuse, succeed } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { openSnapshotFiles } from '../wal/snapshot-files.ts';
import type { LogDamage, Membership } from '../wal/types.ts';
import { openLog } from '../wal/write-ahead-log.ts';
import { Serving } from './serving.ts';
import type { ServingParts } from './serving.ts';
import { restoreState } from './snapshot-state.ts';

/** Why a log could not be opened, and whether others may have what it lost. */
export interface UnopenedLog {
  readonly damage: LogDamage;
  readonly hasPeers: boolean;
}

export async function openServing(parts: ServingParts): Promise<Result<Serving, UnopenedLog>> {
  const { config, identity, membership, folder, ports } = parts;
  const files = await openSnapshotFiles({
    disk: ports.disk,
    folder: `${folder}/snapshots`,
    damaged: (file, message) => parts.log.error({ file, message }, 'a snapshot is damaged'),
  });
  const snapshot = await files.newest();
  const state = snapshot ? await restoreState(files, snapshot) : new StateMachine();
  const base: LogBase = snapshot?.header.base ?? foundingBase(membership);
  const late: { serving: Serving | null } = { serving: null };
  const opened = await openLog({
    disk: ports.disk,
    folder: `${folder}/wal`,
    identity,
    base,
    clock: ports.clock,
    random: ports.random,
    options: { segmentBytes: config.limits.segmentBytes, featureLevel: state.featureLevel },
    persisted: (sequence) => late.serving?.replica.onPersisted(sequence),
    failed: (error) => parts.events.logFailed(error),
  });
  if (!opened.ok) return refuse({ damage: opened.reason, hasPeers: hasPeers(base, identity.memberId) });
  const { recovered, log } = opened.value;
  const core = createRaftCore(
    {
      id: identity.memberId,
      name: config.name,
      ...RAFT_OPTIONS_DEFAULT,
      uncommittedBytesMax: config.limits.uncommittedBytesMax,
    },
    recovered.state,
    ports.random.split(),
  );
  const { salvagedFrom } = recovered;
  if (salvagedFrom) {
    const { file, offset, message } = salvagedFrom;
    parts.log.warn({ file, offset, message }, 'began the log anew from what is whole: the rest comes from the other members');
  }
  if (recovered.tornBytes > 0) parts.log.warn({ tornBytes: recovered.tornBytes }, 'cut a torn tail from the log');
  const appliedIndex = recovered.state.base.index;
  const serving = new Serving(parts, { core, state, log, files, appliedIndex, peerMemory: recovered.peerMemory });
  late.serving = serving;
  await serving.start();
  return succeed(serving);
}

/** Who joined later knows nobody yet, and was called by somebody. */
function hasPeers({ configuration: { members } }: LogBase, id: MemberId): boolean {
  return members.length === 0 || members.some((member) => member.role === 'voter' && member.id !== id);
}

/** Founders start byte-identical (rule S6); who joins later starts with an empty log and no configuration. */
function foundingBase(membership: Membership): LogBase {
  return { index: 0, term: 0, configuration: membership.founding?.configuration ?? EMPTY_CONFIGURATION };
}
