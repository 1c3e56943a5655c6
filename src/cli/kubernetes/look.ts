/**
 * What the operator would see, seen with the user's rights, so that its own planner can run on it. Where a right is missing the picture has a
 * hole: small ones are named beside the plan, and with a large one (the pods, the StatefulSet, the nodes) no plan is made at all.
 */
import type { StorageCluster } from '../../api/storage-cluster.ts';
import type { KubernetesObject, Pod, StoredStorageCluster } from '../../operator/kubernetes/objects.ts';
import type { ObjectKey, Resource } from '../../operator/kubernetes/api.ts';
import { CLAIMS, PODS, SECRETS, STATEFUL_SETS } from '../../operator/kubernetes/resources.ts';
import { addressOfPod } from '../../operator/node-client.ts';
import { observationOf, podsOf, surroundingsOf } from '../../operator/observe.ts';
import { VolumesMemory } from '../../operator/observed-volumes.ts';
import type { ReadingApi } from '../../operator/observed-volumes.ts';
import { ChildrenMemory, observeChildren } from '../../operator/observed-children.ts';
import type { ObservedChildren } from '../../operator/observed-children.ts';
import { hearNodes } from '../../operator/observed-nodes.ts';
import type { HeardNodes, StatusClient } from '../../operator/observed-nodes.ts';
import type { ClusterObjects } from '../../operator/observed-objects.ts';
import type { Observation } from '../../operator/plan/observation.ts';
import { selectorText, secretName, statefulSetName } from '../../operator/render/names.ts';
import { CONTAINER } from '../../operator/render/pod-template.ts';
import { LABELS } from '../../api/storage-cluster.ts';
import { refuse } from '../../shared/result.ts';
import type { Access } from './access.ts';
import type { PodProxy } from './pod-proxy.ts';
import { MissingRightError, rightFor } from './rights.ts';
import type { Right } from './rights.ts';

export interface Sight {
  readonly observation: Observation;
  /** Rights that would complete the picture. */
  readonly missing: readonly Right[];
}

/** Asks every member through the proxy; the leader is the one that confirms itself with a quorum (S1). @throws MissingRightError */
export async function hearMembers(proxy: PodProxy, pods: readonly Pod[], signal: AbortSignal): Promise<HeardNodes> {
  // A status needs no token: the empty one says that somebody may ask.
  return hearNodes(statusClientOf(proxy, pods), pods, '', signal);
}

function statusClientOf(proxy: PodProxy, pods: readonly Pod[]): StatusClient {
  const keyOf = ({ host, port }: { readonly host: string; readonly port: number }): string => `${host} ${port}`;
  const names = new Map(
    pods.flatMap((pod) => {
      const address = addressOfPod(pod);
      return address === null ? [] : [[keyOf(address), pod.metadata.name] as const];
    }),
  );
  return {
    status: async (address, { confirm = false }) => {
      const pod = names.get(keyOf(address));
      if (pod === undefined) return refuse({ kind: 'unreachable', code: 'connection', message: 'no pod has this address' });
      return proxy.status(pod, confirm);
    },
  };
}

/** @param cluster as read from `stored`. @throws MissingRightError when a right is missing without which nothing can be planned */
export async function lookAt(
  access: Access,
  stored: StoredStorageCluster,
  cluster: StorageCluster,
  signal: AbortSignal,
): Promise<Sight> {
  const { name, namespace } = cluster.metadata;
  // What the operator applied and the API server wrote its own way is no difference; only the operator knows, and it is believed.
  const memory = new ChildrenMemory();
  const reads = new TolerantReads(access, ({ metadata }) => memory.applied(metadata.uid ?? '', metadata.generation));
  const [statefulSet, pods, claims] = await Promise.all([
    access.api.find(STATEFUL_SETS, { namespace, name: statefulSetName(name) }, { signal }),
    access.all(PODS, namespace, selectorText(name)),
    reads.orElse(access.all(CLAIMS, namespace, `${LABELS.cluster}=${name}`), []),
  ]);
  const objects: ClusterObjects = { cluster: stored, statefulSet, pods, claims };
  if (statefulSet !== null) memory.applied(statefulSet.metadata.uid, statefulSet.metadata.generation);
  const children = await observeChildren({ api: reads, clock: access.clock, memory }, cluster, signal);
  const own = podsOf(objects, name);
  const isTokenMissing = children.secrets.some(({ purpose, state }) => purpose === 'admin' && state === 'missing');
  const isTokenKnown = !isTokenMissing || reads.isDenied(SECRETS, secretName(name, 'admin'));
  const heard = isTokenKnown
    ? await hearMembers(access.proxy, own, signal)
    : await hearNodes(statusClientOf(access.proxy, own), own, null, signal);
  const volumes = { api: reads.strict, clock: access.clock, volumes: new VolumesMemory() };
  const surroundings = await surroundingsOf(volumes, objects, cluster, heard, signal);
  const world = { settings: { imageRepository: imageRepositoryOf(statefulSet, cluster) }, memory };
  const observation = observationOf(world, objects, cluster, { ...reads.seenOf(children), surroundings }, heard);
  return { observation, missing: reads.missing };
}

/** Only the operator knows which repository its images come from; the StatefulSet that it applied shows it. */
function imageRepositoryOf(statefulSet: ClusterObjects['statefulSet'], { spec }: StorageCluster): string {
  const containers = statefulSet?.spec.template?.spec?.containers ?? [];
  const image = containers.find(({ name }) => name === CONTAINER)?.image ?? '';
  const tag = `:${spec.version ?? ''}`;
  return image.endsWith(tag) ? image.slice(0, -tag.length) : image.replace(/:[^:/]*$/, '');
}

/** Reads that note a missing right and go on. */
class TolerantReads {
  readonly #access: Access;
  readonly #onFound: (object: KubernetesObject) => void;
  readonly #missing = new Map<string, Right>();
  readonly #denied = new Set<string>();

  constructor(access: Access, onFound: (object: KubernetesObject) => void) {
    this.#access = access;
    this.#onFound = onFound;
  }

  get missing(): readonly Right[] {
    return [...this.#missing.values()];
  }

  isDenied(resource: Resource<KubernetesObject>, name: string): boolean {
    return this.#denied.has(`${resource.kind}/${name}`);
  }

  async orElse<Value>(reading: Promise<Value>, otherwise: Value): Promise<Value> {
    try {
      return await reading;
    } catch (error) {
      if (!(error instanceof MissingRightError)) throw error;
      this.#note(error.right);
      return otherwise;
    }
  }

  async find<Kind extends KubernetesObject>(
    resource: Resource<Kind>,
    key: ObjectKey,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<Kind | null> {
    try {
      const found = await this.#access.api.find(resource, key, options);
      if (found !== null) this.#onFound(found);
      return found;
    } catch (error) {
      if (!(error instanceof MissingRightError)) throw error;
      this.#denied.add(`${resource.kind}/${key.name}`);
      this.#note(rightFor('get', { resource, namespace: key.namespace }));
      return null;
    }
  }

  /** For whoever knows what to do without an answer: the refusal is noted, and handed on as the API server gave it. */
  get strict(): ReadingApi {
    const { api } = this.#access;
    return {
      find: async (resource, key, options) => this.#refusable(api.find(resource, key, options)),
      list: async (resource, namespace, options) => this.#refusable(api.list(resource, namespace, options)),
    };
  }

  async #refusable<Value>(reading: Promise<Value>): Promise<Value> {
    try {
      return await reading;
    } catch (error) {
      if (!(error instanceof MissingRightError)) throw error;
      this.#note(error.right);
      throw error.cause;
    }
  }

  /** What could not be read is neither missing nor wrong: it is left out. */
  seenOf({ children, secrets }: ObservedChildren): ObservedChildren {
    return {
      children: children.filter(({ kind, name }) => !this.#denied.has(`${kind}/${name}`)),
      secrets: secrets.filter(({ name }) => !this.#denied.has(`Secret/${name}`)),
    };
  }

  #note(right: Right): void {
    this.#missing.set(`${right.verb} ${right.resource}`, right);
  }
}
