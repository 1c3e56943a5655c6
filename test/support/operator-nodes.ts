/**
 * Storage nodes as the operator meets them: what is on their volumes, a membership that changes by the rules (one leader, compare-and-set on the
 * configuration's index, removals that are remembered), and the admin calls. Replication itself is the protocol's own tests' matter.
 */
import { RAFT_GUARANTEES } from '../../src/consensus/guarantees.ts';
import type { ChangeConfigurationRequest, FoundRequest, JoinRequest, NodeMember, NodeStatus } from '../../src/api/node-status.ts';
import { sameGeneration } from '../../src/shared/ids.ts';
import type { ClusterId, Generation, MemberId } from '../../src/shared/ids.ts';
import { refuse, succeed } from '../../src/shared/result.ts';
import type { Result } from '../../src/shared/result.ts';
import type { NodeClient, NodeFailure } from '../../src/operator/node-client.ts';

/** What is on a volume. */
export interface Disk {
  memberId: MemberId;
  formerIds: MemberId[];
  clusterId: ClusterId | null;
  generation: Generation | null;
  founding: FoundRequest | null;
}

export interface FakeNode {
  readonly name: string;
  readonly disk: Disk;
  readonly version: string;
  readonly featureLevelMax: number;
  /** Rounds since it came up: a learner or restarted voter is caught up after two. */
  age: number;
  silent: boolean;
  halt: NodeStatus['halt'];
}

interface Group {
  readonly clusterId: ClusterId;
  readonly generation: Generation;
  index: number;
  term: number;
  members: NodeMember[];
  removed: { id: MemberId; index: number }[];
  leader: MemberId | null;
  featureLevel: number;
}

const CAUGHT_UP_ROUNDS = 2;

/** By address; found by their disk as well. */
class RunningNodes extends Map<string, FakeNode> {
  // Made on first use: the constructor of a map may call `set` before fields of a subclass are there.
  #byDisk: Map<Disk, FakeNode> | undefined;

  onDisk(disk: Disk): FakeNode | null {
    return this.#byDisk?.get(disk) ?? null;
  }

  override set(address: string, node: FakeNode): this {
    this.#byDisk ??= new Map();
    this.#byDisk.set(node.disk, node);
    return super.set(address, node);
  }

  override delete(address: string): boolean {
    const node = this.get(address);
    if (node !== undefined && this.#byDisk?.get(node.disk) === node) this.#byDisk.delete(node.disk);
    return super.delete(address);
  }
}

export class FakeNodes {
  readonly running = new RunningNodes();
  readonly groups: Group[] = [];
  /** By cluster and generation. */
  readonly #groups = new Map<string, Group>();
  /** By the id that is on it now. */
  readonly #disks = new Map<MemberId, Disk>();
  readonly calls: string[] = [];
  /** Called before a change of the configuration is judged: another operator may just have been here. */
  beforeChange: () => void = () => undefined;
  #ids = 0;

  newDisk(): Disk {
    const disk: Disk = { memberId: this.#newId(), formerIds: [], clusterId: null, generation: null, founding: null };
    this.#disks.set(disk.memberId, disk);
    return disk;
  }

  /** The id on the disk, from now on. */
  #rename(disk: Disk, changes: Partial<Disk>): void {
    this.#disks.delete(disk.memberId);
    Object.assign(disk, { memberId: this.#newId(), ...changes });
    this.#disks.set(disk.memberId, disk);
  }

  #begin(group: Group): void {
    this.groups.push(group);
    this.#groups.set(groupKey(group.clusterId, group.generation), group);
  }

  #newId(): MemberId {
    this.#ids += 1;
    return this.#ids.toString(16).padStart(16, '0') as MemberId;
  }

  groupOf(disk: Disk): Group | null {
    const { clusterId, generation } = disk;
    return clusterId === null || generation === null ? null : (this.#groups.get(groupKey(clusterId, generation)) ?? null);
  }

  /** What `quorate recover` makes of a disk (S5): alone in a new generation, under a new id, with everybody of the old one removed. */
  recover(disk: Disk, name: string): void {
    const old = this.groupOf(disk);
    if (old === null || disk.clusterId === null || disk.generation === null) throw new Error('only a member is recovered');
    const generation = { number: disk.generation.number + 1, id: this.#newId() };
    const { clusterId, index, term, featureLevel } = old;
    disk.formerIds.unshift(disk.memberId);
    this.#rename(disk, { generation, founding: null });
    const removed = [...old.removed, ...old.members.map(({ id }) => ({ id, index: index + 1 }))];
    const members: NodeMember[] = [{ id: disk.memberId, name, role: 'voter' }];
    this.#begin({ clusterId, generation, index: index + 1, term: term + 1, members, removed, leader: null, featureLevel });
  }

  nodeWith(id: MemberId): FakeNode | null {
    const disk = this.#disks.get(id);
    const node = disk === undefined ? null : this.running.onDisk(disk);
    return node === null || node.halt !== null ? null : node;
  }

  /** One round of time: groups form, leaders are elected, removed members set their folders aside (S3). */
  round(): void {
    for (const node of this.running.values()) node.age += 1;
    for (const node of this.running.values()) this.#form(node.disk);
    for (const group of this.groups) this.#elect(group);
    for (const { disk } of this.running.values()) this.#setAside(disk);
  }

  #form(disk: Disk): void {
    const { founding } = disk;
    if (founding === null || this.groupOf(disk) !== null) return;
    const present = founding.members.filter(({ id }) => {
      const other = this.nodeWith(id)?.disk;
      return other?.founding !== null && other?.founding.epoch === founding.epoch;
    });
    if (present.length <= founding.members.length / 2) return;
    const members = founding.members.map(({ id, name }): NodeMember => ({ id, name, role: 'voter' }));
    const { clusterId, generation } = founding;
    this.#begin({ clusterId, generation, index: 0, term: 0, members, removed: [], leader: null, featureLevel: 1 });
  }

  votersUp(group: Group): readonly NodeMember[] {
    return group.members.filter(({ id, role }) => role === 'voter' && this.nodeWith(id) !== null);
  }

  hasQuorum(group: Group): boolean {
    return this.votersUp(group).length > group.members.filter(({ role }) => role === 'voter').length / 2;
  }

  #elect(group: Group): void {
    const up = this.votersUp(group);
    if (!this.hasQuorum(group)) group.leader = null;
    else if (!up.some(({ id }) => id === group.leader)) {
      group.leader = up[0]?.id ?? null;
      group.term += 1;
    }
  }

  #setAside(disk: Disk): void {
    const group = this.groupOf(disk);
    if (group?.leader === null || group?.removed.some(({ id }) => id === disk.memberId) !== true) return;
    disk.formerIds.push(disk.memberId);
    this.#rename(disk, { clusterId: null, generation: null, founding: null });
  }

  isCaughtUp(node: FakeNode | null): boolean {
    return node !== null && node.age >= CAUGHT_UP_ROUNDS;
  }

  statusOf(node: FakeNode, confirm: boolean): NodeStatus {
    const { disk } = node;
    const group = this.groupOf(disk);
    const member = group?.members.find(({ id }) => id === disk.memberId) ?? null;
    const isLeader = group !== null && group.leader === disk.memberId;
    const state =
      node.halt !== null ? 'halted' : member !== null ? 'member' : disk.clusterId === null ? 'awaiting-membership' : 'joining';
    return {
      formatVersion: 1,
      name: node.name,
      memberId: disk.memberId,
      formerIds: disk.formerIds,
      state,
      halt: node.halt,
      ready: this.isReady(node),
      readyReason: '',
      version: node.version,
      featureLevelMax: node.featureLevelMax,
      featureLevel: group?.featureLevel ?? 0,
      clusterId: disk.clusterId,
      generation: disk.generation,
      founding: foundingOf(disk),
      replication: group === null || node.halt !== null ? null : this.#replicationOf(group, node, isLeader),
      guarantees: RAFT_GUARANTEES,
      confirmed: confirm && isLeader && this.hasQuorum(group),
      keys: 0,
      dataBytes: 0,
      dataBytesMax: 1,
      diskFreeBytes: null,
      diskTotalBytes: null,
      full: 'no',
      clockOffsetMs: 0,
      asideFolder: null,
      clients: 0,
      startedAt: '2026-01-01T00:00:00Z',
    };
  }

  #replicationOf(group: Group, node: FakeNode, isLeader: boolean): NodeStatus['replication'] {
    const configuration = { index: group.index, members: [...group.members], removed: [...group.removed] };
    const others = group.members.filter(({ id }) => id !== node.disk.memberId);
    return {
      role: isLeader ? 'leader' : 'follower',
      term: group.term,
      leader: group.members.find(({ id }) => id === group.leader) ?? null,
      firstIndex: 1,
      lastIndex: 100,
      durableIndex: 100,
      commitIndex: 100,
      appliedIndex: 100,
      settled: isLeader,
      configuration,
      committedConfiguration: configuration,
      progress: isLeader
        ? others.map(({ id }) => {
            const peer = this.nodeWith(id);
            const caughtUp = this.isCaughtUp(peer);
            return { id, matchIndex: caughtUp ? 100 : 0, active: peer !== null, caughtUp, state: 'replicate' as const };
          })
        : [],
      electionsStarted: 0,
      leadershipsWon: 0,
    };
  }

  isReady(node: FakeNode): boolean {
    const group = this.groupOf(node.disk);
    const voter = group?.members.find(({ id, role }) => id === node.disk.memberId && role === 'voter');
    return node.halt === null && voter !== undefined && group?.leader !== null && this.isCaughtUp(node);
  }

  client(): NodeClient {
    const at = (host: string): FakeNode | null => {
      const node = this.running.get(host) ?? null;
      return node?.silent === true ? null : node;
    };
    const call = async (
      what: string,
      host: string,
      act: (node: FakeNode) => string | null,
    ): Promise<Result<null, NodeFailure>> => {
      const node = at(host);
      if (node === null) return refuse({ kind: 'unreachable', code: 'connection', message: 'nobody there' });
      const refusal = act(node);
      this.calls.push(`${what} ${node.name}${refusal === null ? '' : ` refused: ${refusal}`}`);
      return refusal === null
        ? succeed(null)
        : refuse({ kind: 'refused', status: 409, code: refusal, message: refusal, leader: null });
    };
    return {
      status: async ({ host }, { confirm = false }) => {
        const node = at(host);
        if (node === null) return refuse({ kind: 'unreachable', code: 'connection', message: 'nobody there' });
        return succeed(this.statusOf(node, confirm));
      },
      found: ({ host }, request) => call('found', host, (node) => this.#found(node.disk, request)),
      join: ({ host }, request) => call('join', host, (node) => this.#join(node, request)),
      changeConfiguration: async ({ host }, request) => {
        const result = await call(`${request.change.type} by`, host, (node) => this.#change(node.disk, request));
        return result.ok ? succeed({ index: 0 }) : result;
      },
      transferLeadership: ({ host }, { to }) => call('transfer from', host, (node) => this.#transfer(node.disk, to)),
      podGone: ({ host }, { id }) => call(`${id} is gone, said to`, host, () => null),
      raiseFeatureLevel: ({ host }, { level }) => call(`level ${level} by`, host, (node) => this.#raise(node.disk, level)),
    };
  }

  #found(disk: Disk, request: FoundRequest): string | null {
    if (disk.clusterId !== null) return disk.founding?.epoch === request.epoch ? null : 'already-founded';
    if (!request.members.some(({ id }) => id === disk.memberId)) return 'not-a-founder';
    Object.assign(disk, { clusterId: request.clusterId, generation: request.generation, founding: request });
    return null;
  }

  #join(node: FakeNode, request: JoinRequest): string | null {
    const { disk } = node;
    if (disk.clusterId !== null && disk.clusterId !== request.clusterId) return 'already-founded';
    if (disk.generation !== null && !sameGeneration(disk.generation, request.generation)) {
      if (disk.generation.number > request.generation.number) return 'other-generation';
      node.halt = { reason: 'HigherGeneration', message: 'a higher generation has begun', wantsReplacement: true };
      return 'fenced';
    }
    Object.assign(disk, { clusterId: request.clusterId, generation: request.generation });
    return null;
  }

  #change(disk: Disk, { change, expectedIndex }: ChangeConfigurationRequest): string | null {
    this.beforeChange();
    const group = this.groupOf(disk);
    if (group === null || group.leader !== disk.memberId || !this.hasQuorum(group)) return 'not-leader';
    if (group.index !== expectedIndex) return 'configuration-index-mismatch';
    if (change.type === 'add-learner') {
      if (group.members.some(({ name }) => name === change.name)) return 'name-in-use';
      if (group.removed.some(({ id }) => id === change.id)) return 'id-was-removed';
    }
    group.index += 5;
    if (change.type === 'add-learner') group.members.push({ id: change.id, name: change.name, role: 'learner' });
    else if (change.type === 'promote')
      group.members = group.members.map((member) => (member.id === change.id ? { ...member, role: 'voter' } : member));
    else {
      group.members = group.members.filter(({ id }) => id !== change.id);
      group.removed.push({ id: change.id, index: group.index });
    }
    return null;
  }

  #transfer(disk: Disk, to: MemberId | null): string | null {
    const group = this.groupOf(disk);
    if (group === null || group.leader !== disk.memberId || to === null) return 'not-leader';
    if (!this.isCaughtUp(this.nodeWith(to))) return 'transfer-failed';
    group.leader = to;
    group.term += 1;
    return null;
  }

  #raise(disk: Disk, level: number): string | null {
    const group = this.groupOf(disk);
    if (group === null || group.leader !== disk.memberId) return 'not-leader';
    group.featureLevel = level;
    return null;
  }
}

function groupKey(clusterId: ClusterId, { number, id }: Generation): string {
  return `${clusterId} ${number} ${id}`;
}

function foundingOf({ founding }: Disk): NodeStatus['founding'] {
  if (founding === null) return null;
  return { epoch: founding.epoch, members: founding.members.map(({ id, name }) => ({ id, name, role: 'voter' as const })) };
}
