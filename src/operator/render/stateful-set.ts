/**
 * The StatefulSet of a shard: Parallel and OnDelete, so that the planner alone decides which pod goes when (decision 1), and its claims'
 * own retention always Retain, because `Delete` there fires on replica counts and not on membership (S4).
 */
import { ANNOTATIONS } from '../../api/storage-cluster.ts';
import type { StorageCluster } from '../../api/storage-cluster.ts';
import { APPLIED_ANNOTATION, childLabels, CLAIM_TEMPLATE, membersServiceName, selectorLabels, statefulSetName } from './names.ts';
import { hashOf, renderedObject } from './applied.ts';
import type { JsonObject, RenderedObject } from './applied.ts';
import { podTemplate } from './pod-template.ts';
import type { RenderSettings } from './settings.ts';

/** What is not the resource's to say: how many pods the plan wants now, and the size in a claim template that can't be changed. */
export interface StatefulSetShape {
  readonly replicas: number;
  /** `null`: there is no StatefulSet yet, the resource says. */
  readonly claimSize: string | null;
  /** An earlier template that stands in place of the wanted one, and the note that says why; null: the resource says. */
  readonly kept: KeptTemplate | null;
}

export interface KeptTemplate {
  readonly template: JsonObject;
  readonly note: string;
}

export function statefulSet(cluster: StorageCluster, settings: RenderSettings, shape: StatefulSetShape): RenderedObject {
  const { name } = cluster.metadata;
  const template = shape.kept?.template ?? podTemplate(cluster, settings);
  const spec = {
    replicas: shape.replicas,
    serviceName: membersServiceName(name),
    podManagementPolicy: 'Parallel',
    updateStrategy: { type: 'OnDelete' },
    persistentVolumeClaimRetentionPolicy: { whenScaled: 'Retain', whenDeleted: 'Retain' },
    revisionHistoryLimit: 10,
    selector: { matchLabels: selectorLabels(name) },
    template,
    volumeClaimTemplates: [claimTemplate(cluster, shape.claimSize ?? cluster.spec.storage.size)],
  };
  const object = renderedObject(cluster, { apiVersion: 'apps/v1', kind: 'StatefulSet', name: statefulSetName(name) }, spec);
  // Replicas and the size of claims are no part of the hash: neither makes the stored object outdated.
  const annotations = {
    [APPLIED_ANNOTATION]: hashOf({ labels: object.metadata.labels, template }),
    ...(shape.kept === null ? {} : { [ANNOTATIONS.rolledBack]: shape.kept.note }),
  };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

function claimTemplate(cluster: StorageCluster, size: string): JsonObject {
  const { name } = cluster.metadata;
  const { storageClassName } = cluster.spec.storage;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: CLAIM_TEMPLATE, labels: { ...childLabels(name), ...selectorLabels(name) } },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: size } },
      ...(storageClassName === undefined ? {} : { storageClassName }),
    },
  };
}
