/** What `quorate dev` installs where a person would use Helm: the chart's own objects, of the chart's own values, and the CRD. */
import { customResourceDefinition } from '../../api/custom-resource-definition.ts';
import { objectsOf } from '../kubectl/files.ts';
import type { ReadObject } from '../kubectl/files.ts';
import chart from './chart-manifests.json' with { type: 'json' };

export const OPERATOR_NAMESPACE = 'quorate-system';
/** Name of the Deployment. */
export const OPERATOR_NAME = 'quorate';

/** In the order in which they are applied: the namespace, the CRD, then as Helm orders them. */
export function operatorManifests(): readonly ReadObject[] {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: OPERATOR_NAMESPACE } };
  return objectsOf('charts/quorate', [namespace, customResourceDefinition(), ...chart.objects]);
}
