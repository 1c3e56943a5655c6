/**
 * A devcluster with the operator and one StorageCluster on it: brought up, looked at once and again, and taken down. What it does it does as a
 * person would, over HTTP and with the kubeconfig that it hands out.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startDevcluster } from '../../devcluster/devcluster.ts';
import type { DevclusterOptions } from '../../devcluster/devcluster.ts';
import { pause } from '../../operator/timing.ts';
import { BUILD_VERSION } from '../../shared/build.ts';
import type { Clock } from '../../shared/clock.ts';
import { CommandError, EXIT_FAILED } from '../command.ts';
import { ApiTypes } from '../kubectl/api-types.ts';
import { applied } from '../kubectl/writes.ts';
import { Access } from '../kubernetes/access.ts';
import { forwardPort, messageOf } from '../kubernetes/port-forwarder.ts';
import { userKubeConfig } from '../kubernetes/user-config.ts';
import type { Scene, Suggestion } from '../view/live/scene.ts';
import type { Example } from './example.ts';
import { ClusterWatch, NOTHING_SEEN } from './cluster-watch.ts';
import { serverOf } from './look.ts';
import type { Look } from './look.ts';
import { OPERATOR_NAME, OPERATOR_NAMESPACE, operatorManifests } from './manifests.ts';
import { NodePower } from './node-power.ts';
import { homeFolder, removeRecord, runningDevcluster, writeRecord } from './record.ts';
import { Steps } from './steps.ts';

export interface DevSessionOptions {
  readonly example: Example;
  readonly nodes: number;
  readonly dataFolder: string | null;
  /** Of the API server; 0: any that is free. */
  readonly apiPort: number;
  /** Where Redis clients connect; null: 6380, or any that is free. */
  readonly clientPort: number | null;
  /** Where else the kubeconfig goes. */
  readonly kubeconfigFile: string | null;
  /** 0: no writer. */
  readonly writesPerSecond: number;
  readonly image: DevclusterOptions['image'];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** When the program began, on the clock. */
  readonly beganAtMs: number;
}

export const DEV_LIMITS = {
  /** Between two looks, while it starts and afterwards. */
  startLookMs: 250,
  lookMs: 700,
  /** Until a kind that was just defined is served. */
  definitionMs: 60_000,
} as const;

const CLIENT_PORT = 6_380;
const DEVCLUSTER_STEP = 'devcluster';
const OPERATOR_STEP = 'operator';

export class DevSession {
  readonly #options: DevSessionOptions;
  readonly #steps: Steps;
  readonly #over = new AbortController();
  /** What `stop` does, in the reverse order. */
  readonly #undo: (() => Promise<void> | void)[] = [];
  readonly #notes = new Set<string>();
  #access: Access | null = null;
  #watch: ClusterWatch | null = null;
  #clientPort = 0;
  #passwordWritten: string | null = null;
  suggestions: readonly Suggestion[] = [];
  keys = '';

  constructor(options: DevSessionOptions) {
    this.#options = options;
    this.#steps = new Steps([DEVCLUSTER_STEP, OPERATOR_STEP, options.example.name]);
  }

  get clock(): Clock {
    return this.#options.clock;
  }

  get clusterName(): string {
    return this.#options.example.name;
  }

  get members(): number {
    return this.#options.example.members;
  }

  get isReady(): boolean {
    return this.#steps.areDone;
  }

  get kubeconfigFile(): string {
    return this.#options.kubeconfigFile ?? join(this.#home, 'kubeconfig');
  }

  get passwordFile(): string {
    return join(this.#home, 'password');
  }

  get clientPort(): number {
    return this.#clientPort;
  }

  get last(): Look {
    return this.#watch?.last ?? NOTHING_SEEN;
  }

  /** @throws CommandError before it has begun */
  get access(): Access {
    if (this.#access === null) throw new CommandError(EXIT_FAILED, 'the devcluster is not there yet');
    return this.#access;
  }

  get #home(): string {
    return homeFolder(this.#options.env);
  }

  get #nowMs(): number {
    const { clock, beganAtMs } = this.#options;
    return clock.monotonicMs() - beganAtMs;
  }

  /** Resolves when all is applied; that it becomes ready shows in `scene`. @throws CommandError, KubectlError and what the machine refuses */
  async begin(): Promise<void> {
    this.#takePlace();
    this.#steps.run(DEVCLUSTER_STEP, 'starts', this.#nowMs);
    const { nodes, dataFolder, apiPort, image, clock, env } = this.#options;
    const tell = (sentence: string): void => void this.#notes.add(sentence);
    const devcluster = await startDevcluster({ dataFolder, addresses: null, port: apiPort, nodes, image, tell });
    this.#undo.push(() => devcluster.stop());
    this.#writeKubeconfig(devcluster.kubeconfig);
    const config = userKubeConfig({ file: this.kubeconfigFile, context: null }, env);
    const access = new Access(config, this.#options.example.namespace, clock);
    this.#access = access;
    this.#undo.push(() => access.server.close());
    await this.#openDoor();
    this.#record();
    this.#steps.finish(DEVCLUSTER_STEP, `API server at ${devcluster.url}, ${nodes} nodes`, this.#nowMs);
    await this.#install(access);
    if (this.#over.signal.aborted) return;
    this.#startWatch(access, new NodePower(devcluster.cluster, access));
  }

  /** The end is asked for: what was begun is not gone on with. */
  giveUp(): void {
    this.#over.abort();
  }

  scene(): Scene {
    const seen = this.#watch?.scene() ?? emptyScene(this.#nowMs, this.#options.clock.wallMs());
    const notes = [...seen.notes, ...this.#notes];
    return { ...seen, steps: this.#steps.all, suggestions: this.suggestions, keys: this.keys, notes };
  }

  /** The writer ends, and the counter is read back: false when nobody answers for it. */
  async finishWriting(withinMs: number): Promise<boolean> {
    return this.#watch === null ? true : this.#watch.finishWriting(withinMs);
  }

  /** Nothing is left: neither process nor port nor file, but the data folder if there is one. */
  async stop(): Promise<void> {
    this.#over.abort();
    for (let undo = this.#undo.pop(); undo !== undefined; undo = this.#undo.pop()) await undo();
  }

  /** One devcluster a user: `quorate kubectl` would not know which. @throws CommandError */
  #takePlace(): void {
    const { env, kubeconfigFile } = this.#options;
    const running = runningDevcluster(env);
    if (running !== null) {
      const how = `its kubeconfig is ${running.kubeconfig}`;
      throw new CommandError(EXIT_FAILED, `a devcluster runs already, as process ${running.pid}: ${how}; end that one first`);
    }
    if (kubeconfigFile !== null && existsSync(kubeconfigFile) && !isOurs(kubeconfigFile)) {
      throw new CommandError(EXIT_FAILED, `--kubeconfig ${kubeconfigFile}: there is such a file already, and it is not ours`);
    }
    // What one that was killed left behind.
    rmSync(this.#home, { recursive: true, force: true });
    mkdirSync(this.#home, { recursive: true, mode: 0o700 });
    chmodSync(this.#home, 0o700);
    process.once('exit', this.#leave);
    this.#undo.push(() => {
      process.off('exit', this.#leave);
      this.#leave();
    });
  }

  /** Files of ours, whatever ends the process; of the devcluster's own its supervisor takes care. */
  readonly #leave = (): void => {
    rmSync(this.#home, { recursive: true, force: true });
    rmSync(this.kubeconfigFile, { force: true });
  };

  #writeKubeconfig(text: string): void {
    mkdirSync(dirname(this.kubeconfigFile), { recursive: true });
    writeFileSync(this.kubeconfigFile, text, { mode: 0o600 });
  }

  /** The port leads to whichever member is ready at the moment, the leader first. */
  async #openDoor(): Promise<void> {
    const { clientPort } = this.#options;
    const open = () => {
      const { cluster, pods } = this.last;
      const ready = pods.filter(({ metadata, status }) => metadata.deletionTimestamp === undefined && isReady(status));
      const pod = ready.find(({ metadata }) => metadata.name === cluster?.leader) ?? ready[0];
      if (pod === undefined) return Promise.reject(new CommandError(EXIT_FAILED, 'no member is ready'));
      return serverOf(this.access, pod).open();
    };
    const note = (): void => undefined;
    const forwarder = await forwardPort(clientPort ?? CLIENT_PORT, open, note).catch((error: unknown) => {
      if (clientPort === null) return forwardPort(0, open, note);
      throw new CommandError(EXIT_FAILED, `--port ${clientPort} cannot be opened: ${messageOf(error)}`, { cause: error });
    });
    this.#clientPort = forwarder.port;
    this.#undo.push(() => forwarder.close());
  }

  #record(): void {
    const { env, example } = this.#options;
    const { name, namespace } = example;
    writeRecord(env, {
      pid: process.pid,
      kubeconfig: this.kubeconfigFile,
      cluster: name,
      namespace,
      clientPort: this.#clientPort,
    });
    this.#undo.push(() => removeRecord(env));
  }

  async #install({ server, namespace }: Access): Promise<void> {
    const { example } = this.#options;
    const manifests = operatorManifests();
    this.#steps.run(OPERATOR_STEP, 'is installed', this.#nowMs);
    const types = await ApiTypes.of(server);
    for (const manifest of manifests) {
      if (this.#over.signal.aborted) return;
      await applied({ server, types, namespace }, manifest);
    }
    this.#steps.run(OPERATOR_STEP, `${manifests.length} objects of the chart are applied; its pod starts`, this.#nowMs);
    const known = await this.#typesWith(example);
    if (known === null) return;
    for (const object of example.objects) await applied({ server, types: known, namespace }, object);
    this.#steps.run(example.name, `is applied, with ${example.members} members`, this.#nowMs);
  }

  /** A kind is served a moment after its definition. Null when the end is asked for meanwhile. */
  async #typesWith({ objects }: Example): Promise<ApiTypes | null> {
    const { clock } = this.#options;
    const endMs = clock.monotonicMs() + DEV_LIMITS.definitionMs;
    for (;;) {
      const types = await ApiTypes.of(this.access.server);
      try {
        for (const { object } of objects) types.ofKind(object.apiVersion, object.kind);
        return types;
      } catch (error) {
        if (clock.monotonicMs() > endMs) throw error;
      }
      if (!(await pause(clock, DEV_LIMITS.startLookMs / 5, this.#over.signal))) return null;
    }
  }

  #startWatch(access: Access, power: NodePower): void {
    const { clock, beganAtMs, writesPerSecond } = this.#options;
    const watch = new ClusterWatch({
      ...{ access, clock, beganAtMs, writesPerSecond },
      cluster: this.clusterName,
      key: 'quorate:dev:writes',
      lookMs: () => (this.isReady ? DEV_LIMITS.lookMs : DEV_LIMITS.startLookMs),
      looked: async () => {
        await power.follow();
        await this.#advance();
      },
    });
    this.#watch = watch;
    this.#undo.push(() => watch.stop());
    watch.start();
  }

  /** What the last look says of the steps that are not done yet. */
  async #advance(): Promise<void> {
    const { name, members } = this.#options.example;
    this.#keepPassword();
    if (this.isReady) return;
    if (!this.#steps.isDone(OPERATOR_STEP) && (await this.#isOperatorReady())) {
      this.#steps.finish(OPERATOR_STEP, `the Deployment ${OPERATOR_NAME} in ${OPERATOR_NAMESPACE} is ready`, this.#nowMs);
    }
    const { cluster } = this.last;
    if (cluster === null || this.#steps.isDone(name)) return;
    const ready = this.last.members.filter((member) => member.ready === true).length;
    // What stands in status may be of before a restart: the members themselves have to say so too.
    if (cluster.phase === 'Ready' && !cluster.stale && !cluster.changePending && ready === this.last.members.length) {
      this.#steps.finish(name, `${cluster.ready ?? members} members are ready`, this.#nowMs);
    } else this.#steps.run(name, `${ready} of ${members} members are ready`, this.#nowMs);
  }

  async #isOperatorReady(): Promise<boolean> {
    const path = `/apis/apps/v1/namespaces/${OPERATOR_NAMESPACE}/deployments/${OPERATOR_NAME}`;
    const answer = await this.access.server.ask({ method: 'GET', path, deadlineMs: 2_000 });
    const body = answer.ok ? (answer.value.body as { readonly status?: { readonly readyReplicas?: number } } | null) : null;
    return (body?.status?.readyReplicas ?? 0) > 0;
  }

  /** For `redis-cli -a "$(cat …)"`. */
  #keepPassword(): void {
    const password = this.last.target?.password ?? null;
    if (password === null || password === this.#passwordWritten) return;
    writeFileSync(this.passwordFile, password, { mode: 0o600 });
    this.#passwordWritten = password;
  }
}

function emptyScene(elapsedMs: number, wallMs: number): Scene {
  const { cluster, members, nodes, plan, events } = NOTHING_SEEN;
  const seen = { cluster, members, nodes, plan, events };
  return { ...seen, elapsedMs, wallMs, version: BUILD_VERSION, steps: [], writes: null, suggestions: [], keys: '', notes: [] };
}

function isReady(status: Look['pods'][number]['status']): boolean {
  return status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') === true;
}

/** A kubeconfig of a devcluster that was killed before it could take it away. */
function isOurs(file: string): boolean {
  return readFileSync(file, 'utf8').includes('"current-context": "quorate-dev');
}
