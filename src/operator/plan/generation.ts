/**
 * A recovery by hand begins a new generation of the cluster (S5), and no operator was asked. The status follows a confirmed leader of a higher
 * one; members of a lower one are told, so that they stop serving for good, and give way to fresh ones (replacing.ts). The word of a lower
 * generation counts for nothing.
 */
import { sameGeneration } from '../../shared/ids.ts';
import type { Facts } from './facts.ts';
import { answerOf } from './observation.ts';
import type { MemberObservation } from './observation.ts';
import { gate, NOTHING, proposal } from './proposal.ts';
import type { Proposal } from './proposal.ts';
import type { Step } from './step.ts';

export function planGeneration(facts: Facts): Proposal {
  const { identity, observation } = facts;
  if (identity === null) return NOTHING;
  const found = observation.leader?.status;
  if (!found || found.clusterId !== identity.clusterId || found.generation === null) return proposal({ steps: tellOlder(facts) });
  const { clusterId, generation } = found;
  if (generation.number === identity.generation.number && !sameGeneration(generation, identity.generation)) {
    const message = `${found.name} leads another recovery of cluster ${clusterId} that made generation ${generation.number} too.`;
    return proposal({
      blockedBy: [gate('ForeignVolumes', found.name, message, 'Choose one of the two: docs/recovery.md says how.')],
    });
  }
  if (generation.number <= identity.generation.number) return proposal({ steps: tellOlder(facts) });
  const because = `S5: ${found.name} leads generation ${generation.number} of cluster ${clusterId}, after ${identity.generation.number}: a person recovered it`;
  return proposal({
    steps: [{ type: 'record-identity', clusterId, generation, because }],
    activity: { reason: 'Starting', message: because },
    events: [{ type: 'Warning', reason: 'GenerationRaised', action: 'RecordIdentity', note: because }],
  });
}

/** Number of the generation that the member's volume is of, when that is a lower one of this cluster; null otherwise, and while it is silent. */
export function olderGenerationOf({ identity }: Facts, member: MemberObservation): number | null {
  const status = answerOf(member);
  if (identity === null || status?.clusterId !== identity.clusterId || status.generation === null) return null;
  return status.generation.number < identity.generation.number ? status.generation.number : null;
}

function tellOlder(facts: Facts): readonly Step[] {
  const { identity, observation } = facts;
  if (identity === null) return [];
  return observation.members.flatMap((member): Step[] => {
    const older = olderGenerationOf(facts, member);
    if (older === null || member.pod?.terminating !== false || answerOf(member)?.halt !== null) return [];
    const because = `S5: ${member.name} is of generation ${older}, and generation ${identity.generation.number} has begun: it is told, and stops`;
    return [{ type: 'join-node', member: member.name, ...identity, leader: null, because }];
  });
}
