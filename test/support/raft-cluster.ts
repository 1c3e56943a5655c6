/**
 * A Raft group in one process: cores joined by a network that loses, delays, reorders, repeats and partitions, on disks that finish late
 * and lose at a crash what they had not finished. Everything follows from the seed. RaftChecker watches every step.
 */
import { EMPTY_CONFIGURATION, findMember, wasRemoved } from '../../src/consensus/configuration.ts';
import type { Configuration, Effects, Event, Member, Persist, ReplicationCore } from '../../src/consensus/core.ts';
import { decodeRaftMessage, encodeRaftMessage } from '../../src/consensus/raft/codec.ts';
import type { RaftMessage } from '../../src/consensus/raft/messages.ts';
import { createRaftCore } from '../../src/consensus/raft/raft.ts';
import type { RaftOptions } from '../../src/consensus/raft/raft.ts';
import type { MemberId } from '../../src/shared/ids.ts';
import { SeededRandom } from '../../src/shared/random.ts';
import type { Random } from '../../src/shared/random.ts';
import { durableView, hold, RaftChecker } from './raft-checker.ts';
import { adoptSnapshot, applyEntry, compactDisk, releaseDurable, takeSnapshot, writeToDisk } from './raft-machine.ts';
import type { ClusterNode, Snapshot } from './raft-machine.ts';

/** What goes wrong, as chances per message or per tick; drawn anew for each seed, so that seeds differ in kind. */
export interface Faults {
  readonly loss: number;
  readonly repeat: number;
  readonly delayTicksMax: number;
  readonly diskTicksMax: number;
  readonly crash: number;
  readonly partition: number;
  readonly transfer: number;
  readonly change: number;
  readonly compact: number;
}

export const NO_FAULTS: Faults = {
  loss: 0,
  repeat: 0,
  delayTicksMax: 1,
  diskTicksMax: 1,
  crash: 0,
  partition: 0,
  transfer: 0,
  change: 0,
  compact: 0,
};

export const CLUSTER_OPTIONS: Omit<RaftOptions, 'id' | 'name'> = {
  // Short against the network's delays, so that many leaders follow each other in one history.
  heartbeatTicks: 1,
  electionTicks: 5,
  appendBytesMax: 128,
  inflightAppendsMax: 4,
  uncommittedBytesMax: 4096,
  caughtUpEntries: 8,
  stallTicks: 40,
  transferTicks: 20,
};

interface Delivery {
  readonly at: number;
  readonly from: ClusterNode;
  readonly to: MemberId;
  readonly bytes: Buffer | null;
  readonly snapshot: { readonly term: number; readonly content: Snapshot } | null;
}

export function memberOf(ordinal: number): Member {
  return { id: ordinal.toString(16).padStart(16, '0') as MemberId, name: `m-${ordinal}`, role: 'voter' };
}

export class RaftCluster {
  readonly checker = new RaftChecker();
  readonly nodes = new Map<MemberId, ClusterNode>();
  readonly #random: Random;
  #faults: Faults;
  #now = 0;
  #deliveries: Delivery[] = [];
  /** Directed links that are cut, as `from>to`. */
  readonly #cut = new Set<string>();
  #nextOrdinal: number;
  #nextRequest = 0;

  constructor(seed: number, size: number, faults: Faults) {
    this.#random = new SeededRandom(seed);
    this.#faults = faults;
    const members = Array.from({ length: size }, (_, position) => memberOf(position + 1));
    this.#nextOrdinal = size + 1;
    for (const member of members) this.#createNode(member, { index: 0, members, removed: [] });
  }

  #createNode(member: Member, configuration: Configuration): void {
    const disk = { hardState: { term: 0, vote: null }, base: { index: 0, term: 0, configuration }, entries: [] };
    const node: ClusterNode = {
      member,
      clockRate: 0.5 + this.#random.fraction() / 2,
      disk,
      snapshot: null,
      running: null,
      applied: { index: 0, hash: 0 },
      pending: [],
      waiting: [],
      sequence: 0,
      restartAt: 0,
    };
    this.nodes.set(member.id, node);
    this.#start(node);
  }

  #start(node: ClusterNode): void {
    const { id, name } = node.member;
    const core = createRaftCore({ ...CLUSTER_OPTIONS, id, name }, node.disk, this.#random.split());
    const { index } = node.disk.base;
    node.running = { core, commitIndex: index, emittedIndex: index, term: node.disk.hardState.term };
    node.applied = node.snapshot?.applied ?? { index: 0, hash: 0 };
    node.sequence = 0;
  }

  crash(node: ClusterNode): void {
    // Of what was on its way to the disk, any prefix may have got there.
    const survivors = this.#random.below(node.pending.length + 1);
    for (const { persist } of node.pending.slice(0, survivors)) writeToDisk(node, persist);
    node.pending = [];
    node.waiting = [];
    node.running = null;
    node.restartAt = this.#now + 5 + this.#random.below(40);
  }

  step(node: ClusterNode, event: Event<RaftMessage>): void {
    const { running } = node;
    if (!running) return;
    const effects = running.core.step(event);
    if (effects.persist) this.#persist(node, effects.persist);
    this.#apply(node, effects);
    this.checker.afterStep(running, effects, (id) => {
      const disk = this.nodes.get(id)?.disk;
      return disk ? durableView(disk) : null;
    });
    for (const { to, message } of effects.messages) this.#send(node, to, message);
    for (const { to, message } of effects.messagesAfterPersist) node.waiting.push({ after: node.sequence, to, message });
    this.#release(node);
    for (const { to, term } of effects.snapshotsToSend) this.#sendSnapshot(node, to, term);
  }

  #persist(node: ClusterNode, persist: Persist): void {
    hold(persist.sequence === node.sequence + 1, 'persists are numbered in order');
    node.sequence = persist.sequence;
    const last = node.pending.at(-1)?.dueAt ?? this.#now;
    const dueAt = Math.max(last, this.#now + this.#random.below(this.#faults.diskTicksMax + 1));
    node.pending.push({ persist, dueAt });
  }

  #release(node: ClusterNode): void {
    for (const { to, message } of releaseDurable(node)) this.#send(node, to, message);
  }

  #apply(node: ClusterNode, effects: Effects<RaftMessage>): void {
    for (const entry of effects.committed) {
      if (entry.index > node.applied.index) node.applied = applyEntry(node.applied, entry);
    }
  }

  #send(from: ClusterNode, to: Member, message: RaftMessage): void {
    this.checker.messageLeaves(durableView(from.disk), to.id, message);
    if (this.#chance(this.#faults.loss)) return;
    const copies = this.#chance(this.#faults.repeat) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const at = this.#now + 1 + this.#random.below(this.#faults.delayTicksMax);
      this.#deliveries.push({ at, from, to: to.id, bytes: encodeRaftMessage(message), snapshot: null });
    }
  }

  #sendSnapshot(from: ClusterNode, to: Member, term: number): void {
    const content = from.snapshot;
    hold(content !== null, 'a snapshot is asked for only where the log was compacted');
    const at = this.#now + 3 + this.#random.below(this.#faults.delayTicksMax * 2);
    this.#deliveries.push({ at, from, to: to.id, bytes: null, snapshot: { term, content } });
  }

  #deliver(delivery: Delivery): void {
    const { from, snapshot, bytes } = delivery;
    const to = this.nodes.get(delivery.to);
    const arrives = to?.running && !this.#cut.has(`${from.member.id}>${delivery.to}`);
    if (snapshot) {
      const index = snapshot.content.base.index;
      const delivered = Boolean(arrives) && !this.#chance(this.#faults.loss);
      if (to && delivered) this.#receiveSnapshot(to, from.member, snapshot.term, snapshot.content);
      this.step(from, { type: 'snapshot-sent', to: delivery.to, index, delivered });
    } else if (to && arrives && bytes) {
      this.step(to, { type: 'receive', from: from.member, message: decodeRaftMessage(bytes) });
    }
  }

  #receiveSnapshot(node: ClusterNode, from: Member, leaderTerm: number, content: Snapshot): void {
    const before = node.running?.emittedIndex ?? 0;
    this.step(node, { type: 'snapshot-received', from, leaderTerm, base: content.base });
    const installed = node.pending.at(-1)?.persist.base === content.base;
    if (!installed) return;
    hold(content.base.index > before, 'a snapshot never takes applied state back');
    adoptSnapshot(node, content);
  }

  /** One tick of time for everybody. */
  tick(): void {
    this.#now += 1;
    const due = this.#deliveries.filter((delivery) => delivery.at <= this.#now);
    this.#deliveries = this.#deliveries.filter((delivery) => delivery.at > this.#now);
    for (const delivery of due) this.#deliver(delivery);
    for (const node of this.nodes.values()) {
      this.#finishWrites(node);
      if (this.#chance(node.clockRate)) this.step(node, { type: 'tick' });
      if (!node.running && node.restartAt <= this.#now) this.#start(node);
    }
    this.#cause();
    if (this.#now % 25 === 0) this.checker.checkLogMatching(this.#cores());
    if (this.#now % 50 === 0) this.#retireRemoved();
  }

  #finishWrites(node: ClusterNode): void {
    let sequence = 0;
    while (node.pending[0] && node.pending[0].dueAt <= this.#now) {
      const { persist } = node.pending[0];
      node.pending.shift();
      writeToDisk(node, persist);
      sequence = persist.sequence;
    }
    if (sequence === 0) return;
    this.#release(node);
    this.step(node, { type: 'persisted', sequence });
  }

  #cause(): void {
    const faults = this.#faults;
    const node = this.#pick([...this.nodes.values()]);
    // Leaders crash more often than followers: what they leave half done is where histories part.
    if (this.#chance(faults.crash)) this.crash(this.#chance(0.6) ? (this.leader() ?? node) : node);
    if (this.#chance(faults.partition)) this.#partition();
    if (this.#chance(faults.partition)) this.#cut.clear();
    if (this.#chance(faults.compact)) this.#compact(node);
    if (this.#chance(faults.transfer)) this.#onLeaders((each) => this.#transfer(each));
    if (this.#chance(faults.change)) this.#onLeaders((each) => this.#changeMembers(each));
    if (this.#chance(0.3)) this.#onLeaders((each) => this.propose(each, `w${this.#now}-${'x'.repeat(this.#random.below(150))}`));
    if (this.#chance(0.1)) this.read(node);
    if (this.#chance(0.2)) this.#onLeaders((each) => this.read(each));
  }

  propose(node: ClusterNode, text: string): void {
    this.step(node, { type: 'propose', request: this.#request(), payload: Buffer.from(text) });
  }

  read(node: ClusterNode): void {
    const request = this.#request();
    this.checker.noteRead(node.member.id, request);
    this.step(node, { type: 'read', request });
  }

  #transfer(node: ClusterNode): void {
    const target = this.#pick([...this.nodes.values()]).member.id;
    this.step(node, { type: 'transfer-leadership', request: this.#request(), to: this.#chance(0.5) ? target : null });
  }

  #changeMembers(node: ClusterNode): void {
    if (!node.running) return;
    const { configuration } = node.running.core.status();
    const request = this.#request();
    const expectedIndex = configuration.index;
    const learner = configuration.members.find((member) => member.role === 'learner');
    if (learner && this.#chance(0.7)) {
      this.step(node, { type: 'change-configuration', request, expectedIndex, change: { type: 'promote', id: learner.id } });
    } else if (configuration.members.length < 5 && this.#chance(0.6)) {
      const member = memberOf(this.#nextOrdinal);
      this.#nextOrdinal += 1;
      this.#createNode(member, EMPTY_CONFIGURATION);
      const change = { type: 'add-learner', id: member.id, name: member.name } as const;
      this.step(node, { type: 'change-configuration', request, expectedIndex, change });
    } else {
      const { id } = this.#pick(configuration.members);
      this.step(node, { type: 'change-configuration', request, expectedIndex, change: { type: 'remove', id } });
    }
  }

  /** A snapshot of what is applied and on disk; some entries before it stay in the log. */
  #compact(node: ClusterNode): void {
    const core = node.running?.core;
    if (!core) return;
    const snapshot = takeSnapshot(node, core);
    if (!snapshot) return;
    node.snapshot = snapshot;
    const through = Math.max(core.status().firstIndex, snapshot.base.index - this.#random.below(6));
    const base = { index: through, term: core.termAt(through) ?? 0, configuration: core.configurationAt(through) };
    this.step(node, { type: 'compact', through });
    hold(core.status().firstIndex === through + 1, 'compaction drops what it was told to');
    compactDisk(node, base);
  }

  #partition(): void {
    this.#cut.clear();
    const ids = [...this.nodes.keys()];
    const away = new Set(ids.filter(() => this.#chance(0.4)));
    const isSymmetric = this.#chance(0.6);
    for (const from of ids) {
      for (const to of ids) {
        if (away.has(from) && !away.has(to)) this.#cut.add(`${from}>${to}`);
        if (isSymmetric && !away.has(from) && away.has(to)) this.#cut.add(`${from}>${to}`);
      }
    }
  }

  /** Ends all faults and gives the group time: it must elect, commit something new, and agree. */
  heal(): void {
    this.#faults = NO_FAULTS;
    this.#cut.clear();
    for (const node of this.nodes.values()) node.restartAt = this.#now;
    for (let round = 0; round < 600; round += 1) {
      this.tick();
      if (round >= 60 && round % 20 === 0 && this.#agrees()) return;
    }
    hold(false, `liveness: no agreement after healing; ${this.#picture()}`);
  }

  /** One leader, settled, and every member of its configuration close behind with the same state. */
  #agrees(): boolean {
    const leader = this.leader();
    if (!leader?.running) return false;
    const before = this.checker.leaderCommit;
    this.propose(leader, `after healing ${this.#now}`);
    for (let tick = 0; tick < 15; tick += 1) this.tick();
    if (this.checker.leaderCommit <= before || this.leader() !== leader) return false;
    const { members } = leader.running.core.status().committedConfiguration;
    return members.every(({ id }) => (this.nodes.get(id)?.applied.index ?? 0) > before);
  }

  /** The leader with the highest term. */
  leader(): ClusterNode | null {
    let best: ClusterNode | null = null;
    for (const node of this.nodes.values()) {
      const status = node.running?.core.status();
      if (status?.role === 'leader' && status.term > (best?.running?.core.status().term ?? -1)) best = node;
    }
    return best;
  }

  /** Members that follow the committed configuration hold the same state at the same index. */
  checkStates(): void {
    const hashes = new Map<number, number>();
    for (const { applied } of this.nodes.values()) {
      hold((hashes.get(applied.index) ?? applied.hash) === applied.hash, `states differ at index ${applied.index}`);
      hashes.set(applied.index, applied.hash);
    }
  }

  /** Every id that the leader's configuration dropped, and that it therefore may never see again. */
  removedIds(): MemberId[] {
    const configuration = this.leader()?.running?.core.status().committedConfiguration;
    if (!configuration) return [];
    return [...this.nodes.keys()].filter((id) => wasRemoved(configuration, id) && !findMember(configuration, id));
  }

  /** Most who were removed are switched off in the end; `heal` brings them all back, to be a nuisance. */
  #retireRemoved(): void {
    for (const id of this.removedIds()) {
      const node = this.nodes.get(id);
      if (!node?.running || this.#chance(0.3)) continue;
      this.crash(node);
      node.restartAt = Number.MAX_SAFE_INTEGER;
    }
  }

  #picture(): string {
    const rows = [...this.nodes.values()].map(({ member, running }) => {
      const status = running?.core.status();
      if (!status) return `${member.name} down`;
      const { role, term, lastIndex, commitIndex, configuration } = status;
      const names = configuration.members.map((each) => `${each.name}${each.role === 'voter' ? '' : '?'}`).join(',');
      return `${member.name} ${role} term ${term} log ${lastIndex} commit ${commitIndex} of ${names}`;
    });
    return rows.join('; ');
  }

  #onLeaders(act: (node: ClusterNode) => void): void {
    for (const node of [...this.nodes.values()]) if (node.running?.core.status().role === 'leader') act(node);
  }

  #cores(): ReplicationCore<RaftMessage>[] {
    return [...this.nodes.values()].flatMap((node) => (node.running ? [node.running.core] : []));
  }

  #pick<T>(choices: readonly T[]): T {
    const choice = choices[this.#random.below(choices.length)];
    hold(choice !== undefined, 'there is something to choose from');
    return choice;
  }

  #chance(probability: number): boolean {
    return this.#random.fraction() < probability;
  }

  #request(): number {
    this.#nextRequest += 1;
    return this.#nextRequest;
  }
}
