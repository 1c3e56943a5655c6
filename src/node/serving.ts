/**
 * A member that belongs to a cluster and has its log open: recovery, the replica with its parts, the network, snapshots, and the beat that
 * drives them. Opened by the storage node once it knows its cluster, stopped in reverse order.
 */
import type { Member } from '../consensus/core.ts';
import type { createRaftCore } from '../consensus/raft/raft.ts';
import { FEATURE_LEVEL_MAX, FEATURE_LEVEL_MIN } from '../shared/build.ts';
import type { MemberId } from '../shared/ids.ts';
import type { Identity, Membership, WriteAheadLog } from '../wal/types.ts';
import type { SnapshotFiles } from '../wal/snapshot-files.ts';
import type { PeerFrame } from '../wire/peer/frame.ts';
import type { PeerIdentity, RefusalCode } from '../wire/peer/handshake.ts';
import { AdminPart } from './admin-part.ts';
import { Admission } from './admission.ts';
import { ClientCalls } from './client-calls.ts';
import { CommandPart } from './command-part.ts';
import { DiskWatch } from './disk-watch.ts';
import type { Log } from './log.ts';
import { FULL_HANDOVER_MS_MIN, TICK_MS } from './limits.ts';
import { MembershipWatch } from './membership-watch.ts';
import { isDiskOfThePast } from './peer-memories.ts';
import type { NodePorts, PeerAddress, PeerHandler } from './ports.ts';
import { ReadPart } from './read-part.ts';
import { Replica } from './replica.ts';
import { RequestNumbers } from './request-numbers.ts';
import { Scrubber } from './scrubber.ts';
import { StateHashes } from './state-hashes.ts';
import type { Divergence } from './state-hashes.ts';
import { SnapshotReceiver } from './snapshot-receiver.ts';
import type { ReceivedSnapshot } from './snapshot-receiver.ts';
import { SnapshotSaver } from './snapshot-save.ts';
import { SnapshotSender } from './snapshot-sender.ts';
import { SnapshotTaker } from './snapshot-taker.ts';
import type { NodeConfig } from './node-config.ts';

/** What the storage node must know at once, whatever else goes on. */
export interface ServingEvents {
  /** A confirmed leader says that this id was removed (rule S3). Said as often as it was asked. */
  removed(id: MemberId, removedAt: number): void;
  diskOfThePast(message: string): void;
  higherGeneration(message: string): void;
  poisoned(index: number, error: unknown): void;
  /** States differ (rule S15). */
  diverged(divergence: Divergence): void;
  /** What a damaged disk had lost is back, on disk (rule S11). */
  healed(): void;
  /** A write or sync failed: nothing may be acknowledged any more (rule S10). */
  logFailed(error: Error): void;
  roleChanged(serving: Serving): void;
}

export interface ServingParts {
  readonly config: NodeConfig;
  readonly identity: Identity;
  readonly membership: Membership;
  readonly folder: string;
  readonly ports: NodePorts;
  readonly log: Log;
  readonly events: ServingEvents;
}

/** What recovery gave: see open-serving.ts. */
export interface OpenedParts {
  readonly core: ReturnType<typeof createRaftCore>;
  readonly state: ConstructorParameters<typeof Replica>[0]['state'];
  readonly log: WriteAheadLog;
  readonly files: SnapshotFiles;
  readonly appliedIndex: number;
  readonly peerMemory: ConstructorParameters<typeof Replica>[0]['peerMemory'];
}

export class Serving implements PeerHandler {
  readonly replica: Replica;
  readonly calls: ClientCalls;
  readonly commands: CommandPart;
  readonly reads: ReadPart;
  readonly admin: AdminPart;
  readonly membership: MembershipWatch;
  readonly saver: SnapshotSaver;
  readonly diskWatch: DiskWatch;
  readonly scrubber: Scrubber;
  readonly #parts: ServingParts;
  readonly #log: WriteAheadLog;
  readonly #hashes: StateHashes;
  readonly #sender: SnapshotSender;
  readonly #receiver: SnapshotReceiver;
  readonly #taker: SnapshotTaker;
  #ticks = 0;
  #cancelTick: () => void = () => undefined;
  #leaderSeenAtMs: number;
  #electionsStarted = 0;
  #leadershipsWon = 0;
  #healed = false;
  #handedOverAtMs: number | null = null;
  #stopped = false;

  constructor(parts: ServingParts, opened: OpenedParts) {
    const { clock } = parts.ports;
    const { limits } = parts.config;
    this.#parts = parts;
    this.#log = opened.log;
    this.#leaderSeenAtMs = clock.monotonicMs();
    const replicaEvents = {
      roleChanged: () => this.#onRoleChanged(),
      configurationChanged: () => this.#keepConnections(),
      poisoned: (index: number, error: unknown) => parts.events.poisoned(index, error),
      featureLevelRaised: (level: number) => parts.log.info({ level }, 'feature level raised'),
      snapshotWanted: (to: Member, term: number) => void this.#sender.send({ to, term }),
      frame: (from: PeerAddress, frame: PeerFrame) => this.#onOtherFrame(from, frame),
    };
    this.replica = new Replica({ ...opened, clock, limits, events: replicaEvents });
    const numbers = new RequestNumbers(parts.ports.random.split());
    const admission = new Admission(limits.requestsMax, limits.requestBytesMax);
    this.commands = new CommandPart(this.replica, numbers, clock, limits, admission);
    this.reads = new ReadPart(this.replica, numbers, clock, (done) => this.commands.write({ type: 'tick' }, done));
    this.calls = new ClientCalls(this.replica, this.commands, this.reads, admission, clock);
    this.admin = new AdminPart(this.replica, numbers);
    const { config, membership } = parts;
    this.saver = new SnapshotSaver({ replica: this.replica, admin: this.admin, clock, membership, name: config.name });
    this.replica.join(this.commands);
    this.replica.join(this.reads);
    this.replica.join(this.admin);
    this.#hashes = new StateHashes(this.replica, {
      diverged: (divergence) => parts.events.diverged(divergence),
      otherDiffers: (id, index) => parts.log.error({ id, index }, 'a member holds another state than the majority'),
    });
    this.replica.join(this.#hashes);
    this.membership = new MembershipWatch(this.replica, this.admin, (id, removedAt) => parts.events.removed(id, removedAt));
    this.#sender = new SnapshotSender({
      files: opened.files,
      network: () => this.replica.network,
      clock,
      bytesPerSecond: limits.snapshotBytesPerSecond,
      finished: (to, index, delivered) => this.replica.note({ type: 'snapshot-sent', to, index, delivered }),
    });
    this.#receiver = new SnapshotReceiver({
      files: opened.files,
      clock,
      reply: (to, receipt) => {
        this.replica.network.send(to, 'control', receipt);
      },
      received: (snapshot) => this.#onSnapshot(snapshot),
      failed: (from, reason) => parts.log.warn({ from: from.name, reason }, 'a snapshot could not be taken in'),
    });
    this.#taker = new SnapshotTaker({ replica: this.replica, files: opened.files, log: opened.log, limits, report: parts.log });
    this.scrubber = new Scrubber({
      disk: parts.ports.disk,
      log: opened.log,
      files: opened.files,
      clock,
      bytesPerSecond: limits.scrubBytesPerSecond,
      report: parts.log,
      replace: () => this.#taker.takeOver(),
    });
    this.replica.join(this.#taker);
    this.diskWatch = new DiskWatch(parts.ports.disk, limits);
  }

  async start(): Promise<void> {
    const network = await this.#parts.ports.openNetwork(this);
    this.replica.start(this.#log, network);
    this.#keepConnections();
    this.#scheduleTick();
  }

  /** Milliseconds since a leader was last known here. */
  get leaderlessMs(): number {
    return this.replica.status.leader ? 0 : this.#parts.ports.clock.monotonicMs() - this.#leaderSeenAtMs;
  }

  get electionsStarted(): number {
    return this.#electionsStarted;
  }

  get leadershipsWon(): number {
    return this.#leadershipsWon;
  }

  get coldSegments(): WriteAheadLog['coldSegments'] {
    return this.#log.coldSegments;
  }

  get logDiskBytes(): number {
    return this.#log.diskBytes;
  }

  /** Whether or not the log has grown long enough for one. */
  async takeSnapshot(): Promise<void> {
    await this.#taker.take();
  }

  identity(): PeerIdentity {
    const { identity, membership, config } = this.#parts;
    return {
      clusterId: membership.clusterId,
      generation: membership.generation,
      id: identity.memberId,
      name: config.name,
      featureLevelMin: FEATURE_LEVEL_MIN,
      featureLevelMax: FEATURE_LEVEL_MAX,
      featureLevel: this.replica.state.featureLevel,
    };
  }

  remembered(id: MemberId): ReturnType<PeerHandler['remembered']> {
    return this.replica.memories.of(id);
  }

  /** Rule S12: before anything else is said, the other side tells how far our disk once was. */
  onRemembered(from: PeerAddress, remembered: ReturnType<PeerHandler['remembered']>): void {
    if (!remembered || this.#stopped) return;
    const { term, lastTerm, lastIndex, healing } = this.replica.status;
    // What is known to be lost is no sign of an older disk (rule S11); an older term still is.
    const last = healing ? remembered.position : { term: lastTerm, index: lastIndex };
    if (!isDiskOfThePast({ term, last }, remembered)) return;
    const { position } = remembered;
    this.#parts.events.diskOfThePast(
      `${from.name} remembers that this member acknowledged entry ${position.index} of term ${position.term} in term ${remembered.term}; ` +
        `this disk ends at entry ${lastIndex} of term ${lastTerm}, in term ${term}`,
    );
  }

  onFrame(from: PeerAddress, frame: PeerFrame, sentAtMs: number): void {
    if (!this.#stopped) this.replica.onFrame(from, frame, sentAtMs);
  }

  onUnreachable(id: MemberId): void {
    this.replica.onUnreachable(id);
    this.commands.onUnreachable(id);
    this.reads.onUnreachable(id);
    this.#sender.onUnreachable(id);
  }

  onRefused(peer: { readonly name: string; readonly id: MemberId | null }, code: RefusalCode, message: string): void {
    if (this.#stopped) return;
    this.#parts.log.warn({ peer: peer.name, code, message }, 'a peer connection was refused');
    if (code === 'higher-generation') this.#parts.events.higherGeneration(message);
  }

  /** Waits until what clients were promised an answer to is answered; at most `graceMs`. */
  async drain(graceMs: number): Promise<void> {
    this.calls.drain();
    const deadlineMs = this.#parts.ports.clock.monotonicMs() + graceMs;
    while (this.calls.open > 0 && this.#parts.ports.clock.monotonicMs() < deadlineMs) {
      await new Promise<void>((resolve) => this.#parts.ports.clock.schedule(TICK_MS, resolve));
    }
  }

  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#cancelTick();
    this.replica.stop();
    this.commands.abandon('this member is stopping');
    this.reads.abandon('this member is stopping');
    this.admin.abandon();
    this.#sender.stop();
    await this.#receiver.stop();
    await this.scrubber.stop();
    await this.#taker.stop();
    await this.replica.network.close();
    await this.#log.close();
  }

  #scheduleTick(): void {
    this.#cancelTick = this.#parts.ports.clock.schedule(TICK_MS, () => {
      if (this.#stopped) return;
      this.#scheduleTick();
      this.#beat();
    });
  }

  #beat(): void {
    const nowMs = this.#parts.ports.clock.monotonicMs();
    this.#ticks += 1;
    if (this.replica.status.leader) this.#leaderSeenAtMs = nowMs;
    this.replica.onTick();
    this.commands.expire(nowMs);
    this.reads.expire(nowMs);
    if (this.#ticks % BEATS_A_SECOND !== 0) return;
    this.membership.check(this.leaderlessMs);
    this.#checkHealed();
    this.#sender.expire(nowMs);
    this.#receiver.expire(nowMs);
    this.#taker.check();
    this.scrubber.check(nowMs);
    void this.#checkDisk();
  }

  /** Until entries of a later term are on disk, a crash could take us back behind what was lost. */
  #checkHealed(): void {
    const { lostThroughTerm } = this.#parts.identity;
    if (lostThroughTerm === null || this.#healed) return;
    const { durableIndex } = this.replica.status;
    if ((this.replica.termAt(durableIndex) ?? 0) <= lostThroughTerm) return;
    this.#healed = true;
    this.#parts.events.healed();
  }

  async #checkDisk(): Promise<void> {
    await this.diskWatch.check(this.replica.state.dataBytes);
    this.commands.setDiskFull(this.diskWatch.isFull);
    this.replica.refuseAppends(this.diskWatch.isFull && this.replica.status.role !== 'leader');
    await this.#handOverIfFull();
  }

  /**
   * A full leader hands over (rule S17): the others may have room, and whoever takes over and has none does the same; not again and again,
   * for all may be full.
   */
  async #handOverIfFull(): Promise<void> {
    const { role, transferTarget } = this.replica.status;
    if (!this.diskWatch.isFull || role !== 'leader' || transferTarget !== null || !this.#hasOtherVoters) return;
    const nowMs = this.#parts.ports.clock.monotonicMs();
    if (this.#handedOverAtMs !== null && nowMs - this.#handedOverAtMs < FULL_HANDOVER_MS_MIN) return;
    this.#handedOverAtMs = nowMs;
    await this.admin.transferLeadership(null);
  }

  get #hasOtherVoters(): boolean {
    const { id, configuration } = this.replica.status;
    return configuration.members.some((member) => member.role === 'voter' && member.id !== id);
  }

  #onRoleChanged(): void {
    const { role, term, leader } = this.replica.status;
    if (role === 'candidate') this.#electionsStarted += 1;
    if (role === 'leader') this.#leadershipsWon += 1;
    this.#parts.log.info({ role, term, leader: leader?.name ?? null }, 'role changed');
    this.commands.roleChanged(this.replica.status, this.#parts.ports.clock.monotonicMs());
    this.#parts.events.roleChanged(this);
  }

  #keepConnections(): void {
    const { id, configuration } = this.replica.status;
    this.replica.network.keep(configuration.members.filter((member) => member.id !== id));
  }

  #onOtherFrame(from: PeerAddress, frame: PeerFrame): void {
    switch (frame.type) {
      case 'protocol':
        return;
      case 'forward-request':
        this.commands.onForwardRequest(from, frame.bytes);
        return;
      case 'forward-answer':
        this.commands.onForwardAnswer(from.id, frame.bytes);
        return;
      case 'snapshot-offer':
      case 'snapshot-chunk':
        this.#receiver.onFrame(from, frame);
        return;
      case 'snapshot-receipt':
        this.#sender.onReceipt(from.id, frame);
        return;
      case 'read-index-request':
        this.reads.onIndexRequest(from, frame);
        return;
      case 'read-index-answer':
        this.reads.onIndexAnswer(from.id, frame);
        return;
      case 'state-hash':
        this.#hashes.onReport(from, frame);
        return;
      case 'membership-query':
        void this.membership.answer(from);
        return;
      case 'membership-answer':
        this.membership.onAnswer(frame);
        return;
    }
  }

  #onSnapshot(snapshot: ReceivedSnapshot): void {
    const installed = this.replica.offerSnapshot(snapshot);
    const { base } = snapshot;
    this.#parts.log.info({ index: base.index, term: base.term, installed, from: snapshot.from.name }, 'received a snapshot');
    const state = installed ? 'installed' : 'refused';
    const receipt = { type: 'snapshot-receipt', transfer: snapshot.transfer, receivedBytes: 0, state } as const;
    this.replica.network.send(snapshot.from, 'control', receipt);
  }
}

const BEATS_A_SECOND = 1000 / TICK_MS;
