/** kubectl and helm as a user calls them, against the cluster that KUBECONFIG names, and ways to wait that say what they waited for. */
import { execFile } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { NodeStatus } from '../../../src/api/node-status.ts';
import type { StorageCluster } from '../../../src/api/storage-cluster.ts';
import type { RespAddress } from '../../support/resp-client.ts';

const run = promisify(execFile);
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;

/** What the command printed. @throws with what it said on standard error */
export async function command(program: string, ...words: readonly string[]): Promise<string> {
  const { stdout } = await run(program, words, { maxBuffer: OUTPUT_BYTES_MAX });
  return stdout;
}

export async function kubectl(...words: readonly string[]): Promise<string> {
  return command('kubectl', ...words);
}

/** Applies an object, or a list of them. */
export async function apply(object: object): Promise<void> {
  const child = run('kubectl', ['apply', '-f', '-'], { maxBuffer: OUTPUT_BYTES_MAX });
  child.child.stdin?.end(JSON.stringify(object));
  await child;
}

/** Polls until `look` gives something; null and a thrown error mean "not yet". The last thing seen is in the failure. */
export async function waitFor<Value>(what: string, look: () => Promise<Value | null>, deadlineMs = 180_000): Promise<Value> {
  const endMs = performance.now() + deadlineMs;
  let last = '';
  for (;;) {
    try {
      const value = await look();
      if (value !== null) return value;
    } catch (error) {
      last = `; last: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (performance.now() > endMs) throw new Error(`did not come about within ${deadlineMs / 1000} s: ${what}${last}`);
    await sleep(500);
  }
}

/** One StorageCluster in its namespace. */
export class TestCluster {
  readonly namespace: string;
  readonly name: string;

  constructor(namespace: string, name: string) {
    this.namespace = namespace;
    this.name = name;
  }

  async kubectl(...words: readonly string[]): Promise<string> {
    return kubectl('--namespace', this.namespace, ...words);
  }

  async create(spec: object): Promise<void> {
    const { namespace, name } = this;
    await apply({ apiVersion: 'quorate.io/v1alpha1', kind: 'StorageCluster', metadata: { name, namespace }, spec });
  }

  async patch(spec: object): Promise<void> {
    await this.kubectl('patch', 'stc', this.name, '--type=merge', '--patch', JSON.stringify({ spec }));
  }

  async get(): Promise<StorageCluster> {
    return JSON.parse(await this.kubectl('get', 'stc', this.name, '--output=json')) as StorageCluster;
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
      throw new Error(`${String(error)}\n${await this.describe()}`, { cause: error });
    }
  }

  /** What a person would look at. */
  async describe(): Promise<string> {
    const parts = [
      ['describe', 'stc', this.name],
      ['get', 'pods,pvc,statefulsets', '--output=wide'],
      ['get', 'events', '--sort-by=.lastTimestamp'],
    ];
    const texts = await Promise.all(parts.map((words) => this.kubectl(...words).catch(String)));
    const log = await kubectl('--namespace', OPERATOR_NAMESPACE, 'logs', 'deployment/quorate', '--tail=60').catch(String);
    return [...texts, log].join('\n');
  }

  async leader(): Promise<string> {
    return waitFor('a leader in status', async () => (await this.get()).status?.leader ?? null);
  }

  async password(): Promise<string> {
    const text = await this.kubectl('get', 'secret', `${this.name}-client`, '--output=jsonpath={.data.password}');
    return Buffer.from(text, 'base64').toString('utf8');
  }

  /** From within the pod itself, so that it is what that member says. */
  async nodeStatus(pod: string): Promise<NodeStatus> {
    const path = `/api/v1/namespaces/${this.namespace}/pods/${pod}:8080/proxy/status`;
    return JSON.parse(await kubectl('get', '--raw', path)) as NodeStatus;
  }

  /** A port on every node that leads to the ready members, or to the one that is named. */
  async expose(pod?: string): Promise<readonly RespAddress[]> {
    const service = pod === undefined ? `${this.name}-outside` : `${pod}-outside`;
    const own = JSON.parse(await this.kubectl('get', 'service', this.name, '--output=json')) as { spec: { selector: object } };
    const selector = pod === undefined ? own.spec.selector : { 'statefulset.kubernetes.io/pod-name': pod };
    const { namespace } = this;
    const spec = { type: 'NodePort', selector, ports: [{ name: 'redis', port: 6379, targetPort: 6379 }] };
    await apply({ apiVersion: 'v1', kind: 'Service', metadata: { name: service, namespace }, spec });
    const port = Number(await this.kubectl('get', 'service', service, '--output=jsonpath={.spec.ports[0].nodePort}'));
    return (await nodeAddresses())
      .split(/[ ,]/)
      .filter((host) => host.includes('.'))
      .map((host) => ({ host, port }));
  }
}

/** Where NodePorts are reached from here: E2E_NODE_ADDRESSES, for clusters whose nodes go by other addresses outside. */
async function nodeAddresses(): Promise<string> {
  const path = '{.items[*].status.addresses[?(@.type=="InternalIP")].address}';
  return process.env['E2E_NODE_ADDRESSES'] ?? kubectl('get', 'nodes', `--output=jsonpath=${path}`);
}

export const OPERATOR_NAMESPACE = 'quorate-system';

/** The operator from the chart; running before the promise resolves. */
export async function installOperator(): Promise<void> {
  const words = ['upgrade', '--install', 'quorate', 'charts/quorate', '--namespace', OPERATOR_NAMESPACE, '--create-namespace'];
  await command('helm', ...words, '--wait', '--timeout', '3m');
}

/** A namespace that admits only pods of the `restricted` Pod Security Standard. */
export async function createNamespace(name: string): Promise<void> {
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
  await apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
}
