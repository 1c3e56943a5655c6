/** Created once, with a value drawn at random, and never written again: whoever rotates a secret owns its value (S19). */
import type { StorageCluster } from '../../api/storage-cluster.ts';
import { childLabels, ownerReference, SECRET_KEYS, secretName } from './names.ts';
import type { SecretPurpose } from './names.ts';

export interface RenderedSecret {
  readonly apiVersion: 'v1';
  readonly kind: 'Secret';
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly ownerReferences: readonly ReturnType<typeof ownerReference>[];
  };
  readonly type: 'Opaque';
  /** Base64. */
  readonly data: Readonly<Record<string, string>>;
}

/** @param value the secret in clear text, drawn by whoever creates it */
export function secret(cluster: StorageCluster, purpose: SecretPurpose, value: string): RenderedSecret {
  const { name, namespace } = cluster.metadata;
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: secretName(name, purpose),
      namespace,
      labels: childLabels(name),
      ownerReferences: [ownerReference(cluster)],
    },
    type: 'Opaque',
    data: { [SECRET_KEYS[purpose]]: Buffer.from(value, 'utf8').toString('base64') },
  };
}
