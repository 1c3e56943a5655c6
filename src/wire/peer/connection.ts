/** One dialled connection to a peer: handshake as the dialer, then frames out. Redials with a back-off for as long as it is wanted. */
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { encodeFrame, FrameCutter } from './frame.ts';
import type { Lane, PeerFrame } from './frame.ts';
import {
  decodeHelloAnswer,
  decodeRemembered,
  encodeHello,
  encodeRemembered,
  HANDSHAKE_BYTES_MAX,
  isOfGenerations,
  NONCE_BYTES,
  proofOf,
  proofsEqual,
  refusalOf,
} from './handshake.ts';
import type { PeerIdentity, Remembered } from './handshake.ts';
import { MalformedBytesError } from '../../shared/bytes.ts';
import type { PeerEvents, PeerName, TcpNetworkOptions } from './tcp-network.ts';
import { lengthPrefixed } from './length-prefix.ts';

export const DIAL_TIMEOUT_MS = 2000;
export const REDIAL_DELAY_MS_MIN = 50;
export const REDIAL_DELAY_MS_MAX = 1000;
/** A connection that takes nothing for so long while frames wait is cut and dialled anew: the other end is gone without a word. */
export const STALL_MS = 3000;

/** Bytes that may wait in our process for each lane; a frame that does not fit is dropped, as a network would. */
export const QUEUE_BYTES_MAX: Record<Lane, number> = { control: 1024 * 1024, bulk: 96 * 1024 * 1024 };

type State = 'dialling' | 'hello-sent' | 'proof-sent' | 'open' | 'waiting' | 'closed';

export class PeerConnection {
  readonly peer: PeerName;
  readonly #lane: Lane;
  readonly #options: TcpNetworkOptions;
  readonly #events: PeerEvents;
  readonly #learn: (identity: PeerIdentity) => void;
  #state: State = 'waiting';
  #socket: Socket | null = null;
  #cutter = new FrameCutter(HANDSHAKE_BYTES_MAX);
  #hello: Buffer = Buffer.alloc(0);
  #identity: PeerIdentity | null = null;
  #redialDelayMs = REDIAL_DELAY_MS_MIN;
  #cancelTimer: () => void = () => undefined;
  #cork = false;

  constructor(
    peer: PeerName,
    lane: Lane,
    options: TcpNetworkOptions,
    events: PeerEvents,
    learn: (identity: PeerIdentity) => void,
  ) {
    this.peer = peer;
    this.#lane = lane;
    this.#options = options;
    this.#events = events;
    this.#learn = learn;
    this.#dial();
  }

  send(frame: PeerFrame): boolean {
    const socket = this.#socket;
    if (this.#state !== 'open' || !socket) return false;
    if (socket.writableLength > QUEUE_BYTES_MAX[this.#lane]) return false;
    if (!this.#cork) {
      // Everything sent in one turn of the event loop leaves in one system call.
      this.#cork = true;
      socket.cork();
      process.nextTick(() => {
        this.#cork = false;
        socket.uncork();
      });
    }
    socket.write(encodeFrame(frame, this.#events.identity().featureLevel, this.#options.clock.wallMs()));
    return true;
  }

  close(): void {
    this.#state = 'closed';
    this.#cancelTimer();
    this.#socket?.destroy();
    this.#socket = null;
  }

  #dial(): void {
    const address = this.#options.resolve(this.peer.name);
    if (!address) {
      this.#retryLater();
      return;
    }
    this.#state = 'dialling';
    this.#cutter = new FrameCutter(HANDSHAKE_BYTES_MAX);
    const socket = connect({
      host: address.host,
      port: address.port,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: 5000,
    });
    this.#socket = socket;
    socket.on('connect', () => this.#sendHello(socket));
    socket.on('data', (chunk: Buffer) => this.#onData(socket, chunk));
    // The reason is told by 'close', which always follows; names that do not resolve yet are normal while pods start.
    socket.on('error', () => undefined);
    socket.on('close', () => this.#onClose(socket));
    this.#cancelTimer = this.#options.clock.schedule(DIAL_TIMEOUT_MS, () => socket.destroy());
  }

  #sendHello(socket: Socket): void {
    this.#hello = encodeHello({
      identity: this.#events.identity(),
      lane: this.#lane,
      expected: this.peer.id,
      nonce: randomBytes(NONCE_BYTES),
    });
    this.#state = 'hello-sent';
    socket.write(lengthPrefixed(this.#hello));
  }

  #onData(socket: Socket, chunk: Buffer): void {
    if (socket !== this.#socket) return;
    try {
      this.#cutter.push(chunk);
      for (let unit = this.#cutter.next(); unit; unit = this.#cutter.next()) this.#onHandshake(socket, unit);
    } catch (error) {
      if (!(error instanceof MalformedBytesError)) throw error;
      this.#events.onRefused(this.peer, 'wrong-secret', `malformed handshake: ${error.message}`);
      socket.destroy();
    }
  }

  #onHandshake(socket: Socket, unit: Buffer): void {
    if (this.#state === 'hello-sent') this.#onAnswer(socket, unit);
    else if (this.#state === 'proof-sent') this.#onWelcome(decodeRemembered(unit).remembered);
    else throw new MalformedBytesError('a peer spoke out of turn');
  }

  #onAnswer(socket: Socket, unit: Buffer): void {
    const answer = decodeHelloAnswer(unit);
    if (answer.type === 'refused') {
      // Whoever refuses has proved nothing: it is told of, and no more follows from it.
      this.#events.onRefused(this.peer, isOfGenerations(answer) ? 'not-serving' : answer.code, answer.message);
      socket.destroy();
      return;
    }
    const secret = this.#options.secret();
    if (!proofsEqual(answer.proof, proofOf(secret, 'acceptor', this.#hello, answer.identity, answer.nonce))) {
      this.#events.onRefused(this.peer, 'wrong-secret', 'the peer does not know the shared secret');
      socket.destroy();
      return;
    }
    const proof = proofOf(secret, 'dialer', this.#hello, answer.identity, answer.nonce);
    const refusal = refusalOf(this.#events.identity(), answer.identity);
    if (refusal) {
      // The other side learns by our proof that we are of another generation, as we did by its own.
      if (isOfGenerations(refusal)) socket.end(lengthPrefixed(encodeRemembered(null, proof)));
      else socket.destroy();
      this.#events.onRefused({ name: this.peer.name, id: answer.identity.id }, refusal.code, refusal.message);
      return;
    }
    this.#identity = answer.identity;
    this.#state = 'proof-sent';
    socket.write(lengthPrefixed(encodeRemembered(this.#events.remembered(answer.identity.id), proof)));
  }

  #onWelcome(remembered: Remembered | null): void {
    this.#cancelTimer();
    this.#state = 'open';
    this.#redialDelayMs = REDIAL_DELAY_MS_MIN;
    if (this.#identity) this.#learn(this.#identity);
    this.#events.onRemembered(this.peer, remembered);
    this.#watchForStall();
  }

  #watchForStall(): void {
    let lastWritten = -1;
    const check = (): void => {
      const socket = this.#socket;
      if (this.#state !== 'open' || !socket) return;
      const written = socket.bytesWritten - socket.writableLength;
      if (socket.writableLength > 0 && written === lastWritten) {
        socket.destroy();
        return;
      }
      lastWritten = written;
      this.#cancelTimer = this.#options.clock.schedule(STALL_MS, check);
    };
    this.#cancelTimer = this.#options.clock.schedule(STALL_MS, check);
  }

  #onClose(socket: Socket): void {
    if (socket !== this.#socket) return;
    const wasOpen = this.#state === 'open';
    this.#socket = null;
    if (this.#state === 'closed') return;
    this.#cancelTimer();
    if (wasOpen) this.#events.onUnreachable(this.peer.id);
    this.#retryLater();
  }

  #retryLater(): void {
    this.#state = 'waiting';
    const delayMs = this.#redialDelayMs;
    this.#redialDelayMs = Math.min(REDIAL_DELAY_MS_MAX, delayMs * 2);
    this.#cancelTimer = this.#options.clock.schedule(delayMs, () => this.#dial());
  }
}
