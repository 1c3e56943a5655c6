/**
 * All conditions from one snapshot (S20): Unknown until seen, and silence is never False. `lastTransitionTime` moves only when a status does.
 */
import type {
  BlockingGate,
  ConditionReason,
  ConditionStatus,
  ConditionType,
  StorageClusterCondition,
} from '../../api/storage-cluster.ts';
import { memberName } from '../render/names.ts';
import { quorumOf, takesPart, votersOf } from '../plan/facts.ts';
import type { Facts } from '../plan/facts.ts';
import { answerOf, memberNamed } from '../plan/observation.ts';
import type { MemberObservation } from '../plan/observation.ts';
import type { Plan } from '../plan/plan.ts';
import type { Gate } from '../plan/proposal.ts';
import { outdatedMembers } from '../plan/outdated.ts';
import { degraded } from './degraded.ts';
import type { Outcome } from './outcome.ts';
import { listOf, shortened, timestampOf } from './text.ts';

export interface Finding<Type extends ConditionType> {
  readonly status: ConditionStatus;
  readonly reason: ConditionReason<Type>;
  readonly message: string;
}

const MESSAGE_CHARACTERS_MAX = 4096;

export interface Snapshot {
  readonly facts: Facts;
  readonly plan: Plan;
  readonly outcome: Outcome;
  readonly gates: readonly Gate[];
}

export function conditionsOf(snapshot: Snapshot, nowMs: number): readonly StorageClusterCondition[] {
  const { metadata, status } = snapshot.facts.cluster;
  const quorum = quorumAvailable(snapshot);
  const ready = readiness(snapshot, quorum);
  const findings: { readonly [Type in ConditionType]: Finding<Type> } = {
    Ready: ready,
    QuorumAvailable: quorum,
    Progressing: progressing(snapshot),
    Degraded: degraded(snapshot, quorum),
    Updated: updated(snapshot),
  };
  return Object.entries(findings).map(([type, finding]) =>
    condition(type as ConditionType, finding, status?.conditions ?? [], metadata.generation, nowMs),
  );
}

export function condition(
  type: ConditionType,
  finding: { readonly status: ConditionStatus; readonly reason: ConditionReason; readonly message: string },
  previous: readonly StorageClusterCondition[],
  observedGeneration: number,
  nowMs: number,
): StorageClusterCondition {
  const before = previous.find((candidate) => candidate.type === type);
  const lastTransitionTime = before?.status === finding.status ? before.lastTransitionTime : timestampOf(nowMs);
  const message = shortened(finding.message, MESSAGE_CHARACTERS_MAX);
  return { type, status: finding.status, reason: finding.reason, message, lastTransitionTime, observedGeneration };
}

function gateNamed(snapshot: Snapshot, name: BlockingGate): Gate | undefined {
  return snapshot.gates.find((candidate) => candidate.gate === name && candidate.member === null);
}

function isDeleting({ facts }: Snapshot): boolean {
  return facts.cluster.metadata.deletionTimestamp !== undefined;
}

function quorumAvailable(snapshot: Snapshot): Finding<'QuorumAvailable'> {
  const { leader, identity, configuration, cluster, caughtUp, observation } = snapshot.facts;
  if (isDeleting(snapshot)) return { status: 'Unknown', reason: 'Deleting', message: 'The cluster is being deleted.' };
  if (cluster.spec.hibernate && observation.members.every(({ pod }) => pod === null)) {
    return { status: 'False', reason: 'Hibernated', message: 'No pod runs; the volumes stay.' };
  }
  if (leader !== null) {
    const voters = votersOf(configuration ?? { index: 0, members: [] }).length;
    const message = `${leader.member.name} confirmed with a quorum that it leads; ${caughtUp.size} of ${voters} voters are caught up.`;
    return { status: 'True', reason: 'QuorumConfirmed', message };
  }
  if (identity === null || (configuration === null && cluster.status?.founding !== undefined)) {
    return { status: 'False', reason: 'NotFounded', message: 'No cluster is formed yet.' };
  }
  return quorumWithoutLeader(snapshot, configuration === null ? [] : votersOf(configuration).map(({ name }) => name));
}

/** Nobody confirmed itself: no quorum only when too few can be there, or all that could were heard. */
function quorumWithoutLeader({ facts }: Snapshot, voters: readonly string[]): Finding<'QuorumAvailable'> {
  const members = voters.map((name) => memberNamed(facts.observation, name)).filter((member) => member !== null);
  const serving = members.filter(takesPart).length;
  const silent = members.filter(isSilent);
  if (voters.length > 0 && serving + silent.length < quorumOf(voters.length)) {
    const message = `At most ${serving + silent.length} of ${voters.length} voters can run, which is no quorum.`;
    return { status: 'False', reason: 'QuorumLost', message };
  }
  if (voters.length > 0 && silent.length === 0) {
    return {
      status: 'False',
      reason: 'QuorumLost',
      message: 'All voters answer, and none could confirm with a quorum that it leads.',
    };
  }
  const names = silent.map(({ name }) => name);
  const message = names.length === 0 ? 'No leader was heard yet.' : `No leader was heard; ${listOf(names)} do not answer.`;
  return { status: 'Unknown', reason: 'MembersSilent', message };
}

/** It may well be there: its pod is not known to be broken or going. */
export function isSilent(member: MemberObservation): boolean {
  return member.node.kind === 'silent' && member.pod !== null && !member.pod.terminating && member.pod.problem === null;
}

function readiness(snapshot: Snapshot, quorum: Finding<'QuorumAvailable'>): Finding<'Ready'> {
  const { facts } = snapshot;
  if (isDeleting(snapshot)) return { status: 'False', reason: 'Deleting', message: 'The cluster is being deleted.' };
  if (facts.cluster.spec.hibernate) return { status: 'False', reason: 'Hibernated', message: 'spec.hibernate is set.' };
  const foreign = gateNamed(snapshot, 'ForeignVolumes');
  if (foreign) return { status: 'False', reason: 'ForeignVolumes', message: `${foreign.message} ${foreign.unblock}` };
  const unaccounted = gateNamed(snapshot, 'VolumesAccountedFor');
  if (unaccounted)
    return { status: 'False', reason: 'VolumesUnaccountedFor', message: `${unaccounted.message} ${unaccounted.unblock}` };
  const founders = gateNamed(snapshot, 'Founders');
  if (founders) return { status: 'False', reason: 'FoundersMissing', message: `${founders.message} ${founders.unblock}` };
  if (quorum.reason === 'NotFounded') {
    return { status: 'False', reason: 'Founding', message: snapshot.plan.activity?.message ?? 'The cluster is being founded.' };
  }
  if (quorum.status === 'Unknown') return { status: 'Unknown', reason: 'MembersSilent', message: quorum.message };
  if (quorum.status === 'False') return { status: 'False', reason: 'NoQuorum', message: quorum.message };
  const lacking = askedFor(facts).filter((name) => !isReadyMember(facts, name));
  if (lacking.length === 0)
    return { status: 'True', reason: 'AllMembersReady', message: `All ${facts.target} members are ready.` };
  return { status: 'False', reason: 'MembersNotReady', message: `${listOf(lacking)} not ready.` };
}

export function askedFor(facts: Facts): readonly string[] {
  return Array.from({ length: facts.target }, (_, ordinal) => memberName(facts.cluster.metadata.name, ordinal));
}

/** A voter by the leader's word, under the id that its node reports, ready, and there to stay. */
export function isReadyMember(facts: Facts, name: string): boolean {
  const member = memberNamed(facts.observation, name);
  const voter = votersOf(facts.configuration ?? { index: 0, members: [] }).find((candidate) => candidate.name === name);
  if (member === null || voter === undefined || !takesPart(member)) return false;
  return member.pod?.ready === true && answerOf(member)?.memberId === voter.id;
}

function progressing({ plan, gates }: Snapshot): Finding<'Progressing'> {
  if (plan.activity !== null) {
    const { reason, message } = plan.activity;
    return { status: 'True', reason, message };
  }
  const paused = gates.find(({ gate }) => gate === 'Paused');
  if (paused !== undefined) return { status: 'False', reason: 'Paused', message: paused.message };
  if (gates.length > 0) return { status: 'False', reason: 'Blocked', message: gates.map(({ message }) => message).join(' ') };
  return { status: 'False', reason: 'Stable', message: 'Nothing is under way.' };
}

function updated(snapshot: Snapshot): Finding<'Updated'> {
  const { facts } = snapshot;
  const { statefulSet, members } = facts.observation;
  if (facts.cluster.spec.hibernate) return { status: 'Unknown', reason: 'Hibernated', message: 'No pod runs.' };
  if (statefulSet === null) return { status: 'Unknown', reason: 'NotObserved', message: 'There is no StatefulSet yet.' };
  const rolledBack = gateNamed(snapshot, 'RolledBack');
  if (rolledBack) return { status: 'False', reason: 'RolledBack', message: `${rolledBack.message} ${rolledBack.unblock}` };
  const outdated = outdatedMembers(facts);
  if (outdated === null)
    return { status: 'False', reason: 'UpdateInProgress', message: 'The change is on its way to the StatefulSet.' };
  if (outdated.length === 0) {
    const missing = members.filter(({ pod, ordinal }) => pod === null && ordinal < facts.target).map(({ name }) => name);
    if (missing.length === 0)
      return { status: 'True', reason: 'AllMembersUpdated', message: 'Every pod is of the wanted template.' };
    return { status: 'False', reason: 'UpdateInProgress', message: `${listOf(missing)} have no pod yet.` };
  }
  const message = `${listOf(outdated.map(({ name }) => name))} still of the template before.`;
  if (gateNamed(snapshot, 'UpdatePaused')) return { status: 'False', reason: 'UpdatePaused', message };
  if (gateNamed(snapshot, 'PodDeletion')) return { status: 'False', reason: 'AwaitingPodDeletion', message };
  const isBlocked = snapshot.gates.some(({ gate }) => gatesOfUpdates.has(gate));
  return { status: 'False', reason: isBlocked ? 'UpdateBlocked' : 'UpdateInProgress', message };
}

const gatesOfUpdates: ReadonlySet<BlockingGate> = new Set([
  'QuorumMargin',
  'ConfirmedLeader',
  'LeadershipTransfer',
  'Eviction',
  'FeatureLevel',
  'StateHash',
  'PodStart',
  'Maintenance',
]);
