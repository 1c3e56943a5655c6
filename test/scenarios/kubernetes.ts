/**
 * What scenarios ask of the Kubernetes that they run on, and nothing more: a real one through kubectl and Helm (`test/e2e/support`), or a devcluster
 * through the program's own kubectl and API client (`test/scenarios/devcluster/kubernetes.ts`). And ways to wait that say what they waited for.
 */
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Kubernetes {
  /** What a new volume is made by, on the machine where its pod is to run. */
  readonly provisioner: string;
  /** A StorageClass whose volumes do not grow. */
  readonly fixedClass: string;

  /**
   * What kubectl prints for `get` (as a table, `--output=json` or `--output=name`), `scale`, `patch` and `delete`.
   *
   * @throws with what it said on standard error
   */
  kubectl(...words: readonly string[]): Promise<string>;
  /** Applies an object, or a list of them. */
  apply(object: object): Promise<void>;
  /** The text at a path below the API server's root. */
  raw(path: string): Promise<string>;

  /** The operator of the chart; it runs when the promise resolves. */
  installOperator(): Promise<void>;
  /** Takes away what the chart brought, but the kind that it defines. */
  uninstallOperator(): Promise<void>;
  /** @throws unless the operator says that it is ready */
  testOperator(): Promise<void>;

  cordon(node: string): Promise<void>;
  uncordon(node: string): Promise<void>;
  /** The node gets the taint `key=e2e:NoSchedule`. */
  taint(node: string, key: string): Promise<void>;
  untaint(node: string, key: string): Promise<void>;

  /** Where node ports are reached from here. */
  nodePortHosts(): Promise<readonly string[]>;
  /** What a person would look at who wonders what is wrong. */
  describe(namespace: string, cluster: string): Promise<string>;
}

export const OPERATOR_NAMESPACE = 'quorate-system';

/** Between two looks: short at first, where things come about at once, and longer where each look costs something. */
const PAUSE_MS_MIN = 100;
const PAUSE_MS_MAX = 500;

/** Polls until `look` gives something; null and a thrown error mean "not yet". The last thing seen is in the failure. */
export async function waitFor<Value>(what: string, look: () => Promise<Value | null>, deadlineMs = 180_000): Promise<Value> {
  const endMs = performance.now() + deadlineMs;
  let last = '';
  let pauseMs = PAUSE_MS_MIN;
  for (;;) {
    try {
      const value = await look();
      if (value !== null) return value;
    } catch (error) {
      last = `; last: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (performance.now() > endMs) throw new Error(`did not come about within ${deadlineMs / 1000} s: ${what}${last}`);
    await sleep(pauseMs);
    pauseMs = Math.min(PAUSE_MS_MAX, pauseMs * 1.5);
  }
}

/** A namespace that admits only pods of the `restricted` Pod Security Standard. */
export async function createNamespace(kubernetes: Kubernetes, name: string): Promise<void> {
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
  await kubernetes.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
}

/** What is in it goes in its own time. */
export async function leaveNamespace(kubernetes: Kubernetes, name: string): Promise<void> {
  await kubernetes.kubectl('delete', 'namespace', name, '--ignore-not-found', '--wait=false');
}
