/** What `quorate dev` installs where a person would use Helm: the chart's own objects, of the chart's own values, and the CRD. */
import { customResourceDefinition } from '../../api/custom-resource-definition.ts';
import { objectsOf } from '../kubectl/files.ts';
import type { ReadObject } from '../kubectl/files.ts';
import chart from './chart-manifests.json' with { type: 'json' };

export const OPERATOR_NAMESPACE = 'quorate-system';
/** Name of the Deployment. */
export const OPERATOR_NAME = 'quorate';

/** What Helm goes by: with it `helm upgrade --install quorate` takes over what stands there, as if it had put it there itself. */
const OF_HELM = {
  labels: { 'app.kubernetes.io/managed-by': 'Helm' },
  annotations: { 'meta.helm.sh/release-name': OPERATOR_NAME, 'meta.helm.sh/release-namespace': OPERATOR_NAMESPACE },
} as const;

/** In the order in which they are applied: the namespace, the CRD, then as Helm orders them. */
export function operatorManifests(): readonly ReadObject[] {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: OPERATOR_NAMESPACE } };
  const ofChart = objectsOf('charts/quorate', [customResourceDefinition(), ...chart.objects]);
  return [...objectsOf('charts/quorate', [namespace]), ...ofChart.map(ownedByHelm)];
}

function ownedByHelm({ source, object }: ReadObject): ReadObject {
  const { labels = {}, annotations = {} } = object.metadata as { readonly labels?: object; readonly annotations?: object };
  const metadata = {
    ...object.metadata,
    labels: { ...labels, ...OF_HELM.labels },
    annotations: { ...annotations, ...OF_HELM.annotations },
  };
  return { source, object: { ...object, metadata } };
}
