/** Whose volumes are these? Labels on claims say it before any pod runs; the nodes say it afterwards (S5, S6). */
import type { Facts } from './facts.ts';
import { answerOf } from './observation.ts';

export interface ForeignVolume {
  readonly member: string;
  readonly clusterId: string;
}

/** Before there is an identity in status: volumes of any cluster but the one that may be opened. Empty afterwards. */
export function foreignVolumes(facts: Facts): readonly ForeignVolume[] {
  if (facts.identity !== null) return [];
  return facts.observation.members.flatMap((member) => {
    // What the node says is younger than the label, which the operator wrote after an earlier answer.
    const clusterId = answerOf(member)?.clusterId ?? member.claim?.clusterId ?? null;
    return clusterId === null || clusterId === facts.expectedClusterId ? [] : [{ member: member.name, clusterId }];
  });
}

/** Whether anything of the cluster that may be opened exists: a labelled claim, or a node that was founded. */
export function hasPast(facts: Facts): boolean {
  return facts.observation.members.some((member) => {
    const status = answerOf(member);
    return member.claim?.clusterId === facts.expectedClusterId || status?.clusterId === facts.expectedClusterId;
  });
}
