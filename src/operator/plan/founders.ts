/**
 * A founding that is written: each founder is told, also when the others have formed the cluster by then; a majority of the listed ids forms
 * it, and when fewer are left nothing is formed unless a person orders to found anew (S6).
 */
import { ANNOTATIONS } from '../../api/storage-cluster.ts';
import { memberName } from '../render/names.ts';
import { isOf, quorumOf } from './facts.ts';
import type { Facts, Identity } from './facts.ts';
import { answerOf, memberNamed } from './observation.ts';
import { gate, NOTHING, proposal } from './proposal.ts';
import type { Proposal } from './proposal.ts';
import type { FounderRecord, Step } from './step.ts';

export function planFounders(facts: Facts, identity: Identity): Proposal {
  const founding = facts.cluster.status?.founding;
  if (founding === undefined) return awaitLeader(identity);
  const lost = founding.members.filter((founder) => isLost(facts, identity, founder));
  const left = founding.members.length - lost.length;
  if (left < quorumOf(founding.members.length)) return planFoundersLost(facts, lost);
  const { epoch, members } = founding;
  const told = { ...identity, epoch, members };
  const steps = members
    .filter((founder) => isToBeTold(facts, founder))
    .map(({ name }): Step => ({
      type: 'found-node',
      member: name,
      ...told,
      because: `S6: founding ${epoch} is written, and ${name} was not told`,
    }));
  const names = members.map(({ name }) => name).join(', ');
  return proposal({ steps, activity: { reason: 'Founding', message: `waiting for a majority of ${names} to form the cluster` } });
}

/**
 * The others formed the cluster before these were told, since the operator was away or could not reach them: they belong to it all the same,
 * and nobody but the operator tells them so.
 */
export function planLateFounders(facts: Facts): Proposal {
  const { leader, identity, cluster } = facts;
  if (leader === null || identity === null) return NOTHING;
  const written = cluster.status?.founding ?? null;
  // With status erased: as the leader has it, which was founded so in this very generation.
  const founding = written ?? leader.status.founding;
  if (founding === null) return NOTHING;
  const late = leader.replication.committedConfiguration.members.filter(
    (member) => founding.members.some(({ id }) => id === member.id) && isToBeTold(facts, member),
  );
  if (late.length === 0) return NOTHING;
  const told = { ...identity, epoch: founding.epoch, members: founding.members.map(({ id, name }) => ({ id, name })) };
  const names = late.map(({ name }) => name).join(', ');
  return proposal({
    steps: [
      ...(written === null
        ? [{ type: 'record-founding', ...told, because: 'S6: status was empty, and the leader names its founding' } as const]
        : []),
      ...late.map(({ name }): Step => ({
        type: 'found-node',
        member: name,
        ...told,
        because: `S6: the others formed the cluster, and ${name} was not told of founding ${founding.epoch}`,
      })),
    ],
    activity: { reason: 'Founding', message: `telling ${names} of the founding, of which others formed the cluster` },
  });
}

function awaitLeader({ clusterId }: Identity): Proposal {
  const message = `No member of cluster ${clusterId} could confirm with a quorum that it leads.`;
  return proposal({
    blockedBy: [gate('ConfirmedLeader', null, message, 'Waits for a majority of its members to run; see their pods.')],
    activity: { reason: 'Starting', message: `waiting for a leader of cluster ${clusterId}` },
  });
}

/** A node that answers under the founder's name with another id, or another cluster: that founder never comes. Silence proves nothing. */
function isLost(facts: Facts, identity: Identity, founder: FounderRecord): boolean {
  const member = memberNamed(facts.observation, founder.name);
  const status = member === null ? null : answerOf(member);
  if (status === null) return false;
  return status.memberId !== founder.id || (status.clusterId !== null && !isOf(identity, status));
}

function isToBeTold(facts: Facts, founder: FounderRecord): boolean {
  const member = memberNamed(facts.observation, founder.name);
  const status = member === null ? null : answerOf(member);
  return status?.memberId === founder.id && status.clusterId === null && status.state === 'awaiting-membership';
}

function planFoundersLost(facts: Facts, lost: readonly FounderRecord[]): Proposal {
  const { cluster } = facts;
  const epoch = cluster.status?.founding?.epoch ?? 0;
  const ordered = cluster.metadata.annotations?.[ANNOTATIONS.foundAnew] === String(epoch);
  if (ordered) return planFoundAnew(facts, epoch);
  const names = lost.map(({ name, id }) => `${name} (${id})`).join(', ');
  const { name, namespace } = cluster.metadata;
  return proposal({
    blockedBy: [
      gate(
        'Founders',
        null,
        `Founders ${names} are missing, and less than a majority of founding ${epoch} is left: nothing is formed.`,
        `If their volumes are gone for good: kubectl -n ${namespace} annotate stc ${name} --overwrite ${ANNOTATIONS.foundAnew}=${epoch}`,
      ),
    ],
  });
}

/**
 * Ordered by a person: what the old founding left on a volume is set apart with its claim (the volume is kept), then a founding of the next
 * epoch and generation begins with all members unfounded (S5).
 */
function planFoundAnew(facts: Facts, epoch: number): Proposal {
  const { cluster, observation, target, identity } = facts;
  const founders: FounderRecord[] = [];
  const awaited: string[] = [];
  for (let ordinal = 0; ordinal < target; ordinal += 1) {
    const name = memberName(cluster.metadata.name, ordinal);
    const member = memberNamed(observation, name);
    const status = member === null ? null : answerOf(member);
    if (member === null || status === null || member.pod === null || member.pod.terminating) awaited.push(name);
    else if (status.clusterId === null) founders.push({ id: status.memberId, name });
    else return planSetApart(name, member.pod.uid, member.claim);
  }
  const activity = { reason: 'Founding' as const, message: `founding anew, epoch ${epoch + 1}` };
  if (awaited.length > 0 || identity === null)
    return proposal({ activity: { ...activity, message: `${activity.message}: waiting to hear ${awaited.join(', ')}` } });
  const because = `S6: a person ordered to found anew after epoch ${epoch}`;
  const { clusterId, generation } = identity;
  return proposal({
    steps: [
      {
        type: 'record-founding-anew',
        clusterId,
        generationNumber: generation.number + 1,
        epoch: epoch + 1,
        members: founders,
        because,
      },
    ],
    activity,
    events: [{ type: 'Warning', reason: 'FoundingAnew', action: 'FoundAnew', note: because }],
  });
}

function planSetApart(
  name: string,
  podUid: string,
  claim: { name: string; uid: string; volumeName: string | null; terminating: boolean } | null,
): Proposal {
  const because = `S5: ${name} holds an older founding; its volume is kept, its claim is made anew`;
  const steps: Step[] = [];
  if (claim !== null && !claim.terminating)
    steps.push({
      type: 'delete-claim',
      claim: claim.name,
      uid: claim.uid,
      volumeName: claim.volumeName,
      keepVolume: true,
      because,
    });
  steps.push({ type: 'delete-broken-pod', member: name, uid: podUid, because });
  return proposal({ steps, activity: { reason: 'Founding', message: because } });
}
