/**
 * What proves that a member will never come back as it was (S9). Silence, and a pod that is not ready, prove nothing; and what a volume or a
 * Node seems to say proves nothing against a member that takes part.
 */
import type { NodeMember } from '../../api/node-status.ts';
import type { MemberId } from '../../shared/ids.ts';
import { takesPart } from './facts.ts';
import type { Facts } from './facts.ts';
import { answerOf, memberNamed } from './observation.ts';
import type { ConfirmedLeader, MemberObservation, Observation } from './observation.ts';

export interface Evidence {
  readonly because: string;
  /** Only these count for the margin: null for all that are caught up. */
  readonly countedOnly: ReadonlySet<MemberId> | null;
}

/** @param listed a member of the leader's committed configuration */
export function evidenceAgainst(
  facts: Facts,
  leader: ConfirmedLeader,
  listed: NodeMember,
  member: MemberObservation | null,
): Evidence | null {
  const because =
    orderAgainst(facts, listed) ??
    (member === null ? null : (wordAgainst(listed, member) ?? volumeAgainst(facts, leader, listed, member)));
  return because === null ? anotherVolume(facts, leader, listed) : { because, countedOnly: null };
}

function orderAgainst({ ordered }: Facts, { name, id }: NodeMember): string | null {
  return ordered.has(id) ? `S9: a person ordered to replace ${name} (${id})` : null;
}

/** What the node on this member's claim says itself. */
function wordAgainst(listed: NodeMember, member: MemberObservation): string | null {
  const status = member.pod?.terminating === false ? answerOf(member) : null;
  if (status === null) return null;
  if (status.memberId !== listed.id)
    return `S9: the node of ${listed.name} reports id ${status.memberId}, so ${listed.id} has lost its volume`;
  if (status.halt?.wantsReplacement === true)
    return `S9: ${listed.name} (${listed.id}) asks to be replaced: ${status.halt.message}`;
  return null;
}

function volumeAgainst(facts: Facts, leader: ConfirmedLeader, listed: NodeMember, member: MemberObservation): string | null {
  const loss = lossOf(member);
  if (loss === null || takesPart(member) || countsForPeers(facts.observation, listed.name)) return null;
  return listed.id === leader.member.id ? null : `S9: ${listed.name} (${listed.id}) cannot come back: ${loss}`;
}

/** In words why what is on the volume of its claim is out of reach for good. */
export function lossOf({ claim }: MemberObservation): string | null {
  if (claim === null) return null;
  if (claim.volume.kind === 'gone') return `volume ${claim.volumeName ?? ''} of claim ${claim.name} is gone`;
  return claim.volume.kind === 'present' ? claim.volume.unreachable : null;
}

/** A leader that answers, confirmed or not, and heard of this member lately: then it takes part. No answer at all is no veto. */
export function countsForPeers(observation: Observation, name: string): boolean {
  return observation.members.some((peer) => {
    const replication = peer.name === name ? null : (answerOf(peer)?.replication ?? null);
    const id = replication?.configuration.members.find((listed) => listed.name === name)?.id;
    return replication?.role === 'leader' && replication.progress.some((progress) => progress.id === id && progress.active);
  });
}

/**
 * S12: the member answers from another volume than the one that status remembers of it, so a disk of the past. Never when that holds for all at
 * once (somebody moved the whole cluster), and only those whose volume is the remembered one count for the margin.
 */
function anotherVolume(facts: Facts, leader: ConfirmedLeader, listed: NodeMember): Evidence | null {
  const { members } = leader.replication.committedConfiguration;
  const changed = new Set(members.filter(({ id, name }) => hasOtherVolume(facts, name, id)).map(({ id }) => id));
  if (!changed.has(listed.id) || changed.size === members.length) return null;
  const countedOnly = new Set([...facts.caughtUp].filter((id) => !changed.has(id)));
  return { because: `S12: ${listed.name} (${listed.id}) answers from another volume than the one it wrote to`, countedOnly };
}

function hasOtherVolume(facts: Facts, name: string, id: MemberId): boolean {
  const member = memberNamed(facts.observation, name);
  if (member === null || answerOf(member)?.memberId !== id || member.claim?.volume.kind !== 'present') return false;
  const remembered = rememberedVolume(facts, name, id);
  return remembered !== null && remembered !== member.claim.volume.uid;
}

/** UID of the volume that status remembers of this very member. */
export function rememberedVolume({ cluster }: Facts, name: string, id: MemberId): string | null {
  const remembered = cluster.status?.members?.find((member) => member.name === name && member.memberId === id);
  return remembered?.volumeUid ?? null;
}

/** UID of the volume to remember: the first that this member was seen on, unless all members moved at once. */
export function volumeToRemember(facts: Facts, member: MemberObservation, id: MemberId): string | null {
  const remembered = rememberedVolume(facts, member.name, id);
  const seen = member.claim?.volume.kind === 'present' && answerOf(member)?.memberId === id ? member.claim.volume.uid : null;
  if (remembered === null || seen === null) return remembered ?? seen;
  const listed = facts.leader?.replication.committedConfiguration.members ?? [];
  const allMoved = listed.length > 0 && listed.every((other) => hasOtherVolume(facts, other.name, other.id));
  return allMoved ? seen : remembered;
}
