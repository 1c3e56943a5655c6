/** The note on a StatefulSet whose template was taken back (plan/canary.ts), and the template that it then keeps. */
import { z } from 'zod';
import { ANNOTATIONS } from '../api/storage-cluster.ts';
import type { StorageCluster } from '../api/storage-cluster.ts';
import type { KubernetesApi } from './kubernetes/api.ts';
import { KubernetesApiError } from './kubernetes/errors.ts';
import type { StatefulSet } from './kubernetes/objects.ts';
import { CONTROLLER_REVISIONS } from './kubernetes/resources.ts';
import type { RolledBack } from './plan/observation.ts';
import type { JsonObject } from './render/applied.ts';
import type { KeptTemplate } from './render/stateful-set.ts';

const noteSchema = z.object({ generation: z.int().min(0), member: z.string(), reason: z.string() });

export function noteOf(rolledBack: RolledBack): string {
  const { generation, member, reason } = rolledBack;
  return JSON.stringify({ generation, member, reason: reason.slice(0, 512) });
}

/** Null without a note, and when it speaks of another generation of the resource: then the wanted template is tried again. */
export function rolledBackOf(stored: StatefulSet | null, cluster: StorageCluster): RolledBack | null {
  const note = noteSchema.safeParse(parsed(stored?.metadata.annotations?.[ANNOTATIONS.rolledBack]));
  return note.success && note.data.generation === cluster.metadata.generation ? note.data : null;
}

/** The template that stands on a StatefulSet that was taken back: every write has to leave it there. */
export function keptTemplateOf(stored: StatefulSet | null, cluster: StorageCluster): KeptTemplate | null {
  const rolledBack = rolledBackOf(stored, cluster);
  const template = stored?.spec.template;
  return rolledBack === null || template === undefined ? null : { template: { ...template }, note: noteOf(rolledBack) };
}

/** @throws KubernetesApiError when the revision is not there, or holds no template */
export async function templateOfRevision(
  api: KubernetesApi,
  key: { readonly namespace: string; readonly name: string },
  signal: AbortSignal,
): Promise<JsonObject> {
  const { data } = await api.get(CONTROLLER_REVISIONS, key, { signal });
  const read = revisionSchema.safeParse(data);
  if (read.success) return withoutMarks(read.data.spec.template);
  throw new KubernetesApiError({
    kind: 'other',
    status: 200,
    reason: 'Malformed',
    message: `revision ${key.name} holds no template`,
  });
}

const revisionSchema = z.looseObject({
  spec: z.looseObject({ template: z.looseObject({ metadata: z.looseObject({}).optional() }) }),
});

/** Without what a revision adds to the template: the mark of its patch, and a time that is never set. */
function withoutMarks(template: JsonObject & { readonly metadata?: JsonObject | undefined }): JsonObject {
  const entries = Object.entries(template).filter(([name]) => name !== '$patch');
  const metadata = Object.fromEntries(Object.entries(template.metadata ?? {}).filter(([name]) => name !== 'creationTimestamp'));
  return { ...Object.fromEntries(entries), metadata };
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    // Somebody wrote over the note: it says nothing any more.
    return null;
  }
}
