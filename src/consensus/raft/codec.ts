/**
 * Raft messages as bytes: a format version, a type, the term, then the fields of the type. A version that this build does not know is
 * refused by name (rule S16). What passes the decoder is well formed, so that the core never meets entries with holes or falling terms.
 */
import { ByteReader, ByteWriter, MalformedBytesError } from '../../shared/bytes.ts';
import { decodeConfiguration } from '../configuration.ts';
import type { Entry, EntryKind, LogPosition } from '../core.ts';
import type { AppendRequest, AppendResponse, RaftMessage } from './messages.ts';

export const RAFT_FORMAT_VERSION = 1;

const typeCodes = {
  'pre-vote-request': 1,
  'pre-vote-response': 2,
  'vote-request': 3,
  'vote-response': 4,
  'append-request': 5,
  'append-response': 6,
  'heartbeat-request': 7,
  'heartbeat-response': 8,
  'timeout-now': 9,
} as const satisfies Record<RaftMessage['type'], number>;

const entryKinds: readonly EntryKind[] = ['noop', 'command', 'configuration'];

/** Term, kind and length of payload: what the smallest entry takes. */
const ENTRY_BYTES_MIN = 8 + 1 + 4;

/** Heartbeats, votes and answers never queue behind entries (rule S18). */
export function raftMessageLane(message: RaftMessage): 'control' | 'bulk' {
  return message.type === 'append-request' && message.entries.length > 0 ? 'bulk' : 'control';
}

export function encodeRaftMessage(message: RaftMessage): Buffer {
  const writer = new ByteWriter(byteEstimate(message));
  writer.uint8(RAFT_FORMAT_VERSION).uint8(typeCodes[message.type]).uint53(message.term);
  writeFields(writer, message);
  return writer.view();
}

function byteEstimate(message: RaftMessage): number {
  if (message.type !== 'append-request') return 64;
  return message.entries.reduce((bytes, entry) => bytes + ENTRY_BYTES_MIN + entry.payload.length, 64);
}

function writeFields(writer: ByteWriter, message: RaftMessage): void {
  switch (message.type) {
    case 'pre-vote-request':
      writePosition(writer, message.position);
      return;
    case 'vote-request':
      writePosition(writer, message.position);
      writer.boolean(message.transfer);
      return;
    case 'pre-vote-response':
    case 'vote-response':
      writer.boolean(message.granted);
      return;
    case 'append-request':
      writePosition(writer, message.previous);
      writer.uint53(message.commit);
      writeEntries(writer, message.entries);
      return;
    case 'append-response':
      writer.boolean(message.accepted);
      if (message.accepted) writer.uint53(message.matchIndex);
      else writer.uint53(message.rejectedIndex).uint53(message.hintIndex).uint53(message.hintTerm);
      return;
    case 'heartbeat-request':
      writer.uint53(message.commit).uint53(message.context);
      return;
    case 'heartbeat-response':
      writer.uint53(message.context);
      return;
    case 'timeout-now':
      return;
  }
}

function writePosition(writer: ByteWriter, position: LogPosition): void {
  writer.uint53(position.term).uint53(position.index);
}

/** The indexes follow from the position before: they are not written. */
function writeEntries(writer: ByteWriter, entries: readonly Entry[]): void {
  writer.uint32(entries.length);
  for (const { term, kind, payload } of entries) writer.uint53(term).uint8(entryKinds.indexOf(kind)).bytes(payload);
}

/** The message owns its bytes: `bytes` may be reused afterwards. @throws MalformedBytesError */
export function decodeRaftMessage(bytes: Uint8Array): RaftMessage {
  const reader = new ByteReader(bytes);
  const version = reader.uint8();
  if (version !== RAFT_FORMAT_VERSION) {
    throw new MalformedBytesError(
      `raft message format version ${version} is unknown: this build reads version ${RAFT_FORMAT_VERSION}`,
    );
  }
  const code = reader.uint8();
  const message = readFields(reader, code, reader.uint53());
  reader.end();
  return message;
}

function readFields(reader: ByteReader, code: number, term: number): RaftMessage {
  switch (code) {
    case typeCodes['pre-vote-request']:
      return { type: 'pre-vote-request', term, position: readPosition(reader) };
    case typeCodes['pre-vote-response']:
      return { type: 'pre-vote-response', term, granted: reader.boolean() };
    case typeCodes['vote-request']:
      return { type: 'vote-request', term, position: readPosition(reader), transfer: reader.boolean() };
    case typeCodes['vote-response']:
      return { type: 'vote-response', term, granted: reader.boolean() };
    case typeCodes['append-request']:
      return readAppendRequest(reader, term);
    case typeCodes['append-response']:
      return readAppendResponse(reader, term);
    case typeCodes['heartbeat-request']:
      return { type: 'heartbeat-request', term, commit: reader.uint53(), context: reader.uint53() };
    case typeCodes['heartbeat-response']:
      return { type: 'heartbeat-response', term, context: reader.uint53() };
    case typeCodes['timeout-now']:
      return { type: 'timeout-now', term };
    default:
      throw new MalformedBytesError(`raft message type ${code} is unknown to this build`);
  }
}

function readPosition(reader: ByteReader): LogPosition {
  return { term: reader.uint53(), index: reader.uint53() };
}

function readAppendRequest(reader: ByteReader, term: number): AppendRequest {
  const previous = readPosition(reader);
  const commit = reader.uint53();
  const count = reader.uint32();
  // Checked before anything is allocated for them: the count comes from outside.
  if (count * ENTRY_BYTES_MIN > reader.remaining) throw new MalformedBytesError(`${count} entries do not fit into the message`);
  const entries: Entry[] = [];
  let before = previous;
  for (let position = 0; position < count; position += 1) {
    const entry = readEntry(reader, before.index + 1);
    if (entry.term < before.term || entry.term > term) throw new MalformedBytesError('the terms of the entries are out of order');
    entries.push(entry);
    before = entry;
  }
  if (previous.term > term) throw new MalformedBytesError('the position before the entries has a term above that of the message');
  return { type: 'append-request', term, previous, commit, entries };
}

function readEntry(reader: ByteReader, index: number): Entry {
  const term = reader.uint53();
  const kindCode = reader.uint8();
  const kind = entryKinds[kindCode];
  if (!kind) throw new MalformedBytesError(`entry kind ${kindCode} is unknown to this build`);
  // A copy: a view would keep the whole frame in memory for as long as the entry lives.
  const payload = Buffer.from(reader.bytes());
  if (kind === 'configuration' && decodeConfiguration(payload).index !== index)
    throw new MalformedBytesError('a configuration entry names another index than its own');
  return { index, term, kind, payload };
}

function readAppendResponse(reader: ByteReader, term: number): AppendResponse {
  if (reader.boolean()) return { type: 'append-response', term, accepted: true, matchIndex: reader.uint53() };
  const rejectedIndex = reader.uint53();
  const hintIndex = reader.uint53();
  const hintTerm = reader.uint53();
  return { type: 'append-response', term, accepted: false, rejectedIndex, hintIndex, hintTerm };
}
