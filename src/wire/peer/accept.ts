/** The accepting side of a peer connection: handshake as the acceptor, then frames in. */
import { MalformedBytesError } from '../../shared/bytes.ts';
import { decodeFrame, FRAME_BYTES_MAX, FrameCutter } from './frame.ts';
import {
  decodeHello,
  decodeRemembered,
  drawNonce,
  encodeHelloAnswer,
  encodeRemembered,
  HANDSHAKE_BYTES_MAX,
  isOfGenerations,
  proofOf,
  proofsEqual,
  refusalOf,
} from './handshake.ts';
import type { Lane } from './frame.ts';
import type { HandshakeRefusal, Hello, PeerIdentity } from './handshake.ts';
import { lengthPrefixed } from './length-prefix.ts';
import type { LinkEvents, PeerLink } from './link.ts';
import type { MemberNetworkOptions, PeerEvents, PeerName } from './network.ts';

/** A stranger who says nothing keeps its connection for so long. */
export const HANDSHAKE_TIMEOUT_MS = 3000;

interface Pending {
  readonly hello: Hello;
  readonly helloBytes: Buffer;
  readonly identity: PeerIdentity;
  readonly nonce: Buffer;
  /** Of another generation: said once the dialer has proved who it is. */
  readonly refusal: HandshakeRefusal | null;
}

export function acceptPeer(
  link: PeerLink,
  options: MemberNetworkOptions,
  events: PeerEvents,
  /** The dialer has proved who it is. */
  accepted: (identity: PeerIdentity, lane: Lane) => void,
): LinkEvents {
  let cutter = new FrameCutter(HANDSHAKE_BYTES_MAX);
  let pending: Pending | null = null;
  let peer: PeerName | null = null;
  const cancelTimeout = options.clock.schedule(HANDSHAKE_TIMEOUT_MS, () => link.destroy());

  const onHello = (unit: Buffer): void => {
    const helloBytes = Buffer.from(unit);
    const hello = decodeHello(helloBytes);
    const identity = events.identity();
    const refusal = refuseHello(identity, hello);
    if (refusal && !isOfGenerations(refusal)) {
      events.onRefused({ name: hello.identity.name, id: hello.identity.id }, refusal.code, refusal.message);
      link.end(lengthPrefixed(encodeHelloAnswer({ type: 'refused', ...refusal })));
      return;
    }
    const nonce = drawNonce(options.random);
    const proof = proofOf(options.secret(), 'acceptor', helloBytes, identity, nonce);
    pending = { hello, helloBytes, identity, nonce, refusal };
    link.write(lengthPrefixed(encodeHelloAnswer({ type: 'answer', identity, nonce, proof })));
  };

  const onProof = (unit: Buffer, { hello, helloBytes, identity, nonce, refusal }: Pending): void => {
    const { proof, remembered } = decodeRemembered(unit);
    if (!proofsEqual(proof, proofOf(options.secret(), 'dialer', helloBytes, identity, nonce))) {
      events.onRefused({ name: hello.identity.name, id: null }, 'wrong-secret', 'the peer does not know the shared secret');
      link.destroy();
      return;
    }
    if (refusal) {
      events.onRefused({ name: hello.identity.name, id: hello.identity.id }, refusal.code, refusal.message);
      link.destroy();
      return;
    }
    cancelTimeout();
    peer = { id: hello.identity.id, name: hello.identity.name };
    const rest = cutter;
    cutter = new FrameCutter(FRAME_BYTES_MAX);
    cutter.push(rest.rest());
    accepted(hello.identity, hello.lane);
    link.write(lengthPrefixed(encodeRemembered(events.remembered(peer.id), Buffer.alloc(0))));
    events.onRemembered(peer, remembered);
  };

  const onData = (chunk: Buffer): void => {
    try {
      cutter.push(chunk);
      for (let unit = cutter.next(); unit && !link.isDestroyed; unit = cutter.next()) {
        if (peer) {
          const { frame, sentAtMs } = decodeFrame(unit);
          events.onFrame(peer, frame, sentAtMs);
        } else if (pending) onProof(unit, pending);
        else onHello(unit);
      }
    } catch (error) {
      if (!(error instanceof MalformedBytesError)) throw error;
      events.onRefused({ name: peer?.name ?? link.remoteAddress, id: peer?.id ?? null }, 'not-serving', error.message);
      link.destroy();
    }
  };
  return { onConnected: () => undefined, onData, onClosed: cancelTimeout };
}

function refuseHello(own: PeerIdentity, hello: Hello): HandshakeRefusal | null {
  const refusal = refusalOf(own, hello.identity);
  if (refusal) return refusal;
  if (hello.expected !== own.id) {
    return { code: 'other-member', message: `this is member ${own.id}, not ${hello.expected}` };
  }
  return null;
}
