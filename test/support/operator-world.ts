/**
 * A small world in which reconcile() runs to convergence: objects in memory, a StatefulSet controller with the rules that matter here
 * (Parallel, OnDelete, claims that stay), a kubelet, and nodes. It judges while it runs: at most one disruptive action a pass, and no quorum
 * given away.
 */
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { API_VERSION, KIND } from '../../src/api/storage-cluster.ts';
import type { StorageClusterSpecInput, StorageClusterStatus } from '../../src/api/storage-cluster.ts';
import type { Clock } from '../../src/shared/clock.ts';
import type {
  KubernetesObject,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  StatefulSet,
} from '../../src/operator/kubernetes/objects.ts';
import type { ObjectCache } from '../../src/operator/kubernetes/cache.ts';
import type { Resource } from '../../src/operator/kubernetes/api.ts';
import {
  CLAIMS,
  CONTROLLER_REVISIONS,
  NODES,
  PODS,
  STATEFUL_SETS,
  STORAGE_CLASSES,
  STORAGE_CLUSTERS,
  VOLUMES,
} from '../../src/operator/kubernetes/resources.ts';
import { ReconcileCounters } from '../../src/operator/reconcile-counters.ts';
import { createReconciler } from '../../src/operator/reconcile.ts';
import type { Reconciler } from '../../src/operator/reconcile.ts';
import { hashOf } from '../../src/operator/render/applied.ts';
import { claimName } from '../../src/operator/render/names.ts';
import { FakeNodes } from './operator-nodes.ts';
import type { Disk } from './operator-nodes.ts';
import { failure, ObjectWorld } from './operator-store.ts';
import type { Stored } from './operator-store.ts';

export const NAMESPACE = 'shop';
export const NAME = 'orders';
const START_MS = Date.parse('2026-01-01T00:00:00Z');

/** Versions of the node in this world, by image tag: the feature level that each can read. Others have no image. */
const builds: ReadonlyMap<string, number> = new Map([
  ['0.1.0', 1],
  ['0.1.1', 1],
  ['0.2.0', 2],
]);

const MACHINES = ['worker-0', 'worker-1', 'worker-2', 'worker-3', 'worker-4', 'worker-5'];

function ownerOf({ metadata }: StatefulSet & Stored) {
  return { apiVersion: 'apps/v1', kind: 'StatefulSet', name: metadata.name, uid: metadata.uid, controller: true };
}

function machineOfVolume({ spec }: PersistentVolume): string {
  return spec?.nodeAffinity?.required?.nodeSelectorTerms?.[0]?.matchExpressions?.[0]?.values?.[0] ?? '';
}

export type Seen = ReadonlyMap<string, readonly Stored[]>;

/** Neither the API's nor a node's: nothing in the operator knows what to do with it, as with SIGKILL. */
class OperatorDied extends Error {}

export class OperatorWorld {
  readonly objects = new ObjectWorld();
  readonly nodes = new FakeNodes();
  /** By claim UID: what is on the volume. */
  readonly disks = new Map<string, Disk>();
  readonly events: string[] = [];
  /** Disruptive actions of each pass that had any. */
  readonly disruptions: string[] = [];
  readonly registry = new Registry();
  readonly metrics = new ReconcileCounters(this.registry);
  /** Whether the driver of the volumes does what claims ask for. */
  resizes = true;
  /** Set: the operator dies right before or after its n-th write from now on, Kubernetes and nodes counted together, and is started anew. */
  crash: { readonly write: number; readonly when: 'before' | 'after' } | null = null;
  crashes = 0;
  /** Set: the caches lag behind, and show this. */
  stale: Seen | null = null;
  #reconciler: Reconciler;
  #writesSeen = 0;
  #drawn = 0;
  #nowMs = START_MS;

  constructor() {
    const { objects } = this;
    objects.nowMs = this.#nowMs;
    objects.beforePodGoes = (how, name) => this.#judge(how, name);
    objects.isInUse = ({ kind }, name) => kind === 'PersistentVolumeClaim' && this.#podOf(name) !== null;
    for (const name of MACHINES) this.addMachine(name);
    this.setClass({ allowVolumeExpansion: true });
    this.#reconciler = this.#startOperator();
  }

  /** What caches show that have caught up. */
  get seen(): Seen {
    return new Map(
      [STORAGE_CLUSTERS, STATEFUL_SETS, PODS, CLAIMS].map((resource) => [resource.plural, this.objects.all(resource)]),
    );
  }

  /** Without anything that the one before remembered. */
  #startOperator(): Reconciler {
    const { objects } = this;
    const cache = <Kind extends KubernetesObject>(resource: Resource<Kind>): ObjectCache<Kind & Stored> => {
      const all = () => (this.stale?.get(resource.plural) ?? objects.all(resource)) as readonly (Kind & Stored)[];
      return {
        synced: true,
        get: (_namespace, name) => all().find(({ metadata }) => metadata.name === name) ?? null,
        ofCluster: (_namespace, cluster) => all().filter(({ metadata }) => metadata.labels?.['quorate.io/cluster'] === cluster),
        all,
      };
    };
    const clock: Clock = {
      monotonicMs: () => this.#nowMs - START_MS,
      wallMs: () => this.#nowMs,
      schedule: () => () => undefined,
    };
    return createReconciler({
      api: this.#mortal(objects.api(), ['create', 'apply', 'mergePatch', 'patchStatus', 'delete', 'evict']),
      nodes: this.#mortal(this.nodes.client(), [
        'found',
        'join',
        'changeConfiguration',
        'transferLeadership',
        'raiseFeatureLevel',
      ]),
      caches: { clusters: cache(STORAGE_CLUSTERS), statefulSets: cache(STATEFUL_SETS), pods: cache(PODS), claims: cache(CLAIMS) },
      clock,
      log: pino({ level: 'silent' }),
      settings: { imageRepository: 'registry.example/quorate' },
      events: { event: (_object, { reason }) => this.events.push(reason) },
      metrics: this.metrics,
      drawHex: (digits) => (this.#drawn += 1).toString(16).padStart(digits, '0'),
    });
  }

  /** Its writes are counted, and one of them may be the last. */
  #mortal<Api extends object>(api: Api, writes: readonly (keyof Api)[]): Api {
    const guarded = writes.map((name) => {
      const call = api[name] as unknown as (...words: readonly unknown[]) => Promise<unknown>;
      const mortal = async (...words: readonly unknown[]): Promise<unknown> => {
        const isLast = this.crash !== null && (this.#writesSeen += 1) === this.crash.write;
        if (isLast && this.crash?.when === 'before') throw new OperatorDied();
        const answer = await call(...words);
        if (isLast) throw new OperatorDied();
        return answer;
      };
      return [name, mortal] as const;
    });
    return { ...api, ...Object.fromEntries(guarded) };
  }

  addMachine(name: string): void {
    this.objects.put(NODES, { metadata: { name, labels: { 'kubernetes.io/hostname': name } } });
  }

  /** Off for good, as a cloud controller or `kubectl delete node` has it: its pods are forgotten, its volumes stay on it. */
  removeMachine(name: string): void {
    this.objects.remove(NODES, name);
    for (const pod of this.objects.all(PODS)) if (pod.spec?.nodeName === name) this.objects.remove(PODS, pod.metadata.name);
    this.#runKubelet();
  }

  /** As a person says that it is off for good. */
  taintMachine(name: string): void {
    this.objects.change(NODES, name, { spec: { taints: [{ key: 'node.kubernetes.io/out-of-service', effect: 'NoExecute' }] } });
    for (const pod of this.objects.all(PODS)) if (pod.spec?.nodeName === name) this.objects.remove(PODS, pod.metadata.name);
    this.#runKubelet();
  }

  /** Of every volume in this world. */
  setClass(storageClass: object): void {
    this.objects.put(STORAGE_CLASSES, { metadata: { name: 'fast' }, ...storageClass });
  }

  volumes(): readonly string[] {
    return this.objects.all(VOLUMES).map(({ metadata }) => metadata.name);
  }

  annotatePod(ordinal: number, annotations: object): void {
    this.objects.change(PODS, `${NAME}-shard-0-${ordinal}`, { metadata: { annotations } });
  }

  machineOf(ordinal: number): string {
    return this.objects.find(PODS, `${NAME}-shard-0-${ordinal}`)?.spec?.nodeName ?? '';
  }

  create(spec: StorageClusterSpecInput): void {
    const metadata = { name: NAME, namespace: NAMESPACE };
    this.objects.put(STORAGE_CLUSTERS, { apiVersion: API_VERSION, kind: KIND, metadata, ...{ spec } });
  }

  change(spec: object): void {
    this.objects.change(STORAGE_CLUSTERS, NAME, { spec });
  }

  annotate(annotations: object): void {
    this.objects.change(STORAGE_CLUSTERS, NAME, { metadata: { annotations } });
  }

  eraseStatus(): void {
    this.objects.change(STORAGE_CLUSTERS, NAME, { status: null });
  }

  /** `kubectl delete`: the resource goes at once, what it owns goes with it, volumes by their own owners. */
  delete(): void {
    this.objects.remove(STORAGE_CLUSTERS, NAME);
    this.#runKubelet();
  }

  get status(): StorageClusterStatus {
    const stored = this.objects.find(STORAGE_CLUSTERS, NAME);
    return stored?.status ?? {};
  }

  get generation(): number {
    return this.objects.find(STORAGE_CLUSTERS, NAME)?.metadata.generation ?? 0;
  }

  condition(type: string): string {
    const found = this.status.conditions?.find((condition) => condition.type === type);
    return `${found?.status ?? '-'} ${found?.reason ?? '-'}`;
  }

  pods(): readonly string[] {
    return this.objects.all(PODS).map(({ metadata }) => metadata.name);
  }

  claims(): readonly string[] {
    return this.objects.all(CLAIMS).map(({ metadata }) => metadata.name);
  }

  async pass(): Promise<number | null> {
    const before = { writes: this.objects.writes.length, calls: this.nodes.calls.length };
    const pods = this.objects.find(STATEFUL_SETS, `${NAME}-shard-0`)?.spec.replicas ?? 0;
    const requeueAfterMs = await this.#reconcileOnce();
    // One that is gone, its pods left in place, lowers nothing.
    const podsAfter = this.objects.find(STATEFUL_SETS, `${NAME}-shard-0`)?.spec.replicas ?? pods;
    const disruptive = [
      ...this.objects.writes.slice(before.writes).filter((write) => /^(evict|delete) Pod /.test(write)),
      ...this.nodes.calls.slice(before.calls).filter((call) => /^(remove|transfer)/.test(call)),
      ...(podsAfter < pods ? [`lower ${pods} to ${podsAfter}`] : []),
    ];
    if (disruptive.length > 1) throw new Error(`more than one disruptive action in a pass: ${disruptive.join(', ')}`);
    this.disruptions.push(...disruptive);
    return requeueAfterMs;
  }

  async #reconcileOnce(): Promise<number | null> {
    try {
      const key = { namespace: NAMESPACE, name: NAME };
      return (await this.#reconciler.reconcile(key, new AbortController().signal)).requeueAfterMs;
    } catch (error) {
      if (!(error instanceof OperatorDied)) throw error;
      this.crashes += 1;
      this.crash = null;
      this.#reconciler = this.#startOperator();
      return 0;
    }
  }

  /** A second goes by. */
  round(): void {
    this.#nowMs += 1000;
    this.objects.nowMs = this.#nowMs;
    this.#runStatefulSet();
    this.#runVolumes();
    this.#runKubelet();
    this.nodes.round();
    this.#showReadiness();
    this.#judgeQuorum();
  }

  passTime(ms: number): void {
    this.#nowMs += ms;
    this.objects.nowMs = this.#nowMs;
  }

  /** Passes and rounds until `isDone`; throws with the last status when it takes more than `rounds`. */
  async until(what: string, isDone: () => boolean, rounds = 120): Promise<void> {
    for (let round = 0; round < rounds; round += 1) {
      await this.pass();
      if (isDone()) return;
      this.round();
    }
    throw new Error(
      `not within ${rounds} rounds: ${what}; ${JSON.stringify({ status: this.status, pods: this.pods() }, null, 1)}`,
    );
  }

  async untilReady(replicas: number): Promise<void> {
    const isReady = (): boolean => this.status.phase === 'Ready' && this.status.ready === `${replicas}/${replicas}`;
    await this.until(`Ready with ${replicas}`, () => isReady() && this.condition('Updated').startsWith('True'));
  }

  /** Writes of so many passes at rest. */
  async writesOf(passes: number): Promise<readonly string[]> {
    const before = this.objects.writes.length;
    for (let pass = 0; pass < passes; pass += 1) {
      await this.pass();
      this.round();
    }
    return this.objects.writes.slice(before);
  }

  #runStatefulSet(): void {
    const set = this.objects.find(STATEFUL_SETS, `${NAME}-shard-0`);
    if (set === null) return;
    const revision = `${set.metadata.name}-${hashOf(set.spec.template)}`;
    const data = { spec: { template: { ...set.spec.template, $patch: 'replace' } } };
    this.objects.put(CONTROLLER_REVISIONS, { metadata: { name: revision, namespace: NAMESPACE }, ...{ data } });
    this.#adopt(set);
    for (let ordinal = 0; ordinal < (set.spec.replicas ?? 1); ordinal += 1) this.#createPod(set, ordinal, revision);
    for (const pod of this.objects.all(PODS)) {
      const ordinal = Number(pod.metadata.name.split('-').at(-1));
      if (ordinal >= (set.spec.replicas ?? 1)) this.objects.terminate(PODS, pod.metadata.name);
    }
    const pods = this.objects.all(PODS);
    this.objects.change(STATEFUL_SETS, set.metadata.name, {
      status: { observedGeneration: set.metadata.generation, updateRevision: revision, replicas: pods.length },
    });
  }

  /** Pods that match its selector and belong to nobody become its own. */
  #adopt(set: StatefulSet & Stored): void {
    for (const { metadata } of this.objects.all(PODS)) {
      if ((metadata.ownerReferences ?? []).length === 0)
        this.objects.change(PODS, metadata.name, { metadata: { ownerReferences: [ownerOf(set)] } });
    }
  }

  /** Bound on the machine with the fewest volumes; grown as asked for, where the class allows it; gone with their claims, or kept. */
  #runVolumes(): void {
    const allows = this.objects.find(STORAGE_CLASSES, 'fast')?.allowVolumeExpansion === true;
    for (const claim of this.objects.all(CLAIMS)) {
      const { name, deletionTimestamp } = claim.metadata;
      if (deletionTimestamp !== undefined && this.#podOf(name) === null) this.objects.remove(CLAIMS, name);
      else if (claim.spec?.volumeName === undefined) this.#bind(claim);
      else if (this.resizes && allows && claim.status?.phase === 'Bound')
        this.objects.change(CLAIMS, claim.metadata.name, { status: { capacity: claim.spec.resources?.requests } });
    }
    const claims = new Set(this.objects.all(CLAIMS).map(({ metadata }) => metadata.uid));
    for (const volume of this.objects.all(VOLUMES)) {
      if (claims.has(volume.spec?.claimRef?.uid ?? '')) continue;
      if (volume.spec?.persistentVolumeReclaimPolicy === 'Delete') this.objects.remove(VOLUMES, volume.metadata.name);
      else this.objects.change(VOLUMES, volume.metadata.name, { status: { phase: 'Released' } });
    }
  }

  /** The pod that uses this claim. */
  #podOf(claim: string): Pod | null {
    return this.objects.all(PODS).find(({ metadata }) => claimName(metadata.name) === claim) ?? null;
  }

  #bind(claim: PersistentVolumeClaim & Stored): void {
    const used = (name: string) => this.objects.all(VOLUMES).filter((volume) => machineOfVolume(volume) === name).length;
    const usable = this.objects.all(NODES).filter(({ spec }) => (spec?.taints ?? []).length === 0);
    const [machine] = usable.map(({ metadata }) => metadata.name).sort((left, right) => used(left) - used(right));
    if (machine === undefined) return;
    const name = `volume-${claim.metadata.uid}`;
    const term = { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [machine] }] };
    const spec = {
      persistentVolumeReclaimPolicy: 'Delete',
      claimRef: { namespace: NAMESPACE, name: claim.metadata.name, uid: claim.metadata.uid },
      nodeAffinity: { required: { nodeSelectorTerms: [term] } },
    };
    this.objects.put(VOLUMES, { metadata: { name }, ...{ spec, status: { phase: 'Bound' } } });
    const status = { phase: 'Bound', capacity: claim.spec?.resources?.requests };
    this.objects.change(CLAIMS, claim.metadata.name, { spec: { volumeName: name }, status });
  }

  /** Only the volume; claim and pod stay, and the pod ends with its process. */
  destroyVolume(ordinal: number): void {
    const name = `${NAME}-shard-0-${ordinal}`;
    const claim = this.objects.find(CLAIMS, claimName(name));
    this.objects.remove(VOLUMES, claim?.spec?.volumeName ?? '');
    this.objects.change(CLAIMS, claimName(name), { status: { phase: 'Lost' } });
    this.objects.remove(PODS, name);
    this.#runKubelet();
  }

  #createPod(set: StatefulSet & Stored, ordinal: number, revision: string): void {
    const name = `${set.metadata.name}-${ordinal}`;
    const [template] = set.spec.volumeClaimTemplates ?? [];
    const claim = this.objects.find(CLAIMS, claimName(name));
    if (claim?.metadata.deletionTimestamp !== undefined) return;
    if (claim === null && template !== undefined) {
      const labels = template.metadata.labels;
      const spec = { storageClassName: 'fast', ...template.spec };
      const metadata = { name: claimName(name), namespace: NAMESPACE, labels };
      this.objects.put(CLAIMS, { metadata, ...{ spec, status: { phase: 'Pending' } } });
    }
    if (this.objects.find(PODS, name) !== null) return;
    const labels = { ...set.spec.template?.metadata?.labels, 'controller-revision-hash': revision };
    const metadata = { name, namespace: NAMESPACE, labels, ownerReferences: [ownerOf(set)] };
    this.objects.put(PODS, { metadata, ...{ spec: set.spec.template?.spec, status: { phase: 'Pending' } } });
  }

  #runKubelet(): void {
    for (const pod of this.objects.all(PODS)) {
      if (pod.metadata.deletionTimestamp !== undefined) this.objects.remove(PODS, pod.metadata.name);
      else if (pod.status?.phase === 'Pending') this.#start(pod);
    }
    const addresses = new Set(this.objects.all(PODS).map(({ metadata }) => metadata.uid));
    for (const address of [...this.nodes.running.keys()]) if (!addresses.has(address)) this.nodes.running.delete(address);
  }

  #start(pod: Pod & Stored): void {
    const { name, uid } = pod.metadata;
    const image = pod.spec?.containers?.[0]?.image ?? '';
    const version = image.split(':').at(-1) ?? '';
    const featureLevelMax = builds.get(version);
    const claim = this.objects.find(CLAIMS, claimName(name));
    if (featureLevelMax === undefined) {
      const state = { waiting: { reason: 'ImagePullBackOff' } };
      const containerStatuses = [{ name: 'node', ready: false, restartCount: 0, state }];
      this.objects.change(PODS, name, { status: { containerStatuses } });
      return;
    }
    const machine = this.#machineFor(claim);
    if (claim === null || machine === null) return;
    const disk = this.disks.get(claim.metadata.uid) ?? this.nodes.newDisk();
    this.disks.set(claim.metadata.uid, disk);
    this.nodes.running.set(uid, { name, disk, version, featureLevelMax, age: 0, silent: false, halt: null });
    this.objects.change(PODS, name, { spec: { nodeName: machine }, status: { phase: 'Running', podIP: uid } });
  }

  /** Where its volume is, if that machine is there and takes pods. */
  #machineFor(claim: (PersistentVolumeClaim & Stored) | null): string | null {
    const volume = this.objects.find(VOLUMES, claim?.spec?.volumeName ?? '');
    const machine = volume === null ? null : this.objects.find(NODES, machineOfVolume(volume));
    return machine === null || (machine.spec?.taints ?? []).length > 0 ? null : machine.metadata.name;
  }

  #showReadiness(): void {
    for (const pod of this.objects.all(PODS)) {
      const node = this.nodes.running.get(pod.metadata.uid);
      const status = node !== undefined && this.nodes.isReady(node) ? 'True' : 'False';
      if (pod.status?.conditions?.[0]?.status === status) continue;
      const conditions = [{ type: 'Ready', status, lastTransitionTime: new Date(this.#nowMs).toISOString() }];
      this.objects.change(PODS, pod.metadata.name, { status: { conditions } });
    }
  }

  /** Loses the volume of a member: its claim and pod are made anew. */
  loseVolume(ordinal: number): void {
    const name = `${NAME}-shard-0-${ordinal}`;
    this.objects.remove(CLAIMS, claimName(name));
    this.objects.remove(PODS, name);
    this.#runKubelet();
  }

  /** `kubectl delete pvc`, with no pod on it. */
  loseClaim(ordinal: number): void {
    this.objects.remove(CLAIMS, claimName(`${NAME}-shard-0-${ordinal}`));
  }

  /** `quorate recover` in a pod of its own that mounts the member's volume; its own pod must be gone. */
  recover(ordinal: number): void {
    const name = `${NAME}-shard-0-${ordinal}`;
    const disk = this.disks.get(this.objects.find(CLAIMS, claimName(name))?.metadata.uid ?? '');
    if (disk === undefined || this.objects.find(PODS, name) !== null) throw new Error(`${name} has no volume that is free`);
    this.nodes.recover(disk, name);
  }

  node(ordinal: number) {
    const pod = this.objects.find(PODS, `${NAME}-shard-0-${ordinal}`);
    const node = this.nodes.running.get(pod?.metadata.uid ?? '');
    if (node === undefined) throw new Error(`no node ${ordinal} runs`);
    return node;
  }

  /** As a PodDisruptionBudget of 1 has it, and as S8 demands. */
  #judge(how: 'evict' | 'delete', name: string): void {
    const victim = [...this.nodes.running.values()].find((node) => node.name === name);
    if (how === 'delete') {
      const members = victim === undefined ? [] : (this.nodes.groupOf(victim.disk)?.members ?? []);
      if (victim !== undefined && victim.halt === null && members.some(({ id }) => id === victim.disk.memberId))
        throw new Error(`${name} was no broken pod`);
      return;
    }
    const others = this.objects.all(PODS).filter(({ metadata }) => metadata.name !== name);
    if (others.some((pod) => pod.status?.conditions?.[0]?.status !== 'True')) throw failure('throttled', 'disruption budget');
    const group = victim === undefined ? null : this.nodes.groupOf(victim.disk);
    if (group === null || victim === undefined) return;
    const voters = group.members.filter(({ role }) => role === 'voter');
    const left = this.nodes.votersUp(group).filter(({ id }) => id !== victim.disk.memberId).length;
    if (voters.length > 1 && left <= voters.length / 2) throw new Error(`S8: the eviction of ${name} gives the quorum away`);
    if (voters.length > 1 && group.leader === victim.disk.memberId) throw new Error(`${name} leads and was evicted`);
  }

  isJudged = true;

  /** Once formed, a cluster that is neither hibernated nor of one member keeps its quorum, whatever the operator does. */
  #judgeQuorum(): void {
    if (!this.isJudged) return;
    for (const group of this.nodes.groups) {
      const voters = group.members.filter(({ role }) => role === 'voter').length;
      const isUp = this.objects.find(STATEFUL_SETS, `${NAME}-shard-0`)?.spec.replicas !== 0;
      if (isUp && voters > 1 && !this.nodes.hasQuorum(group)) throw new Error('the quorum was given away');
    }
  }
}
