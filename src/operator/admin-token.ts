/** The token for admin calls, from its Secret: read at each use, so that it can rotate (S19). */
import type { KubernetesApi } from './kubernetes/api.ts';
import { SECRETS } from './kubernetes/resources.ts';
import { SECRET_KEYS, secretName } from './render/names.ts';

/** Null while the Secret is not there. */
export async function adminToken(
  api: KubernetesApi,
  { name, namespace }: { readonly name: string; readonly namespace: string },
  signal?: AbortSignal,
): Promise<string | null> {
  const secret = await api.find(SECRETS, { namespace, name: secretName(name, 'admin') }, { signal });
  const encoded = secret?.data?.[SECRET_KEYS.admin] ?? '';
  return encoded === '' ? null : Buffer.from(encoded, 'base64').toString('utf8').trim();
}
