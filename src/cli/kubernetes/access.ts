/** One user at one cluster, for the length of one command: who asks, where, and what is read again and again. */
import type { KubeConfig } from '@kubernetes/client-node';
import type { KubernetesApi } from '../../operator/kubernetes/api.ts';
import { isKubernetesApiError } from '../../operator/kubernetes/errors.ts';
import type { KubernetesObject, Pod, StoredStorageCluster } from '../../operator/kubernetes/objects.ts';
import type { Resource } from '../../operator/kubernetes/api.ts';
import { PODS, SECRETS, STORAGE_CLUSTERS } from '../../operator/kubernetes/resources.ts';
import { SYSTEM_CLOCK } from '../../operator/system.ts';
import { podsOf } from '../../operator/observe.ts';
import { SECRET_KEYS, secretName, selectorText } from '../../operator/render/names.ts';
import type { SecretPurpose } from '../../operator/render/names.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Arguments } from '../arguments.ts';
import { nearest } from '../arguments.ts';
import { CommandError, EXIT_FAILED, EXIT_NOT_FOUND, EXIT_UNREACHABLE } from '../command.ts';
import type { CommandContext, ExitCode } from '../command.ts';
import { ApiServer, isUnreachable } from './api-server.ts';
import { PodProxy } from './pod-proxy.ts';
import { namespaceOf, userKubeConfig } from './user-config.ts';

/** Objects read a page; of the pages there are as many as it takes. */
const PAGE_OBJECTS = 500;

export class Access {
  readonly config: KubeConfig;
  readonly server: ApiServer;
  /** As the user chose it, by `--namespace` or by the context. */
  readonly namespace: string;
  readonly clock: Clock;

  constructor(config: KubeConfig, namespace: string, clock: Clock) {
    this.config = config;
    this.namespace = namespace;
    this.clock = clock;
    this.server = new ApiServer(config, clock);
  }

  get api(): KubernetesApi {
    return this.server.api;
  }

  get proxy(): PodProxy {
    return new PodProxy(this.server, this.namespace);
  }

  /** @throws CommandError when there is no such StorageCluster, with those that there are where they may be listed */
  async cluster(name: string): Promise<StoredStorageCluster> {
    try {
      return await this.api.get(STORAGE_CLUSTERS, { namespace: this.namespace, name });
    } catch (error) {
      if (!isKubernetesApiError(error, 'not-found')) throw error;
      throwIfUnknownKind(error);
      const others = await this.#clusterNames();
      throw new CommandError(
        EXIT_NOT_FOUND,
        `there is no StorageCluster ${name} in namespace ${this.namespace}${nearest(name, others)}`,
        { cause: error },
      );
    }
  }

  /** @param namespace null: all of them */
  async clusters(namespace: string | null = this.namespace): Promise<readonly StoredStorageCluster[]> {
    try {
      return await this.all(STORAGE_CLUSTERS, namespace);
    } catch (error) {
      throwIfUnknownKind(error);
      throw error;
    }
  }

  /** The cluster that was named, or the only one there is. @throws CommandError when there is none, or a choice */
  async theCluster(name: string | null): Promise<StoredStorageCluster> {
    if (name !== null) return this.cluster(name.replace(/^(stc|storageclusters?)\//, ''));
    const found = await this.clusters();
    const [first, ...more] = found;
    if (first === undefined) {
      throw new CommandError(EXIT_NOT_FOUND, `there is no StorageCluster in namespace ${this.namespace}`);
    }
    if (more.length > 0) {
      const names = found.map(({ metadata }) => metadata.name).join(', ');
      throw new CommandError(EXIT_FAILED, `there are several StorageClusters in namespace ${this.namespace}, name one: ${names}`);
    }
    return first;
  }

  /** The pods of a cluster's members, by ordinal. */
  async pods(cluster: string): Promise<readonly Pod[]> {
    const pods = await this.all(PODS, this.namespace, selectorText(cluster));
    return podsOf({ pods }, cluster);
  }

  /** What stands in a cluster's Secret. @throws CommandError when there is none */
  async secret(cluster: string, purpose: SecretPurpose): Promise<string> {
    const name = secretName(cluster, purpose);
    const secret = await this.api.find(SECRETS, { namespace: this.namespace, name });
    const encoded = secret?.data?.[SECRET_KEYS[purpose]] ?? '';
    if (encoded === '') {
      throw new CommandError(EXIT_FAILED, `the Secret ${name} is missing or lacks the key "${SECRET_KEYS[purpose]}"`);
    }
    return Buffer.from(encoded, 'base64').toString('utf8').trim();
  }

  /** Every object, page by page. */
  async all<Kind extends KubernetesObject>(
    resource: Resource<Kind>,
    namespace: string | null,
    labelSelector?: string,
  ): Promise<readonly Kind[]> {
    const found: Kind[] = [];
    let continueToken: string | undefined;
    do {
      const page = await this.api.list(resource, namespace, { labelSelector, limit: PAGE_OBJECTS, continueToken });
      found.push(...page.items);
      continueToken = page.continueToken ?? undefined;
    } while (continueToken !== undefined);
    return found;
  }

  async #clusterNames(): Promise<readonly string[]> {
    try {
      return (await this.clusters()).map(({ metadata }) => metadata.name);
    } catch {
      // Only a hint hangs on it.
      return [];
    }
  }
}

/** Opens what the options choose, runs `act`, and closes it; whatever the API server says no to becomes an error with its own exit code. */
export async function withAccess(
  given: Arguments,
  { env, clock = SYSTEM_CLOCK }: CommandContext,
  act: (access: Access) => Promise<ExitCode>,
): Promise<ExitCode> {
  const choice = { file: given.value('kubeconfig'), context: given.value('context') };
  const config = userKubeConfig(choice, env);
  const access = new Access(config, given.value('namespace') ?? namespaceOf(config), clock);
  try {
    return await act(access);
  } catch (error) {
    if (!isUnreachable(error) || !(error instanceof Error)) throw error;
    const server = config.getCurrentCluster()?.server ?? 'no server';
    throw new CommandError(EXIT_UNREACHABLE, `the API server at ${server} cannot be reached: ${error.message}`, { cause: error });
  } finally {
    await access.server.close();
  }
}

/** Of a kind, and of a whole group, that the API server does not know. */
const UNKNOWN_KIND = ['could not find the requested resource', '404 page not found'];

/** A name that is not there is one thing; a kind that the API server does not know is another. */
function throwIfUnknownKind(error: unknown): void {
  if (!isKubernetesApiError(error, 'not-found') || !UNKNOWN_KIND.some((text) => error.message.includes(text))) return;
  throw new CommandError(
    EXIT_FAILED,
    'this Kubernetes cluster knows no StorageClusters: install the chart (`helm install quorate charts/quorate`) first',
    { cause: error },
  );
}
