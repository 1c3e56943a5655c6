/** Every bound of a storage node, with its default; `docs/limits.md` says what happens at each. Bytes and milliseconds. */
export interface NodeLimits {
  /** Connections of clients. Beyond it a new one is told so and closed. */
  readonly clientsMax: number;
  /** Replies that a client has not read. Beyond it the client is disconnected. */
  readonly clientUnreadBytesMax: number;
  /** Proposed and not yet committed. Beyond it writes are refused with BUSY. */
  readonly uncommittedBytesMax: number;
  /** A turn's batch is cut into entries of about this size (rule S18). */
  readonly entryBytesMax: number;
  /** Operations waiting for the next turn, or for an answer from the leader. Beyond it commands are refused with BUSY. */
  readonly requestsMax: number;
  /** Bytes of those operations. Beyond it commands are refused with BUSY; one always fits. */
  readonly requestBytesMax: number;
  /** What keys and values may take. Beyond it growing writes are refused with OOM (rule S17). */
  readonly dataBytesMax: number;
  /** A segment of the log. */
  readonly segmentBytes: number;
  /** A snapshot is taken when the log since the last one is longer than this and than the data. */
  readonly snapshotLogBytes: number;
  /** Entries kept behind a snapshot, so that a member a little behind needs no snapshot. */
  readonly trailingEntries: number;
  /** And no more bytes of them, since they stay in memory. */
  readonly trailingBytesMax: number;
  /** Pace at which a leader sends snapshots, to all members together. */
  readonly snapshotBytesPerSecond: number;
  /** Pace at which the disk is read again in search of rot. */
  readonly scrubBytesPerSecond: number;
}

/** Of the memory that the process may use, what keys and values may take: the rest is for copies, buffers and the log's tail. */
const DATA_SHARE_OF_MEMORY = 0.4;
const MIB = 1024 * 1024;
const MEMORY_BYTES_DEFAULT = 512 * MIB;

/** @param memoryLimitBytes the pod's memory limit; null where there is none */
export function defaultLimits(memoryLimitBytes: number | null): NodeLimits {
  const memoryBytes = memoryLimitBytes ?? MEMORY_BYTES_DEFAULT;
  return {
    clientsMax: 10_000,
    clientUnreadBytesMax: 64 * MIB,
    uncommittedBytesMax: Math.min(64 * MIB, Math.floor(memoryBytes / 8)),
    entryBytesMax: MIB,
    requestsMax: 65_536,
    requestBytesMax: Math.min(128 * MIB, Math.floor(memoryBytes / 8)),
    dataBytesMax: Math.floor(memoryBytes * DATA_SHARE_OF_MEMORY),
    segmentBytes: 16 * MIB,
    snapshotLogBytes: 32 * MIB,
    trailingEntries: 5000,
    trailingBytesMax: Math.min(16 * MIB, Math.floor(memoryBytes / 16)),
    snapshotBytesPerSecond: 64 * MIB,
    scrubBytesPerSecond: MIB,
  };
}

/** How long things may take, in milliseconds. */
export const TICK_MS = 50;
/** A proposal of a leader that lost its seat is awaited for so long before its outcome is called unknown. */
export const ORPHAN_WAIT_MS = 5000;
/** A command forwarded to the leader is given up after so long. */
export const FORWARD_TIMEOUT_MS = 15_000;
/** A follower that hears nothing of the index that it asked the leader for asks again. */
export const READ_INDEX_RETRY_MS = 250;
/** A read that no leader confirmed for so long is given up. */
export const READ_TIMEOUT_MS = 5000;
/** A leader whose disk is full hands over no more often: the others may be full as well. */
export const FULL_HANDOVER_MS_MIN = 30_000;
/** A member stays ready for so long without a leader (rule S21). */
export const LEADERLESS_READY_MS = 10_000;
export const ADMIN_TIMEOUT_MS = 8000;
export const CONFIRM_TIMEOUT_MS = 2000;
