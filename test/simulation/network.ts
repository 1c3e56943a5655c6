/**
 * The wires of the world: links between machines, and between clients and machines. A link carries bytes in order or breaks, as TCP does;
 * what is in the way of a direction, a partition or a clog, holds its bytes back until it is gone, or the link is given up by an end.
 */
import { crc32 } from 'node:zlib';
import type { LinkEvents, PeerLink, PeerTransport } from '../../src/wire/peer/link.ts';
import type { Random } from '../../src/shared/random.ts';
import type { Scheduler } from './scheduler.ts';

/** Whoever is on a wire: a machine's running process, or a client. */
export interface Endpoint {
  readonly host: string;
  readonly isAlive: boolean;
  /** Runs in the endpoint, unless it is paused (then later) or gone (then never). */
  deliver(act: () => void): void;
}

export interface Wires {
  /** Shortest and longest time that bytes travel. */
  delayMs: readonly [number, number];
  /** Of a write, to take much longer: what follows it on the lane waits, and the other lane goes ahead. */
  slowShare: number;
  slowMs: number;
}

type Listener = (link: PeerLink, from: Endpoint) => LinkEvents;

export class Network {
  readonly scheduler: Scheduler;
  readonly wires: Wires = { delayMs: [0.1, 1], slowShare: 0, slowMs: 0 };
  readonly #random: Random;
  readonly #listeners = new Map<string, { readonly endpoint: Endpoint; readonly accept: Listener }>();
  /** `from>to` with the number of reasons why nothing passes; and until when a clog lasts. */
  readonly #cuts = new Map<string, number>();
  readonly #clogs = new Map<string, number>();
  readonly #links = new Set<LinkPair>();
  delivered = 0;
  heldBack = 0;
  slowed = 0;
  /** Arrived after what the same host wrote later to the same host, on another link. */
  overtaken = 0;
  #written = 0;
  readonly #latestArrived = new Map<string, number>();

  constructor(scheduler: Scheduler, random: Random) {
    this.scheduler = scheduler;
    this.#random = random;
  }

  listen(endpoint: Endpoint, port: string, accept: Listener): void {
    this.#listeners.set(`${endpoint.host}:${port}`, { endpoint, accept });
  }

  unlisten(endpoint: Endpoint, port: string): void {
    const key = `${endpoint.host}:${port}`;
    if (this.#listeners.get(key)?.endpoint === endpoint) this.#listeners.delete(key);
  }

  dial(from: Endpoint, host: string, port: string, events: LinkEvents): PeerLink {
    const pair = new LinkPair(this, from, host, events);
    this.#links.add(pair);
    this.scheduler.after(this.drawDelayMs(), () => {
      if (pair.isOver || this.isCut(from.host, host)) return;
      const listener = this.#listeners.get(`${host}:${port}`);
      if (listener?.endpoint.isAlive === true) pair.open(listener.endpoint, listener.accept);
      else pair.refuse();
    });
    return pair.dialer;
  }

  /** Nothing passes in this direction until `mend`. */
  cut(from: string, to: string): void {
    const key = `${from}>${to}`;
    this.#cuts.set(key, (this.#cuts.get(key) ?? 0) + 1);
  }

  mend(from: string, to: string): void {
    const key = `${from}>${to}`;
    const left = (this.#cuts.get(key) ?? 0) - 1;
    if (left > 0) this.#cuts.set(key, left);
    else this.#cuts.delete(key);
    if (left <= 0) this.#release();
  }

  clog(from: string, to: string, untilMs: number): void {
    this.#clogs.set(`${from}>${to}`, untilMs);
    this.scheduler.after(untilMs - this.scheduler.nowMs, () => this.#release());
  }

  /** What this host sends over some of the connections that it dialled waits until then; the others go on. */
  stall(host: string, untilMs: number, which: () => boolean): number {
    const stalled = [...this.#links].filter((pair) => pair.isDialledBy(host) && which());
    for (const pair of stalled) pair.stalledUntilMs = untilMs;
    this.scheduler.after(untilMs - this.scheduler.nowMs, () => this.#release());
    return stalled.length;
  }

  isCut(from: string, to: string): boolean {
    return this.#cuts.has(`${from}>${to}`);
  }

  blocks(from: string, to: string): boolean {
    if (this.isCut(from, to)) return true;
    const untilMs = this.#clogs.get(`${from}>${to}`);
    return untilMs !== undefined && untilMs > this.scheduler.nowMs;
  }

  /** All links between the two break at once, and both ends hear of it. */
  reset(one: string, other: string): number {
    let broken = 0;
    for (const pair of [...this.#links]) if (pair.joins(one, other)) broken += pair.breakOff() ? 1 : 0;
    return broken;
  }

  /** The process is gone: its system closes its links, or with the power off nobody does. */
  abandon(endpoint: Endpoint, tells: boolean): void {
    for (const [key, listener] of [...this.#listeners]) if (listener.endpoint === endpoint) this.#listeners.delete(key);
    for (const pair of [...this.#links]) pair.abandon(endpoint, tells);
  }

  drawDelayMs(): number {
    const [least, most] = this.wires.delayMs;
    const delayMs = least + this.#random.fraction() * (most - least);
    const isSlow = this.wires.slowShare > 0 && this.#random.fraction() < this.wires.slowShare;
    if (!isSlow) return delayMs;
    this.slowed += 1;
    return delayMs + this.#random.fraction() * this.wires.slowMs;
  }

  /** The place of a write among all that were made in this world. */
  nextWrite(): number {
    return (this.#written += 1);
  }

  arrived(from: string, to: string, write: number): void {
    const key = `${from}>${to}`;
    const latest = this.#latestArrived.get(key) ?? 0;
    if (write < latest) this.overtaken += 1;
    else this.#latestArrived.set(key, write);
  }

  runs(host: string): boolean {
    return this.#listeners.get(`${host}:peer`)?.endpoint.isAlive === true;
  }

  forget(pair: LinkPair): void {
    this.#links.delete(pair);
  }

  #release(): void {
    for (const pair of [...this.#links]) pair.release();
  }
}

/** `bytes: null` is the end of the stream. */
interface Parcel {
  readonly number: number;
  readonly bytes: Buffer | null;
}

/** One direction: what was written and has not arrived, in order. */
class Pipe {
  readonly held: Parcel[] = [];
  lastDueMs = 0;
  sentBytes = 0;
  heldBytes = 0;
  isEnded = false;

  /** What is held keeps the order in which it was written, whenever it was stopped. */
  hold(parcel: Parcel): void {
    let at = this.held.length;
    while (at > 0 && this.held[at - 1]!.number > parcel.number) at -= 1;
    this.held.splice(at, 0, parcel);
    this.heldBytes += parcel.bytes?.length ?? 0;
  }
}

export class LinkPair {
  readonly dialer: PeerLink;
  readonly #network: Network;
  readonly #from: Endpoint;
  readonly #host: string;
  readonly #dialerEvents: LinkEvents;
  #to: Endpoint | null = null;
  #acceptorEvents: LinkEvents | null = null;
  readonly #out = new Pipe();
  readonly #back = new Pipe();
  #dialerOpen = true;
  #acceptorOpen = false;
  stalledUntilMs = 0;

  constructor(network: Network, from: Endpoint, host: string, events: LinkEvents) {
    this.#network = network;
    this.#from = from;
    this.#host = host;
    this.#dialerEvents = events;
    this.dialer = this.#end(this.#out, host, () => this.#closeDialer());
  }

  get isOver(): boolean {
    return !this.#dialerOpen && !this.#acceptorOpen;
  }

  joins(one: string, other: string): boolean {
    return (this.#from.host === one && this.#host === other) || (this.#from.host === other && this.#host === one);
  }

  isDialledBy(dialer: string): boolean {
    return this.#from.host === dialer && !this.isOver;
  }

  open(to: Endpoint, accept: Listener): void {
    this.#to = to;
    this.#acceptorOpen = true;
    const link = this.#end(this.#back, this.#from.host, () => this.#closeAcceptor());
    to.deliver(() => {
      this.#acceptorEvents = accept(link, this.#from);
    });
    if (this.#dialerOpen) this.#from.deliver(() => this.#dialerEvents.onConnected());
  }

  refuse(): void {
    this.#closeDialer();
  }

  /** A reset: what was under way is lost, both ends are told. */
  breakOff(): boolean {
    const wasOpen = this.#dialerOpen || this.#acceptorOpen;
    this.#lose();
    this.#closeDialer();
    this.#closeAcceptor();
    return wasOpen;
  }

  abandon(endpoint: Endpoint, tells: boolean): void {
    if (endpoint === this.#from && this.#dialerOpen) {
      this.#dialerOpen = false;
      if (tells) this.#pass(this.#out, null);
    } else if (endpoint === this.#to && this.#acceptorOpen) {
      this.#acceptorOpen = false;
      if (tells) this.#pass(this.#back, null);
    }
    this.#forgetIfOver();
  }

  release(): void {
    for (const pipe of [this.#out, this.#back]) {
      if (pipe.held.length === 0 || this.#isBlocked(pipe)) continue;
      const held = pipe.held.splice(0);
      pipe.heldBytes = 0;
      for (const parcel of held) this.#travel(pipe, parcel);
    }
  }

  #lose(): void {
    for (const pipe of [this.#out, this.#back]) {
      pipe.held.length = 0;
      pipe.heldBytes = 0;
    }
  }

  #end(pipe: Pipe, remoteAddress: string, close: () => void): PeerLink {
    const isOpen = (): boolean => (pipe === this.#out ? this.#dialerOpen : this.#acceptorOpen);
    const write = (bytes: Uint8Array): void => {
      if (!isOpen() || pipe.isEnded) return;
      this.#network.scheduler.mix(crc32(bytes));
      // Copied: the writer's buffer is its own again after the call.
      this.#pass(pipe, Buffer.from(bytes));
    };
    return {
      write,
      end: (bytes) => {
        write(bytes);
        this.#pass(pipe, null);
        pipe.isEnded = true;
      },
      destroy: () => close(),
      get isDestroyed() {
        return !isOpen();
      },
      get waitingBytes() {
        return pipe.heldBytes;
      },
      get sentBytes() {
        return pipe.sentBytes;
      },
      remoteAddress,
    };
  }

  #isBlocked(pipe: Pipe): boolean {
    if (pipe === this.#out && this.stalledUntilMs > this.#network.scheduler.nowMs) return true;
    return pipe === this.#out
      ? this.#network.blocks(this.#from.host, this.#host)
      : this.#network.blocks(this.#host, this.#from.host);
  }

  #pass(pipe: Pipe, bytes: Buffer | null): void {
    const parcel = { number: this.#network.nextWrite(), bytes };
    if (pipe.held.length === 0 && !this.#isBlocked(pipe)) {
      this.#travel(pipe, parcel);
      return;
    }
    this.#network.heldBack += 1;
    pipe.hold(parcel);
  }

  #travel(pipe: Pipe, parcel: Parcel): void {
    const { scheduler } = this.#network;
    pipe.sentBytes += parcel.bytes?.length ?? 0;
    pipe.lastDueMs = Math.max(pipe.lastDueMs, scheduler.nowMs + this.#network.drawDelayMs());
    scheduler.after(pipe.lastDueMs - scheduler.nowMs, () => this.#arrive(pipe, parcel));
  }

  #arrive(pipe: Pipe, parcel: Parcel): void {
    // A partition that began while it travelled stops it too.
    if (pipe.held.length > 0 || this.#isBlocked(pipe)) {
      pipe.hold(parcel);
      return;
    }
    const isOut = pipe === this.#out;
    const { bytes } = parcel;
    if (bytes === null) {
      if (isOut) this.#closeAcceptor();
      else this.#closeDialer();
      return;
    }
    const receiver = isOut ? this.#to : this.#from;
    if (receiver?.isAlive === false) this.#bounce(isOut);
    receiver?.deliver(() => {
      if (!(isOut ? this.#acceptorOpen : this.#dialerOpen)) return;
      this.#network.delivered += 1;
      const [from, to] = isOut ? [this.#from.host, this.#host] : [this.#host, this.#from.host];
      this.#network.arrived(from, to, parcel.number);
      if (isOut) this.#acceptorEvents?.onData(bytes);
      else this.#dialerEvents.onData(bytes);
    });
  }

  /** Bytes for a process that is gone: while its machine is off nobody answers, and once it runs again its system does. */
  #bounce(isOut: boolean): void {
    if (!this.#network.runs(isOut ? this.#host : this.#from.host)) return;
    if (isOut) this.#closeDialer();
    else this.#closeAcceptor();
  }

  #closeDialer(): void {
    if (!this.#dialerOpen) return;
    this.#dialerOpen = false;
    if (this.#acceptorOpen) this.#pass(this.#out, null);
    this.#network.scheduler.after(0, () => this.#from.deliver(() => this.#dialerEvents.onClosed()));
    this.#forgetIfOver();
  }

  #closeAcceptor(): void {
    if (!this.#acceptorOpen) return;
    this.#acceptorOpen = false;
    if (this.#dialerOpen) this.#pass(this.#back, null);
    this.#network.scheduler.after(0, () => this.#to?.deliver(() => this.#acceptorEvents?.onClosed()));
    this.#forgetIfOver();
  }

  #forgetIfOver(): void {
    if (this.isOver) this.#network.forget(this);
  }
}

/** The members' way to each other. */
export function peerTransport(network: Network, endpoint: Endpoint): PeerTransport {
  return {
    dial: (name, events) => network.dial(endpoint, name, 'peer', events),
    listen: async (accept) => network.listen(endpoint, 'peer', (link) => accept(link)),
    close: async () => network.unlisten(endpoint, 'peer'),
  };
}
