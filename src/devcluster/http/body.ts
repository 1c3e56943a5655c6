/** What a call carries: JSON, YAML, or the bytes of a Go client. */
import type { IncomingMessage } from 'node:http';
import { load } from 'js-yaml';
import { ApiFailure, badRequest } from '../model/failure.ts';
import { decodedObject, ProtobufError } from './protobuf/decode.ts';
import { WireError } from './protobuf/wire.ts';

export const BODY_LIMITS = {
  /** As the API server: an object is at most 1.5 MiB in its store. */
  bytesMax: 3 * 1024 * 1024,
} as const;

/** @throws ApiFailure 413 for more than any object may be */
export async function bytesOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_LIMITS.bytesMax) {
      throw new ApiFailure(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${BODY_LIMITS.bytesMax}`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Null when there is none. @throws ApiFailure 400, or 415 for a format that this server does not read */
export function bodyOf(bytes: Buffer, contentType: string): unknown {
  if (bytes.length === 0) return null;
  if (contentType.includes('protobuf')) return fromProtobuf(bytes);
  if (contentType.includes('cbor')) {
    throw new ApiFailure(415, 'UnsupportedMediaType', `the body of the request was in an unknown format: ${contentType}`);
  }
  const text = bytes.toString('utf8');
  try {
    return contentType.includes('yaml') ? load(text) : (JSON.parse(text) as unknown);
  } catch (error) {
    throw unreadable(error);
  }
}

function fromProtobuf(bytes: Buffer): unknown {
  try {
    return decodedObject(bytes);
  } catch (error) {
    if (error instanceof ProtobufError) {
      throw new ApiFailure(415, 'UnsupportedMediaType', `the body of the request cannot be read: ${error.message}`);
    }
    if (error instanceof WireError || error instanceof SyntaxError) throw unreadable(error);
    throw error;
  }
}

function unreadable(error: unknown): ApiFailure {
  return badRequest(`couldn't read the body: ${error instanceof Error ? error.message : String(error)}`);
}
