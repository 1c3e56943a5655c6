/**
 * Status, derived (S20): a pure function of one observation, the plan made of it and what became of that. Nothing in it is a state that
 * another pass would continue from, but identity and founding (S5, S6), which are kept, never derived from silence.
 */
import { BLOCKED_BY_MAX, phaseOf } from '../../api/storage-cluster.ts';
import type { BlockedBy, StorageClusterStatus } from '../../api/storage-cluster.ts';
import { configurationOf, factsOf, votersOf } from '../plan/facts.ts';
import type { Facts } from '../plan/facts.ts';
import { answerOf } from '../plan/observation.ts';
import type { Observation } from '../plan/observation.ts';
import type { Plan } from '../plan/plan.ts';
import { distinctGates } from '../plan/proposal.ts';
import type { Gate } from '../plan/proposal.ts';
import { selectorText } from '../render/names.ts';
import { askedFor, conditionsOf, isReadyMember } from './conditions.ts';
import { statusPatch } from './difference.ts';
import { memberStatuses } from './members.ts';
import type { Outcome } from './outcome.ts';
import { shortened, timestampOf } from './text.ts';

/** `observedAt` is refreshed this often though nothing changed: with the next look, within the 5 minutes that are promised, and not oftener. */
export const OBSERVED_AT_REFRESH_MS = 285_000;

export function deriveStatus(observation: Observation, plan: Plan, outcome: Outcome, nowMs: number): StorageClusterStatus {
  const facts = factsOf(observation);
  const previous = observation.cluster.status ?? {};
  const gates = distinctGates([...plan.blockedBy, ...outcome.blockedBy]);
  const conditions = conditionsOf({ facts, plan, outcome, gates }, nowMs);
  const blockedBy = gates.slice(0, BLOCKED_BY_MAX).map((gate) => blockedByOf(gate, previous, nowMs));
  const next: StorageClusterStatus = {
    ...identityOf(facts, outcome),
    ...countsOf(facts),
    ...leadershipOf(facts),
    observedGeneration: observation.cluster.metadata.generation,
    ...(previous.observedAt === undefined ? {} : { observedAt: previous.observedAt }),
    selector: selectorText(observation.cluster.metadata.name),
    members: memberStatuses(facts),
    ...keptOf(previous, outcome),
    blockedBy,
    conditions,
    phase: phaseOf(conditions),
  };
  return isFresh(previous, next, nowMs) ? next : { ...next, observedAt: timestampOf(nowMs) };
}

function isFresh(previous: StorageClusterStatus, next: StorageClusterStatus, nowMs: number): boolean {
  if (previous.observedAt === undefined || statusPatch(previous, next) !== null) return false;
  const ageMs = nowMs - Date.parse(previous.observedAt);
  return ageMs >= 0 && ageMs < OBSERVED_AT_REFRESH_MS;
}

/** Identity and founding are only ever added or replaced by a record that was written on purpose; the configuration moves forward. */
function identityOf(facts: Facts, { recorded }: Outcome): StorageClusterStatus {
  const { clusterId, generation, founding } = facts.cluster.status ?? {};
  const identity = recorded ?? { clusterId, generation, founding: founding ?? null };
  const configuration = facts.leader === null ? facts.cluster.status?.configuration : configurationOf(facts.leader);
  return {
    ...(identity.clusterId === undefined ? {} : { clusterId: identity.clusterId }),
    ...(identity.generation === undefined ? {} : { generation: identity.generation }),
    ...(identity.founding === null ? {} : { founding: identity.founding }),
    ...(configuration === undefined ? {} : { configuration }),
  };
}

/** Like the founding: what was written on purpose stays until it is struck on purpose (S9). */
function keptOf({ keptVolumes = [] }: StorageClusterStatus, outcome: Outcome): StorageClusterStatus {
  const kept = outcome.keptVolumes ?? keptVolumes;
  return kept.length === 0 ? {} : { keptVolumes: kept };
}

function countsOf(facts: Facts): StorageClusterStatus {
  const pods = facts.observation.members.flatMap(({ pod }) => (pod === null ? [] : [pod]));
  const revision = facts.observation.statefulSet?.updateRevision ?? null;
  const ready = askedFor(facts).filter((name) => isReadyMember(facts, name)).length;
  return {
    replicas: pods.length,
    readyReplicas: pods.filter((pod) => pod.ready && !pod.terminating).length,
    updatedReplicas: revision === null ? 0 : pods.filter((pod) => pod.revision === revision).length,
    ready: `${ready}/${facts.target}`,
  };
}

function leadershipOf(facts: Facts): StorageClusterStatus {
  const { leader, cluster, caughtUp, configuration } = facts;
  const version = lowestVersion(facts);
  const featureLevel = leader?.status.featureLevel ?? cluster.status?.featureLevel;
  return {
    ...(leader === null ? {} : { leader: leader.member.name, term: leader.replication.term }),
    ...(leader === null || configuration === null ? {} : { quorum: `${caughtUp.size}/${votersOf(configuration).length}` }),
    ...(version === null ? {} : { version }),
    ...(featureLevel === undefined ? {} : { featureLevel }),
  };
}

/** Of the members that answer; null when none does. */
function lowestVersion(facts: Facts): string | null {
  const versions = facts.observation.members.flatMap((member) => answerOf(member)?.version ?? []);
  const [first = null] = versions.sort((left, right) => left.localeCompare(right, 'en', { numeric: true }));
  return first === null ? null : shortened(first, 64);
}

function blockedByOf({ gate, member, message, unblock }: Gate, previous: StorageClusterStatus, nowMs: number): BlockedBy {
  const before = previous.blockedBy?.find((candidate) => candidate.gate === gate && (candidate.member ?? null) === member);
  return {
    gate,
    ...(member === null ? {} : { member }),
    since: before?.since ?? timestampOf(nowMs),
    message: shortened(message, 1024),
    unblock: shortened(unblock, 1024),
  };
}
