/**
 * Around the removal of a member that is replaced (S9): an order by name becomes one by id, which acts once; after the committed removal its
 * claim and pod are deleted, the volume kept; and once the new member in its place is a voter that has caught up, the volume is released.
 */
import { ANNOTATIONS } from '../../api/storage-cluster.ts';
import type { KeptVolume } from '../../api/storage-cluster.ts';
import { isMemberId } from '../../shared/ids.ts';
import { ordinalOf } from '../render/names.ts';
import { replaceWords } from './annotations.ts';
import { countsForPeers, lossOf } from './evidence.ts';
import { olderGenerationOf } from './generation.ts';
import type { Facts } from './facts.ts';
import { isLeftAlone, maintenanceGate } from './maintenance.ts';
import type { ClaimObservation, ConfirmedLeader, MemberObservation } from './observation.ts';
import { gate, NOTHING, proposal } from './proposal.ts';
import type { Gate, Proposal } from './proposal.ts';
import type { Step } from './step.ts';

/** Ids in place of names, and of marks on pods; ids that are listed no more, and live on no claim, are struck when the list is written. */
export function planOrders(facts: Facts): Proposal {
  const { leader, cluster, observation } = facts;
  if (leader === null) return NOTHING;
  const { members } = leader.replication.committedConfiguration;
  const idNamed = (name: string) => members.find((listed) => listed.name === name)?.id ?? null;
  const words = replaceWords(cluster);
  const marked = observation.members.filter(({ pod, ordinal }) => pod?.replace === true && ordinal < facts.target);
  const fromNames = words.filter((word) => !isMemberId(word)).map((word) => ({ word, id: idNamed(word) }));
  const wanted = [...fromNames.map(({ id }) => id), ...marked.map(({ name }) => idNamed(name))].filter((id) => id !== null);
  const added = [...new Set(wanted)].filter((id) => !facts.ordered.has(id));
  const unknown = fromNames.filter(({ id }) => id === null).map(({ word }) => word);
  const blockedBy = unknown.length === 0 ? [] : [unknownOrder(unknown)];
  if (added.length === 0) return proposal({ blockedBy });
  const inUse = (id: string): boolean =>
    members.some((listed) => listed.id === id) || observation.members.some(({ claim }) => claim?.memberId === id);
  const annotation = [...[...facts.ordered].filter(inUse), ...added, ...unknown].join(',');
  const because = `S9: the order to replace acts once, so it names ids: ${added.join(', ')}`;
  return proposal({ steps: [{ type: 'order-replacement', annotation, because }], blockedBy });
}

function unknownOrder(words: readonly string[]): Gate {
  const message = `${ANNOTATIONS.replace} names ${words.join(', ')}, which no member of the committed configuration is called.`;
  return gate(
    'ReplaceOrder',
    null,
    message,
    'Name members as status.members does, by name or by id, or take the annotation off.',
  );
}

/** Claims and pods of replaced members go, one at a time, once a confirmed leader's committed configuration lists them no more. */
export function planGivingUp(facts: Facts): Proposal {
  const { leader, settled } = facts;
  if (leader === null || !settled) return NOTHING;
  for (const member of facts.observation.members) {
    const because = whyGivenUp(facts, leader, member);
    if (because === null) continue;
    const { name } = member;
    if (isLeftAlone(facts, name)) return proposal({ blockedBy: [maintenanceGate(name, 'its claim and pod would be made anew')] });
    const steps = givingUp(member, because, olderGenerationOf(facts, member) === null);
    if (steps.length > 0) return proposal({ steps, activity: { reason: 'Replacing', message: because } });
  }
  return NOTHING;
}

/** In words, or null for a claim that stays. What a scale-in left behind stays by its own rules (S3, S4). */
export function whyGivenUp(facts: Facts, leader: ConfirmedLeader, member: MemberObservation): string | null {
  const { claim, name, ordinal, pod } = member;
  const isListed = leader.replication.committedConfiguration.members.some((listed) => listed.name === name);
  if (claim === null || isListed || ordinal >= facts.target || claim.ownedByOther) return null;
  if (claim.clusterId !== null && claim.clusterId !== facts.identity?.clusterId) return null;
  if (claim.terminating) return pod === null ? null : `the claim of ${name} is going, and waits for its pod`;
  const older = olderGenerationOf(facts, member);
  if (older !== null) {
    return `S5: ${name} is of generation ${older} and outside the one that began after it: its volume is kept, its claim made anew`;
  }
  const isOrdered = [...facts.ordered].some((id) => id === claim.memberId);
  if (isOrdered) return `S9: ${name} (${claim.memberId ?? ''}) is removed, as it was ordered: its volume is given up`;
  const loss = countsForPeers(facts.observation, name) ? null : lossOf(member);
  return loss === null ? null : `S9: ${name} is no member, and ${loss}: its claim is made anew`;
}

/** @param releases whether the volume goes back to its class once another copy is whole; one of an older generation may hold what was lost (S5) */
function givingUp({ name, claim, pod }: MemberObservation, because: string, releases: boolean): readonly Step[] {
  const steps: Step[] = [];
  if (claim !== null && !claim.terminating) {
    const kept = keptVolumeOf(name, claim);
    if (kept !== null && releases) steps.push({ type: 'record-kept-volume', kept, because });
    const { volumeName } = claim;
    steps.push({ type: 'delete-claim', claim: claim.name, uid: claim.uid, volumeName, keepVolume: kept !== null, because });
  }
  if (pod !== null && !pod.terminating) steps.push({ type: 'delete-broken-pod', member: name, uid: pod.uid, because });
  return steps;
}

function keptVolumeOf(member: string, { volumeName, volume, memberId }: ClaimObservation): KeptVolume | null {
  if (volumeName === null || volume.kind === 'gone') return null;
  const reclaimPolicy = volume.kind === 'present' ? volume.reclaimPolicy : 'Retain';
  const id = memberId !== null && isMemberId(memberId) ? { memberId } : {};
  return { volume: volumeName, member, ...id, reclaimPolicy };
}

/** Only once the member in its place is a voter and has caught up, or nobody is wanted in its place any more. */
export function planReleases(facts: Facts): Proposal {
  const { leader, settled, cluster } = facts;
  if (leader === null || !settled) return NOTHING;
  const steps = (cluster.status?.keptVolumes ?? []).flatMap((kept): readonly Step[] => {
    const listed = leader.replication.committedConfiguration.members.find(({ name }) => name === kept.member);
    const isReplaced = listed?.role === 'voter' && listed.id !== kept.memberId && facts.caughtUp.has(listed.id);
    if (isReplaced) {
      const because = `S9: ${kept.member} is a voter again and caught up: volume ${kept.volume} is needed no more`;
      return [{ type: 'release-volume', kept, keepForGood: false, because }];
    }
    const isAskedFor = (ordinalOf(cluster.metadata.name, kept.member) ?? 0) < facts.target;
    if (listed !== undefined || isAskedFor) return [];
    const keepForGood = cluster.spec.storage.retention.whenScaled === 'Retain';
    return [{ type: 'release-volume', kept, keepForGood, because: `S4: ${kept.member} is asked for no more` }];
  });
  return proposal({ steps });
}
