/**
 * How two members get to trust each other (rules S5, S12, S16, S19): three messages, before anything else is read.
 *
 *   dialer   → hello      who I am, whom I expect, my nonce
 *   acceptor → answer     who I am, my nonce, proof that I know the secret; or a refusal with its reason
 *   dialer   → proof      proof that I know the secret, and what I remember of you
 *   acceptor → welcome    what I remember of you
 *
 * A proof is HMAC-SHA256 over both sides' messages under the shared secret, with a label for each direction, so that a proof can be neither
 * replayed nor reflected. What is remembered travels under the proof's protection only after the proof was checked.
 *
 * Members of two generations of one cluster exchange their proofs too, and part then, without a welcome: the lower one stops serving for
 * good by that (rule S5), so no stranger may be able to say it.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { LogPosition } from '../../consensus/core.ts';
import { ByteReader, ByteWriter, MalformedBytesError } from '../../shared/bytes.ts';
import { parseClusterId, parseMemberId, sameGeneration } from '../../shared/ids.ts';
import type { ClusterId, Generation, MemberId } from '../../shared/ids.ts';
import type { Random } from '../../shared/random.ts';
import type { Lane } from './frame.ts';

export const HANDSHAKE_FORMAT_VERSION = 1;
export const HANDSHAKE_BYTES_MAX = 4096;
const NONCE_BYTES = 16;

export function drawNonce(random: Random): Buffer {
  return Buffer.from(random.hex(2 * NONCE_BYTES), 'hex');
}

/** Who speaks, and what it can read (rule S16). */
export interface PeerIdentity {
  readonly clusterId: ClusterId;
  readonly generation: Generation;
  readonly id: MemberId;
  readonly name: string;
  readonly featureLevelMin: number;
  readonly featureLevelMax: number;
  readonly featureLevel: number;
}

/** What one member durably remembers of another's acknowledgements (rule S12); null when it remembers nothing. */
export interface Remembered {
  readonly term: number;
  readonly position: LogPosition;
}

export interface Hello {
  readonly identity: PeerIdentity;
  readonly lane: Lane;
  /** Whom the dialer believes to reach. */
  readonly expected: MemberId;
  readonly nonce: Uint8Array;
}

/** Of generations: what the other one's is, seen from here. `other-generation`: of the same number, and another recovery's. */
export type RefusalCode =
  | 'other-cluster'
  | 'lower-generation'
  | 'higher-generation'
  | 'other-member'
  | 'feature-level'
  | 'wrong-secret'
  | 'not-serving'
  | 'other-generation';

export interface HandshakeRefusal {
  readonly code: RefusalCode;
  readonly message: string;
}

export type HelloAnswer =
  | { readonly type: 'answer'; readonly identity: PeerIdentity; readonly nonce: Uint8Array; readonly proof: Uint8Array }
  | { readonly type: 'refused'; readonly code: RefusalCode; readonly message: string };

const refusalCodes = [
  'other-cluster',
  'lower-generation',
  'higher-generation',
  'other-member',
  'feature-level',
  'wrong-secret',
  'not-serving',
  'other-generation',
] as const satisfies readonly RefusalCode[];

export function encodeHello(hello: Hello): Buffer {
  const writer = new ByteWriter().uint8(HANDSHAKE_FORMAT_VERSION);
  writeIdentity(writer, hello.identity);
  writer
    .boolean(hello.lane === 'bulk')
    .text(hello.expected)
    .bytes(hello.nonce);
  return writer.toBuffer();
}

/** @throws MalformedBytesError */
export function decodeHello(bytes: Uint8Array): Hello {
  const reader = versioned(bytes);
  const identity = readIdentity(reader);
  const lane = reader.boolean() ? 'bulk' : 'control';
  const expected = memberId(reader.text());
  const nonce = nonceOf(reader);
  reader.end();
  return { identity, lane, expected, nonce };
}

export function encodeHelloAnswer(answer: HelloAnswer): Buffer {
  const writer = new ByteWriter().uint8(HANDSHAKE_FORMAT_VERSION).boolean(answer.type === 'answer');
  if (answer.type === 'answer') {
    writeIdentity(writer, answer.identity);
    writer.bytes(answer.nonce).bytes(answer.proof);
  } else {
    writer.uint8(refusalCodes.indexOf(answer.code)).text(answer.message);
  }
  return writer.toBuffer();
}

/** @throws MalformedBytesError */
export function decodeHelloAnswer(bytes: Uint8Array): HelloAnswer {
  const reader = versioned(bytes);
  if (reader.boolean()) {
    const identity = readIdentity(reader);
    const nonce = Buffer.from(nonceOf(reader));
    const proof = Buffer.from(reader.bytes());
    reader.end();
    return { type: 'answer', identity, nonce, proof };
  }
  const code = refusalCodes[reader.uint8()];
  if (!code) throw new MalformedBytesError('unknown refusal of a handshake');
  return { type: 'refused', code, message: reader.text() };
}

export function encodeRemembered(remembered: Remembered | null, proof: Uint8Array): Buffer {
  const writer = new ByteWriter()
    .uint8(HANDSHAKE_FORMAT_VERSION)
    .bytes(proof)
    .boolean(remembered !== null);
  if (remembered) writer.uint53(remembered.term).uint53(remembered.position.term).uint53(remembered.position.index);
  return writer.toBuffer();
}

/** @throws MalformedBytesError */
export function decodeRemembered(bytes: Uint8Array): { readonly proof: Uint8Array; readonly remembered: Remembered | null } {
  const reader = versioned(bytes);
  const proof = Buffer.from(reader.bytes());
  const remembered = reader.boolean()
    ? { term: reader.uint53(), position: { term: reader.uint53(), index: reader.uint53() } }
    : null;
  reader.end();
  return { proof, remembered };
}

/** The proof of one side over everything that identifies this conversation. */
export function proofOf(
  secret: string,
  side: 'dialer' | 'acceptor',
  hello: Uint8Array,
  acceptor: PeerIdentity,
  nonce: Uint8Array,
): Buffer {
  const writer = new ByteWriter().text(`quorate peer ${side}`).bytes(hello);
  writeIdentity(writer, acceptor);
  writer.bytes(nonce);
  return createHmac('sha256', secret).update(writer.view()).digest();
}

export function proofsEqual(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Why `own` must not talk to `other`; null when it may. Generations: only equals talk (rule S5). */
export function refusalOf(own: PeerIdentity, other: PeerIdentity): HandshakeRefusal | null {
  if (own.clusterId !== other.clusterId) {
    return { code: 'other-cluster', message: `this is a member of cluster ${own.clusterId}, not of ${other.clusterId}` };
  }
  if (!sameGeneration(own.generation, other.generation)) {
    return {
      code: compareGenerations(own.generation, other.generation),
      message: `this member is of generation ${own.generation.number} (${own.generation.id}), not ${other.generation.number} (${other.generation.id})`,
    };
  }
  if (other.featureLevel > own.featureLevelMax || own.featureLevel > other.featureLevelMax) {
    return {
      code: 'feature-level',
      message: `feature levels do not meet: in force ${own.featureLevel} and ${other.featureLevel}, spoken up to ${own.featureLevelMax} and ${other.featureLevelMax}`,
    };
  }
  return null;
}

function compareGenerations(own: Generation, other: Generation): RefusalCode {
  if (own.number === other.number) return 'other-generation';
  return other.number < own.number ? 'lower-generation' : 'higher-generation';
}

/** A member stops for good on the word of a higher generation (rule S5): that word is taken only with the proof of the secret, both ways. */
export function isOfGenerations({ code }: HandshakeRefusal): boolean {
  return code === 'lower-generation' || code === 'higher-generation' || code === 'other-generation';
}

function versioned(bytes: Uint8Array): ByteReader {
  const reader = new ByteReader(bytes);
  const version = reader.uint8();
  if (version !== HANDSHAKE_FORMAT_VERSION) {
    throw new MalformedBytesError(
      `handshake format version ${version} is unknown: this build speaks ${HANDSHAKE_FORMAT_VERSION}`,
    );
  }
  return reader;
}

function writeIdentity(writer: ByteWriter, identity: PeerIdentity): void {
  writer.text(identity.clusterId).uint53(identity.generation.number).text(identity.generation.id);
  writer.text(identity.id).text(identity.name);
  writer.uint16(identity.featureLevelMin).uint16(identity.featureLevelMax).uint16(identity.featureLevel);
}

function readIdentity(reader: ByteReader): PeerIdentity {
  const clusterText = reader.text();
  const clusterId = parseClusterId(clusterText);
  if (!clusterId) throw new MalformedBytesError('a handshake names no valid cluster id');
  const generation = { number: reader.uint53(), id: reader.text() };
  const id = memberId(reader.text());
  const name = reader.text();
  const featureLevelMin = reader.uint16();
  const featureLevelMax = reader.uint16();
  return { clusterId, generation, id, name, featureLevelMin, featureLevelMax, featureLevel: reader.uint16() };
}

function memberId(text: string): MemberId {
  const id = parseMemberId(text);
  if (!id) throw new MalformedBytesError('a handshake names no valid member id');
  return id;
}

function nonceOf(reader: ByteReader): Buffer {
  const nonce = reader.bytes();
  if (nonce.length !== NONCE_BYTES) throw new MalformedBytesError(`a nonce has ${NONCE_BYTES} bytes, not ${nonce.length}`);
  return nonce;
}
