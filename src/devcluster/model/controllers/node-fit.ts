/** Whether a pod may run on a node: selectors, affinity, taints, room. Shared by the scheduler and by volumes that are bound to nodes. */
import { parseQuantity } from '../../../api/quantity.ts';
import { listAt, objectAt, stringAt } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { Node, Pod, Taint, Toleration } from '../kinds.ts';
import { labelSelectorOf, requirementsOf, selects } from '../selectors.ts';

/** Terms are alternatives; within one, everything holds. */
export function matchesNodeSelector(selector: JsonObject, node: Node): boolean {
  return listAt(selector, 'nodeSelectorTerms').some((term) => matchesTerm(term, node));
}

export function matchesTerm(term: unknown, node: Node): boolean {
  const expressions = listAt(term, 'matchExpressions');
  const fields = listAt(term, 'matchFields');
  if (expressions.length === 0 && fields.length === 0) return false;
  return (
    selects(requirementsOf(expressions), node.metadata.labels) &&
    selects(requirementsOf(fields), { 'metadata.name': node.metadata.name })
  );
}

/** `spec.nodeSelector` and what its affinity requires. */
export function matchesPodSelectors(pod: Pod, node: Node): boolean {
  const labels = node.metadata.labels ?? {};
  const isSelected = Object.entries(pod.spec.nodeSelector ?? {}).every(([name, value]) => labels[name] === value);
  const required = objectAt(pod.spec.affinity, 'nodeAffinity')['requiredDuringSchedulingIgnoredDuringExecution'];
  return isSelected && (required === undefined || matchesNodeSelector(objectAt(required), node));
}

export function tolerates(tolerations: readonly Toleration[] | undefined, taint: Taint): Toleration | null {
  return (
    tolerations?.find(
      ({ key, operator = 'Equal', value = '', effect }) =>
        (effect === undefined || effect === taint.effect) &&
        (key === undefined || key === taint.key) &&
        (operator === 'Exists' || (key !== undefined && value === (taint.value ?? ''))),
    ) ?? null
  );
}

/** A taint that keeps the pod away; null when there is none. */
export function repellingTaint(pod: Pod, node: Node): Taint | null {
  return (
    (node.spec.taints ?? []).find(
      (taint) =>
        (taint.effect === 'NoSchedule' || taint.effect === 'NoExecute') && tolerates(pod.spec.tolerations, taint) === null,
    ) ?? null
  );
}

const PODS_MAX = '110';

/** What of the node's room the pod does not fit in; empty when it fits. */
export function missingResources(pod: Pod, node: Node, others: readonly Pod[]): readonly string[] {
  const allocatable = node.status?.allocatable ?? {};
  const missing = ['cpu', 'memory'].filter((resource) => {
    const capacity = parseQuantity(allocatable[resource] ?? '');
    if (capacity === null) return false;
    const used = others.reduce((sum, other) => sum + requestOf(other, resource), 0n);
    return requestOf(pod, resource) > 0n && used + requestOf(pod, resource) > capacity;
  });
  return others.length >= Number(allocatable['pods'] ?? PODS_MAX) ? [...missing, 'pods'] : missing;
}

function requestOf(pod: Pod, resource: string): bigint {
  return pod.spec.containers.reduce((sum, container) => {
    return sum + (parseQuantity(String(container.resources?.requests?.[resource] ?? '0')) ?? 0n);
  }, 0n);
}

/** Where a node lies in a topology; undefined when it does not say. */
export function domainOf(node: Node, topologyKey: string): string | undefined {
  return node.metadata.labels?.[topologyKey];
}

/** Whether a term of pod affinity speaks of this pod. */
export function termSelects(term: unknown, owner: Pod, pod: Pod): boolean {
  const namespaces = listAt(term, 'namespaces');
  const isNear =
    namespaces.length === 0 ? pod.metadata.namespace === owner.metadata.namespace : namespaces.includes(pod.metadata.namespace);
  return isNear && selects(labelSelectorOf(objectAt(term)['labelSelector']) ?? [], pod.metadata.labels);
}

export function topologyKeyOf(term: unknown): string {
  return stringAt(term, 'topologyKey') ?? '';
}
