/** A devcluster of a test, with a shell as the image `shell`: objects by paths, as with the model, but everything is real. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { Agent, request, WebSocket } from 'undici';
import { apiVersionOf } from '../../src/devcluster/model/resource-type.ts';
import { startDevcluster } from '../../src/devcluster/devcluster.ts';
import type { Devcluster, DevclusterOptions } from '../../src/devcluster/devcluster.ts';
import { kubeConfigCredentials } from '../../src/operator/kubernetes/credentials.ts';
import { SYSTEM_CLOCK } from '../../src/operator/system.ts';
import { field, ModelFixture } from './model-api.ts';
import { eventually } from './system.ts';
import { VirtualTime } from './virtual-time.ts';

export const SHELL = 'shell';

interface HttpCall {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly body?: string | Buffer;
  readonly headers?: Record<string, string>;
}

export class DevclusterFixture extends ModelFixture {
  readonly devcluster: Devcluster;
  readonly told: readonly string[];

  private constructor(devcluster: Devcluster, told: readonly string[]) {
    super({}, new VirtualTime(), devcluster.cluster.api);
    this.devcluster = devcluster;
    this.told = told;
  }

  static async start(options: Partial<DevclusterOptions> = {}): Promise<DevclusterFixture> {
    const told: string[] = [];
    const devcluster = await startDevcluster({
      dataFolder: null,
      addresses: null,
      port: 0,
      nodes: 1,
      image: (image) => (image === SHELL ? { entrypoint: ['/bin/sh'] } : null),
      tell: (sentence) => told.push(sentence),
      ...options,
    });
    const fixture = new DevclusterFixture(devcluster, told);
    await eventually('the default namespace is furnished', () =>
      fixture.exists('/api/v1/namespaces/default/configmaps/kube-root-ca.crt'),
    );
    return fixture;
  }

  /** Makes an object of whatever kind, where it says it is. */
  install(object: object): void {
    const [apiVersion, kind] = [String(field(object, 'apiVersion')), String(field(object, 'kind'))];
    const type = this.api.registry.all().find((one) => apiVersionOf(one) === apiVersion && one.kind === kind);
    if (type === undefined) throw new Error(`no kind ${kind} in ${apiVersion}`);
    const namespace = field(object, 'metadata.namespace');
    const root = `${type.group === '' ? '/api' : '/apis'}/${apiVersion}`;
    this.call('POST', `${root}${type.namespaced ? `/namespaces/${String(namespace)}` : ''}/${type.plural}`, object);
  }

  /** A pod of one container that runs a script, unless `spec` says more. */
  run(name: string, script: string, container: object = {}, spec: object = {}): void {
    const main = { name: 'main', image: SHELL, args: ['-c', script], ...container };
    this.call('POST', PODS, {
      metadata: { name, labels: { app: name } },
      spec: { terminationGracePeriodSeconds: 5, automountServiceAccountToken: false, containers: [main], ...spec },
    });
  }

  /** `status.containerStatuses.0.state` of the pod and so on. */
  status(pod: string, path: string): unknown {
    return this.exists(`${PODS}/${pod}`) ? field(this.get(`${PODS}/${pod}`), `status.${path}`) : undefined;
  }

  async untilStatus(pod: string, path: string, wanted: unknown, mostMs = 30_000): Promise<void> {
    await eventually(`${path} of ${pod} is ${String(wanted)}`, () => this.status(pod, path) === wanted, mostMs);
  }

  async untilGone(pod: string): Promise<void> {
    await eventually(`${pod} is gone`, () => !this.exists(`${PODS}/${pod}`), 30_000);
  }

  reasons(pod: string): readonly unknown[] {
    const { items } = this.get(`/api/v1/namespaces/default/events?fieldSelector=involvedObject.name=${pod}`);
    return items.map((event) => event['reason']);
  }

  pidOf(pod: string): number {
    const found = this.devcluster.processes().find((process) => process.pod === pod);
    if (found === undefined) throw new Error(`nothing runs in ${pod}`);
    return found.pid;
  }

  /** Over HTTP, with the kubeconfig's credentials unless the headers say others. */
  async http(path: string, call: HttpCall = {}): Promise<{ readonly code: number; readonly text: string }> {
    const { code, rest } = await this.open(path, call);
    return { code, text: await rest };
  }

  /** Resolves when the answer begins. */
  async open(path: string, call: HttpCall = {}): Promise<{ readonly code: number; readonly rest: Promise<string> }> {
    const { server, headers, tls } = await this.#credentials();
    const dispatcher = new Agent({ connect: { ca: tls.ca } });
    const { method = 'GET', body = null } = call;
    const answer = await request(new URL(path, server), { dispatcher, method, body, headers: { ...headers, ...call.headers } });
    return { code: answer.statusCode, rest: answer.body.text().finally(() => dispatcher.close()) };
  }

  /** Runs a command in the pod as `kubectl exec` does. @returns what it wrote, and the verdict */
  async exec(
    pod: string,
    command: readonly string[],
    input: string | null = null,
  ): Promise<{ readonly out: string; readonly verdict: unknown }> {
    const { server, headers, tls } = await this.#credentials();
    const dispatcher = new Agent({ connect: { ca: tls.ca } });
    const url = new URL(`${PODS}/${pod}/exec`, server.href.replace('https:', 'wss:'));
    for (const word of command) url.searchParams.append('command', word);
    for (const name of ['stdout', 'stderr', ...(input === null ? [] : ['stdin'])]) url.searchParams.set(name, 'true');
    const socket = new WebSocket(url, { protocols: ['v5.channel.k8s.io'], headers, dispatcher });
    socket.binaryType = 'arraybuffer';
    let out = '';
    let verdict: unknown = null;
    socket.addEventListener('open', () => {
      if (input === null) return;
      socket.send(Buffer.concat([Buffer.from([0]), Buffer.from(input)]));
      socket.send(Buffer.from([255, 0]));
    });
    socket.addEventListener('message', ({ data }) => {
      const message = Buffer.from(data as ArrayBuffer);
      const text = message.subarray(1).toString();
      if (message[0] === 3) verdict = JSON.parse(text);
      else out += text;
    });
    await new Promise<void>((resolve) => socket.addEventListener('close', () => resolve()));
    await dispatcher.close();
    return { out, verdict };
  }

  get addressBookFile(): string {
    return join(dirname(this.devcluster.kubeconfigFile), 'addresses.json');
  }

  /** Empty while there is none. */
  async log(pod: string, query = ''): Promise<string> {
    const { code, text } = await this.http(`${PODS}/${pod}/log${query}`);
    return code === 200 ? text : '';
  }

  #credentials() {
    const config = new KubeConfig();
    config.loadFromString(this.devcluster.kubeconfig);
    return kubeConfigCredentials(config, SYSTEM_CLOCK).read();
  }
}

export const PODS = '/api/v1/namespaces/default/pods';

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'quorate-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
