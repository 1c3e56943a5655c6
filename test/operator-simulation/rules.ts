/**
 * The judges: each looks at what the operator is about to do, and at the truth, and says which rule of docs/SAFETY.md it breaks. They share no
 * code with the planner. What they see is made by truth.ts, or by a test that makes a breach up.
 */
import type { Act } from './acts.ts';
import { needPods, ordinalOf, quorumOf, votersOf } from './scene.ts';
import type { MemberScene, Scene } from './scene.ts';

/** Which pass the act is of, and what was under way when it came. */
export interface Circumstances {
  /** When the pass began that the act is of. */
  readonly passBeganAtMs: number;
  /** When a person last changed spec. */
  readonly specChangedAtMs: number;
  /** Evicted by the operator, and not back yet. */
  readonly inFlight: readonly string[];
  /** The identity of the member on the claim's volume; null: unknown or none. */
  readonly memberOfClaim: (claim: string) => string | null;
}

/** The breach in words, or null. */
export function judge(act: Act, scene: Scene, circumstances: Circumstances): string | null {
  switch (act.type) {
    case 'evict':
      return judgeEviction(act, scene, circumstances);
    case 'delete-pod':
      return judgePodDeletion(act, scene);
    case 'delete-claim':
      return judgeClaimDeletion(act, scene, circumstances);
    case 'apply-stateful-set':
      return judgeStatefulSet(act, scene, circumstances);
    case 'delete-stateful-set':
      return act.propagation === 'Orphan' ? null : 'S7: a StatefulSet is deleted with its pods';
    case 'set-finalizers':
      return 'S4: a finalizer is set: kubectl delete would wait for an operator';
    case 'remove':
      return withoutIndex(act.expectedIndex) ?? judgeRemoval(act, scene, circumstances);
    case 'add-learner':
      return withoutIndex(act.expectedIndex) ?? judgeAddition(act, scene);
    case 'promote':
      return withoutIndex(act.expectedIndex);
    case 'found':
      return judgeFounding(act, scene);
    case 'join':
      return judgeIntroduction(act, scene);
    case 'status':
      return act.clusterId === null ? null : judgeIdentity(act.clusterId, scene);
    case 'transfer':
    case 'lease':
    case 'event':
    case 'other':
      return null;
  }
}

function withoutIndex(expectedIndex: number | null): string | null {
  return expectedIndex === null ? 'S1: a change does not say which configuration it starts from' : null;
}

function judgeEviction(
  { pod, uid }: Extract<Act, { type: 'evict' }>,
  scene: Scene,
  { passBeganAtMs, specChangedAtMs, inFlight }: Circumstances,
): string | null {
  if (uid === null) return `S8: ${pod} is evicted by name`;
  const voters = votersOf(scene);
  const victim = voters.find(({ name }) => name === pod);
  if (victim === undefined || voters.length === 1) return null;
  const others = inFlight.filter((name) => name !== pod);
  if (others.length > 0) return `S8: ${pod} is evicted while ${others.join(', ')} is on its way back`;
  const size = scene.members?.length ?? 0;
  if (size !== scene.resource?.replicas && specChangedAtMs < passBeganAtMs)
    return `S8: ${pod} is evicted in the middle of a scale: ${size} members of ${scene.resource?.replicas ?? 0}`;
  const margin = voters.filter((voter) => voter !== victim && standsThere(voter)).length;
  if (margin < quorumOf(voters.length))
    return `S8: ${pod} is evicted, and without it ${margin} of ${voters.length} voters are caught up`;
  if (victim.leadsSinceMs !== null && victim.leadsSinceMs < passBeganAtMs) return `S8: ${pod} is evicted and leads`;
  return null;
}

function standsThere({ isCaughtUp, isGoing }: MemberScene): boolean {
  return isCaughtUp && !isGoing;
}

function judgePodDeletion({ pod, uid }: Extract<Act, { type: 'delete-pod' }>, scene: Scene): string | null {
  if (uid === null) return `S8: ${pod} is deleted by name`;
  const member = scene.members?.find(({ name }) => name === pod);
  if (member === undefined || !standsThere(member) || member.evidence !== null) return null;
  return `S8: ${pod} is deleted as broken, and it takes part`;
}

function judgeClaimDeletion(
  { claim, uid }: Extract<Act, { type: 'delete-claim' }>,
  scene: Scene,
  { memberOfClaim }: Circumstances,
): string | null {
  if (uid === null) return `S4: claim ${claim} is deleted by name`;
  const id = memberOfClaim(claim);
  const listed = scene.members?.find((member) => member.id === id);
  if (listed !== undefined) return `S4: claim ${claim} is deleted, and ${listed.name} (${listed.id}) on it is a member`;
  return null;
}

function judgeStatefulSet(
  { replicas, retention }: Extract<Act, { type: 'apply-stateful-set' }>,
  scene: Scene,
  { passBeganAtMs, specChangedAtMs }: Circumstances,
): string | null {
  if (retention !== null && retention !== 'Retain/Retain') return `S4: the StatefulSet's own retention is ${retention}`;
  if (replicas === null) return null;
  const without = needPods(scene).find(({ name }) => ordinalOf(name) >= replicas)?.name;
  if (without === undefined) return null;
  if (replicas < (scene.replicas ?? 0)) return `S1: the StatefulSet is lowered to ${replicas} pods, and ${without} is a member`;
  // Only the spec says which volumes may be opened, and this pass knows the one before.
  if (specChangedAtMs >= passBeganAtMs) return null;
  return `S7: the StatefulSet is to have ${replicas} pods, not all together: ${without} is a member`;
}

function judgeRemoval({ id }: Extract<Act, { type: 'remove' }>, scene: Scene, { inFlight }: Circumstances): string | null {
  const member = scene.members?.find((listed) => listed.id === id);
  if (member === undefined) return null;
  const isWanted = ordinalOf(member.name) < (scene.resource?.replicas ?? 0);
  if (isWanted && member.evidence === null) return `S9: ${member.name} (${id}) is removed, and nothing proves that it is dead`;
  if (member.role === 'learner') return null;
  const left = votersOf(scene).filter((voter) => voter !== member);
  const margin = left.filter(standsThere).length;
  if (margin < quorumOf(left.length)) return `S9: without ${member.name} ${margin} of ${left.length} voters are caught up`;
  const others = inFlight.filter((name) => name !== member.name);
  if (standsThere(member) && others.length > 0)
    return `S8: ${member.name} is removed while ${others.join(', ')} is on its way back`;
  return null;
}

function judgeAddition({ id, name }: Extract<Act, { type: 'add-learner' }>, scene: Scene): string | null {
  if (scene.removed.has(id)) return `S3: ${name} is added under the removed id ${id}`;
  // Sent again, because its answer was lost: the configuration has moved, and the node refuses it.
  const before = scene.members?.find((member) => member.name === name && member.id !== id);
  if (before !== undefined) return `S9: ${name} is added under ${id} before ${before.id} is removed`;
  return null;
}

function judgeFounding(act: Extract<Act, { type: 'found' }>, scene: Scene): string | null {
  const foreign = judgeIdentity(act.clusterId, scene);
  if (foreign !== null) return foreign;
  const written = scene.resource?.founding ?? null;
  if (written === null || written.epoch !== act.epoch || foundersText(written.members) !== foundersText(act.members))
    return `S6: a node is told of founding ${act.epoch}, which does not stand in status`;
  const isOrdered = scene.resource?.foundAnew === String(act.epoch - 1);
  const before = scene.foundings.get(act.clusterId);
  if (before !== undefined && before !== foundersText(act.members) && !isOrdered)
    return `S6: cluster ${act.clusterId} is founded again, with other members`;
  return null;
}

export function foundersText(members: readonly { readonly id: string; readonly name: string }[]): string {
  return members
    .map(({ id, name }) => `${name}=${id}`)
    .sort()
    .join();
}

/** S3: the word of a leader counts, so the node has to be told of one. Who was removed meanwhile answers nobody. */
function judgeIntroduction({ clusterId, leader }: Extract<Act, { type: 'join' }>, scene: Scene): string | null {
  const foreign = judgeIdentity(clusterId, scene);
  if (foreign !== null || leader === null || scene.removed.has(leader.id)) return foreign;
  const isMember = scene.members?.some(({ id, name }) => id === leader.id && name === leader.name) === true;
  return isMember ? null : `S3: a node is to ask ${leader.name} (${leader.id}), who is no member`;
}

/** S5: the cluster that may be opened is the resource's own, or the one that it adopts. */
function judgeIdentity(clusterId: string, { resource }: Scene): string | null {
  if (resource === null || clusterId === resource.uid || clusterId === resource.adoptClusterId) return null;
  return `S5: cluster ${clusterId} is opened by a resource that neither is it nor adopts it`;
}
