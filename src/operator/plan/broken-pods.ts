/**
 * A fix always reaches a broken pod (S8): one that crashes, waits, is pending, or whose node reports itself halted, and that no peer counts as
 * taking part, is deleted by UID whatever the margin, once its StatefulSet has something else for it. Otherwise a typo in an image would wait
 * for the readiness that it prevents.
 */
import { countsForPeers } from './evidence.ts';
import type { Facts } from './facts.ts';
import { isLeftAlone, maintenanceGate } from './maintenance.ts';
import { answerOf } from './observation.ts';
import type { MemberObservation, PodProblem } from './observation.ts';
import { gate, proposal } from './proposal.ts';
import type { Gate, Proposal } from './proposal.ts';
import { outdatedMembers } from './outdated.ts';

/** A pod may be pending for so long, while it is scheduled and its image is pulled, before a gate names it. */
export const PENDING_NAMED_MS = 60_000;

export function planBrokenPods(facts: Facts, nowMs: number): Proposal {
  const outdated = outdatedMembers(facts) ?? [];
  const blockedBy: Gate[] = [];
  for (const member of facts.observation.members) {
    const { pod, name } = member;
    const why = pod === null || pod.terminating ? null : reasonBroken(member);
    if (pod === null || why === null || countsForPeers(facts.observation, name)) continue;
    if (outdated.includes(member) && isLeftAlone(facts, name)) {
      blockedBy.push(maintenanceGate(name, 'it is broken, and would get its changed template'));
    } else if (outdated.includes(member)) {
      const because = `S8: ${name} is broken (${why}) and its template has changed: the change reaches it whatever the margin`;
      return proposal({
        steps: [{ type: 'delete-broken-pod', member: name, uid: pod.uid, because }],
        activity: { reason: 'Updating', message: because },
      });
    }
    const isYoung = pod.notReadySinceMs === null || nowMs - pod.notReadySinceMs < PENDING_NAMED_MS;
    if (pod.problem !== null && (pod.problem.kind !== 'pending' || !isYoung)) blockedBy.push(podStart(name, pod.problem));
  }
  return proposal({ blockedBy });
}

/** In words, or null for a pod that is not broken. A node that answers and is not halted is proof that it runs. */
function reasonBroken(member: MemberObservation): string | null {
  const status = answerOf(member);
  if (status !== null) return status.halt === null ? null : `halted: ${status.halt.reason}`;
  return member.pod?.problem ? `${member.pod.problem.kind}: ${member.pod.problem.message}` : null;
}

function podStart(name: string, { kind, message }: PodProblem): Gate {
  return gate(
    'PodStart',
    name,
    `${name} does not start: ${message}`,
    kind === 'pending'
      ? `See kubectl describe pod ${name}. If the machine of its volume never comes back: delete that Node, or taint it with node.kubernetes.io/out-of-service.`
      : `See kubectl describe pod ${name}; a corrected spec reaches it at once.`,
  );
}
