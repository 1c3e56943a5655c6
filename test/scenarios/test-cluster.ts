/** One StorageCluster in its namespace, as a user meets it. */
import type { NodeStatus } from '../../src/api/node-status.ts';
import type { StorageCluster } from '../../src/api/storage-cluster.ts';
import type { RespAddress } from '../support/resp-client.ts';
import { waitFor } from './kubernetes.ts';
import type { Kubernetes } from './kubernetes.ts';

interface NamedObject {
  readonly metadata: { readonly name: string; readonly uid: string };
}

export class TestCluster {
  readonly kubernetes: Kubernetes;
  readonly namespace: string;
  readonly name: string;

  constructor(kubernetes: Kubernetes, namespace: string, name: string) {
    this.kubernetes = kubernetes;
    this.namespace = namespace;
    this.name = name;
  }

  async kubectl(...words: readonly string[]): Promise<string> {
    return this.kubernetes.kubectl('--namespace', this.namespace, ...words);
  }

  async create(spec: object): Promise<void> {
    const { namespace, name } = this;
    await this.kubernetes.apply({
      apiVersion: 'quorate.io/v1alpha1',
      kind: 'StorageCluster',
      metadata: { name, namespace },
      spec,
    });
  }

  async patch(spec: object): Promise<void> {
    await this.kubectl('patch', 'stc', this.name, '--type=merge', '--patch', JSON.stringify({ spec }));
  }

  async get(): Promise<StorageCluster> {
    return this.object<StorageCluster>('stc', this.name);
  }

  /** Deleted, and gone. */
  async remove(): Promise<void> {
    await this.kubectl('delete', 'stc', this.name, '--wait=false');
    await waitFor(
      `${this.name} is gone`,
      async () => ((await this.list('stc')).every(({ metadata }) => metadata.name !== this.name) ? true : null),
      60_000,
    );
  }

  /** Of its namespace. `Kind` is what the caller knows of objects of that kind. */
  async object<Kind>(kind: string, name: string): Promise<Kind> {
    return JSON.parse(await this.kubectl('get', kind, name, '--output=json')) as Kind;
  }

  /** Of its namespace, as many as the words choose. */
  async list<Kind = NamedObject>(kind: string, ...words: readonly string[]): Promise<readonly Kind[]> {
    return (JSON.parse(await this.kubectl('get', kind, ...words, '--output=json')) as { readonly items: readonly Kind[] }).items;
  }

  async uids(kind: string, ...words: readonly string[]): Promise<readonly string[]> {
    return (await this.list(kind, ...words)).map(({ metadata }) => metadata.uid).sort();
  }

  /** Ready at this size and, if named, this version, as of the resource's newest generation. */
  async ready(replicas: number, version?: string, deadlineMs?: number): Promise<StorageCluster> {
    const look = async (): Promise<StorageCluster | null> => {
      const cluster = await this.get();
      const { status, metadata } = cluster;
      const isReady = status?.conditions?.find(({ type }) => type === 'Ready')?.status === 'True';
      const wanted = `${replicas}/${replicas}`;
      const seen = `${status?.phase ?? 'no phase'} ${status?.ready ?? ''} ${status?.version ?? ''} ${JSON.stringify(status?.blockedBy ?? [])}`;
      if (!isReady || status.phase !== 'Ready' || status.observedGeneration !== metadata.generation) throw new Error(seen);
      if (status.ready !== wanted || status.quorum !== wanted || (version !== undefined && status.version !== version))
        throw new Error(seen);
      return cluster;
    };
    try {
      return await waitFor(`${this.name} Ready ${replicas}/${replicas} ${version ?? ''}`, look, deadlineMs);
    } catch (error) {
      throw new Error(`${String(error)}\n${await this.kubernetes.describe(this.namespace, this.name)}`, { cause: error });
    }
  }

  async leader(): Promise<string> {
    return waitFor('a leader in status', async () => (await this.get()).status?.leader ?? null);
  }

  async password(): Promise<string> {
    const { data } = await this.object<{ readonly data: { readonly password: string } }>('secret', `${this.name}-client`);
    return Buffer.from(data.password, 'base64').toString('utf8');
  }

  /** From within the pod itself, so that it is what that member says. */
  async nodeStatus(pod: string): Promise<NodeStatus> {
    const path = `/api/v1/namespaces/${this.namespace}/pods/${pod}:8080/proxy/status`;
    return JSON.parse(await this.kubernetes.raw(path)) as NodeStatus;
  }

  /** A port on every node that leads to the ready members, or to the one that is named. */
  async expose(pod?: string): Promise<readonly RespAddress[]> {
    const service = pod === undefined ? `${this.name}-outside` : `${pod}-outside`;
    const own = await this.object<{ readonly spec: { readonly selector: object } }>('service', this.name);
    const selector = pod === undefined ? own.spec.selector : { 'statefulset.kubernetes.io/pod-name': pod };
    return this.exposePort(service, selector, { name: 'redis', port: 6379 });
  }

  /** A port on every node, by a Service of that name, that leads to the port of the pods that the selector chooses. */
  async exposePort(
    service: string,
    selector: object,
    { name, port }: { readonly name: string; readonly port: number },
  ): Promise<readonly RespAddress[]> {
    const { namespace } = this;
    const spec = { type: 'NodePort', selector, ports: [{ name, port, targetPort: port }] };
    await this.kubernetes.apply({ apiVersion: 'v1', kind: 'Service', metadata: { name: service, namespace }, spec });
    type Made = { readonly spec: { readonly ports: readonly { readonly nodePort: number }[] } };
    const made = await this.object<Made>('service', service);
    const nodePort = made.spec.ports[0]?.nodePort ?? 0;
    return (await this.kubernetes.nodePortHosts()).map((host) => ({ host, port: nodePort }));
  }
}
