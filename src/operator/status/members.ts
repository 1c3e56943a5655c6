/** Each member as seen: what its pod shows, what its node says, and what the leader says of it. Silence is `Unknown` (S20). */
import { MEMBERS_MAX } from '../../api/storage-cluster.ts';
import type { MemberRole, MemberStatus } from '../../api/storage-cluster.ts';
import { volumeToRemember } from '../plan/evidence.ts';
import type { Facts } from '../plan/facts.ts';
import { answerOf } from '../plan/observation.ts';
import type { MemberObservation } from '../plan/observation.ts';
import { shortened } from './text.ts';

const MESSAGE_CHARACTERS_MAX = 1024;

/** Those that have a pod, are asked for, or are listed; a claim that merely stays behind is no member. */
export function memberStatuses(facts: Facts): readonly MemberStatus[] {
  const listed = new Set((facts.configuration?.members ?? []).map(({ name }) => name));
  return facts.observation.members
    .filter(
      ({ name, ordinal, pod }) => pod !== null || listed.has(name) || (ordinal < facts.target && !facts.cluster.spec.hibernate),
    )
    .slice(0, MEMBERS_MAX)
    .map((member) => memberStatus(facts, member));
}

function memberStatus(facts: Facts, member: MemberObservation): MemberStatus {
  const status = answerOf(member);
  const memberId = status?.memberId ?? facts.configuration?.members.find(({ name }) => name === member.name)?.id;
  const lag = lagOf(facts, member);
  const volumeUid = memberId === undefined ? null : volumeToRemember(facts, member, memberId);
  const message = messageOf(facts, member);
  return {
    name: member.name,
    ...(memberId === undefined ? {} : { memberId }),
    role: roleOf(facts, member),
    ready: member.pod?.ready === true && !member.pod.terminating,
    ...(status === null ? {} : { version: shortened(status.version, 64) }),
    ...(lag === null ? {} : { lag }),
    ...(member.pod?.nodeName ? { node: member.pod.nodeName } : {}),
    ...(volumeUid === null ? {} : { volumeUid }),
    ...(member.claim?.capacity ? { volumeSize: shortened(member.claim.capacity, 64) } : {}),
    ...(message === null ? {} : { message: shortened(message, MESSAGE_CHARACTERS_MAX) }),
  };
}

/** Leader only by confirmation; without a confirmed leader a node's own word makes it a follower or learner at most. */
function roleOf(facts: Facts, member: MemberObservation): MemberRole {
  const status = answerOf(member);
  if (status === null) return 'Unknown';
  const { leader } = facts;
  const configuration = leader?.replication.committedConfiguration ?? status.replication?.committedConfiguration;
  const listed = configuration?.members.find(({ id }) => id === status.memberId);
  if (listed === undefined || (leader === null && status.state !== 'member')) return 'NonMember';
  if (listed.role === 'learner') return 'Learner';
  return leader?.member.id === status.memberId ? 'Leader' : 'Follower';
}

/**
 * Entries behind the leader: 0 while caught up by the leader's own word, else rounded up to a power of ten, so that writes of clients do not
 * become writes of status (S20). Null when nobody can say.
 */
function lagOf(facts: Facts, member: MemberObservation): number | null {
  const { leader } = facts;
  const id = answerOf(member)?.memberId;
  if (leader === null || id === undefined) return null;
  if (id === leader.member.id) return 0;
  const progress = leader.replication.progress.find((candidate) => candidate.id === id);
  if (progress === undefined) return null;
  return progress.caughtUp ? 0 : coarse(leader.replication.lastIndex - progress.matchIndex);
}

export function coarse(entries: number): number {
  let step = 10;
  while (step < entries) step *= 10;
  return step;
}

/** In constant words where the world's own would change from one attempt to the next. */
function messageOf(facts: Facts, member: MemberObservation): string | null {
  const { pod } = member;
  const status = answerOf(member);
  if (facts.cluster.spec.hibernate && pod === null) return null;
  if (pod === null) return 'has no pod';
  if (pod.terminating) return 'is terminating';
  if (pod.problem !== null && status === null) return `${pod.problem.kind}: ${pod.problem.message}`;
  if (status === null) return 'does not answer';
  if (status.halt !== null) return `${status.halt.reason}: ${status.halt.message}`;
  if (status.full !== 'no') return `out of ${status.full}: growing writes are refused`;
  if (status.asideFolder !== null) return `keeps an older folder aside on its volume: ${status.asideFolder}`;
  return null;
}
