/** Which pods are still of the template before, and how the others stand. */
import { memberName } from '../render/names.ts';
import { takesPart, votersOf } from './facts.ts';
import type { Facts } from './facts.ts';
import { answerOf } from './observation.ts';
import type { MemberObservation } from './observation.ts';

/** Pods of another revision than the StatefulSet's, highest ordinal first; null while Kubernetes has not caught up with the spec. */
export function outdatedMembers(facts: Facts): readonly MemberObservation[] | null {
  const revision = facts.statefulSet?.updateRevision ?? null;
  if (revision === null) return null;
  return facts.observation.members.filter(({ pod }) => pod !== null && pod.revision !== revision).reverse();
}

/** The members asked for are exactly the voters, and each has its pod: no scale is under way. */
export function isOfFullSize(facts: Facts): boolean {
  const { configuration, target, statefulSet, cluster } = facts;
  if (configuration?.members.length !== target || statefulSet?.replicas !== target) return false;
  const voters = new Set(votersOf(configuration).map(({ name }) => name));
  return Array.from({ length: target }, (_, ordinal) => memberName(cluster.metadata.name, ordinal)).every((name) =>
    voters.has(name),
  );
}

/** Ready, a member in good standing, caught up. */
export function isSteady(facts: Facts, member: MemberObservation): boolean {
  const id = answerOf(member)?.memberId;
  return (
    member.ordinal >= facts.target ||
    (takesPart(member) && member.pod?.ready === true && id !== undefined && facts.caughtUp.has(id))
  );
}
