/** Kinds that only people look at; the others are the operator's (src/operator/kubernetes/resources.ts). */
import type { Resource } from '../../operator/kubernetes/api.ts';
import type { KubernetesObject } from '../../operator/kubernetes/objects.ts';

export const NAMESPACES: Resource<KubernetesObject> = {
  group: '',
  version: 'v1',
  plural: 'namespaces',
  kind: 'Namespace',
  namespaced: false,
};
