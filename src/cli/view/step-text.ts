/** The steps of a plan in words, as `kubectl quorate explain` says them. */
import type { Action } from '../../operator/plan/step.ts';
import { assertNever } from '../../shared/assert.ts';

/** An imperative sentence without its reason, which the step carries itself. */
export function stepText(step: Action): string {
  switch (step.type) {
    case 'create-secret':
      return `create the ${step.purpose} Secret, with a value drawn at random`;
    case 'apply-child':
      return `apply ${step.kind} ${step.name}`;
    case 'delete-child':
      return `delete ${step.kind} ${step.name}`;
    case 'apply-stateful-set':
      return statefulSetText(step.replicas, step.replicasBefore);
    case 'record-founding':
      return `record the founding of ${step.members.map(({ name }) => name).join(', ')} in status, before any node is told`;
    case 'record-founding-anew':
      return `record founding number ${step.epoch} under a new generation in status`;
    case 'record-identity':
      return `record the identity ${step.clusterId} in status`;
    case 'found-node':
      return `tell ${step.member} to found the cluster with the others`;
    case 'join-node':
      return `tell ${step.member} which cluster may adopt it${step.leader === null ? '' : `, led by ${step.leader.name}`}`;
    case 'add-learner':
      return `add ${step.member} as a learner`;
    case 'promote':
      return `make the learner ${step.member} a voter`;
    case 'remove-member':
      return `remove ${step.member} (${step.id}) from the configuration`;
    case 'transfer-leadership':
      return `hand leadership over from ${step.leader} to ${step.member}`;
    case 'evict-pod':
      return `evict the pod ${step.member}`;
    case 'delete-broken-pod':
      return `delete the broken pod ${step.member}`;
    case 'raise-feature-level':
      return `raise the feature level in force to ${step.level}`;
    case 'label-pod':
      return step.role === null ? `take the role label off pod ${step.member}` : `label pod ${step.member} as ${step.role}`;
    case 'apply-claim':
      return `label the claim ${step.claim}${step.owned ? ', owned by this resource' : ''}`;
    case 'grow-claim':
      return `grow the claim ${step.claim} to ${step.size}`;
    case 'delete-claim':
      return `delete the claim ${step.claim}${step.keepVolume ? ', and keep its volume' : ''}`;
    case 'recreate-stateful-set':
      return 'delete the StatefulSet, its pods left in place, to make it anew with another claim template';
    case 'roll-back':
      return `take the StatefulSet back to revision ${step.revision}: pods made from now on are of the template before`;
    case 'order-replacement':
      return `write ids in place of names into the annotation that orders a replacement: ${step.annotation}`;
    case 'record-kept-volume':
      return `record in status that the volume ${step.kept.volume} of ${step.kept.member} is kept`;
    case 'release-volume':
      return step.keepForGood
        ? `strike the volume ${step.kept.volume} from status, and keep it for good`
        : `give the volume ${step.kept.volume} its reclaim policy back`;
    default:
      return assertNever(step);
  }
}

function statefulSetText(replicas: number, before: number | null): string {
  if (before === null) return `create the StatefulSet with ${replicas} pods`;
  if (before === replicas) return 'apply the StatefulSet: pods made from now on take the change';
  return `${before < replicas ? 'raise' : 'lower'} the StatefulSet from ${before} to ${replicas} pods`;
}
