/**
 * What the API server's Go type of a kind holds before anybody sets a field: the structs in it that are no pointers. A new object is compared
 * with that, so that its creator owns what is set in those structs, but not the structs themselves (k8s.io/api, read by marshalling `T{}`).
 */
import type { JsonObject } from '../json.ts';

const podSpec = { containers: [] };
const template = { metadata: {}, spec: podSpec };

const byKind: Readonly<Record<string, JsonObject>> = {
  'v1 Namespace': { spec: {}, status: {} },
  'v1 Node': { spec: {}, status: { daemonEndpoints: { kubeletEndpoint: {} }, nodeInfo: {} } },
  'v1 Pod': { spec: podSpec, status: {} },
  'v1 Service': { spec: {}, status: { loadBalancer: {} } },
  'v1 PersistentVolume': { spec: {}, status: {} },
  'v1 PersistentVolumeClaim': { spec: { resources: {} }, status: {} },
  'v1 Event': { involvedObject: {}, source: {} },
  'events.k8s.io/v1 Event': { regarding: {}, deprecatedSource: {} },
  'apps/v1 StatefulSet': { spec: { template, updateStrategy: {} }, status: {} },
  'apps/v1 Deployment': { spec: { template, strategy: {} }, status: {} },
  'apps/v1 ReplicaSet': { spec: { template }, status: {} },
  'policy/v1 PodDisruptionBudget': { spec: {}, status: {} },
  'networking.k8s.io/v1 NetworkPolicy': { spec: { podSelector: {} } },
  'coordination.k8s.io/v1 Lease': { spec: {} },
  'rbac.authorization.k8s.io/v1 RoleBinding': { roleRef: {} },
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding': { roleRef: {} },
  'admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy': { spec: {}, status: {} },
  'admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding': { spec: {} },
  'apiextensions.k8s.io/v1 CustomResourceDefinition': { spec: { names: {} }, status: { acceptedNames: {} } },
};

/** Without metadata, which nobody owns as a whole. */
export function emptyObject(apiVersion: string, kind: string): JsonObject {
  return byKind[`${apiVersion} ${kind}`] ?? {};
}
