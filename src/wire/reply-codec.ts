/**
 * Replies between members: a follower passes a command on and gets its reply back in this form, whatever protocol version its client
 * speaks. One byte of type, then what the type needs; an unknown type is refused.
 */
import { assertNever } from '../shared/assert.ts';
import { MalformedBytesError } from '../shared/bytes.ts';
import type { ByteReader, ByteWriter } from '../shared/bytes.ts';
import { NULL, NULL_ARRAY, OK } from '../shared/reply.ts';
import type { Reply } from '../shared/reply.ts';

/** A reply holds replies at most so deep; COMMAND DOCS, the deepest we give, needs six. */
export const REPLY_DEPTH_MAX = 16;

const typeCodes = {
  ok: 1,
  simple: 2,
  error: 3,
  integer: 4,
  bigint: 5,
  bulk: 6,
  null: 7,
  'null-array': 8,
  array: 9,
  map: 10,
  set: 11,
  double: 12,
  boolean: 13,
  verbatim: 14,
} as const;

export function writeReply(writer: ByteWriter, reply: Reply): void {
  switch (reply.type) {
    case 'simple':
      if (reply.text === 'OK') writer.uint8(typeCodes.ok);
      else writer.uint8(typeCodes.simple).text(reply.text);
      return;
    case 'error':
      writer.uint8(typeCodes.error).text(reply.message);
      return;
    case 'integer':
      if (typeof reply.value === 'bigint') writer.uint8(typeCodes.bigint).text(reply.value.toString());
      else writer.uint8(typeCodes.integer).float64(reply.value);
      return;
    case 'bulk':
      writer.uint8(typeCodes.bulk).bytes(reply.bytes);
      return;
    case 'null':
    case 'null-array':
      writer.uint8(typeCodes[reply.type]);
      return;
    case 'array':
    case 'set':
      writer.uint8(typeCodes[reply.type]).uint32(reply.items.length);
      for (const item of reply.items) writeReply(writer, item);
      return;
    case 'map':
      writer.uint8(typeCodes.map).uint32(reply.entries.length);
      for (const [key, value] of reply.entries) {
        writeReply(writer, key);
        writeReply(writer, value);
      }
      return;
    case 'double':
      writer.uint8(typeCodes.double).float64(reply.value);
      return;
    case 'boolean':
      writer.uint8(typeCodes.boolean).boolean(reply.value);
      return;
    case 'verbatim':
      writer.uint8(typeCodes.verbatim).text(reply.text);
      return;
    default:
      assertNever(reply);
  }
}

/**
 * Bulk strings are views into what `reader` reads.
 * @throws MalformedBytesError
 */
export function readReply(reader: ByteReader): Reply {
  return readNested(reader, 0);
}

function readNested(reader: ByteReader, depth: number): Reply {
  if (depth > REPLY_DEPTH_MAX) throw new MalformedBytesError(`a reply is nested deeper than ${REPLY_DEPTH_MAX}`);
  const code = reader.uint8();
  switch (code) {
    case typeCodes.ok:
      return OK;
    case typeCodes.simple:
      return { type: 'simple', text: reader.text() };
    case typeCodes.error:
      return { type: 'error', message: reader.text() };
    case typeCodes.integer:
      return { type: 'integer', value: reader.float64() };
    case typeCodes.bigint:
      return { type: 'integer', value: readBigint(reader) };
    case typeCodes.bulk:
      return { type: 'bulk', bytes: reader.bytes() };
    case typeCodes.null:
      return NULL;
    case typeCodes['null-array']:
      return NULL_ARRAY;
    case typeCodes.array:
      return { type: 'array', items: readItems(reader, depth) };
    case typeCodes.set:
      return { type: 'set', items: readItems(reader, depth) };
    case typeCodes.map:
      return { type: 'map', entries: readEntries(reader, depth) };
    case typeCodes.double:
      return { type: 'double', value: reader.float64() };
    case typeCodes.boolean:
      return { type: 'boolean', value: reader.boolean() };
    case typeCodes.verbatim:
      return { type: 'verbatim', text: reader.text() };
    default:
      throw new MalformedBytesError(`a reply of type ${code} is unknown`);
  }
}

/** A count is believed only as far as the bytes that are left can hold it. */
function readCount(reader: ByteReader): number {
  const count = reader.uint32();
  if (count > reader.remaining) throw new MalformedBytesError(`${count} replies cannot lie in ${reader.remaining} bytes`);
  return count;
}

function readItems(reader: ByteReader, depth: number): Reply[] {
  const items: Reply[] = [];
  for (let left = readCount(reader); left > 0; left -= 1) items.push(readNested(reader, depth + 1));
  return items;
}

function readEntries(reader: ByteReader, depth: number): (readonly [Reply, Reply])[] {
  const entries: (readonly [Reply, Reply])[] = [];
  for (let left = readCount(reader); left > 0; left -= 1) {
    const key = readNested(reader, depth + 1);
    entries.push([key, readNested(reader, depth + 1)]);
  }
  return entries;
}

function readBigint(reader: ByteReader): bigint {
  const text = reader.text();
  if (!/^-?[0-9]{1,20}$/.test(text)) throw new MalformedBytesError('a big integer is no decimal number');
  return BigInt(text);
}
