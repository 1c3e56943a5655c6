/**
 * One world: the model of Kubernetes, production nodes in its pods, one or two processes of the production operator, a client that writes, and
 * judges that look at every call of the operator and every turn of a member. A scenario tells what people and machines do; everything follows
 * from it, the seed, and where the operator is ended.
 */
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { ModelCluster } from '../../src/devcluster/model/cluster.ts';
import type { JsonObject } from '../../src/devcluster/model/json.ts';
import { SimulatedRuntime } from '../../src/devcluster/model/kubelet/simulated-runtime.ts';
import { present } from '../../src/shared/assert.ts';
import { SeededRandom } from '../../src/shared/random.ts';
import { field, ModelFixture } from '../support/model-api.ts';
import { ClientConnection } from '../simulation/client-connection.ts';
import { Network } from '../simulation/network.ts';
import { Scheduler } from '../simulation/scheduler.ts';
import { describeError } from '../simulation/world.ts';
import type { NodeBuilds } from './builds.ts';
import { Bench } from './bench.ts';
import { Members } from './members.ts';
import type { Volume } from './members.ts';
import { OperatorProcess } from './operator-process.ts';
import { CLUSTER, LEASE, PATHS } from './paths.ts';
import { SimulatedClock } from './process-clock.ts';
import { textOf } from './scene.ts';
import { isBroken, Truth } from './truth.ts';
import { adminWire, ApiWire } from './wires.ts';
import type { CallFate } from './wires.ts';
import { judgeWrites } from './world-rules.ts';
import { Writer } from './writer.ts';

const STEP_MS = 50;
/** What is there for a moment only is looked for more often. */
const MOMENT_MS = 5;
/** Soon, so that what it had begun may still be under way. */
const RESTART_MS = 100;
/** What was under way when the scenario ended comes to its end. */
const SETTLE_MS = 2_000;
/** How long a run watches the cluster at rest: longer than the operator's slowest look. */
export const SHORT_REST_MS = 11_000;
/** And longer than `observedAt` may get. */
export const LONG_REST_MS = 310_000;
const NODES = 7;
/** An operator that was ended may come back as another one, who waits until the Lease of the first has run out. */
const TAKEOVER_MS = 20_000;

/**
 * Where the operator is ended: its `write`th write since the scenario began, counted from 1: before it is sent, or when it has
 * arrived and is carried out without anybody to hear of it.
 */
export interface CrashPoint {
  readonly write: number;
  readonly side: 'before' | 'after';
}

/** What goes wrong with the calls of operators, drawn from a seed; see faults.ts. */
export interface Interference {
  fateOf(isWrite: boolean, isApi: boolean): CallFate;
  watchDelayMs(): number | null;
}

export interface SimulationOptions {
  readonly seed: number;
  readonly crash?: CrashPoint | null;
  readonly trace?: boolean;
}

const definition = load(readFileSync('crds/quorate.io_storageclusters.yaml', 'utf8'));

export class OperatorSimulation {
  readonly scheduler = new Scheduler();
  readonly network: Network;
  readonly members: Members;
  readonly model: ModelCluster;
  readonly person: ModelFixture;
  readonly truth: Truth;
  readonly bench: Bench;
  readonly writer: Writer;
  readonly operators: OperatorProcess[] = [];
  readonly random: SeededRandom;
  readonly #trace: string[] | null;
  interference: Interference | null = null;
  onBegin: () => void = () => undefined;
  /** The sizes, and what else has to be, at the end of the scenario. */
  #wanted: (() => boolean) | null = null;
  operatorVersion = '0.1.0';
  settleMs = SETTLE_MS;
  specChangedAtMs = 0;
  disturbedUntilMs = 0;
  readonly silent = new Set<string>();
  #failure: string | null = null;
  #identities = 0;

  constructor(builds: NodeBuilds, options: SimulationOptions) {
    this.#trace = options.trace === true ? [] : null;
    this.random = new SeededRandom(options.seed);
    this.network = new Network(this.scheduler, this.random.split());
    this.members = new Members(this.network, builds, this.random.split(), {
      failed: (machine, error) => this.failed(`${machine?.name ?? 'a member'}: ${describeError(error)}`),
      trace: (sentence, data) => this.trace(sentence, data),
    });
    const clock = new SimulatedClock(this.scheduler);
    const runtime = new SimulatedRuntime({
      clock,
      hasImage: (image) => this.members.hasImage(image),
      program: (request, exit) => this.members.program(request, exit),
    });
    this.model = new ModelCluster({ clock, random: this.random.split(), runtime });
    this.person = new ModelFixture({}, undefined, this.model.api);
    this.model.addNodes(NODES);
    for (const name of ['shop', 'quorate']) this.person.namespace(name);
    this.person.call('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', definition);
    this.truth = new Truth(this.members, {
      nowMs: () => this.scheduler.nowMs,
      resource: () => this.find(PATHS.orders),
      replicas: () => {
        const set = this.find(PATHS.set);
        return set === null ? null : Number(field(set, 'spec.replicas'));
      },
      pods: () => this.person.get(PATHS.pods).items,
      nodes: () => this.person.get(PATHS.nodes).items,
    });
    this.bench = new Bench(this, options.crash ?? null);
    this.model.api.store.onChange((change) => this.bench.stored(change));
    this.writer = new Writer(this.network, this.random.split(), () =>
      this.members.machines.filter(({ isUp }) => isUp).map(({ name }) => name),
    );
  }

  get nowMs(): number {
    return this.scheduler.nowMs;
  }

  get traceLines(): readonly string[] {
    return this.#trace ?? [];
  }

  trace(sentence: string, data: object = {}): void {
    this.#trace?.push(`${(this.nowMs / 1000).toFixed(3).padStart(9)} ${sentence} ${JSON.stringify(data)}`);
  }

  /** Until so much later nobody can say what an operator has to have done. */
  disturbed(forMs: number): void {
    this.disturbedUntilMs = Math.max(this.disturbedUntilMs, this.nowMs + forMs);
  }

  /** The run has failed; it ends with the event that is under way. */
  failed(reason: string): void {
    this.#failure ??= `at ${(this.nowMs / 1000).toFixed(3)} s: ${reason}`;
    this.trace(`FAILED: ${reason}`);
  }

  // Operators.

  startOperator(version = this.operatorVersion, identity = `operator-${(this.#identities += 1)}`): OperatorProcess {
    const after = (delayMs: number, act: () => void): void => void this.scheduler.after(delayMs, act);
    const made = new OperatorProcess({
      identity,
      version,
      scheduler: this.scheduler,
      random: this.random.split(),
      transport: (process) => new ApiWire(process, this.model.api, this.bench, after),
      nodes: (process) => adminWire(process, this.members, this.bench, after),
      failed: (error) => this.failed(`the operator: ${describeError(error)}`),
    });
    this.operators.push(made);
    made.start();
    return made;
  }

  /** The one that leads; null: none does. */
  get operator(): OperatorProcess | null {
    return this.operators.find(({ isLeader }) => isLeader) ?? null;
  }

  async untilOperatorLeads(): Promise<OperatorProcess> {
    await this.until('an operator leads', () => this.operator !== null);
    return present(this.operator, 'an operator leads');
  }

  /** The old one is told to go, and gives its lease back; the new one takes over. */
  async upgradeOperator(version: string): Promise<void> {
    this.operatorVersion = version;
    const old = await this.untilOperatorLeads();
    old.stop();
    this.trace('the operator is upgraded', { version });
    this.disturbed(TAKEOVER_MS);
    this.startOperator();
    this.scheduler.after(30_000, () => old.end());
  }

  /** SIGKILL; its pod starts it again, under the same name. */
  endOperator(process: OperatorProcess): void {
    if (!process.isAlive) return;
    process.end();
    this.trace('the operator was ended', { identity: process.identity });
    this.disturbed(TAKEOVER_MS);
    this.scheduler.after(RESTART_MS, () => this.startOperator(undefined, process.identity));
  }

  // People.

  find(path: string): object | null {
    const { code, body } = this.person.answer('GET', path);
    return code === 200 && typeof body === 'object' ? body : null;
  }

  at(path: string, what: string): unknown {
    return field(this.find(path), what);
  }

  status(what: string): unknown {
    return this.at(PATHS.orders, `status.${what}`);
  }

  create(spec: object): void {
    const metadata = { name: CLUSTER, namespace: 'shop' };
    const body = { apiVersion: 'quorate.io/v1alpha1', kind: 'StorageCluster', metadata, spec: { ...BASE_SPEC, ...spec } };
    this.person.apply(PATHS.orders, body, 'kubectl');
    this.specChangedAtMs = this.nowMs;
    this.trace('created', spec);
  }

  change(spec: JsonObject): void {
    this.person.merge(PATHS.orders, { spec });
    this.specChangedAtMs = this.nowMs;
    this.trace('changed', spec);
  }

  annotate(annotations: JsonObject): void {
    this.person.merge(PATHS.orders, { metadata: { annotations } });
    this.trace('annotated', annotations);
  }

  /** `kubectl drain` of one pod: refused while a budget says no. */
  evict(pod: string): boolean {
    const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod, namespace: 'shop' } };
    const { code } = this.person.answer('POST', `${PATHS.pods}/${pod}/eviction`, body);
    this.trace('a person evicts', { pod, code });
    return code < 300;
  }

  nodeOf(ordinal: number): string {
    return String(this.at(`${PATHS.pods}/${this.member(ordinal)}`, 'spec.nodeName'));
  }

  /** The machine is off and stays so; its object stays until somebody deletes it. */
  powerOff(node: string): void {
    this.trace('power off', { node });
    this.members.powerLost(node);
    this.model.destroyNode(node);
  }

  /** Nothing passes between this member and the others; the operator still reaches it. */
  cutOff(ordinal: number): () => void {
    const name = this.member(ordinal);
    const others = this.members.machines.map((machine) => machine.name).filter((other) => other !== name);
    const pairs = others.flatMap((other) => [[name, other] as const, [other, name] as const]);
    for (const [from, to] of pairs) this.network.cut(from, to);
    this.trace('cut off', { name });
    return () => {
      for (const [from, to] of pairs) this.network.mend(from, to);
      this.trace('mended', { name });
    };
  }

  pods(): readonly string[] {
    return this.person.names(PATHS.pods);
  }

  podUids(): readonly string[] {
    return this.person.get(PATHS.pods).items.map(({ metadata }) => metadata.uid);
  }

  /** How many of the pods there are now are not among these. */
  newPods(before: readonly string[]): number {
    return this.podUids().filter((uid) => !before.includes(uid)).length;
  }

  /** Being deleted. */
  goingPods(): readonly string[] {
    const { items } = this.person.get(PATHS.pods);
    return items.flatMap(({ metadata }) => (metadata.deletionTimestamp === undefined ? [] : [metadata.name]));
  }

  hasBrokenPod(): boolean {
    return this.person.get(PATHS.pods).items.some(isBroken);
  }

  volumeSizes(): readonly string[] {
    return this.person.get(PATHS.claims).items.map((claim) => String(field(claim, 'status.capacity.storage')));
  }

  nodeReadiness(node: string): string {
    const all = this.at(`${PATHS.nodes}/${node}`, 'status.conditions');
    return Array.isArray(all)
      ? String(
          field(
            all.find((each) => field(each, 'type') === 'Ready'),
            'status',
          ),
        )
      : '-';
  }

  isHolder({ identity }: OperatorProcess): boolean {
    return this.at(LEASE, 'spec.holderIdentity') === identity;
  }

  /** What operators ask of this member is lost from now on. */
  silence(member: string, isSilent: boolean): void {
    if (isSilent) this.silent.add(member);
    else this.silent.delete(member);
    this.trace(isSilent ? 'silenced' : 'heard again', { member });
  }

  memberOf(ordinal: number): { readonly id: string } {
    const found = this.truth.committed?.members.find(({ name }) => name === this.member(ordinal));
    if (found === undefined) throw new Error(`${this.member(ordinal)} is no member`);
    return found;
  }

  /** Listed as a voter under another id. */
  isReplaced(ordinal: number, id: string): boolean {
    const members = this.truth.committed?.members ?? [];
    return (
      !members.some((member) => member.id === id) &&
      members.some(({ name, role }) => name === this.member(ordinal) && role === 'voter')
    );
  }

  /** Every sync of these members' disks takes so long from now on. */
  slowDisks(ordinals: readonly number[], syncMs: readonly [number, number]): void {
    for (const ordinal of ordinals) this.volumeOf(ordinal).machine.pace = { writeMs: [0.02, 0.1], syncMs };
    this.trace('slow disks', { ordinals, syncMs });
  }

  leaderOrdinal(): number {
    const name = this.truth.scene().members?.find(({ leadsSinceMs }) => leadsSinceMs !== null)?.name ?? this.member(0);
    return Number(name.slice(name.lastIndexOf('-') + 1));
  }

  // Time.

  async pass(durationMs: number): Promise<void> {
    if (this.#failure !== null) throw new Error(this.#failure);
    await this.scheduler.run(this.nowMs + durationMs, () => {
      this.truth.look();
      if (this.#failure !== null) throw new Error(this.#failure);
    });
  }

  /** For what does not last. */
  async moment(what: string, holds: () => boolean, mostMs = 240_000): Promise<void> {
    await this.until(what, holds, mostMs, MOMENT_MS);
  }

  async until(what: string, holds: () => boolean, mostMs = 240_000, stepMs = STEP_MS): Promise<void> {
    for (let passedMs = 0; passedMs <= mostMs; passedMs += stepMs) {
      if (holds()) return;
      await this.pass(stepMs);
    }
    const status = this.at(PATHS.orders, 'status');
    const pods = this.person.names(PATHS.pods);
    throw new Error(
      `not within ${mostMs / 1000} s: ${what}; pods ${pods.join()}; committed ${JSON.stringify(this.truth.committed?.members)}; status ${JSON.stringify(status)}`,
    );
  }

  /** By what status says of this spec, and in truth. */
  isReady(replicas: number): boolean {
    const status = this.at(PATHS.orders, 'status');
    if (field(status, 'observedGeneration') !== this.at(PATHS.orders, 'metadata.generation')) return false;
    const said = field(status, 'phase') === 'Ready' && field(status, 'ready') === `${replicas}/${replicas}`;
    return said && this.condition('Updated').startsWith('True') && this.isWhole(replicas);
  }

  isWhole(replicas: number): boolean {
    const members = this.truth.scene().members ?? [];
    const { items } = this.person.get(PATHS.pods);
    const ready = items.filter((pod) => pod.metadata.deletionTimestamp === undefined && isPodReady(pod));
    if (items.length !== replicas || ready.length !== replicas || members.length !== replicas) return false;
    return members.every(({ isCaughtUp, role }) => isCaughtUp && role === 'voter');
  }

  async untilReady(replicas: number, mostMs = 240_000): Promise<void> {
    this.#wanted = () => this.isReady(replicas);
    await this.until(`Ready with ${replicas}`, () => this.isReady(replicas), mostMs);
  }

  /** An end other than that all are ready as asked for. */
  async untilWanted(what: string, holds: () => boolean): Promise<void> {
    this.#wanted = holds;
    await this.until(what, holds);
  }

  /** Whatever happened after it was reached. */
  async untilReadyAgain(): Promise<void> {
    const wanted = this.#wanted;
    if (wanted !== null) await this.until('what is wanted', wanted);
  }

  condition(type: string): string {
    const all = this.status('conditions');
    const found: unknown = Array.isArray(all) ? all.find((each) => field(each, 'type') === type) : undefined;
    return `${textOf(field(found, 'status'))} ${textOf(field(found, 'reason'))}`;
  }

  gates(): readonly string[] {
    const all = this.status('blockedBy');
    return Array.isArray(all) ? all.map((each) => String(field(each, 'gate'))) : [];
  }

  member(ordinal: number): string {
    return `${CLUSTER}-shard-0-${ordinal}`;
  }

  volumeOf(ordinal: number): Volume {
    const uid = this.at(`${PATHS.claims}/data-${this.member(ordinal)}`, 'metadata.uid');
    const volume = this.members.volumes.get(String(uid));
    if (volume === undefined) throw new Error(`${this.member(ordinal)} has no volume`);
    return volume;
  }

  // The frame of a scenario.

  /** @param past what happened to the cluster before the scenario begins */
  async founded(spec: object = {}, replicas = 3, past: () => Promise<void> = async () => undefined): Promise<void> {
    await this.pass(1_000);
    this.startOperator();
    this.create({ replicas, ...spec });
    await this.untilReady(replicas);
    void this.writer.run().catch((error: unknown) => this.failed(describeError(error)));
    await this.pass(1_000);
    await past();
    this.begin();
  }

  /** From here on writes are counted, and the operator may be ended at one. */
  begin(): void {
    this.bench.begin();
    this.onBegin();
  }

  /** What holds once everything is done: the cluster is at rest, status says what is, and nothing is lost. */
  async finish(restMs = SHORT_REST_MS): Promise<void> {
    if (this.interference !== null) await this.until('an end of faults', () => this.interference === null);
    await this.untilReadyAgain();
    await this.pass(this.settleMs);
    await this.untilReadyAgain();
    this.bench.rests = true;
    await this.pass(restMs);
    this.writer.stop();
    this.bench.judgeRest(restMs);
    await this.#judgeWrites();
    if (this.#failure !== null) throw new Error(this.#failure);
  }

  async #judgeWrites(): Promise<void> {
    const keys = [...this.writer.acknowledged];
    if (keys.length === 0) return;
    const host = textOf(this.status('leader'));
    const reader = { host: 'reader', isAlive: true, deliver: (act: () => void) => act() };
    const connection = new ClientConnection(this.network, reader, host, 5_000);
    const outcome = { count: null as number | null };
    void connection.opened.then(async () => {
      const told = await connection.send([['EXISTS', ...keys]])[0];
      if (told?.type === 'replied' && told.reply.type === 'integer') outcome.count = told.reply.value;
    });
    await this.until('the last read', () => outcome.count !== null, 10_000);
    connection.close('read');
    const breach = judgeWrites(keys.length, outcome.count ?? 0);
    if (breach !== null) this.failed(breach);
  }

  stop(): void {
    for (const operator of this.operators) if (operator.isAlive) operator.end();
    this.model.stop();
  }
}

function isPodReady(pod: object): boolean {
  const all = field(pod, 'status.conditions');
  return (
    Array.isArray(all) &&
    field(
      all.find((each) => field(each, 'type') === 'Ready'),
      'status',
    ) === 'True'
  );
}

/** The trial of the first updated member is short here: virtual seconds cost real ones. */
const BASE_SPEC = { version: '0.1.0', update: { canary: { steadySeconds: 2, deadlineSeconds: 30 } } } as const;
