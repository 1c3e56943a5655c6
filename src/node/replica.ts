/**
 * One member's replica: the turn-based loop around the pure core (docs/ARCHITECTURE.md, walk 1).
 *
 * Whatever happens outside, a frame, a command, a tick, a completed sync, is only noted when it happens; the next turn steps the core with
 * all of it, in one place and in one order. All writes of a turn become one entry, all reads share one round of confirmation.
 * Nothing here knows of sockets, files or clocks but through the ports, so that the simulator runs this very loop.
 */
import type { Answer, Effects, Entry, Event, Member, Persist, ReplicationCore, CoreStatus, LogBase } from '../consensus/core.ts';
import { decodeRaftMessage, encodeRaftMessage, raftMessageLane } from '../consensus/raft/codec.ts';
import type { RaftMessage } from '../consensus/raft/messages.ts';
import type { StateMachine } from '../keyspace/state-machine.ts';
import { findMember } from '../consensus/configuration.ts';
import { assert } from '../shared/assert.ts';
import { FEATURE_LEVEL_MAX } from '../shared/build.ts';
import type { Clock } from '../shared/clock.ts';
import type { MemberId } from '../shared/ids.ts';
import type { Reply } from '../shared/reply.ts';
import type { PeerMemory, WriteAheadLog } from '../wal/types.ts';
import type { PeerFrame } from '../wire/peer/frame.ts';
import { LogTime } from './log-time.ts';
import type { NodeLimits } from './limits.ts';
import { PeerMemories } from './peer-memories.ts';
import type { PeerAddress, PeerNetwork } from './ports.ts';
import type { ReceivedSnapshot } from './snapshot-receiver.ts';

/** What the replica tells the rest of the node. Called within a turn; must not throw. */
export interface ReplicaEvents {
  roleChanged(status: CoreStatus): void;
  configurationChanged(status: CoreStatus): void;
  /** An entry could not be applied (rule S15): nothing further is. */
  poisoned(index: number, error: unknown): void;
  featureLevelRaised(level: number): void;
  /** A member needs the newest snapshot. */
  snapshotWanted(to: Member, term: number): void;
  frame(from: PeerAddress, frame: PeerFrame): void;
}

/** What works on top of the replica; each takes the parts of the turn that concern it. */
export interface TurnPart {
  /** Steps the core with what was asked since the last turn. */
  propose?(status: CoreStatus): void;
  answered?(answer: Answer): void;
  applied?(entry: Entry, replies: readonly Reply[] | null): void;
  installed?(base: LogBase): void;
  /** After all stepping and applying of the turn. */
  settle?(status: CoreStatus, appliedIndex: number): void;
}

export interface ReplicaParts {
  readonly core: ReplicationCore<RaftMessage>;
  readonly state: StateMachine;
  readonly appliedIndex: number;
  readonly clock: Clock;
  readonly limits: NodeLimits;
  readonly peerMemory: readonly PeerMemory[];
  readonly events: ReplicaEvents;
}

interface HeldMessages {
  readonly sequence: number;
  readonly envelopes: Effects<RaftMessage>['messagesAfterPersist'];
}

/** Frames of peers that wait for the next turn, and their bytes. Beyond either they are dropped, as a network would. */
export const FRAMES_WAITING_MAX = 16_384;
export const FRAME_BYTES_WAITING_MAX = 64 * 1024 * 1024;

export class Replica {
  readonly #core: ReplicationCore<RaftMessage>;
  readonly #clock: Clock;
  readonly #events: ReplicaEvents;
  readonly #time = new LogTime();
  readonly #memories: PeerMemories;
  readonly #parts: TurnPart[] = [];
  #state: StateMachine;
  #appliedIndex: number;
  #status: CoreStatus;
  #log: WriteAheadLog | null = null;
  #network: PeerNetwork | null = null;

  #frames: { readonly from: Member; readonly message: RaftMessage }[] = [];
  #frameBytes = 0;
  #noted: Event<RaftMessage>[] = [];
  #held: HeldMessages[] = [];
  #lastSequence = 0;
  #durableSequence = 0;
  #confirmedSequence = 0;
  #turnScheduled = false;
  #inTurn = false;
  #stopped = false;
  #refusingAppends = false;

  constructor(parts: ReplicaParts) {
    this.#core = parts.core;
    this.#clock = parts.clock;
    this.#events = parts.events;
    this.#state = parts.state;
    this.#appliedIndex = parts.appliedIndex;
    this.#memories = new PeerMemories(parts.peerMemory);
    this.#status = parts.core.status();
    this.#time.advanceTo(parts.state.timeMs);
  }

  start(log: WriteAheadLog, network: PeerNetwork): void {
    this.#log = log;
    this.#network = network;
  }

  join(part: TurnPart): void {
    this.#parts.push(part);
  }

  stop(): void {
    this.#stopped = true;
  }

  get status(): CoreStatus {
    return this.#status;
  }

  get state(): StateMachine {
    return this.#state;
  }

  get appliedIndex(): number {
    return this.#appliedIndex;
  }

  get network(): PeerNetwork {
    assert(this.#network !== null, 'a replica is started before it speaks');
    return this.#network;
  }

  get memories(): PeerMemories {
    return this.#memories;
  }

  get isStopped(): boolean {
    return this.#stopped;
  }

  /** Log time now (rule S13). */
  timeMs(): number {
    return this.#time.nowMs(this.#clock.wallMs(), this.#clock.monotonicMs());
  }

  /** Log time for an entry that is proposed now. */
  stampMs(): number {
    return this.#time.stampMs(this.#clock.wallMs(), this.#clock.monotonicMs());
  }

  clockOffsetMs(): number | null {
    return this.#time.ownOffsetMs(this.#clock.wallMs(), this.#clock.monotonicMs());
  }

  configurationAt(index: number): LogBase['configuration'] {
    return this.#core.configurationAt(index);
  }

  termAt(index: number): number | null {
    return this.#core.termAt(index);
  }

  /** A frame of an authenticated peer. @throws MalformedBytesError, which ends the connection that it came on */
  onFrame(from: PeerAddress, frame: PeerFrame, sentAtMs: number): void {
    if (this.#stopped) return;
    // Of members alone: a machine that was replaced would have two voices, one by each of its ids.
    if (findMember(this.#status.configuration, from.id)) this.#time.observe(from.id, sentAtMs, this.#clock.monotonicMs());
    if (frame.type !== 'protocol') {
      this.#events.frame(from, frame);
      return;
    }
    if (this.#frames.length >= FRAMES_WAITING_MAX || this.#frameBytes >= FRAME_BYTES_WAITING_MAX) return;
    const message = decodeRaftMessage(frame.bytes);
    if (this.#refusingAppends && message.type === 'append-request' && message.entries.length > 0) return;
    this.#frames.push({ from: this.#memberOf(from), message });
    this.#frameBytes += frame.bytes.length;
    this.wake();
  }

  /** A follower whose disk is full takes itself out: it hears its leader, and takes no entries (rule S17). */
  refuseAppends(refuse: boolean): void {
    this.#refusingAppends = refuse;
  }

  onUnreachable(id: MemberId): void {
    this.#note({ type: 'peer-unreachable', id });
  }

  onTick(): void {
    this.#note({ type: 'tick' });
  }

  onPersisted(sequence: number): void {
    this.#durableSequence = Math.max(this.#durableSequence, sequence);
    this.wake();
  }

  /** For the parts of the turn, and for what the host learns: stepped in the next turn. */
  note(event: Event<RaftMessage>): void {
    this.#note(event);
  }

  /** Within a part's `propose`: steps now. */
  step(event: Event<RaftMessage>): void {
    assert(this.#inTurn, 'the core is stepped within a turn only');
    this.#perform(this.#core.step(event));
  }

  wake(): void {
    if (this.#turnScheduled || this.#stopped) return;
    this.#turnScheduled = true;
    this.#clock.schedule(0, () => this.#turn());
  }

  /** Replaces the state by a received snapshot if the core wants it; true if it did. */
  offerSnapshot(snapshot: ReceivedSnapshot): boolean {
    if (this.#stopped || this.#inTurn) return false;
    this.#inTurn = true;
    const from = this.#memberOf(snapshot.from);
    const effects = this.#core.step({ type: 'snapshot-received', from, leaderTerm: snapshot.leaderTerm, base: snapshot.base });
    const installed = effects.install !== null;
    if (installed) this.#install(snapshot);
    this.#perform(effects);
    this.#inTurn = false;
    this.wake();
    return installed;
  }

  #install({ state, base }: ReceivedSnapshot): void {
    assert(base.index >= this.#appliedIndex, 'an installed snapshot never rolls back what was applied');
    this.#state = state;
    this.#appliedIndex = base.index;
    this.#time.advanceTo(state.timeMs);
    for (const part of this.#parts) part.installed?.(base);
  }

  #note(event: Event<RaftMessage>): void {
    if (this.#stopped) return;
    this.#noted.push(event);
    this.wake();
  }

  #memberOf(address: PeerAddress): Member {
    const known = this.#status.configuration.members.find((member) => member.id === address.id);
    return known ?? { id: address.id, name: address.name, role: 'learner' };
  }

  #turn(): void {
    this.#turnScheduled = false;
    if (this.#stopped) return;
    this.#inTurn = true;
    const before = this.#status;
    if (this.#durableSequence > 0) this.#confirmPersisted();
    const noted = this.#noted;
    this.#noted = [];
    for (const event of noted) this.#perform(this.#core.step(event));
    const frames = this.#frames;
    this.#frames = [];
    this.#frameBytes = 0;
    for (const { from, message } of frames) this.#perform(this.#core.step({ type: 'receive', from, message }));
    this.#status = this.#core.status();
    for (const part of this.#parts) part.propose?.(this.#status);
    this.#status = this.#core.status();
    for (const part of this.#parts) part.settle?.(this.#status, this.#appliedIndex);
    this.#announce(before);
    this.#inTurn = false;
  }

  /** Tells the core what became durable, and lets go what waited for it. */
  #confirmPersisted(): void {
    const sequence = this.#durableSequence;
    if (sequence === this.#confirmedSequence) return;
    this.#confirmedSequence = sequence;
    while (this.#held[0] && this.#held[0].sequence <= sequence) {
      for (const { to, message } of this.#held.shift()?.envelopes ?? []) this.#send(to, message);
    }
    this.#perform(this.#core.step({ type: 'persisted', sequence }));
  }

  #perform(effects: Effects<RaftMessage>): void {
    if (effects.persist) this.#persist(effects.persist);
    for (const { to, message } of effects.messages) this.#send(to, message);
    if (effects.messagesAfterPersist.length > 0) this.#hold(effects.messagesAfterPersist);
    for (const answer of effects.answers) for (const part of this.#parts) part.answered?.(answer);
    for (const entry of effects.committed) this.#apply(entry);
    for (const { to, term } of effects.snapshotsToSend) this.#events.snapshotWanted(to, term);
  }

  #persist(persist: Persist): void {
    assert(persist.sequence > this.#lastSequence, 'persists are numbered in the order in which they are returned');
    assert(this.#log !== null, 'a replica is started before it persists');
    this.#lastSequence = persist.sequence;
    this.#log.append(persist, this.#memories.takeChanges());
  }

  /** The durability rule of src/consensus/core.ts: these leave only once every persist returned so far is on disk. */
  #hold(envelopes: HeldMessages['envelopes']): void {
    if (this.#lastSequence <= this.#durableSequence) for (const { to, message } of envelopes) this.#send(to, message);
    else this.#held.push({ sequence: this.#lastSequence, envelopes });
  }

  #send(to: Member, message: RaftMessage): void {
    this.#network?.send(to, raftMessageLane(message), { type: 'protocol', bytes: encodeRaftMessage(message) });
  }

  #apply(entry: Entry): void {
    if (this.#stopped) return;
    assert(entry.index === this.#appliedIndex + 1, 'entries are applied in order, without gaps');
    let replies: readonly Reply[] | null = null;
    if (entry.kind === 'command') {
      const levelBefore = this.#state.featureLevel;
      try {
        replies = this.#state.apply(entry.index, entry.payload);
        this.#assureLevel();
      } catch (error) {
        this.stop();
        this.#events.poisoned(entry.index, error);
        return;
      }
      this.#time.advanceTo(this.#state.timeMs);
      if (this.#state.featureLevel !== levelBefore) this.#raise(this.#state.featureLevel);
    }
    this.#appliedIndex = entry.index;
    for (const part of this.#parts) part.applied?.(entry, replies);
  }

  /** A member that went back to an older build too late meets the entry that raised the level: it says so, and ends (rule S16). */
  #assureLevel(): void {
    const { featureLevel } = this.#state;
    if (featureLevel <= FEATURE_LEVEL_MAX) return;
    throw new Error(`it raises the feature level to ${featureLevel}, and this build speaks up to ${FEATURE_LEVEL_MAX}`);
  }

  #raise(level: number): void {
    this.#log?.setFeatureLevel(level);
    this.#events.featureLevelRaised(level);
  }

  #announce(before: CoreStatus): void {
    const now = this.#status;
    this.#memories.observe(now, (index) => this.#core.termAt(index));
    const sameLeader = before.leader?.id === now.leader?.id;
    if (before.role !== now.role || before.term !== now.term || !sameLeader) this.#events.roleChanged(now);
    if (before.configuration === now.configuration) return;
    this.#time.keep(now.configuration.members.map(({ id }) => id));
    this.#events.configurationChanged(now);
  }
}
