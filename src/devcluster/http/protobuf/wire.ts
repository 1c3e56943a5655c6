/** Protocol Buffers on the wire (its "Encoding" document): a message is a row of numbered fields, each a number or a piece of bytes. */

export interface WireField {
  readonly number: number;
  readonly value: bigint | Buffer;
}

/** The bytes end in the middle of a field, or hold what no message does. */
export class WireError extends Error {
  override readonly name = 'WireError';
}

const VARINT = 0;
const EIGHT_BYTES = 1;
const BYTES = 2;
const FOUR_BYTES = 5;
const VARINT_BYTES_MAX = 10;

/** @throws WireError */
export function fieldsOf(bytes: Buffer): readonly WireField[] {
  const fields: WireField[] = [];
  for (let at = 0; at < bytes.length;) {
    const key = varint(bytes, at);
    const [number, type] = [Number(key.value >> 3n), Number(key.value & 7n)];
    const read = valueAt(bytes, key.end, type);
    fields.push({ number, value: read.value });
    at = read.end;
  }
  return fields;
}

function valueAt(bytes: Buffer, at: number, type: number): { readonly value: bigint | Buffer; readonly end: number } {
  switch (type) {
    case VARINT:
      return varint(bytes, at);
    case EIGHT_BYTES:
      return piece(bytes, at, 8);
    case FOUR_BYTES:
      return piece(bytes, at, 4);
    case BYTES: {
      const length = varint(bytes, at);
      return piece(bytes, length.end, Number(length.value));
    }
    default:
      throw new WireError(`there is no wire type ${type}`);
  }
}

function piece(bytes: Buffer, start: number, length: number): { readonly value: Buffer; readonly end: number } {
  const end = start + length;
  if (end > bytes.length) throw new WireError('the message ends in the middle of a field');
  return { value: bytes.subarray(start, end), end };
}

function varint(bytes: Buffer, start: number): { readonly value: bigint; readonly end: number } {
  let value = 0n;
  for (let at = start; at < start + VARINT_BYTES_MAX; at += 1) {
    const byte = bytes[at];
    if (byte === undefined) throw new WireError('the message ends in the middle of a number');
    value |= BigInt(byte & 0x7f) << BigInt(7 * (at - start));
    if (byte < 0x80) return { value, end: at + 1 };
  }
  throw new WireError('a number is longer than any number is');
}

/** The bytes of the field; empty when it is not there. */
export function bytesAt(fields: readonly WireField[], number: number): Buffer {
  const value = fields.findLast((field) => field.number === number)?.value;
  return typeof value === 'object' ? value : Buffer.alloc(0);
}

/** As an integer with a sign. */
export function numberOf({ value }: WireField): number {
  if (typeof value !== 'bigint') throw new WireError('bytes stand where a number should');
  return Number(BigInt.asIntN(64, value));
}
