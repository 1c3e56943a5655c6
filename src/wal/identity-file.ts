/**
 * The bytes of the `identity` file (rules S2, S5): magic, format version, length, body, checksum. The version stands first, so that a file
 * of a later build is refused by name and not taken for damage.
 */
import { crc32 } from 'node:zlib';
import { readConfiguration, writeConfiguration } from '../consensus/configuration.ts';
import { ByteReader, ByteWriter, MalformedBytesError } from '../shared/bytes.ts';
import { parseClusterId, parseMemberId } from '../shared/ids.ts';
import type { MemberId } from '../shared/ids.ts';
import { refuse, succeed } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { FolderDamage, Identity, Membership } from './types.ts';

export const IDENTITY_FORMAT_VERSION = 1;
export const FORMER_IDS_MAX = 16;

const MAGIC = Buffer.from('QRT-IDNT', 'latin1');
const PREFIX_BYTES = MAGIC.length + 2 + 4;
const CHECKSUM_BYTES = 4;

export function encodeIdentity(identity: Identity): Buffer {
  const writer = new ByteWriter();
  writer.raw(MAGIC).uint16(IDENTITY_FORMAT_VERSION).uint32(0);
  writer.text(identity.memberId);
  writeMembership(writer, identity.membership);
  writer.uint8(identity.formerIds.length);
  for (const id of identity.formerIds) writer.text(id);
  writer.boolean(identity.fenced !== null).text(identity.fenced ?? '');
  writer.boolean(identity.lostThroughTerm !== null).uint53(identity.lostThroughTerm ?? 0);
  writer.patchUint32(MAGIC.length + 2, writer.length - PREFIX_BYTES);
  writer.uint32(crc32(writer.view()));
  return writer.toBuffer();
}

function writeMembership(writer: ByteWriter, membership: Membership | null): void {
  writer.boolean(membership !== null);
  if (!membership) return;
  const { clusterId, generation, founding } = membership;
  writer.text(clusterId).uint53(generation.number).text(generation.id);
  writer.boolean(founding !== null);
  if (!founding) return;
  writer.uint53(founding.epoch);
  writeConfiguration(writer, founding.configuration);
}

export function decodeIdentity(bytes: Uint8Array, file: string): Result<Identity, FolderDamage> {
  const damaged = (message: string): Result<Identity, FolderDamage> => refuse({ type: 'damaged', file, message });
  const reader = new ByteReader(bytes);
  try {
    if (!reader.raw(MAGIC.length).equals(MAGIC)) return damaged('the file does not begin as an identity file does');
    const version = reader.uint16();
    if (version !== IDENTITY_FORMAT_VERSION) {
      const message = `identity format ${version} is unknown to this build, which reads ${IDENTITY_FORMAT_VERSION}`;
      return refuse({ type: 'unknown-format', file, message });
    }
    const length = reader.uint32();
    if (bytes.length !== PREFIX_BYTES + length + CHECKSUM_BYTES) return damaged('the file is not as long as it says');
    const checksum = new ByteReader(bytes, PREFIX_BYTES + length).uint32();
    if (checksum !== crc32(bytes.subarray(0, PREFIX_BYTES + length))) return damaged('the checksum does not match');
    return succeed(readIdentity(new ByteReader(bytes.subarray(PREFIX_BYTES, PREFIX_BYTES + length))));
  } catch (error) {
    if (error instanceof MalformedBytesError) return damaged(error.message);
    throw error;
  }
}

function readIdentity(reader: ByteReader): Identity {
  const memberId = readMemberId(reader);
  const membership = readMembership(reader);
  const formerIds: MemberId[] = [];
  const count = reader.uint8();
  for (let position = 0; position < count; position += 1) formerIds.push(readMemberId(reader));
  const isFenced = reader.boolean();
  const reason = reader.text();
  const hasLost = reader.boolean();
  const lostThroughTerm = reader.uint53();
  reader.end();
  return {
    memberId,
    membership,
    formerIds,
    fenced: isFenced ? reason : null,
    lostThroughTerm: hasLost ? lostThroughTerm : null,
  };
}

function readMembership(reader: ByteReader): Membership | null {
  if (!reader.boolean()) return null;
  const clusterId = parseClusterId(reader.text());
  if (!clusterId) throw new MalformedBytesError('the cluster id is not one');
  const generation = { number: reader.uint53(), id: reader.text() };
  if (!reader.boolean()) return { clusterId, generation, founding: null };
  return { clusterId, generation, founding: { epoch: reader.uint53(), configuration: readConfiguration(reader) } };
}

function readMemberId(reader: ByteReader): MemberId {
  const id = parseMemberId(reader.text());
  if (!id) throw new MalformedBytesError('a member id is not 16 lower-case hex digits');
  return id;
}
