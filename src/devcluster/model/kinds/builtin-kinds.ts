/** The built-in kinds that operator, chart, kubectl and Helm use. */
import { present } from '../../../shared/assert.ts';
import type { KindRules, ResourceType, ScalePaths } from '../resource-type.ts';
import { builtinShape } from '../types/builtin.ts';
import { decodeBuiltin } from '../types/fields.ts';
import { customDefinitionRules } from './custom-definition.ts';
import { eventView } from './events.ts';
import {
  admissionPolicyRules,
  configMapRules,
  disruptionBudgetRules,
  eventRules,
  leaseRules,
  namespaceRules,
  networkPolicyRules,
  nodeRules,
  plainRules,
  roleBindingRules,
  roleRules,
  secretRules,
} from './other.ts';
import { podRules } from './pod.ts';
import { serviceRules } from './service.ts';
import { claimRules, storageClassRules, volumeRules } from './storage.ts';
import { controllerRevisionRules, deploymentRules, replicaSetRules, statefulSetRules } from './workloads.ts';

type Rules = Omit<KindRules, 'decode'>;
type Choices = Partial<
  Pick<
    ResourceType,
    | 'namespaced'
    | 'shortNames'
    | 'categories'
    | 'hasStatus'
    | 'generation'
    | 'scale'
    | 'subresources'
    | 'nameRule'
    | 'selectableFields'
    | 'returnsDeleted'
    | 'view'
  >
>;

function builtin(apiVersion: string, kind: string, plural: string, rules: Rules, choices: Choices = {}): ResourceType {
  const [group, version] = apiVersion.includes('/') ? (apiVersion.split('/') as [string, string]) : ['', apiVersion];
  const shape = present(builtinShape(apiVersion, kind), `the table of built-in types knows ${apiVersion} ${kind}`);
  return {
    group,
    version,
    plural,
    singular: kind.toLowerCase(),
    kind,
    listKind: `${kind}List`,
    namespaced: true,
    shortNames: [],
    categories: [],
    shape,
    hasStatus: false,
    generation: null,
    scale: null,
    subresources: [],
    nameRule: 'subdomain',
    custom: false,
    selectableFields: [],
    returnsDeleted: false,
    view: null,
    ...choices,
    rules: { ...rules, decode: (object) => decodeBuiltin(object, shape, apiVersion, kind) },
  };
}

const scalable: ScalePaths = {
  specReplicas: ['spec', 'replicas'],
  statusReplicas: ['status', 'replicas'],
  selector: ['spec', 'selector'],
};
const workload = { hasStatus: true, generation: 'spec', scale: scalable, categories: ['all'] } as const;
const rbac = 'rbac.authorization.k8s.io/v1';
const eventFields = [
  'involvedObject.kind',
  'involvedObject.namespace',
  'involvedObject.name',
  'involvedObject.uid',
  'involvedObject.apiVersion',
  'involvedObject.resourceVersion',
  'involvedObject.fieldPath',
  'reason',
  'reportingComponent',
  'source',
  'type',
];

export const BUILTIN_KINDS: readonly ResourceType[] = [
  builtin('v1', 'Namespace', 'namespaces', namespaceRules, {
    namespaced: false,
    shortNames: ['ns'],
    hasStatus: true,
    subresources: ['finalize'],
    nameRule: 'label',
    selectableFields: ['status.phase'],
  }),
  builtin('v1', 'Pod', 'pods', podRules, {
    shortNames: ['po'],
    categories: ['all'],
    hasStatus: true,
    generation: 'spec',
    subresources: ['binding', 'eviction', 'exec', 'log', 'portforward', 'proxy'],
    selectableFields: [
      'spec.nodeName',
      'spec.restartPolicy',
      'spec.schedulerName',
      'spec.serviceAccountName',
      'status.phase',
      'status.podIP',
      'status.nominatedNodeName',
    ],
    returnsDeleted: true,
  }),
  builtin('v1', 'Service', 'services', serviceRules, {
    shortNames: ['svc'],
    categories: ['all'],
    hasStatus: true,
    nameRule: 'service',
    returnsDeleted: true,
    subresources: ['proxy'],
    selectableFields: ['spec.clusterIP', 'spec.type'],
  }),
  builtin('v1', 'Secret', 'secrets', secretRules, { selectableFields: ['type'] }),
  builtin('v1', 'ConfigMap', 'configmaps', configMapRules, { shortNames: ['cm'] }),
  builtin('v1', 'ServiceAccount', 'serviceaccounts', plainRules, { shortNames: ['sa'], returnsDeleted: true }),
  builtin('v1', 'PersistentVolumeClaim', 'persistentvolumeclaims', claimRules, {
    shortNames: ['pvc'],
    hasStatus: true,
    returnsDeleted: true,
  }),
  builtin('v1', 'PersistentVolume', 'persistentvolumes', volumeRules, {
    namespaced: false,
    shortNames: ['pv'],
    hasStatus: true,
    returnsDeleted: true,
  }),
  builtin('v1', 'Node', 'nodes', nodeRules, {
    namespaced: false,
    shortNames: ['no'],
    hasStatus: true,
    selectableFields: ['spec.unschedulable'],
  }),
  builtin('v1', 'Event', 'events', eventRules, { shortNames: ['ev'], selectableFields: eventFields }),
  builtin('events.k8s.io/v1', 'Event', 'events', eventRules, {
    shortNames: ['ev'],
    view: eventView,
    selectableFields: [
      'regarding.kind',
      'regarding.namespace',
      'regarding.name',
      'regarding.uid',
      'reason',
      'reportingController',
      'type',
    ],
  }),
  builtin('apps/v1', 'StatefulSet', 'statefulsets', statefulSetRules, { ...workload, shortNames: ['sts'] }),
  builtin('apps/v1', 'Deployment', 'deployments', deploymentRules, { ...workload, shortNames: ['deploy'] }),
  builtin('apps/v1', 'ReplicaSet', 'replicasets', replicaSetRules, { ...workload, shortNames: ['rs'] }),
  builtin('apps/v1', 'ControllerRevision', 'controllerrevisions', controllerRevisionRules),
  builtin('policy/v1', 'PodDisruptionBudget', 'poddisruptionbudgets', disruptionBudgetRules, {
    shortNames: ['pdb'],
    hasStatus: true,
    generation: 'spec',
  }),
  builtin('networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies', networkPolicyRules, {
    shortNames: ['netpol'],
    generation: 'spec',
  }),
  builtin('coordination.k8s.io/v1', 'Lease', 'leases', leaseRules),
  builtin('discovery.k8s.io/v1', 'EndpointSlice', 'endpointslices', plainRules, { generation: 'all-but-status' }),
  builtin('storage.k8s.io/v1', 'StorageClass', 'storageclasses', storageClassRules, {
    namespaced: false,
    shortNames: ['sc'],
    returnsDeleted: true,
  }),
  builtin(rbac, 'Role', 'roles', roleRules, { nameRule: 'segment' }),
  builtin(rbac, 'RoleBinding', 'rolebindings', roleBindingRules, { nameRule: 'segment' }),
  builtin(rbac, 'ClusterRole', 'clusterroles', roleRules, { namespaced: false, nameRule: 'segment' }),
  builtin(rbac, 'ClusterRoleBinding', 'clusterrolebindings', roleBindingRules, { namespaced: false, nameRule: 'segment' }),
  builtin('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', 'validatingadmissionpolicies', admissionPolicyRules, {
    namespaced: false,
    categories: ['api-extensions'],
    hasStatus: true,
    generation: 'spec',
  }),
  builtin(
    'admissionregistration.k8s.io/v1',
    'ValidatingAdmissionPolicyBinding',
    'validatingadmissionpolicybindings',
    plainRules,
    {
      namespaced: false,
      categories: ['api-extensions'],
      generation: 'spec',
    },
  ),
  builtin('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'customresourcedefinitions', customDefinitionRules, {
    namespaced: false,
    shortNames: ['crd', 'crds'],
    categories: ['api-extensions'],
    hasStatus: true,
    generation: 'spec',
  }),
];
