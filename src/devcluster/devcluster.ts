/**
 * A Kubernetes cluster in one process: the model on real time, behind HTTP, with pods as processes of this machine (docs/devcluster.md). It is for
 * trying things out and for tests, never for data that matters.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { present } from '../shared/assert.ts';
import { SYSTEM_CLOCK, systemRandom } from '../operator/system.ts';
import type { KubernetesTransport } from '../operator/kubernetes/api.ts';
import { lockFolder } from '../wal/folder-lock.ts';
import { ApiHttpServer } from './http/server.ts';
import { API_HOST, Identity } from './identity/identity.ts';
import { ModelCluster } from './model/cluster.ts';
import { collectionAt, VOLUMES } from './model/controllers/kind-places.ts';
import { stringAt } from './model/json.ts';
import type { Pod } from './model/kinds.ts';
import type { NodeDescription } from './model/kubelet/kubelet.ts';
import { ADMIN } from './model/request.ts';
import type { Store } from './model/store.ts';
import { ModelTransport } from './model-transport.ts';
import { ClusterFolders } from './runtime/folders.ts';
import { PodNetwork } from './runtime/pod-network.ts';
import type { AddressMode } from './runtime/pod-network.ts';
import { ProcessRuntime } from './runtime/process-runtime.ts';
import type { ImageProgram } from './runtime/process-runtime.ts';
import { ClusterNetwork } from './services/cluster-network.ts';
import { afterPowerCut } from './storage/after-power-cut.ts';
import { ObjectLog } from './storage/object-log.ts';
import { removeLeftovers } from './supervision/leftovers.ts';
import { killRecorded, Supervisor } from './supervision/supervisor.ts';

export interface DevclusterOptions {
  /** Where objects and volumes are kept for the next start; null: in a temporary folder that goes with the cluster. */
  readonly dataFolder: string | null;
  /** Null: addresses of their own for pods where this machine has them, ports of their own where it does not. */
  readonly addresses: AddressMode | null;
  /** Of the API server, on 127.0.0.1; 0: any that is free. */
  readonly port: number;
  /** Worker nodes, called `node-1` and so on. */
  readonly nodes: number;
  /** What an image is on this machine; null: there is no such image. */
  readonly image: (image: string) => ImageProgram | null;
  /** Told, in sentences, what a person should know and no object says. */
  readonly tell: (sentence: string) => void;
}

export interface Devcluster {
  readonly url: string;
  /** As text, and in a file that only its owner reads. */
  readonly kubeconfig: string;
  readonly kubeconfigFile: string;
  /** The API in this process, as an administrator, without HTTP. */
  readonly transport: KubernetesTransport;
  /** Everything else, for a view and for mischief: objects, nodes that can lose their power or their connection. */
  readonly cluster: ModelCluster;
  /** What runs now, by the pod's and the container's names. */
  readonly processes: ProcessRuntime['processes'];
  /** Ends every process, closes every port, and removes what is temporary. */
  stop(): Promise<void>;
}

/** The data folder is another devcluster's. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';
  readonly code = 'DEVCLUSTER_FOLDER_IN_USE';
}

const NODE_GIBIBYTES_LEAST = 4;
const GIBIBYTE = 1024 ** 3;
const TEMPORARY_PREFIX = 'quorate-devcluster-';

/** @throws FolderInUseError; and when the port cannot be opened */
export async function startDevcluster(options: DevclusterOptions): Promise<Devcluster> {
  const started = new Started(options);
  try {
    await started.begin();
    return started;
  } catch (error) {
    await started.stop();
    throw error;
  }
}

/** What was begun so far; stopped in the reverse order. */
class Started implements Devcluster {
  readonly #options: DevclusterOptions;
  readonly #undo: (() => Promise<void> | void)[] = [];
  #url = '';
  #kubeconfig = '';
  #folders: ClusterFolders | null = null;
  #cluster: ModelCluster | null = null;
  #runtime: ProcessRuntime | null = null;
  #transport: KubernetesTransport | null = null;
  #stopping: Promise<void> | null = null;

  constructor(options: DevclusterOptions) {
    this.#options = options;
  }

  get url(): string {
    return this.#url;
  }

  get kubeconfig(): string {
    return this.#kubeconfig;
  }

  get kubeconfigFile(): string {
    return present(this.#folders, 'it was begun').kubeconfig;
  }

  get transport(): KubernetesTransport {
    return present(this.#transport, 'it was begun');
  }

  get cluster(): ModelCluster {
    return present(this.#cluster, 'it was begun');
  }

  readonly processes = (): ReturnType<ProcessRuntime['processes']> => this.#runtime?.processes() ?? [];

  readonly stop = (): Promise<void> => (this.#stopping ??= this.#stop());

  async begin(): Promise<void> {
    const { addresses, port, nodes, image } = this.#options;
    const clock = SYSTEM_CLOCK;
    await this.#cleanUp();
    const folders = await this.#takeFolder();
    this.#folders = folders;
    const identity = new Identity(folders.keys, clock.wallMs());
    let names: ClusterNetwork | null = null;
    const networkBefore = readIfThere(folders.network);
    const network = await PodNetwork.open(addresses, networkBefore, () => names?.lookSoon());
    this.#undo.push(() => network.close());
    const store = this.#openStore(folders, networkBefore, network.prefix);
    writeFileSync(folders.network, network.prefix, { mode: 0o600 });
    const supervisor = new Supervisor(folders.processes, this.#options.dataFolder === null ? folders.root : null);
    this.#undo.push(() => supervisor.over());
    const apiAddress = { host: API_HOST, port: 0 };
    const runtime = new ProcessRuntime({
      ...{ clock, folders, network, supervisor, image },
      environment: (pod, address) => environmentOf(folders, pod, address, apiAddress),
      furnish: (pod, folder) => {
        const text = identity.kubeconfig(this.#url, pod.metadata.namespace, identity.tokenOf(pod));
        writeFileSync(join(folder, CREDENTIALS_FILE), text, { mode: 0o600 });
      },
    });
    this.#runtime = runtime;
    this.#undo.push(() => runtime.stop());
    const { serviceAddress, nodePort } = network;
    const { tokenOf, userOf, server: secure } = identity;
    const rootCertificate = secure.certificate;
    const cluster = new ModelCluster({
      clock,
      random: systemRandom(),
      store,
      runtime,
      tokenOf,
      serviceAddress,
      nodePort,
      rootCertificate,
    });
    this.#cluster = cluster;
    this.#undo.push(() => cluster.halt());
    this.#undo.push(removeVolumesOf(cluster, folders));
    names = new ClusterNetwork({ clock, client: cluster.client, network, addressBookFile: folders.addressBook });
    const clusterNetwork = names;
    this.#undo.push(() => clusterNetwork.stop());
    this.#transport = new ModelTransport({ api: cluster.api, user: ADMIN, userAgent: 'quorate-dev' });
    const http = new ApiHttpServer({ api: cluster.api, clock, secure, userOf, gate: runtime, authorizes: true });
    apiAddress.port = await http.listen(port);
    this.#undo.push(() => http.close());
    this.#url = `https://${API_HOST}:${apiAddress.port}`;
    this.#kubeconfig = identity.kubeconfig(this.#url);
    writeFileSync(folders.kubeconfig, this.#kubeconfig, { mode: 0o600 });
    this.#undo.push(() => rmSync(folders.kubeconfig, { force: true }));
    for (let index = 1; index <= nodes; index += 1) cluster.addNode(nodeOf(index));
  }

  async #takeFolder(): Promise<ClusterFolders> {
    const { dataFolder } = this.#options;
    const root = dataFolder ?? mkdtempSync(join(tmpdir(), TEMPORARY_PREFIX));
    mkdirSync(root, { recursive: true, mode: 0o700 });
    const lock = await lockFolder(root);
    if (!lock.ok) throw new FolderInUseError(`${root} is another devcluster's: ${lock.reason.message}`);
    this.#undo.push(() => lock.value.release());
    if (dataFolder === null) this.#undo.push(() => rmSync(root, { recursive: true, force: true, maxRetries: 3 }));
    const folders = new ClusterFolders(root);
    await killRecorded(folders.processes);
    return folders;
  }

  async #cleanUp(): Promise<void> {
    const { folders, processes } = await removeLeftovers(tmpdir(), TEMPORARY_PREFIX);
    if (folders === 0) return;
    this.#options.tell(
      `removed what a devcluster left that was killed: ${count(folders, 'folder')}, ${count(processes, 'process')}`,
    );
  }

  /** Undefined: nothing is kept. */
  #openStore(folders: ClusterFolders, networkBefore: string | null, network: string): Store | undefined {
    if (this.#options.dataFolder === null) return undefined;
    const log = new ObjectLog(folders.objects, (place) => afterPowerCut(place, networkBefore, network));
    this.#undo.push(() => log.close());
    return log.store;
  }

  async #stop(): Promise<void> {
    for (let undo = this.#undo.pop(); undo !== undefined; undo = this.#undo.pop()) await undo();
  }
}

/** A volume that is deleted takes its folder along; one that is retained leaves it. */
function removeVolumesOf(cluster: ModelCluster, folders: ClusterFolders): () => void {
  return cluster.api.store.onChange(({ collection, type, object }) => {
    if (collection !== collectionAt(VOLUMES) || type !== 'DELETED') return;
    if (stringAt(object, 'spec', 'persistentVolumeReclaimPolicy') !== 'Delete') return;
    rmSync(folders.volume(object.metadata.name), { recursive: true, force: true, maxRetries: 3 });
  });
}

function readIfThere(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

function count(number: number, word: string): string {
  return number === 1 ? `1 ${word}` : `${number} ${word}${word.endsWith('s') ? 'es' : 's'}`;
}

const CREDENTIALS_FILE = 'kubeconfig';
const SEARCH_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

function environmentOf(
  folders: ClusterFolders,
  pod: Pod,
  address: string,
  api: { readonly host: string; readonly port: number },
): Readonly<Record<string, string>> {
  return {
    PATH: SEARCH_PATH,
    HOME: folders.home(pod),
    HOSTNAME: pod.spec.hostname ?? pod.metadata.name,
    KUBERNETES_SERVICE_HOST: api.host,
    KUBERNETES_SERVICE_PORT: String(api.port),
    // A process has no /var/run/secrets of its own.
    KUBECONFIG: join(folders.pod(pod), CREDENTIALS_FILE),
    QUORATE_HOST: address,
    QUORATE_ADDRESS_BOOK: folders.addressBook,
  };
}

/** All of them share this machine; each says that it has all of it. */
function nodeOf(index: number): NodeDescription {
  const memory = Math.max(NODE_GIBIBYTES_LEAST, Math.floor(totalmem() / GIBIBYTE));
  const capacity = { cpu: String(Math.max(4, availableParallelism())), memory: `${memory}Gi`, pods: '110' };
  return { name: `node-${index}`, address: API_HOST, capacity };
}
