/**
 * A connection as members talk over it: bytes that arrive in order, until its end. Production opens TCP (`tcp-transport.ts`); a simulated
 * world brings links of its own, and the handshake, the frames and the redials above them are the same code.
 */

export interface PeerLink {
  /** What is written after the end is lost without a word. */
  write(bytes: Uint8Array): void;
  /** Writes these bytes, and ends the connection once they are out. */
  end(bytes: Uint8Array): void;
  /** Ends the connection now; `onClosed` follows, never from within this call. */
  destroy(): void;
  readonly isDestroyed: boolean;
  /** Bytes written that still wait in this process. */
  readonly waitingBytes: number;
  /** Bytes that have left this process. */
  readonly sentBytes: number;
  /** Where the other end is, for people. */
  readonly remoteAddress: string;
}

/** None of these is called from within a call of the link or the transport. */
export interface LinkEvents {
  /** Only on the side that dialled. */
  onConnected(): void;
  onData(chunk: Buffer): void;
  /** Once, whoever ended it. */
  onClosed(): void;
}

export interface PeerTransport {
  /** Null when the name has no address now. Every name is resolved anew, because a pod's address changes with the pod. */
  dial(name: string, events: LinkEvents): PeerLink | null;
  /** From now on `accept` is asked about each connection that comes in. @throws when it cannot listen */
  listen(accept: (link: PeerLink) => LinkEvents): Promise<void>;
  /** Listens no more. What is connected stays so: end it first. */
  close(): Promise<void>;
}
