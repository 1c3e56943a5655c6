/**
 * Looks at every member after each event, keeps what is committed in each generation, and tells the judges the truth of a moment. The rules of
 * the log itself (one leader a term, one change at a time, no id twice) are watched by the store's own judge, one for each generation.
 */
import type { CoreStatus } from '../../src/consensus/core.ts';
import type { MemberId } from '../../src/shared/ids.ts';
import type { StorageNode } from '../../src/node/storage-node.ts';
import type { Membership } from '../../src/wal/types.ts';
import { field } from '../support/model-api.ts';
import { Watcher } from '../simulation/watcher.ts';
import type { Machine, NodeProcess } from '../simulation/machine.ts';
import type { Members, Volume } from './members.ts';
import type { MemberScene, ResourceScene, Scene, VolumeScene } from './scene.ts';
import { quorumOf } from './scene.ts';

/** As the leader's own word counts it (src/consensus/raft/options.ts). */
const CAUGHT_UP_ENTRIES = 64;
const BROKEN = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'CrashLoopBackOff',
  'CreateContainerConfigError',
]);

export interface KubernetesTruth {
  readonly nowMs: () => number;
  readonly resource: () => unknown;
  /** Of the StatefulSet; null: there is none. */
  readonly replicas: () => number | null;
  readonly pods: () => readonly object[];
  readonly nodes: () => readonly object[];
}

interface Generation {
  readonly clusterId: string;
  readonly number: number;
  readonly watcher: Watcher;
}

interface Running {
  readonly generation: Generation;
  readonly serving: NonNullable<StorageNode['serving']>;
}

export class Truth {
  readonly #members: Members;
  readonly #kubernetes: KubernetesTruth;
  readonly #generations = new Map<string, Generation>();
  readonly #running = new Map<NodeProcess, Running>();
  readonly #identities = new Map<Machine, MemberId>();
  readonly #memberships = new Map<Machine, Membership>();
  readonly #leadsSinceMs = new Map<Machine, number>();
  readonly #foundings = new Map<string, string>();
  #newest: Generation | null = null;

  constructor(members: Members, kubernetes: KubernetesTruth) {
    this.#members = members;
    this.#kubernetes = kubernetes;
  }

  /** After each event: who opened or closed its log, who shows another id, who leads? @throws for a broken rule of the log */
  look(): void {
    for (const { machine } of this.#members.volumes.values()) {
      const process = machine.touched;
      if (process === null) continue;
      machine.touched = null;
      this.#lookAt(machine, process);
    }
  }

  #lookAt(machine: Machine, process: NodeProcess): void {
    const { node } = process;
    if (node === null || !process.isAlive) {
      this.#gone(machine, process);
      return;
    }
    const { identity } = node.dataFolder;
    const former = identity.formerIds[0];
    if (former !== undefined && machine.shownId === former)
      for (const { watcher } of this.#generationsOf(identity.membership?.clusterId))
        watcher.setAside(machine, former, identity.memberId);
    machine.shownId = identity.memberId;
    if (this.#identities.get(machine) !== identity.memberId) {
      this.#identities.set(machine, identity.memberId);
      for (const { watcher } of this.#generations.values()) watcher.identityShown(machine, identity.memberId);
    }
    if (identity.membership !== null && identity.membership !== this.#memberships.get(machine)) {
      this.#memberships.set(machine, identity.membership);
      this.#generationOf(identity.membership).watcher.membershipShown(machine, identity);
    }
    if (node.serving !== process.observed) this.#servingChanged(machine, process, node);
    const leads = node.serving?.replica.status.role === 'leader';
    if (!leads) this.#leadsSinceMs.delete(machine);
    else if (!this.#leadsSinceMs.has(machine)) this.#leadsSinceMs.set(machine, this.#kubernetes.nowMs());
  }

  /** The generation that the member wrote to last, where one was formed. */
  #generationsOf(clusterId: string | undefined): readonly Generation[] {
    const newest = [...this.#generations.values()].filter((generation) => generation.clusterId === clusterId).at(-1);
    return newest === undefined ? [] : [newest];
  }

  #servingChanged(machine: Machine, process: NodeProcess, node: StorageNode): void {
    process.observed = node.serving;
    this.#running.get(process)?.generation.watcher.gone(process);
    this.#running.delete(process);
    const { membership } = node.dataFolder.identity;
    if (node.serving === null || membership === null) return;
    const generation = this.#generationOf(membership);
    generation.watcher.serves(machine, process, node.serving);
    this.#running.set(process, { generation, serving: node.serving });
  }

  #gone(machine: Machine, process: NodeProcess): void {
    this.#running.get(process)?.generation.watcher.gone(process);
    this.#running.delete(process);
    if (!machine.isUp) this.#leadsSinceMs.delete(machine);
  }

  #generationOf({ clusterId, generation: { number, id } }: Membership): Generation {
    const key = `${clusterId}/${number}/${id}`;
    const known = this.#generations.get(key);
    if (known !== undefined) return known;
    const watcher = new Watcher({
      machines: [],
      nowMs: () => this.#kubernetes.nowMs(),
      // Whether disks hold what is promised is for the store's simulator to say.
      isDamaged: () => true,
      reaches: (from, to) => this.#members.network.runs(to) && !this.#members.network.blocks(from.name, to),
      logTimeAheadMs: 1_000,
    });
    for (const [machine, shown] of this.#identities) if (machine.memberId === shown) watcher.identityShown(machine, shown);
    const made = { clusterId, number, watcher };
    this.#generations.set(key, made);
    this.#newest = made;
    return made;
  }

  /** How many generations of any cluster were ever opened. */
  get generationCount(): number {
    return this.#generations.size;
  }

  get committed(): NonNullable<Watcher['committedConfiguration']> | null {
    return this.#newest?.watcher.committedConfiguration ?? null;
  }

  /** The committed configuration of whichever generation lists this id. */
  isMember(id: MemberId): boolean {
    return this.committed?.members.some((member) => member.id === id) === true;
  }

  wasRemoved(id: MemberId): boolean {
    return [...this.#generations.values()].some(({ watcher }) => watcher.wasRemoved(id));
  }

  scene(): Scene {
    const pods = new Map(this.#kubernetes.pods().map((pod) => [String(field(pod, 'metadata.name')), pod]));
    const resource = this.#kubernetes.resource();
    const members = this.committed?.members.map(({ id, name, role }): MemberScene => {
      const volume = this.#members.holding(id);
      const pod = pods.get(name);
      const machine = volume?.machine ?? null;
      return {
        id,
        name,
        role,
        runs: machine !== null && this.#runs(machine),
        isCaughtUp: machine !== null && this.#isCaughtUp(machine),
        leadsSinceMs: (machine !== null && this.#leadsSinceMs.get(machine)) || null,
        isGoing: field(pod, 'metadata.deletionTimestamp') !== undefined,
        isBroken: pod !== undefined && isBroken(pod),
        evidence: this.#evidenceAgainst(id, name, volume, pod, resource),
      };
    });
    return {
      nowMs: this.#kubernetes.nowMs(),
      members: members ?? null,
      removed: new Set(this.committed?.removed.map(({ id }) => id)),
      resource: resource === null ? null : resourceScene(resource),
      replicas: this.#kubernetes.replicas(),
      foundings: this.#foundings,
      volumes: [...this.#members.volumes.values()].filter(({ isLost }) => !isLost).map((volume) => this.#volumeScene(volume)),
    };
  }

  /** A node is told who founds the cluster. */
  founded(clusterId: string, founders: string): void {
    if (!this.#foundings.has(clusterId)) this.#foundings.set(clusterId, founders);
  }

  /** A majority of the committed configuration's voters run, and reach the others; or of one that a leader has appended: it is in force (S1). */
  isQuorumThere(): boolean {
    const appended = this.#changes().map(({ configuration }) => configuration.members);
    return [this.committed?.members ?? [], ...appended].some((members) => this.#isMajorityUp(members));
  }

  #isMajorityUp(members: readonly { readonly id: MemberId; readonly role: 'voter' | 'learner' }[]): boolean {
    const voters = members.filter(({ role }) => role === 'voter');
    const up = voters.filter(({ id }) => {
      const machine = this.#members.holding(id)?.machine;
      return machine !== undefined && this.#runs(machine) && !this.#isCutOff(machine);
    });
    return voters.length > 0 && up.length >= quorumOf(voters.length);
  }

  /** A leader has a configuration that is not committed yet. */
  isChanging(): boolean {
    return this.#changes().length > 0;
  }

  #changes(): readonly CoreStatus[] {
    return this.#members.machines.flatMap((machine) => {
      const status = this.leads(machine) ? machine.node?.serving?.replica.status : undefined;
      return status !== undefined && status.configuration.index > status.committedConfiguration.index ? [status] : [];
    });
  }

  leads(machine: Machine): boolean {
    return this.#leadsSinceMs.has(machine) && machine.isUp;
  }

  isVoter(machine: Machine): boolean {
    const id = machine.memberId;
    return this.#runs(machine) && this.committed?.members.some((member) => member.id === id && member.role === 'voter') === true;
  }

  #runs(machine: Machine): boolean {
    const { node } = machine;
    return node !== null && machine.process?.isPaused === false && node.halt === null && node.state === 'member';
  }

  #isCaughtUp(machine: Machine): boolean {
    const status = machine.node?.serving?.replica.status;
    if (status === undefined || !this.#runs(machine) || status.leader === null) return false;
    const committed = this.#newest?.watcher.committedIndex ?? 0;
    return status.durableIndex >= committed - CAUGHT_UP_ENTRIES && !this.#isCutOff(machine);
  }

  /** From most of the others. */
  #isCutOff(machine: Machine): boolean {
    const { network } = this.#members;
    const others = this.#members.machines.filter((other) => other !== machine && other.isUp);
    const cut = others.filter(({ name }) => network.blocks(machine.name, name) || network.blocks(name, machine.name));
    return cut.length * 2 > others.length;
  }

  #evidenceAgainst(id: MemberId, name: string, volume: Volume | null, pod: unknown, resource: unknown): string | null {
    if (volume === null || volume.isLost) return 'its volume is gone';
    if (volume.machine.node?.halt?.wantsReplacement === true) return 'it asks to be replaced';
    const node = this.#kubernetes.nodes().find((each) => field(each, 'metadata.name') === volume.kubernetesNode);
    if (node === undefined) return 'its Node is gone';
    const taints = field(node, 'spec.taints');
    const isOut = (taint: unknown): boolean => field(taint, 'key') === 'node.kubernetes.io/out-of-service';
    if (Array.isArray(taints) && taints.some(isOut)) return 'its Node is out of service';
    const annotations = field(resource, 'metadata.annotations') as Readonly<Record<string, string>> | undefined;
    const ordered = (annotations?.['quorate.io/replace'] ?? '').split(',');
    if (ordered.includes(id) || ordered.includes(name)) return 'a person ordered it';
    const marks = field(pod, 'metadata.annotations') as Readonly<Record<string, string>> | undefined;
    if (marks?.['quorate.io/replace'] === 'true') return 'a person marked its pod';
    // Another volume carries the name by now: the claim was made anew.
    const now = this.#members.running(name);
    return now !== null && now !== volume ? 'another volume is in its place' : null;
  }

  #volumeScene({ claimUid, machine }: Volume): VolumeScene {
    const membership = machine.node?.dataFolder.identity.membership ?? this.#lastMemberships.get(machine) ?? null;
    if (machine.node) this.#lastMemberships.set(machine, machine.node.dataFolder.identity.membership);
    return {
      claimUid,
      memberId: machine.shownId,
      clusterId: membership?.clusterId ?? null,
      generation: membership?.generation ?? null,
    };
  }

  readonly #lastMemberships = new Map<Machine, StorageNode['dataFolder']['identity']['membership']>();
}

function resourceScene(resource: unknown): ResourceScene {
  const annotations = field(resource, 'metadata.annotations') as Readonly<Record<string, string>> | undefined;
  const text = (path: string): string | null => {
    const value = field(resource, path);
    return typeof value === 'string' ? value : null;
  };
  const replicas = field(resource, 'spec.replicas');
  return {
    uid: text('metadata.uid') ?? '',
    replicas: typeof replicas === 'number' ? replicas : 3,
    hibernates: field(resource, 'spec.hibernate') === true,
    adoptClusterId: text('spec.adoptClusterId'),
    foundAnew: annotations?.['quorate.io/found-anew'] ?? null,
    clusterId: text('status.clusterId'),
    generation: (field(resource, 'status.generation') ?? null) as ResourceScene['generation'],
    founding: (field(resource, 'status.founding') ?? null) as ResourceScene['founding'],
  };
}

export function isBroken(pod: object): boolean {
  const containers = field(pod, 'status.containerStatuses');
  if (!Array.isArray(containers)) return false;
  return containers.some((container) => BROKEN.has(String(field(container, 'state.waiting.reason'))));
}
