/** Pods made from a template for their controller, and what of a pod its controller counts. */
import type { JsonObject } from '../json.ts';
import type { Pod, PodTemplate } from '../kinds.ts';
import { conditionOf, isPodReady } from '../kinds.ts';
import { controllerOf, isTerminating } from '../objects.ts';
import type { OwnerReference, StoredObject } from '../objects.ts';
import { labelSelectorOf, selects } from '../selectors.ts';
import type { ModelClient } from './client.ts';
import { PODS } from './kind-places.ts';
import { keyOf } from '../objects.ts';

export function controllerReference(owner: StoredObject): OwnerReference {
  const { name, uid } = owner.metadata;
  return { apiVersion: owner.apiVersion, kind: owner.kind, name, uid, controller: true, blockOwnerDeletion: true };
}

export function podFromTemplate(
  template: PodTemplate,
  owner: StoredObject,
  name: { readonly name?: string; readonly generateName?: string },
) {
  const { labels, annotations, finalizers } = template.metadata ?? {};
  return {
    metadata: {
      ...name,
      namespace: owner.metadata.namespace,
      ...(labels === undefined ? {} : { labels }),
      ...(annotations === undefined ? {} : { annotations }),
      ...(finalizers === undefined ? {} : { finalizers }),
      ownerReferences: [controllerReference(owner)],
    },
    spec: template.spec as PodTemplate['spec'] & JsonObject,
  };
}

/**
 * The pods of a controller: those that it owns; those that it finds by its selector and nobody owns, which it takes; and not those that it owned
 * and finds no more, which it lets go.
 */
export function claimedPods(
  client: ModelClient,
  owner: StoredObject,
  selector: unknown,
  mayAdopt: (pod: Pod) => boolean,
): readonly Pod[] {
  const requirements = labelSelectorOf(selector) ?? [];
  return client.list(PODS, owner.metadata.namespace ?? '').flatMap((pod): readonly Pod[] => {
    const controller = controllerOf(pod);
    const isMatch = selects(requirements, pod.metadata.labels);
    if (controller !== null) {
      if (controller.uid !== owner.metadata.uid) return [];
      if (isMatch || isTerminating(owner)) return [pod];
      return releasedPod(client, pod, owner);
    }
    if (!isMatch || !mayAdopt(pod) || isTerminating(owner) || isTerminating(pod)) return [];
    const ownerReferences = [...(pod.metadata.ownerReferences ?? []), controllerReference(owner)];
    return [client.merge(PODS, keyOf(pod), { metadata: { uid: pod.metadata.uid, ownerReferences } })];
  });
}

function releasedPod(client: ModelClient, pod: Pod, owner: StoredObject): readonly Pod[] {
  const ownerReferences = (pod.metadata.ownerReferences ?? []).filter(({ uid }) => uid !== owner.metadata.uid);
  client.merge(PODS, keyOf(pod), { metadata: { uid: pod.metadata.uid, ownerReferences } });
  return [];
}

export function isRunningAndReady(pod: Pod): boolean {
  return pod.status.phase === 'Running' && isPodReady(pod);
}

/** Null: available. Otherwise the milliseconds until it is, or Infinity as long as it is not ready. */
export function msUntilAvailable(pod: Pod, minReadySeconds: number, nowMs: number): number | null {
  const ready = conditionOf(pod.status.conditions, 'Ready');
  if (ready?.status !== 'True') return Infinity;
  if (minReadySeconds === 0) return null;
  const availableMs = Date.parse(ready.lastTransitionTime ?? '') + minReadySeconds * 1_000;
  return availableMs <= nowMs ? null : availableMs - nowMs;
}

export function isEnded(pod: Pod): boolean {
  return pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded';
}
