/**
 * Storage nodes in one process, on virtual time, each with a simulated disk; between them a network that a test cuts and watches. The nodes
 * are the real ones: what a process adds around them (sockets, HTTP) is left out.
 */
import { openDataFolder } from '../../src/wal/data-folder.ts';
import type { Outcome } from '../../src/node/command-service.ts';
import { defaultLimits } from '../../src/node/limits.ts';
import type { NodeLimits } from '../../src/node/limits.ts';
import { NodeService } from '../../src/node/node-service.ts';
import type { PeerAddress, PeerHandler, PeerNetwork } from '../../src/node/ports.ts';
import type { Serving } from '../../src/node/serving.ts';
import { StorageNode } from '../../src/node/storage-node.ts';
import { assert, present } from '../../src/shared/assert.ts';
import { FIRST_GENERATION, parseClusterId } from '../../src/shared/ids.ts';
import type { MemberId } from '../../src/shared/ids.ts';
import { SeededRandom } from '../../src/shared/random.ts';
import type { Reply } from '../../src/shared/reply.ts';
import { decodeFrame, encodeFrame } from '../../src/wire/peer/frame.ts';
import type { Lane, PeerFrame } from '../../src/wire/peer/frame.ts';
import { SimulatedDisk } from './simulated-disk.ts';
import type { SimulatedDiskOptions } from './simulated-disk.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { VirtualTime } from './virtual-time.ts';

const CLUSTER = present(parseClusterId('group'), 'a cluster id');
const LATENCY_MS = 1;

/** By place in the group, from 0. */
export type DiskOptions = (position: number) => SimulatedDiskOptions;

export interface SentFrame {
  readonly from: string;
  readonly to: string;
  readonly frame: PeerFrame;
}

export interface GroupMember {
  readonly name: string;
  disk: SimulatedDisk;
  node: StorageNode | null;
  handler: PeerHandler | null;
  /** How far its wall clock is from the true time. */
  clockErrorMs: number;
  /** Why the process would have ended. */
  readonly fatal: string[];
  readonly logged: { readonly data: object; readonly message: string }[];
}

export class NodeGroup {
  readonly time = new VirtualTime();
  readonly members: GroupMember[];
  /** False drops the frame, as a network would. */
  passes: (sent: SentFrame) => boolean = () => true;
  readonly #limits: NodeLimits;
  readonly #cut = new Set<string>();
  /** Pairs that exchanged what they remember since both started (rule S12). */
  readonly #met = new Set<string>();
  #starts = 0;

  constructor(size: number, limits: Partial<NodeLimits> = {}, diskOptions: DiskOptions = () => ({})) {
    this.#limits = { ...defaultLimits(null), segmentBytes: 64 * 1024, ...limits };
    this.members = Array.from({ length: size }, (_, position) => ({
      name: `node-${position + 1}`,
      disk: new SimulatedDisk(diskOptions(position)),
      node: null,
      handler: null,
      clockErrorMs: 0,
      fatal: [],
      logged: [],
    }));
  }

  /** Started and founded, with a leader. */
  static async found(size: number, limits: Partial<NodeLimits> = {}, diskOptions?: DiskOptions): Promise<NodeGroup> {
    const group = new NodeGroup(size, limits, diskOptions);
    for (const member of group.members) await group.start(member);
    const members = group.members.map((member) => ({ id: group.idOf(member), name: member.name }));
    for (const { node } of group.members) {
      await node?.found({ clusterId: CLUSTER, generation: FIRST_GENERATION, epoch: 1, members });
    }
    await group.until('there is a leader that everybody follows', () => {
      const leader = group.leader();
      return leader !== null && group.running().every(({ node }) => node?.serving?.replica.status.leader?.name === leader.name);
    });
    return group;
  }

  idOf(member: GroupMember): MemberId {
    return present(member.node, 'the node runs').dataFolder.identity.memberId;
  }

  member(name: string): GroupMember {
    return present(
      this.members.find((each) => each.name === name),
      'the member is one of the group',
    );
  }

  running(): GroupMember[] {
    return this.members.filter(({ node }) => node !== null);
  }

  servingOf(member: GroupMember): Serving {
    return present(member.node?.serving, `${member.name} serves`);
  }

  leader(): GroupMember | null {
    const leaders = this.members.filter(({ node }) => node?.serving?.replica.status.role === 'leader');
    return leaders.sort((left, right) => this.#termOf(right) - this.#termOf(left))[0] ?? null;
  }

  followers(): GroupMember[] {
    return this.running().filter((member) => member !== this.leader());
  }

  #termOf(member: GroupMember): number {
    return member.node?.serving?.replica.status.term ?? 0;
  }

  async start(member: GroupMember): Promise<void> {
    this.#starts += 1;
    const random = new SeededRandom(this.#starts * 7919);
    const opened = await openDataFolder(member.disk, random);
    assert(opened.ok, 'the folder opens');
    const log = (data: object, message: string): void => void member.logged.push({ data, message });
    const node = new StorageNode({
      config: {
        name: member.name,
        dataFolder: '',
        host: '',
        clientPort: 0,
        peerPort: 0,
        httpPort: 0,
        peers: { table: [] },
        peerSecretFile: '',
        adminTokenFile: '',
        clientPasswordFile: null,
        logLevel: 'info',
        limits: this.#limits,
      },
      ports: {
        disk: member.disk,
        clock: this.#clockOf(member),
        random,
        openNetwork: async (handler) => this.#open(member, handler),
      },
      dataFolder: opened.value,
      log: { debug: log, info: log, warn: log, error: log },
      fatal: (reason) => member.fatal.push(reason),
    });
    member.node = node;
    await node.start();
  }

  #clockOf(member: GroupMember): Clock {
    const { time } = this;
    return {
      wallMs: () => time.wallMs() + member.clockErrorMs,
      monotonicMs: () => time.monotonicMs(),
      schedule: (delayMs, callback) => time.schedule(delayMs, callback),
    };
  }

  /** Without a word to anyone, as a process that is killed; its disk keeps what was written. */
  async kill(member: GroupMember): Promise<void> {
    const { disk } = member;
    disk.freeze();
    this.#forget(member);
    await this.time.advance(0);
    member.disk = disk.fork();
    member.node = null;
  }

  async stop(member: GroupMember): Promise<void> {
    const { node } = member;
    let stopped = false;
    void node?.stop().then(() => (stopped = true));
    await this.until(`${member.name} stops`, () => stopped);
    this.#forget(member);
    member.node = null;
  }

  #forget(member: GroupMember): void {
    member.handler = null;
    for (const pair of [...this.#met]) if (pair.split('>').includes(member.name)) this.#met.delete(pair);
    for (const other of this.members) if (other.node && other !== member) other.handler?.onUnreachable(this.idOf(member));
  }

  /** Nothing passes between these two, either way, until `heal`. */
  cut(left: GroupMember, right: GroupMember): void {
    this.#cut.add(pairOf(left.name, right.name));
    left.handler?.onUnreachable(this.idOf(right));
    right.handler?.onUnreachable(this.idOf(left));
  }

  isolate(member: GroupMember): void {
    for (const other of this.members) if (other !== member) this.cut(member, other);
  }

  heal(): void {
    this.#cut.clear();
  }

  #open(member: GroupMember, handler: PeerHandler): PeerNetwork {
    member.handler = handler;
    const isOpen = (): boolean => member.handler === handler;
    return {
      send: (to, lane, frame) => isOpen() && this.#send(member, to, lane, frame),
      spokenLevels: () => ({ min: 1, max: 1 }),
      keep: (peers) => {
        for (const peer of peers) this.time.schedule(LATENCY_MS, () => isOpen() && this.#meet(member, peer));
      },
      close: async () => {
        if (isOpen()) this.#forget(member);
      },
    };
  }

  #meet(from: GroupMember, address: PeerAddress): GroupMember | null {
    const to = this.members.find(({ name }) => name === address.name);
    if (!to?.handler || !from.handler || this.#cut.has(pairOf(from.name, to.name))) return null;
    const [own, other] = [from.handler.identity(), to.handler.identity()];
    if (other.id !== address.id || other.clusterId !== own.clusterId) return null;
    if (!this.#met.has(pairOf(from.name, to.name))) {
      this.#met.add(pairOf(from.name, to.name));
      from.handler.onRemembered({ id: other.id, name: to.name }, to.handler.remembered(own.id));
      to.handler.onRemembered({ id: own.id, name: from.name }, from.handler.remembered(other.id));
    }
    return to;
  }

  #send(from: GroupMember, address: PeerAddress, _lane: Lane, frame: PeerFrame): boolean {
    const to = this.#meet(from, address);
    if (!to || !from.handler) return false;
    if (!this.passes({ from: from.name, to: to.name, frame })) return true;
    const sender = { id: from.handler.identity().id, name: from.name };
    const bytes = Buffer.from(encodeFrame(frame, from.handler.identity().featureLevel, this.#clockOf(from).wallMs()));
    const handler = to.handler;
    this.time.schedule(LATENCY_MS, () => {
      if (to.handler !== handler || this.#cut.has(pairOf(from.name, to.name))) return;
      const received = decodeFrame(bytes.subarray(4));
      handler?.onFrame(sender, received.frame, received.sentAtMs);
    });
    return true;
  }

  async until(what: string, holds: () => boolean, patienceMs = 30_000): Promise<void> {
    const endMs = this.time.monotonicMs() + patienceMs;
    while (!holds()) {
      if (this.time.monotonicMs() >= endMs) throw new Error(`waited in vain: ${what}`);
      await this.time.advance(10);
    }
  }

  /** Begins a command; the returned function tells its outcome, or null as long as there is none. */
  begin(member: GroupMember, ...words: string[]): () => Outcome | null {
    const service = new NodeService(present(member.node, 'the node runs'), 1);
    let outcome: Outcome | null = null;
    const done = (result: Outcome): void => void (outcome = result);
    const parts = words.map((word) => Buffer.from(word));
    if (READS.has(words[0] ?? '')) service.read(parts, done);
    else service.write({ type: 'command', arguments: parts }, done);
    return () => outcome;
  }

  async outcome(member: GroupMember, ...words: string[]): Promise<Outcome> {
    const outcome = this.begin(member, ...words);
    await this.until(`${words.join(' ')} on ${member.name} has an outcome`, () => outcome() !== null);
    return present(outcome(), 'there is an outcome');
  }

  /** The reply as text; an outcome without one as its code. */
  async run(member: GroupMember, ...words: string[]): Promise<string> {
    return textOf(await this.outcome(member, ...words));
  }
}

const READS = new Set(['GET', 'PTTL', 'TTL', 'EXISTS', 'DBSIZE', 'STRLEN']);

export function textOf(outcome: Outcome | null): string {
  if (outcome === null) return 'none';
  if (outcome.type !== 'replied') return outcome.type === 'unknown' ? 'UNKNOWN' : outcome.code;
  return replyText(outcome.reply);
}

function replyText(reply: Reply): string {
  switch (reply.type) {
    case 'bulk':
      return Buffer.from(reply.bytes).toString();
    case 'integer':
      return String(reply.value);
    case 'simple':
      return reply.text;
    case 'error':
      return reply.message;
    default:
      return reply.type;
  }
}

function pairOf(left: string, right: string): string {
  return [left, right].sort().join('>');
}
