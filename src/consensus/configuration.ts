/** Configurations as values: their bytes in the log, and what one change makes of them (thesis §4.1: one member at a time). */
import { ByteReader, ByteWriter, MalformedBytesError } from '../shared/bytes.ts';
import { parseMemberId } from '../shared/ids.ts';
import type { MemberId } from '../shared/ids.ts';
import { refuse, succeed } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { MEMBERS_MAX, REMOVALS_MAX } from './core.ts';
import type { Configuration, ConfigurationChange, Member, RefusalReason, Removal } from './core.ts';

export const EMPTY_CONFIGURATION: Configuration = { index: 0, members: [], removed: [] };

export function findMember(configuration: Configuration, id: MemberId): Member | null {
  return configuration.members.find((member) => member.id === id) ?? null;
}

export function wasRemoved(configuration: Configuration, id: MemberId): Removal | null {
  return configuration.removed.find((removal) => removal.id === id) ?? null;
}

/** The configuration after `change`, as the entry at `index`; refuses what makes no sense, whatever the leader knows of progress. */
export function changeConfiguration(
  configuration: Configuration,
  change: ConfigurationChange,
  index: number,
): Result<Configuration, RefusalReason> {
  const { members, removed } = configuration;
  switch (change.type) {
    case 'add-learner': {
      if (wasRemoved(configuration, change.id)) return refuse('id-was-removed');
      if (findMember(configuration, change.id)) return refuse('already-member');
      if (members.some((member) => member.name === change.name)) return refuse('name-in-use');
      if (members.length >= MEMBERS_MAX) return refuse('too-many-members');
      return succeed({ index, members: [...members, { id: change.id, name: change.name, role: 'learner' }], removed });
    }
    case 'promote': {
      const member = findMember(configuration, change.id);
      if (!member) return refuse('unknown-member');
      if (member.role === 'voter') return refuse('already-member');
      const promoted = members.map((each): Member => (each.id === change.id ? { ...each, role: 'voter' } : each));
      return succeed({ index, members: promoted, removed });
    }
    case 'remove': {
      const member = findMember(configuration, change.id);
      if (!member) return refuse('unknown-member');
      const rest = members.filter((each) => each.id !== change.id);
      if (!rest.some((each) => each.role === 'voter')) return refuse('last-voter');
      return succeed({ index, members: rest, removed: [...removed, { id: change.id, index }].slice(-REMOVALS_MAX) });
    }
  }
}

const FORMAT_VERSION = 1;

export function writeConfiguration(writer: ByteWriter, configuration: Configuration): void {
  writer.uint8(FORMAT_VERSION).uint53(configuration.index).uint16(configuration.members.length);
  for (const { id, name, role } of configuration.members)
    writer
      .text(id)
      .text(name)
      .boolean(role === 'voter');
  writer.uint16(configuration.removed.length);
  for (const { id, index } of configuration.removed) writer.text(id).uint53(index);
}

/** @throws MalformedBytesError */
export function readConfiguration(reader: ByteReader): Configuration {
  const version = reader.uint8();
  if (version !== FORMAT_VERSION)
    throw new MalformedBytesError(`configuration format version ${version} is unknown to this build`);
  const index = reader.uint53();
  const members: Member[] = [];
  const memberCount = reader.uint16();
  for (let position = 0; position < memberCount; position += 1) {
    const id = readId(reader);
    const name = reader.text();
    members.push({ id, name, role: reader.boolean() ? 'voter' : 'learner' });
  }
  const removed: Removal[] = [];
  const removedCount = reader.uint16();
  for (let position = 0; position < removedCount; position += 1) removed.push({ id: readId(reader), index: reader.uint53() });
  return { index, members, removed };
}

function readId(reader: ByteReader): MemberId {
  const text = reader.text();
  const id = parseMemberId(text);
  if (!id) throw new MalformedBytesError(`"${text.slice(0, 32)}" is not a member id`);
  return id;
}

export function encodeConfiguration(configuration: Configuration): Buffer {
  const writer = new ByteWriter();
  writeConfiguration(writer, configuration);
  return writer.toBuffer();
}

/** @throws MalformedBytesError */
export function decodeConfiguration(bytes: Uint8Array): Configuration {
  const reader = new ByteReader(bytes);
  const configuration = readConfiguration(reader);
  reader.end();
  return configuration;
}
