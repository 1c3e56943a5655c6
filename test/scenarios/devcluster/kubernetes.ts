/**
 * A devcluster as scenarios ask it, with nothing that a machine may lack: what they say to kubectl is answered by the program's own, in this
 * process and over HTTP; the chart is what `quorate dev` installs. Its storage grows volumes, once a pod has them mounted.
 */
import { afterAll, beforeAll } from '@jest/globals';
import { OPERATOR_NAME, operatorManifests } from '../../../src/cli/dev/manifests.ts';
import { Access } from '../../../src/cli/kubernetes/access.ts';
import { userKubeConfig } from '../../../src/cli/kubernetes/user-config.ts';
import { LOCAL_PROVISIONER } from '../../../src/devcluster/model/cluster.ts';
import { SYSTEM_CLOCK } from '../../../src/operator/system.ts';
import { present } from '../../../src/shared/assert.ts';
import { OPERATOR_NAMESPACE, waitFor } from '../kubernetes.ts';
import type { Kubernetes } from '../kubernetes.ts';
import { runWords } from '../../support/command-line.ts';
import { operatedDevcluster } from '../../support/operated-devcluster.ts';
import type { OperatedDevcluster } from '../../support/operated-devcluster.ts';

const CALL_MS = 30_000;
const DEPLOYMENT = ['deployment', OPERATOR_NAME, '--namespace', OPERATOR_NAMESPACE] as const;

interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

interface Node {
  readonly spec?: { readonly taints?: readonly Taint[] };
  readonly status: { readonly addresses: readonly { readonly type: string; readonly address: string }[] };
}

interface Deployment {
  readonly metadata: { readonly generation: number };
  readonly spec: { readonly replicas: number };
  readonly status?: { readonly observedGeneration?: number; readonly availableReplicas?: number; readonly replicas?: number };
}

/** For a file of tests: a devcluster of its own, from its first test to its last. */
export function startedDevcluster(): Kubernetes {
  const kubernetes = new DevclusterKubernetes();
  beforeAll(() => kubernetes.start(), 120_000);
  afterAll(() => kubernetes.stop(), 60_000);
  return kubernetes;
}

class DevclusterKubernetes implements Kubernetes {
  readonly provisioner = LOCAL_PROVISIONER;
  readonly fixedClass = 'e2e-fixed';
  #world: OperatedDevcluster | null = null;

  async start(): Promise<void> {
    this.#world = await operatedDevcluster();
    await this.apply({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: this.fixedClass },
      provisioner: LOCAL_PROVISIONER,
      volumeBindingMode: 'WaitForFirstConsumer',
      reclaimPolicy: 'Delete',
    });
  }

  async stop(): Promise<void> {
    await this.#world?.stop();
  }

  readonly kubectl = (...words: readonly string[]): Promise<string> => this.#kubectl(words, '');

  async apply(object: object): Promise<void> {
    await this.#kubectl(['apply', '--filename=-'], JSON.stringify(object));
  }

  async raw(path: string): Promise<string> {
    const access = new Access(userKubeConfig({ file: this.#kubeconfig, context: null }, {}), 'default', SYSTEM_CLOCK);
    try {
      const answer = await access.server.ask({ method: 'GET', path, deadlineMs: CALL_MS });
      if (!answer.ok) throw new Error(`${path}: ${answer.reason.message}`);
      const { status, body } = answer.value;
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      if (status >= 300) throw new Error(`${path}: ${status} ${text}`);
      return text;
    } finally {
      await access.server.close();
    }
  }

  async installOperator(): Promise<void> {
    await this.apply(listOf(operatorManifests().map(({ object }) => object)));
    await waitFor('the operator runs', async () => {
      const { metadata, spec, status } = JSON.parse(await this.kubectl('get', ...DEPLOYMENT, '--output=json')) as Deployment;
      const isSeen = status?.observedGeneration === metadata.generation;
      return isSeen && status.availableReplicas === spec.replicas && status.replicas === spec.replicas ? true : null;
    });
  }

  async uninstallOperator(): Promise<void> {
    const left = ['Namespace', 'CustomResourceDefinition'];
    const objects = operatorManifests().map(({ object }) => object);
    const list = listOf(objects.filter(({ kind }) => !left.includes(kind)));
    await this.#kubectl(['delete', '--filename=-', '--ignore-not-found'], JSON.stringify(list));
    await waitFor('no operator runs', async () =>
      (await this.kubectl('get', 'pods', '--namespace', OPERATOR_NAMESPACE, '--output=name')) === '' ? true : null,
    );
  }

  /** Asks what the pod of the chart's own test asks. */
  async testOperator(): Promise<void> {
    await this.raw(`/api/v1/namespaces/${OPERATOR_NAMESPACE}/services/${OPERATOR_NAME}:8080/proxy/readyz`);
  }

  async cordon(node: string): Promise<void> {
    await this.#patchNode(node, { unschedulable: true });
  }

  async uncordon(node: string): Promise<void> {
    await this.#patchNode(node, { unschedulable: null });
  }

  async taint(node: string, key: string): Promise<void> {
    const others = await this.#taintsBeside(node, key);
    await this.#patchNode(node, { taints: [...others, { key, value: 'e2e', effect: 'NoSchedule' }] });
  }

  async untaint(node: string, key: string): Promise<void> {
    await this.#patchNode(node, { taints: await this.#taintsBeside(node, key) });
  }

  async nodePortHosts(): Promise<readonly string[]> {
    const { items } = JSON.parse(await this.kubectl('get', 'nodes', '--output=json')) as { readonly items: readonly Node[] };
    const addresses = items.flatMap(({ status }) => status.addresses);
    return addresses.filter(({ type }) => type === 'InternalIP').map(({ address }) => address);
  }

  async describe(namespace: string, cluster: string): Promise<string> {
    const log = async (): Promise<string> => {
      const pods = await this.kubectl('get', 'pods', '--namespace', OPERATOR_NAMESPACE, '--output=name');
      const name = present(/^pod\/(\S+)/.exec(pods)?.[1], 'an operator runs');
      return this.raw(`/api/v1/namespaces/${OPERATOR_NAMESPACE}/pods/${name}/log?tailLines=60`);
    };
    const parts = [
      this.kubectl('get', 'stc', cluster, '--namespace', namespace, '--output=yaml'),
      this.kubectl('get', 'pods,pvc,statefulsets', '--namespace', namespace, '--output=wide'),
      this.kubectl('get', 'events', '--namespace', namespace),
      log(),
    ];
    return (await Promise.all(parts.map((part) => part.catch(String)))).join('\n');
  }

  get #kubeconfig(): string {
    return present(this.#world, 'it is up').devcluster.kubeconfigFile;
  }

  async #kubectl(words: readonly string[], input: string): Promise<string> {
    const typed = ['kubectl', ...words, '--kubeconfig', this.#kubeconfig];
    const { code, out, err } = await runWords(typed, { env: { PATH: '' }, input });
    if (code !== 0) throw new Error(`quorate ${typed.join(' ')}: ${err}`);
    return out;
  }

  async #patchNode(node: string, spec: object): Promise<void> {
    await this.kubectl('patch', 'node', node, '--type=merge', '--patch', JSON.stringify({ spec }));
  }

  async #taintsBeside(node: string, key: string): Promise<readonly Taint[]> {
    const { spec } = JSON.parse(await this.kubectl('get', 'node', node, '--output=json')) as Node;
    return (spec?.taints ?? []).filter((taint) => taint.key !== key);
  }
}

function listOf(items: readonly object[]): object {
  return { apiVersion: 'v1', kind: 'List', items };
}
