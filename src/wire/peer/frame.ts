/**
 * What members say to each other on an authenticated connection: a typed frame, apart from how it is cut from the stream.
 *
 * On the wire: length (4 bytes, of what follows), format version (1), type (1), the sender's wall clock in ms (8, rule S13), payload.
 * The format version is the feature level in force at the sender (rule S16); an unknown one is refused by name.
 */
import type { LogPosition } from '../../consensus/core.ts';
import { ByteReader, ByteWriter, MalformedBytesError } from '../../shared/bytes.ts';
import { FEATURE_LEVEL_MAX, FEATURE_LEVEL_MIN } from '../../shared/build.ts';
import { parseMemberId } from '../../shared/ids.ts';
import type { MemberId } from '../../shared/ids.ts';

/** The largest frame: one entry (a transaction of 16 MiB at most) and its envelope. A longer one ends the connection. */
export const FRAME_BYTES_MAX = 32 * 1024 * 1024;

/** Heartbeats and votes have a connection of their own, so that big values never silence a leader (rule S18). */
export type Lane = 'control' | 'bulk';

/**
 * A snapshot is to follow. The receiver answers from which byte on: not from the first when an earlier transfer of the same file broke.
 * Two files are the same when position, length and checksum are.
 */
export interface SnapshotOffer {
  readonly type: 'snapshot-offer';
  /** Chosen by the sender, unique since its start. */
  readonly transfer: number;
  /** The term under which it is sent. */
  readonly term: number;
  readonly position: LogPosition;
  readonly totalBytes: number;
  /** The one that the file ends with. */
  readonly checksum: number;
}

export interface SnapshotChunk {
  readonly type: 'snapshot-chunk';
  readonly transfer: number;
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/**
 * `receiving`: everything before `receivedBytes` is written, go on. `missing`: chunks were lost, go back to `receivedBytes`. `refused` ends
 * the transfer; `installed` is true once the snapshot is durable at the receiver.
 */
export interface SnapshotReceipt {
  readonly type: 'snapshot-receipt';
  readonly transfer: number;
  readonly receivedBytes: number;
  readonly state: 'receiving' | 'missing' | 'installed' | 'refused';
}

/** A follower's reads ask the leader of `term` how far they must see (thesis §6.4). Request numbers are never used twice. */
export interface ReadIndexRequest {
  readonly type: 'read-index-request';
  readonly term: number;
  readonly request: number;
}

/** `index` null: not confirmed, ask again. `timeMs` is log time at the leader, by which the reads judge deadlines (rule S13). */
export interface ReadIndexAnswer {
  readonly type: 'read-index-answer';
  readonly term: number;
  readonly request: number;
  readonly index: number | null;
  readonly timeMs: number;
}

/** Rule S15: what this member's state came to when it had applied everything through `index`. 16 hex digits. */
export interface StateHashReport {
  readonly type: 'state-hash';
  readonly index: number;
  readonly featureLevel: number;
  readonly hash: string;
}

/** Rule S3: a member that hears no leader asks whether it still is one. Only a leader that confirmed its term answers. */
export interface MembershipQuery {
  readonly type: 'membership-query';
}

export interface MembershipAnswer {
  readonly type: 'membership-answer';
  readonly about: MemberId;
  readonly standing: 'member' | 'removed';
  /** Index of the entry that removed it; 0 for a member. */
  readonly removedAt: number;
}

export type PeerFrame =
  /** An encoded message of the replication protocol. */
  | { readonly type: 'protocol'; readonly bytes: Uint8Array }
  /** Client commands forwarded to the leader of `term`, and the outcomes that come back: see src/node/forwarding.ts. */
  | { readonly type: 'forward-request'; readonly bytes: Uint8Array }
  | { readonly type: 'forward-answer'; readonly bytes: Uint8Array }
  | SnapshotOffer
  | SnapshotChunk
  | SnapshotReceipt
  | ReadIndexRequest
  | ReadIndexAnswer
  | StateHashReport
  | MembershipQuery
  | MembershipAnswer;

const typeCodes = {
  protocol: 1,
  'forward-request': 2,
  'forward-answer': 3,
  'snapshot-chunk': 4,
  'snapshot-receipt': 5,
  'membership-query': 6,
  'membership-answer': 7,
  'read-index-request': 8,
  'read-index-answer': 9,
  'state-hash': 10,
  'snapshot-offer': 11,
} as const satisfies Record<PeerFrame['type'], number>;

const receiptStates = ['receiving', 'missing', 'installed', 'refused'] as const;

const STATE_HASH_BYTES = 8;

export const FRAME_HEADER_BYTES = 4 + 1 + 1 + 8;

export function encodeFrame(frame: PeerFrame, featureLevel: number, sentAtMs: number): Buffer {
  const writer = new ByteWriter(FRAME_HEADER_BYTES + payloadEstimate(frame));
  writer
    .uint32(0)
    .uint8(featureLevel)
    .uint8(typeCodes[frame.type])
    .uint53(Math.max(0, Math.floor(sentAtMs)));
  writePayload(writer, frame);
  writer.patchUint32(0, writer.length - 4);
  return writer.view();
}

function payloadEstimate(frame: PeerFrame): number {
  return 'bytes' in frame ? frame.bytes.length + 40 : 64;
}

function writePayload(writer: ByteWriter, frame: PeerFrame): void {
  switch (frame.type) {
    case 'protocol':
    case 'forward-request':
    case 'forward-answer':
      writer.raw(frame.bytes);
      return;
    case 'snapshot-chunk':
      writer.uint53(frame.transfer).uint53(frame.offset).raw(frame.bytes);
      return;
    case 'snapshot-offer':
      writer.uint53(frame.transfer).uint53(frame.term).uint53(frame.position.term).uint53(frame.position.index);
      writer.uint53(frame.totalBytes).uint32(frame.checksum);
      return;
    case 'snapshot-receipt':
      writer.uint53(frame.transfer).uint53(frame.receivedBytes).uint8(receiptStates.indexOf(frame.state));
      return;
    case 'membership-query':
      return;
    case 'membership-answer':
      writer
        .text(frame.about)
        .boolean(frame.standing === 'removed')
        .uint53(frame.removedAt);
      return;
    case 'state-hash':
      writer.uint53(frame.index).uint16(frame.featureLevel).raw(Buffer.from(frame.hash, 'hex'));
      return;
    case 'read-index-request':
      writer.uint53(frame.term).uint53(frame.request);
      return;
    case 'read-index-answer':
      writer.uint53(frame.term).uint53(frame.request);
      writer
        .boolean(frame.index !== null)
        .uint53(frame.index ?? 0)
        .uint53(Math.max(0, Math.floor(frame.timeMs)));
      return;
  }
}

export interface ReceivedFrame {
  readonly frame: PeerFrame;
  readonly sentAtMs: number;
}

/** `bytes` is what follows the length. @throws MalformedBytesError */
export function decodeFrame(bytes: Uint8Array): ReceivedFrame {
  const reader = new ByteReader(bytes);
  const version = reader.uint8();
  if (version < FEATURE_LEVEL_MIN || version > FEATURE_LEVEL_MAX) {
    throw new MalformedBytesError(
      `peer frame format version ${version} is unknown: this build reads ${FEATURE_LEVEL_MIN} to ${FEATURE_LEVEL_MAX}`,
    );
  }
  const code = reader.uint8();
  const sentAtMs = reader.uint53();
  const frame = readPayload(reader, code);
  reader.end();
  return { frame, sentAtMs };
}

function readPayload(reader: ByteReader, code: number): PeerFrame {
  switch (code) {
    case typeCodes.protocol:
      return { type: 'protocol', bytes: reader.raw(reader.remaining) };
    case typeCodes['forward-request']:
      return { type: 'forward-request', bytes: reader.raw(reader.remaining) };
    case typeCodes['forward-answer']:
      return { type: 'forward-answer', bytes: reader.raw(reader.remaining) };
    case typeCodes['snapshot-chunk']: {
      const transfer = reader.uint53();
      const offset = reader.uint53();
      return { type: 'snapshot-chunk', transfer, offset, bytes: reader.raw(reader.remaining) };
    }
    case typeCodes['snapshot-offer']:
      return readSnapshotOffer(reader);
    case typeCodes['snapshot-receipt']: {
      const transfer = reader.uint53();
      const receivedBytes = reader.uint53();
      const state = receiptStates[reader.uint8()];
      if (!state) throw new MalformedBytesError('unknown state of a snapshot receipt');
      return { type: 'snapshot-receipt', transfer, receivedBytes, state };
    }
    case typeCodes['membership-query']:
      return { type: 'membership-query' };
    case typeCodes['membership-answer']: {
      const about = parseMemberId(reader.text());
      if (!about) throw new MalformedBytesError('a membership answer is about no member id');
      const standing = reader.boolean() ? 'removed' : 'member';
      return { type: 'membership-answer', about, standing, removedAt: reader.uint53() };
    }
    case typeCodes['state-hash']: {
      const [index, featureLevel] = [reader.uint53(), reader.uint16()];
      return { type: 'state-hash', index, featureLevel, hash: reader.raw(STATE_HASH_BYTES).toString('hex') };
    }
    case typeCodes['read-index-request']:
      return { type: 'read-index-request', term: reader.uint53(), request: reader.uint53() };
    case typeCodes['read-index-answer']: {
      const [term, request, confirmed] = [reader.uint53(), reader.uint53(), reader.boolean()];
      const index = reader.uint53();
      return { type: 'read-index-answer', term, request, index: confirmed ? index : null, timeMs: reader.uint53() };
    }
    default:
      throw new MalformedBytesError(`peer frame type ${code} is unknown`);
  }
}

function readSnapshotOffer(reader: ByteReader): SnapshotOffer {
  const [transfer, term] = [reader.uint53(), reader.uint53()];
  const position = { term: reader.uint53(), index: reader.uint53() };
  return { type: 'snapshot-offer', transfer, term, position, totalBytes: reader.uint53(), checksum: reader.uint32() };
}

/** Cuts a byte stream into length-prefixed units, bounded, without copying more than once. */
export class FrameCutter {
  readonly #bytesMax: number;
  #chunks: Buffer[] = [];
  #buffered = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
  }

  /** The next unit without its length; null until it is complete. @throws MalformedBytesError when it is longer than the bound. */
  next(): Buffer | null {
    if (this.#buffered < 4) return null;
    const head = this.#gather(4);
    const length = head.readUInt32LE(0);
    if (length > this.#bytesMax)
      throw new MalformedBytesError(`a frame of ${length} bytes exceeds the limit of ${this.#bytesMax}`);
    if (this.#buffered < 4 + length) return null;
    const unit = this.#gather(4 + length);
    const rest = unit.subarray(4 + length);
    this.#chunks = rest.length > 0 ? [rest, ...this.#chunks.slice(1)] : this.#chunks.slice(1);
    this.#buffered -= 4 + length;
    return unit.subarray(4, 4 + length);
  }

  /** What was pushed and not yet cut; the cutter is empty afterwards. */
  rest(): Buffer {
    const rest = Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#buffered = 0;
    return rest;
  }

  /** Makes the first chunk at least `count` bytes long and returns it. */
  #gather(count: number): Buffer {
    let first = this.#chunks[0] ?? Buffer.alloc(0);
    if (first.length >= count) return first;
    let taken = 0;
    let total = 0;
    while (total < count) {
      total += this.#chunks[taken]?.length ?? 0;
      taken += 1;
    }
    first = Buffer.concat(this.#chunks.slice(0, taken), total);
    this.#chunks = [first, ...this.#chunks.slice(taken)];
    return first;
  }
}
