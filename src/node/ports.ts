/**
 * The doors of a node: disk (src/wal/disk.ts), clock (src/shared/clock.ts), randomness (src/shared/random.ts), and the network to the other
 * members, below. Production opens them to the machine; a simulation to a virtual world. Nothing else in src/node touches the outside,
 * but `clients/client-server.ts` and src/wire, which serve people.
 */
import type { Clock } from '../shared/clock.ts';
import type { MemberId } from '../shared/ids.ts';
import type { Random } from '../shared/random.ts';
import type { Disk } from '../wal/disk.ts';
import type { Lane, PeerFrame } from '../wire/peer/frame.ts';
import type { PeerIdentity, RefusalCode, Remembered } from '../wire/peer/handshake.ts';

/** How to name a member to the network: the id that must answer, and the stable name that is dialled. */
export interface PeerAddress {
  readonly id: MemberId;
  readonly name: string;
}

/**
 * Best effort, as a network is: a frame may be lost, and a lane keeps the order of those that arrive. No frame passes, in either
 * direction, between two members that have not exchanged what they remember of each other since both started (rule S12).
 */
export interface PeerNetwork {
  /** False when the frame was dropped at once: not connected yet, or the lane's queue is full. */
  send(to: PeerAddress, lane: Lane, frame: PeerFrame): boolean;
  /** Feature levels that a connected member said it speaks (rule S16); null while not known. */
  spokenLevels(id: MemberId): { readonly min: number; readonly max: number } | null;
  /** Dials these members, so that the first frame finds a connection, and closes the connections to all others. */
  keep(members: readonly PeerAddress[]): void;
  close(): Promise<void>;
}

/** What the network asks and tells. All calls come from the event loop, never from within `send`. */
export interface PeerHandler {
  identity(): PeerIdentity;
  /** What this member durably remembers of another's acknowledgements. */
  remembered(id: MemberId): Remembered | null;
  /** What another member remembers of this one's; called before its first frame. */
  onRemembered(from: PeerAddress, remembered: Remembered | null): void;
  onFrame(from: PeerAddress, frame: PeerFrame, sentAtMs: number): void;
  onUnreachable(id: MemberId): void;
  /** The other side would not talk to us, or we not to it. */
  onRefused(peer: { readonly name: string; readonly id: MemberId | null }, code: RefusalCode, message: string): void;
}

/** Where a member can be dialled: cluster DNS, a table, or a simulated world (docs/ARCHITECTURE.md, decision 6). */
export type ResolvePeer = (name: string) => { readonly host: string; readonly port: number } | null;

/** Everything outside, in one record. `random` seeds ids and timeouts; production seeds it from the system. */
export interface NodePorts {
  readonly disk: Disk;
  readonly clock: Clock;
  readonly random: Random;
  /** Opens the network for this member. @throws when it cannot be opened */
  readonly openNetwork: (handler: PeerHandler) => Promise<PeerNetwork>;
}
