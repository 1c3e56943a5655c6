/** One dialled connection to a peer: handshake as the dialer, then frames out. Redials with a back-off for as long as it is wanted. */
import { encodeFrame, FrameCutter } from './frame.ts';
import type { Lane, PeerFrame } from './frame.ts';
import {
  decodeHelloAnswer,
  decodeRemembered,
  encodeHello,
  encodeRemembered,
  HANDSHAKE_BYTES_MAX,
  drawNonce,
  isOfGenerations,
  proofOf,
  proofsEqual,
  refusalOf,
} from './handshake.ts';
import type { PeerIdentity, Remembered } from './handshake.ts';
import { MalformedBytesError } from '../../shared/bytes.ts';
import { lengthPrefixed } from './length-prefix.ts';
import type { PeerLink } from './link.ts';
import type { MemberNetworkOptions, PeerEvents, PeerName } from './network.ts';

export const DIAL_TIMEOUT_MS = 2000;
export const REDIAL_DELAY_MS_MIN = 50;
export const REDIAL_DELAY_MS_MAX = 1000;
/** A connection that takes nothing for so long while frames wait is cut and dialled anew: the other end is gone without a word. */
export const STALL_MS = 3000;

/**
 * When a peer dials us anew, what we dialled longer ago than this is taken for dead: its end went down with the connection that the peer had
 * before. A younger one is our answer to that very dialling. Without it a peer that comes back under another address, after its machine lost
 * power, is not spoken to until TCP gives up, which takes minutes: heartbeats fit into the kernel's buffer, so that nothing seems to stall.
 */
export const RENEWAL_AGE_MS = 5000;

/** Bytes that may wait in our process for each lane; a frame that does not fit is dropped, as a network would. */
export const QUEUE_BYTES_MAX: Record<Lane, number> = { control: 1024 * 1024, bulk: 96 * 1024 * 1024 };

type State = 'dialling' | 'hello-sent' | 'proof-sent' | 'open' | 'waiting' | 'closed';

export class PeerConnection {
  readonly peer: PeerName;
  readonly #lane: Lane;
  readonly #options: MemberNetworkOptions;
  readonly #events: PeerEvents;
  readonly #learn: (identity: PeerIdentity) => void;
  #state: State = 'waiting';
  #link: PeerLink | null = null;
  #cutter = new FrameCutter(HANDSHAKE_BYTES_MAX);
  #hello: Buffer = Buffer.alloc(0);
  #identity: PeerIdentity | null = null;
  #redialDelayMs = REDIAL_DELAY_MS_MIN;
  #openedAtMs = 0;
  #cancelTimer: () => void = () => undefined;

  constructor(
    peer: PeerName,
    lane: Lane,
    options: MemberNetworkOptions,
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
    const link = this.#link;
    if (this.#state !== 'open' || !link) return false;
    if (link.waitingBytes > QUEUE_BYTES_MAX[this.#lane]) return false;
    link.write(encodeFrame(frame, this.#events.identity().featureLevel, this.#options.clock.wallMs()));
    return true;
  }

  /** The peer has dialled us anew: see RENEWAL_AGE_MS. */
  renew(): void {
    const ageMs = this.#options.clock.monotonicMs() - this.#openedAtMs;
    if (this.#state === 'open' && ageMs >= RENEWAL_AGE_MS) this.#link?.destroy();
  }

  close(): void {
    this.#state = 'closed';
    this.#cancelTimer();
    this.#link?.destroy();
    this.#link = null;
  }

  #dial(): void {
    const link = this.#options.transport.dial(this.peer.name, {
      onConnected: () => link && this.#sendHello(link),
      onData: (chunk) => link && this.#onData(link, chunk),
      onClosed: () => link && this.#onClose(link),
    });
    if (!link) {
      this.#retryLater();
      return;
    }
    this.#state = 'dialling';
    this.#cutter = new FrameCutter(HANDSHAKE_BYTES_MAX);
    this.#link = link;
    this.#cancelTimer = this.#options.clock.schedule(DIAL_TIMEOUT_MS, () => link.destroy());
  }

  #sendHello(link: PeerLink): void {
    this.#hello = encodeHello({
      identity: this.#events.identity(),
      lane: this.#lane,
      expected: this.peer.id,
      nonce: drawNonce(this.#options.random),
    });
    this.#state = 'hello-sent';
    link.write(lengthPrefixed(this.#hello));
  }

  #onData(link: PeerLink, chunk: Buffer): void {
    if (link !== this.#link) return;
    try {
      this.#cutter.push(chunk);
      for (let unit = this.#cutter.next(); unit; unit = this.#cutter.next()) this.#onHandshake(link, unit);
    } catch (error) {
      if (!(error instanceof MalformedBytesError)) throw error;
      this.#events.onRefused(this.peer, 'wrong-secret', `malformed handshake: ${error.message}`);
      link.destroy();
    }
  }

  #onHandshake(link: PeerLink, unit: Buffer): void {
    if (this.#state === 'hello-sent') this.#onAnswer(link, unit);
    else if (this.#state === 'proof-sent') this.#onWelcome(decodeRemembered(unit).remembered);
    else throw new MalformedBytesError('a peer spoke out of turn');
  }

  #onAnswer(link: PeerLink, unit: Buffer): void {
    const answer = decodeHelloAnswer(unit);
    if (answer.type === 'refused') {
      // Whoever refuses has proved nothing: it is told of, and no more follows from it.
      this.#events.onRefused(this.peer, isOfGenerations(answer) ? 'not-serving' : answer.code, answer.message);
      link.destroy();
      return;
    }
    const secret = this.#options.secret();
    if (!proofsEqual(answer.proof, proofOf(secret, 'acceptor', this.#hello, answer.identity, answer.nonce))) {
      this.#events.onRefused(this.peer, 'wrong-secret', 'the peer does not know the shared secret');
      link.destroy();
      return;
    }
    const proof = proofOf(secret, 'dialer', this.#hello, answer.identity, answer.nonce);
    const refusal = refusalOf(this.#events.identity(), answer.identity);
    if (refusal) {
      // The other side learns by our proof that we are of another generation, as we did by its own.
      if (isOfGenerations(refusal)) link.end(lengthPrefixed(encodeRemembered(null, proof)));
      else link.destroy();
      this.#events.onRefused({ name: this.peer.name, id: answer.identity.id }, refusal.code, refusal.message);
      return;
    }
    this.#identity = answer.identity;
    this.#state = 'proof-sent';
    link.write(lengthPrefixed(encodeRemembered(this.#events.remembered(answer.identity.id), proof)));
  }

  #onWelcome(remembered: Remembered | null): void {
    this.#cancelTimer();
    this.#state = 'open';
    this.#openedAtMs = this.#options.clock.monotonicMs();
    this.#redialDelayMs = REDIAL_DELAY_MS_MIN;
    if (this.#identity) this.#learn(this.#identity);
    this.#events.onRemembered(this.peer, remembered);
    this.#watchForStall();
  }

  #watchForStall(): void {
    let lastSentBytes = -1;
    const check = (): void => {
      const link = this.#link;
      if (this.#state !== 'open' || !link) return;
      if (link.waitingBytes > 0 && link.sentBytes === lastSentBytes) {
        link.destroy();
        return;
      }
      lastSentBytes = link.sentBytes;
      this.#cancelTimer = this.#options.clock.schedule(STALL_MS, check);
    };
    this.#cancelTimer = this.#options.clock.schedule(STALL_MS, check);
  }

  #onClose(link: PeerLink): void {
    if (link !== this.#link) return;
    const wasOpen = this.#state === 'open';
    this.#link = null;
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
