/** kubectl and helm as a user calls them, against the cluster that KUBECONFIG names. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createNamespace as createNamespaceOn, OPERATOR_NAMESPACE } from '../../scenarios/kubernetes.ts';
import type { Kubernetes } from '../../scenarios/kubernetes.ts';
import { TestCluster as ClusterOn } from '../../scenarios/test-cluster.ts';

export { OPERATOR_NAMESPACE, waitFor } from '../../scenarios/kubernetes.ts';

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

/** The operator from the chart; running before the promise resolves. */
export async function installOperator(): Promise<void> {
  const words = ['upgrade', '--install', 'quorate', 'charts/quorate', '--namespace', OPERATOR_NAMESPACE, '--create-namespace'];
  await command('helm', ...words, '--wait', '--timeout', '3m');
}

/** Where NodePorts are reached from here: E2E_NODE_ADDRESSES, for clusters whose nodes go by other addresses outside. */
async function nodePortHosts(): Promise<readonly string[]> {
  const path = '{.items[*].status.addresses[?(@.type=="InternalIP")].address}';
  const text = process.env['E2E_NODE_ADDRESSES'] ?? (await kubectl('get', 'nodes', `--output=jsonpath=${path}`));
  return text.split(/[ ,]/).filter((host) => host.includes('.'));
}

async function describe(namespace: string, cluster: string): Promise<string> {
  const parts = [
    ['describe', 'stc', cluster],
    ['get', 'pods,pvc,statefulsets', '--output=wide'],
    ['get', 'events', '--sort-by=.lastTimestamp'],
  ];
  const texts = await Promise.all(parts.map((words) => kubectl('--namespace', namespace, ...words).catch(String)));
  const log = await kubectl('--namespace', OPERATOR_NAMESPACE, 'logs', 'deployment/quorate', '--tail=60').catch(String);
  return [...texts, log].join('\n');
}

/** The storage of kind makes volumes where their pod is to run, and grows none. */
export const KIND: Kubernetes = {
  provisioner: 'rancher.io/local-path',
  fixedClass: 'standard',
  kubectl,
  apply,
  raw: (path) => kubectl('get', '--raw', path),
  installOperator,
  uninstallOperator: async () => {
    await command('helm', 'uninstall', 'quorate', '--namespace', OPERATOR_NAMESPACE, '--wait');
  },
  testOperator: async () => {
    await command('helm', 'test', 'quorate', '--namespace', OPERATOR_NAMESPACE);
  },
  cordon: async (node) => {
    await kubectl('cordon', node);
  },
  uncordon: async (node) => {
    await kubectl('uncordon', node);
  },
  taint: async (node, key) => {
    await kubectl('taint', 'node', node, `${key}=e2e:NoSchedule`);
  },
  untaint: async (node, key) => {
    await kubectl('taint', 'node', node, `${key}-`);
  },
  nodePortHosts,
  describe,
};

/** One StorageCluster of the cluster that KUBECONFIG names. */
export class TestCluster extends ClusterOn {
  constructor(namespace: string, name: string) {
    super(KIND, namespace, name);
  }
}

/** A namespace that admits only pods of the `restricted` Pod Security Standard. */
export async function createNamespace(name: string): Promise<void> {
  await createNamespaceOn(KIND, name);
}
