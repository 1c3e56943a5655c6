/**
 * A Raft group that does only what it is told: no time passes, no message arrives and no write becomes durable unless a script says so.
 * The cores are those that ship; what they say travels as bytes; RaftChecker judges every step.
 */
import { EMPTY_CONFIGURATION } from '../../src/consensus/configuration.ts';
import type { Configuration, CoreStatus, Effects, Event, ReplicationCore } from '../../src/consensus/core.ts';
import { decodeRaftMessage, encodeRaftMessage } from '../../src/consensus/raft/codec.ts';
import type { RaftMessage } from '../../src/consensus/raft/messages.ts';
import { createRaftCore } from '../../src/consensus/raft/raft.ts';
import type { MemberId } from '../../src/shared/ids.ts';
import type { RaftOptions } from '../../src/consensus/raft/raft.ts';
import { SeededRandom } from '../../src/shared/random.ts';
import { durableView, hold, RaftChecker } from '../support/raft-checker.ts';
import type { DurableView } from '../support/raft-checker.ts';
import { adoptSnapshot, applyEntry, compactDisk, releaseDurable, takeSnapshot, writeToDisk } from '../support/raft-machine.ts';
import type { ClusterNode, Snapshot } from '../support/raft-machine.ts';
import { member as memberOf, OPTIONS } from '../support/raft-member.ts';
import type { Happening, Parcel, Recorded } from './happenings.ts';
import { ordinalOf } from './words.ts';

export type GroupOptions = Partial<Omit<RaftOptions, 'id' | 'name'>>;

/** On its way from one member to another. */
export interface InFlight {
  readonly from: number;
  readonly to: number;
  readonly parcel: Parcel;
  /** What a snapshot holds. */
  readonly content: Snapshot | null;
}

export class Group {
  readonly checker = new RaftChecker();
  readonly #nodes = new Map<number, ClusterNode>();
  readonly #options: GroupOptions;
  readonly #cut = new Set<string>();
  readonly #labels = new Map<number, string>();
  /** What waits for a disk and was written down as waiting. */
  readonly #told = new WeakSet<ClusterNode['waiting'][number]>();
  #inFlight: InFlight[] = [];
  #nextRequest = 0;
  #recorded: Recorded[] = [];
  #depth: 0 | 1 = 0;

  constructor(options: GroupOptions = {}) {
    this.#options = options;
  }

  get ordinals(): number[] {
    return [...this.#nodes.keys()];
  }

  get inFlight(): readonly InFlight[] {
    return this.#inFlight;
  }

  /** What happened since the last call. */
  take(): Recorded[] {
    const recorded = this.#recorded;
    this.#recorded = [];
    return recorded;
  }

  /** Founders share a configuration; a member that joins later starts with none. */
  add(ordinal: number, configuration: Configuration = EMPTY_CONFIGURATION): void {
    hold(!this.#nodes.has(ordinal), `there is one member ${ordinal}`);
    const node: ClusterNode = {
      member: memberOf(ordinal),
      clockRate: 1,
      disk: { hardState: { term: 0, vote: null }, base: { index: 0, term: 0, configuration }, entries: [] },
      snapshot: null,
      running: null,
      applied: { index: 0, hash: 0 },
      pending: [],
      waiting: [],
      sequence: 0,
      restartAt: 0,
    };
    this.#nodes.set(ordinal, node);
    this.#start(node);
  }

  #start(node: ClusterNode): void {
    const { id, name } = node.member;
    const core = createRaftCore({ ...OPTIONS, ...this.#options, id, name }, node.disk, new SeededRandom(ordinalOf(id)));
    const { index } = node.disk.base;
    node.running = { core, commitIndex: index, emittedIndex: index, term: node.disk.hardState.term };
    node.applied = node.snapshot?.applied ?? { index: 0, hash: 0 };
    node.sequence = 0;
  }

  node(ordinal: number): ClusterNode {
    const node = this.#nodes.get(ordinal);
    hold(node !== undefined, `there is a member ${ordinal}`);
    return node;
  }

  core(ordinal: number): ReplicationCore<RaftMessage> {
    const { running } = this.node(ordinal);
    hold(running !== null, `member ${ordinal} runs`);
    return running.core;
  }

  isUp(ordinal: number): boolean {
    return this.node(ordinal).running !== null;
  }

  /** Asks for something under a label, by which the answer is told. */
  ask(ordinal: number, label: string, event: (request: number) => Event<RaftMessage>): void {
    this.#nextRequest += 1;
    this.#labels.set(this.#nextRequest, label);
    this.#record({ type: 'ask', member: ordinal, label });
    const request = event(this.#nextRequest);
    if (request.type === 'read') this.checker.noteRead(this.node(ordinal).member.id, request.request);
    this.step(ordinal, request);
  }

  step(ordinal: number, event: Event<RaftMessage>): void {
    const node = this.node(ordinal);
    const core = this.core(ordinal);
    const before = core.status();
    const effects = core.step(event);
    this.#recordRole(ordinal, before, core.status());
    if (effects.persist) this.#persist(node, ordinal, effects.persist);
    this.#apply(node, ordinal, effects);
    if (node.running) this.checker.afterStep(node.running, effects, (id) => this.#diskOf(id));
    for (const { to, message } of effects.messages) this.#send(node, ordinalOf(to.id), message, null);
    for (const { to, message } of effects.messagesAfterPersist) node.waiting.push({ after: node.sequence, to, message });
    this.#release(node, ordinal, true);
    for (const { to, term } of effects.snapshotsToSend) this.#sendSnapshot(node, ordinalOf(to.id), term);
    for (const answer of effects.answers) {
      const label = this.#labels.get(answer.request) ?? 'nobody';
      this.#record({ type: 'answer', member: ordinal, label, answer });
    }
  }

  #recordRole(member: number, before: CoreStatus, after: CoreStatus): void {
    const leader = after.leader === null ? null : ordinalOf(after.leader.id);
    const isSame = before.role === after.role && before.term === after.term && before.leader?.id === after.leader?.id;
    if (!isSame) this.#record({ type: 'role', member, role: after.role, term: after.term, leader });
  }

  #persist(node: ClusterNode, member: number, persist: ClusterNode['pending'][number]['persist']): void {
    hold(persist.sequence === node.sequence + 1, 'persists are numbered in order');
    node.sequence = persist.sequence;
    node.pending.push({ persist, dueAt: 0 });
    this.#record({ type: 'write', member, persist });
  }

  #apply(node: ClusterNode, member: number, effects: Effects<RaftMessage>): void {
    if (effects.install) this.#record({ type: 'install', member, base: effects.install });
    if (effects.committed.length > 0) this.#record({ type: 'commit', member, entries: effects.committed });
    for (const entry of effects.committed) {
      if (entry.index > node.applied.index) node.applied = applyEntry(node.applied, entry);
    }
  }

  /** `fresh`: what still has to wait was not told yet. */
  #release(node: ClusterNode, member: number, fresh: boolean): void {
    for (const { to, message } of releaseDurable(node)) this.#send(node, ordinalOf(to.id), message, null);
    if (!fresh) return;
    for (const held of node.waiting) {
      if (this.#told.has(held)) continue;
      this.#told.add(held);
      const { to, message, after } = held;
      this.#record({ type: 'send', from: member, to: ordinalOf(to.id), parcel: { type: 'message', message }, after });
    }
  }

  #diskOf(id: MemberId): DurableView | null {
    const disk = this.#nodes.get(ordinalOf(id))?.disk;
    return disk ? durableView(disk) : null;
  }

  #send(node: ClusterNode, to: number, message: RaftMessage, content: Snapshot | null): void {
    this.checker.messageLeaves(durableView(node.disk), memberOf(to).id, message);
    const sent = decodeRaftMessage(encodeRaftMessage(message));
    this.#ship({ from: ordinalOf(node.member.id), to, parcel: { type: 'message', message: sent }, content });
  }

  #sendSnapshot(node: ClusterNode, to: number, term: number): void {
    const content = node.snapshot;
    hold(content !== null, 'a snapshot is asked for only where the log was compacted');
    this.#ship({ from: ordinalOf(node.member.id), to, parcel: { type: 'snapshot', term, base: content.base }, content });
  }

  #ship(parcel: InFlight): void {
    this.#inFlight.push(parcel);
    this.#record({ type: 'send', from: parcel.from, to: parcel.to, parcel: parcel.parcel, after: null });
  }

  /** The disk of a member is done with the first `count` of its writes. */
  persist(ordinal: number, count = Number.POSITIVE_INFINITY): void {
    const node = this.node(ordinal);
    const done = node.pending.splice(0, count);
    const last = done.at(-1)?.persist;
    if (!last) return;
    for (const { persist } of done) writeToDisk(node, persist);
    this.#record({ type: 'durable', member: ordinal, persist: last });
    this.#release(node, ordinal, false);
    this.step(ordinal, { type: 'persisted', sequence: last.sequence });
  }

  hasWrites(ordinal: number): boolean {
    return this.node(ordinal).pending.length > 0;
  }

  /** What was not durable is lost, but for the first `surviving` writes. */
  crash(ordinal: number, surviving = 0): void {
    const node = this.node(ordinal);
    for (const { persist } of node.pending.splice(0, surviving)) writeToDisk(node, persist);
    this.#record({ type: 'crash', member: ordinal, lost: node.pending.length });
    node.pending = [];
    node.waiting = [];
    node.running = null;
  }

  restart(ordinal: number): void {
    hold(!this.isUp(ordinal), `member ${ordinal} is down`);
    this.#start(this.node(ordinal));
    this.#record({ type: 'restart', member: ordinal });
  }

  /** A damaged log goes on from what stands before the damage, in a term of its own, and knows what it may lack (rule S11). */
  damage(ordinal: number, index: number): void {
    hold(!this.isUp(ordinal), `member ${ordinal} is down`);
    const node = this.node(ordinal);
    const { hardState, entries } = node.disk;
    node.disk = {
      ...node.disk,
      hardState: { term: hardState.term + 1, vote: null },
      entries: entries.filter((entry) => entry.index < index),
      lostThroughTerm: hardState.term,
    };
  }

  cut(from: number, to: number): void {
    this.#cut.add(`${from}>${to}`);
  }

  mend(): void {
    this.#cut.clear();
  }

  /** Sends once more what is on its way, as a network may. */
  repeat(parcels: readonly InFlight[]): void {
    this.#inFlight.push(...parcels);
  }

  deliver(parcels: readonly InFlight[]): void {
    for (const parcel of parcels) {
      this.#forget(parcel);
      const { from, to } = parcel;
      if (!this.isUp(to)) this.#lose(parcel, `${to} is down`);
      else if (this.#cut.has(`${from}>${to}`)) this.#lose(parcel, 'the link is cut');
      else this.#arrive(parcel);
    }
  }

  drop(parcels: readonly InFlight[]): void {
    for (const parcel of parcels) {
      this.#forget(parcel);
      this.#lose(parcel, 'lost');
    }
  }

  #forget(parcel: InFlight): void {
    const position = this.#inFlight.indexOf(parcel);
    hold(position >= 0, 'what arrives was on its way');
    this.#inFlight.splice(position, 1);
  }

  #lose({ from, to, parcel, content }: InFlight, reason: string): void {
    this.#record({ type: 'loss', from, to, parcel, reason });
    if (content) this.#following(() => this.#snapshotSent(from, to, content, false));
  }

  #arrive({ from, to, parcel, content }: InFlight): void {
    this.#record({ type: 'arrival', from, to, parcel });
    this.#following(() => {
      if (parcel.type === 'message') this.step(to, { type: 'receive', from: memberOf(from), message: parcel.message });
      else if (content) this.#receiveSnapshot(from, to, parcel.term, content);
    });
  }

  #receiveSnapshot(from: number, to: number, leaderTerm: number, content: Snapshot): void {
    const node = this.node(to);
    this.step(to, { type: 'snapshot-received', from: memberOf(from), leaderTerm, base: content.base });
    if (node.pending.at(-1)?.persist.base === content.base) adoptSnapshot(node, content);
    this.#snapshotSent(from, to, content, true);
  }

  #snapshotSent(from: number, to: number, content: Snapshot, delivered: boolean): void {
    const { index } = content.base;
    if (this.isUp(from)) this.step(from, { type: 'snapshot-sent', to: memberOf(to).id, index, delivered });
  }

  /** What happens inside is written beneath what it follows from. */
  #following(act: () => void): void {
    this.#depth = 1;
    act();
    this.#depth = 0;
  }

  /** A snapshot of what is applied; entries up to `through` leave the log. */
  compact(ordinal: number, through: number | null): void {
    const node = this.node(ordinal);
    const core = this.core(ordinal);
    const snapshot = takeSnapshot(node, core);
    hold(snapshot !== null, `member ${ordinal} has applied something that a snapshot can hold`);
    node.snapshot = snapshot;
    const index = through ?? snapshot.base.index;
    const base = { index, term: core.termAt(index) ?? 0, configuration: core.configurationAt(index) };
    this.step(ordinal, { type: 'compact', through: index });
    hold(core.status().firstIndex === index + 1, 'compaction drops what it was told to');
    compactDisk(node, base);
  }

  checkLogs(): void {
    this.checker.checkLogMatching([...this.#nodes.values()].flatMap(({ running }) => (running ? [running.core] : [])));
  }

  #record(happening: Happening): void {
    this.#recorded.push({ depth: this.#depth, happening });
  }
}
