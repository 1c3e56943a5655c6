/** What a StatefulSet gives each of its ordinals: a name, a place in the DNS, claims of its own, and a revision of the template. */
import type { JsonObject } from '../json.ts';
import { isJsonObject, sameJson } from '../json.ts';
import type { Claim, ClaimTemplate, ControllerRevision, Pod, PodTemplate, StatefulSet, Volume } from '../kinds.ts';
import type { OwnerReference } from '../objects.ts';
import { labelSelectorOf } from '../selectors.ts';
import { podFromTemplate } from './pod-template.ts';
import { safeHash } from './safe-hash.ts';

export const REVISION_LABEL = 'controller-revision-hash';
/** On a revision: what its name ends with. */
export const HASH_LABEL = 'controller.kubernetes.io/hash';
const NAME_LABEL = 'statefulset.kubernetes.io/pod-name';
const INDEX_LABEL = 'apps.kubernetes.io/pod-index';

export function podNameOf(set: StatefulSet, ordinal: number): string {
  return `${set.metadata.name}-${ordinal}`;
}

/** Null: no name of this set. */
export function ordinalOf(set: StatefulSet, podName: string): number | null {
  const prefix = `${set.metadata.name}-`;
  if (!podName.startsWith(prefix)) return null;
  const text = podName.slice(prefix.length);
  return /^(0|[1-9]\d*)$/.test(text) ? Number(text) : null;
}

export function claimNameOf(set: StatefulSet, template: ClaimTemplate, ordinal: number): string {
  return `${template.metadata.name}-${podNameOf(set, ordinal)}`;
}

export function claimTemplatesOf(set: StatefulSet): readonly ClaimTemplate[] {
  return set.spec.volumeClaimTemplates ?? [];
}

/** The pod of an ordinal, from the template of a revision. */
export function podOf(set: StatefulSet, ordinal: number, template: PodTemplate, revision: string) {
  const name = podNameOf(set, ordinal);
  const pod = podFromTemplate(template, set, { name, generateName: `${set.metadata.name}-` });
  const labels = { ...pod.metadata.labels, [NAME_LABEL]: name, [INDEX_LABEL]: String(ordinal), [REVISION_LABEL]: revision };
  const spec = {
    ...pod.spec,
    hostname: name,
    subdomain: set.spec.serviceName,
    volumes: volumesOf(set, ordinal, pod.spec.volumes ?? []),
  };
  return { metadata: { ...pod.metadata, labels }, spec: spec.subdomain === '' ? { ...spec, subdomain: undefined } : spec };
}

/** The claims take the place of volumes of the same name. */
function volumesOf(set: StatefulSet, ordinal: number, volumes: readonly Volume[]): readonly Volume[] {
  const claims = claimTemplatesOf(set).map((template) => ({
    name: template.metadata.name,
    persistentVolumeClaim: { claimName: claimNameOf(set, template, ordinal) },
  }));
  const names = new Set(claims.map(({ name }) => name));
  return [...claims, ...volumes.filter(({ name }) => !names.has(name))];
}

export function claimOf(set: StatefulSet, template: ClaimTemplate, ordinal: number) {
  const matched = (labelSelectorOf(set.spec.selector) ?? []).flatMap(({ key, operator, values }) =>
    operator === 'in' && values.length === 1 ? [[key, values[0] ?? '']] : [],
  );
  const labels = { ...template.metadata.labels, ...(Object.fromEntries(matched) as Record<string, string>) };
  const { annotations } = template.metadata;
  const metadata = {
    name: claimNameOf(set, template, ordinal),
    namespace: set.metadata.namespace,
    labels,
    ...(annotations === undefined ? {} : { annotations }),
  };
  return { metadata, spec: template.spec };
}

/**
 * The owners that the retention policy wants a claim to have: the set, so that it goes with it; its pod, so that it goes with the scale-in; or
 * neither, so that it stays.
 */
export function wantedClaimOwners(set: StatefulSet, isCondemned: boolean): readonly ('set' | 'pod')[] {
  const { whenDeleted, whenScaled } = set.spec.persistentVolumeClaimRetentionPolicy;
  if (whenScaled === 'Delete' && isCondemned) return ['pod'];
  return whenDeleted === 'Delete' ? ['set'] : [];
}

/** Null when the claim has the owners that it should have. */
export function claimOwnersPatch(
  set: StatefulSet,
  pod: Pod,
  claim: Claim,
  isCondemned: boolean,
): readonly OwnerReference[] | null {
  const wanted = wantedClaimOwners(set, isCondemned);
  const owners = claim.metadata.ownerReferences ?? [];
  const others = owners.filter(({ uid }) => uid !== set.metadata.uid && uid !== pod.metadata.uid);
  const mine = wanted.map((which): OwnerReference => {
    const owner = which === 'set' ? set : pod;
    const kind = which === 'set' ? { apiVersion: 'apps/v1', kind: 'StatefulSet' } : { apiVersion: 'v1', kind: 'Pod' };
    return { ...kind, name: owner.metadata.name, uid: owner.metadata.uid };
  });
  const next = [...others, ...mine];
  const same = next.length === owners.length && next.every(({ uid }) => owners.some((owner) => owner.uid === uid));
  return same ? null : next;
}

/** What a revision keeps of a set: its template alone. */
export function revisionData(set: StatefulSet): JsonObject {
  return { spec: { template: { ...set.spec.template, $patch: 'replace' } } };
}

export function templateOf(revision: ControllerRevision): PodTemplate {
  const spec = isJsonObject(revision.data['spec']) ? revision.data['spec'] : {};
  const { $patch: _directive, ...template } = isJsonObject(spec['template']) ? spec['template'] : {};
  return template as JsonObject & PodTemplate;
}

/** Its name ends with it. */
export function revisionHashOf(data: JsonObject, collisions: number): string {
  return safeHash(collisions === 0 ? data : [data, collisions]);
}

export function sameRevision(revision: ControllerRevision, data: JsonObject): boolean {
  return sameJson(revision.data, data);
}

export function isIdentityKept(set: StatefulSet, pod: Pod, ordinal: number): boolean {
  const name = podNameOf(set, ordinal);
  const claims = claimTemplatesOf(set).every((template) =>
    (pod.spec.volumes ?? []).some(
      (volume) =>
        volume.name === template.metadata.name && volume.persistentVolumeClaim?.claimName === claimNameOf(set, template, ordinal),
    ),
  );
  return pod.metadata.name === name && pod.metadata.labels?.[NAME_LABEL] === name && claims;
}
