/** What a container is started with: its environment, its arguments and its files, all references looked up. */
import { quantityToInteger } from '../../../api/quantity.ts';
import { listAt, objectAt, stringAt, valueAt } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { Container, Pod, Volume } from '../kinds.ts';
import { isTerminating } from '../objects.ts';
import type { ModelClient } from '../controllers/client.ts';
import { CLAIMS, CONFIG_MAPS, SECRETS } from '../controllers/kind-places.ts';
import type { Mount, MountSource } from './runtime.ts';

/** Something that is not there yet, in the words of the event that tells of it. */
export class NotYetError extends Error {
  override readonly name = 'NotYetError';
}

const FILE_MODE = 0o644;

/** What a pod shows to the API to be known as its service account. */
export type TokenOf = (pod: Pod) => string;

/** @throws NotYetError while a claim is not bound, or a Secret or ConfigMap is not there */
export function mountsOf(client: ModelClient, pod: Pod, container: Container, tokenOf: TokenOf): readonly Mount[] {
  return (container.volumeMounts ?? []).map(({ name, mountPath, subPath = '' }) => {
    const volume = (pod.spec.volumes ?? []).find((one) => one.name === name);
    const source: MountSource = volume === undefined ? { type: 'empty' } : sourceOf(client, pod, volume, tokenOf);
    return { volume: name, mountPath, subPath, source };
  });
}

/** @throws NotYetError */
export function sourceOf(client: ModelClient, pod: Pod, volume: Volume, tokenOf: TokenOf): MountSource {
  const namespace = pod.metadata.namespace ?? '';
  if (volume.persistentVolumeClaim !== undefined) {
    const { claimName } = volume.persistentVolumeClaim;
    const claim = client.find(CLAIMS, { namespace, name: claimName });
    if (claim === null)
      throw new NotYetError(`Unable to attach or mount volumes: persistentvolumeclaim "${claimName}" not found`);
    if (isTerminating(claim))
      throw new NotYetError(`Unable to attach or mount volumes: persistentvolumeclaim "${claimName}" is being deleted`);
    const { volumeName } = claim.spec;
    if (claim.status.phase !== 'Bound' || volumeName === undefined) {
      throw new NotYetError(`Unable to attach or mount volumes: PVC ${namespace}/${claimName} is not bound`);
    }
    return { type: 'claim', namespace, claimName, claimUid: claim.metadata.uid, volumeName };
  }
  if (volume.secret !== undefined || volume.configMap !== undefined) return filesOf(client, namespace, volume);
  const projected = listAt(volume, 'projected', 'sources');
  if (projected.length === 0) return { type: 'empty' };
  return {
    type: 'files',
    files: Object.assign({}, ...projected.map((source) => projectedFiles(client, pod, source, tokenOf))) as Record<
      string,
      string
    >,
    mode: FILE_MODE,
  };
}

function filesOf(client: ModelClient, namespace: string, volume: Volume): MountSource {
  const isSecret = volume.secret !== undefined;
  const name = volume.secret?.secretName ?? volume.configMap?.name ?? '';
  const description = volume.secret ?? volume.configMap ?? {};
  const mode = (description as { readonly defaultMode?: number }).defaultMode ?? FILE_MODE;
  const found = client.find(isSecret ? SECRETS : CONFIG_MAPS, { namespace, name });
  if (found === null) {
    if (description.optional === true) return { type: 'files', files: {}, mode };
    throw new NotYetError(
      `MountVolume.SetUp failed for volume "${volume.name}" : ${isSecret ? 'secret' : 'configmap'} "${name}" not found`,
    );
  }
  return { type: 'files', files: selected(contentsOf(found, isSecret), listAt(description, 'items')), mode };
}

function contentsOf(object: JsonObject, isSecret: boolean): Readonly<Record<string, string>> {
  const texts = Object.entries(objectAt(object, 'data')).map(([name, value]) => [
    name,
    isSecret ? String(value) : base64(String(value)),
  ]);
  const binary = isSecret ? [] : Object.entries(objectAt(object, 'binaryData')).map(([name, value]) => [name, String(value)]);
  return Object.fromEntries([...texts, ...binary]) as Record<string, string>;
}

function selected(files: Readonly<Record<string, string>>, items: readonly unknown[]): Readonly<Record<string, string>> {
  if (items.length === 0) return files;
  return Object.fromEntries(items.map((item) => [stringAt(item, 'path') ?? '', files[stringAt(item, 'key') ?? ''] ?? '']));
}

function projectedFiles(client: ModelClient, pod: Pod, source: unknown, tokenOf: TokenOf): Readonly<Record<string, string>> {
  const namespace = pod.metadata.namespace ?? '';
  const map = valueAt(source, 'configMap');
  if (map !== undefined) {
    const found = client.find(CONFIG_MAPS, { namespace, name: stringAt(map, 'name') ?? '' });
    if (found === null) throw new NotYetError(`MountVolume.SetUp failed: configmap "${stringAt(map, 'name') ?? ''}" not found`);
    return selected(contentsOf(found, false), listAt(map, 'items'));
  }
  const token = stringAt(source, 'serviceAccountToken', 'path');
  if (token !== undefined) return { [token]: base64(tokenOf(pod)) };
  return Object.fromEntries(
    listAt(source, 'downwardAPI', 'items').map((item) => [
      stringAt(item, 'path') ?? '',
      base64(fieldOf(pod, stringAt(item, 'fieldRef', 'fieldPath') ?? '')),
    ]),
  );
}

/** Names the account and the pod; where it is to prove them, whoever runs the cluster passes another. */
export function plainToken({ metadata, spec }: Pod): string {
  return `${metadata.namespace ?? ''}:${stringAt(spec, 'serviceAccountName') ?? 'default'}:${metadata.uid}`;
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

/** @throws NotYetError */
export function environmentOf(
  client: ModelClient,
  pod: Pod,
  container: Container,
  address: string,
): Readonly<Record<string, string>> {
  const env: Record<string, string> = {};
  for (const variable of container.env ?? []) {
    const name = stringAt(variable, 'name') ?? '';
    const source = valueAt(variable, 'valueFrom');
    // The API keeps no empty value: a variable with neither is there, and empty.
    env[name] =
      source === undefined
        ? expanded(stringAt(variable, 'value') ?? '', env)
        : referred(client, pod, container, objectAt(source), address);
  }
  return env;
}

/** `$(NAME)` is the variable, if it is there; `$$(NAME)` is the text. */
export function expanded(text: string, env: Readonly<Record<string, string>>): string {
  return text.replace(/\$(\$\([^)]*\)|\(([^)]+)\))/g, (whole, escaped: string, name: string | undefined) => {
    if (name === undefined) return escaped;
    return Object.hasOwn(env, name) ? (env[name] ?? '') : whole;
  });
}

function referred(client: ModelClient, pod: Pod, container: Container, source: JsonObject, address: string): string {
  const path = stringAt(source, 'fieldRef', 'fieldPath');
  if (path !== undefined) return path === 'status.podIP' ? address : fieldOf(pod, path);
  const resource = stringAt(source, 'resourceFieldRef', 'resource');
  if (resource !== undefined) return resourceOf(container, resource);
  const [place, reference] =
    source['secretKeyRef'] === undefined ? [CONFIG_MAPS, source['configMapKeyRef']] : [SECRETS, source['secretKeyRef']];
  const [name, key] = [stringAt(reference, 'name') ?? '', stringAt(reference, 'key') ?? ''];
  const found = client.find(place, { namespace: pod.metadata.namespace ?? '', name });
  const value = found === null ? undefined : stringAt(found, 'data', key);
  if (value !== undefined) return place === SECRETS ? Buffer.from(value, 'base64').toString('utf8') : value;
  if (valueAt(reference, 'optional') === true) return '';
  throw new NotYetError(`couldn't find key ${key} in ${place.kind} ${pod.metadata.namespace ?? ''}/${name}`);
}

function fieldOf(pod: Pod, path: string): string {
  const keyed = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  const value =
    keyed === null
      ? valueAt(pod, ...path.split('.'))
      : pod.metadata[keyed[1] === 'labels' ? 'labels' : 'annotations']?.[keyed[2] ?? ''];
  return typeof value === 'string' ? value : '';
}

/** `limits.memory` in bytes, `limits.cpu` in whole processors, rounded up; zero when there is none. */
function resourceOf(container: Container, resource: string): string {
  const [kind = '', name = ''] = resource.split('.');
  const amount = kind === 'limits' ? container.resources?.limits?.[name] : container.resources?.requests?.[name];
  return String(quantityToInteger(String(amount ?? '0')) ?? 0);
}
