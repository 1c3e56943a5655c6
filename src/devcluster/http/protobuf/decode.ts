/**
 * Objects as Go clients send them: an envelope of four letters and a message (Kubernetes' API concepts, "Protobuf encoding"), whose fields are
 * those of the kind by number. Written by kubectl's `create` commands and by Helm; read here, and answered in JSON, which all of them take.
 */
import { z } from 'zod';
import type { JsonObject } from '../../model/json.ts';
import { microTimeText, timeText } from '../../model/objects.ts';
import table from './protobuf-types.json' with { type: 'json' };
import { bytesAt, fieldsOf, numberOf } from './wire.ts';
import type { WireField } from './wire.ts';

const MAGIC = Buffer.from('k8s\0', 'latin1');
const types = z
  .object({ kinds: z.record(z.string(), z.string()), messages: z.record(z.string(), z.record(z.string(), z.string())) })
  .parse(table);

/** The bytes are no object of a kind that is known here. */
export class ProtobufError extends Error {
  override readonly name = 'ProtobufError';
}

/** @throws ProtobufError */
export function decodedObject(bytes: Buffer): JsonObject {
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw new ProtobufError('it does not begin as an object does');
  const envelope = fieldsOf(bytes.subarray(MAGIC.length));
  const typeMeta = fieldsOf(bytesAt(envelope, 1));
  const [apiVersion, kind] = [bytesAt(typeMeta, 1).toString('utf8'), bytesAt(typeMeta, 2).toString('utf8')];
  const message = types.kinds[`${apiVersion} ${kind}`] ?? types.kinds[kind];
  if (message === undefined) throw new ProtobufError(`${apiVersion} ${kind} is not read in this format: send JSON`);
  return { apiVersion, kind, ...decoded(message, bytesAt(envelope, 2)) };
}

/** A field as the table has it: its name, and what stands there. */
interface FieldType {
  readonly name: string;
  readonly type: string;
  /** Zero is a value, since the field might be absent. */
  readonly mayBeAbsent: boolean;
  readonly isMap: boolean;
  readonly isList: boolean;
  /** Its fields stand beside the others. */
  readonly isEmbedded: boolean;
}

function fieldType(text: string): FieldType {
  const [, name = '', marks = '', type = ''] = /^(\w+) ([?%*<]*)(.+)$/.exec(text) ?? [];
  return {
    name,
    type,
    mayBeAbsent: marks.includes('?'),
    isMap: marks.includes('%'),
    isList: marks.includes('*'),
    isEmbedded: marks.includes('<'),
  };
}

function decoded(message: string, bytes: Buffer): JsonObject {
  const result: Record<string, unknown> = {};
  const known = types.messages[message] ?? {};
  for (const wire of fieldsOf(bytes)) {
    const text = known[String(wire.number)];
    // A field of a version to come.
    if (text === undefined) continue;
    const field = fieldType(text);
    if (field.isEmbedded) Object.assign(result, decoded(field.type, asBytes(wire)));
    else if (field.isMap) result[field.name] = { ...(result[field.name] as object | undefined), ...entryOf(field.type, wire) };
    else if (field.isList)
      result[field.name] = [...((result[field.name] as unknown[] | undefined) ?? []), valueOf(field.type, wire)];
    else {
      const value = valueOf(field.type, wire);
      if (field.mayBeAbsent || (value !== '' && value !== 0 && value !== false && value !== null)) result[field.name] = value;
    }
  }
  return result;
}

function entryOf(type: string, wire: WireField): Readonly<Record<string, unknown>> {
  const entry = fieldsOf(asBytes(wire));
  const key = bytesAt(entry, 1).toString('utf8');
  const value = entry.find(({ number }) => number === 2) ?? { number: 2, value: Buffer.alloc(0) };
  return { [key]: valueOf(type, value) };
}

function asBytes({ value }: WireField): Buffer {
  if (typeof value === 'bigint') throw new ProtobufError('a number stands where a message should');
  return value;
}

function valueOf(type: string, wire: WireField): unknown {
  switch (type) {
    case 'string':
      return asBytes(wire).toString('utf8');
    case 'bytes':
      return asBytes(wire).toString('base64');
    case 'bool':
      return numberOf(wire) !== 0;
    case 'int32':
    case 'int64':
    case 'uint32':
    case 'uint64':
      return numberOf(wire);
    case '!Time':
      return timeOf(asBytes(wire), timeText);
    case '!MicroTime':
      return timeOf(asBytes(wire), microTimeText);
    case '!Quantity':
      return bytesAt(fieldsOf(asBytes(wire)), 1).toString('utf8');
    case '!IntOrString':
      return intOrString(fieldsOf(asBytes(wire)));
    case '!Raw':
      return JSON.parse(bytesAt(fieldsOf(asBytes(wire)), 1).toString('utf8')) as unknown;
    default:
      return decoded(type, asBytes(wire));
  }
}

function timeOf(bytes: Buffer, text: (ms: number) => string): string | null {
  const fields = fieldsOf(bytes);
  const [seconds, nanoseconds] = [fieldNumber(fields, 1), fieldNumber(fields, 2)];
  return seconds <= 0 ? null : text(seconds * 1_000 + nanoseconds / 1_000_000);
}

const STRING = 1;

function intOrString(fields: readonly WireField[]): string | number {
  return fieldNumber(fields, 1) === STRING ? bytesAt(fields, 3).toString('utf8') : fieldNumber(fields, 2);
}

function fieldNumber(fields: readonly WireField[], number: number): number {
  const field = fields.find((one) => one.number === number);
  return field === undefined ? 0 : numberOf(field);
}
