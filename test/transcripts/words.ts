/** Happenings in words. `3@2` is the entry at index 3 of term 2; `#2` the second persist since a member's start. */
import { decodeConfiguration } from '../../src/consensus/configuration.ts';
import type { Answer, Configuration, Entry, LogPosition, Persist } from '../../src/consensus/core.ts';
import type { RaftMessage } from '../../src/consensus/raft/messages.ts';
import { assertNever, present } from '../../src/shared/assert.ts';
import type { Happening, Parcel, Recorded } from './happenings.ts';

/** Members in a transcript have one-digit ordinals, which are also the last digits of their ids. */
export function ordinalOf(id: string): number {
  return Number.parseInt(id, 16);
}

export function describePosition({ index, term }: LogPosition): string {
  return index === 0 ? '0' : `${index}@${term}`;
}

export function describeConfiguration({ members }: Configuration): string {
  const names = members.map(({ id, role }) => (role === 'voter' ? String(ordinalOf(id)) : `learner ${ordinalOf(id)}`));
  return `{${names.join(' ')}}`;
}

export function describeEntry(entry: Entry): string {
  const at = describePosition(entry);
  switch (entry.kind) {
    case 'noop':
      return `${at} no-op`;
    case 'configuration':
      return `${at} ${describeConfiguration(decodeConfiguration(entry.payload))}`;
    case 'command':
      return `${at} ${Buffer.from(entry.payload).toString()}`;
  }
}

export function describeEntries(entries: readonly Entry[]): string {
  return entries.length === 0 ? 'nothing' : entries.map(describeEntry).join(', ');
}

export function describeMessage(message: RaftMessage): string {
  const head = `${message.type} term ${message.term}`;
  switch (message.type) {
    case 'pre-vote-request':
      return `${head}, log to ${describePosition(message.position)}`;
    case 'vote-request':
      return `${head}, log to ${describePosition(message.position)}${message.transfer ? ', ordered by the leader' : ''}`;
    case 'pre-vote-response':
    case 'vote-response':
      return `${head}, ${message.granted ? 'granted' : 'refused'}`;
    case 'append-request': {
      const after = `after ${describePosition(message.previous)}`;
      return `${head}, ${after}: ${describeEntries(message.entries)}, commit ${message.commit}`;
    }
    case 'append-response': {
      if (message.accepted) return `${head}, has all to ${message.matchIndex}`;
      const hint = describePosition({ index: message.hintIndex, term: message.hintTerm });
      return `${head}, differs at ${message.rejectedIndex}, try ${hint}`;
    }
    case 'heartbeat-request':
      return `${head}, commit ${message.commit}, round ${message.context}`;
    case 'heartbeat-response':
      return `${head}, round ${message.context}`;
    case 'timeout-now':
      return head;
    default:
      return assertNever(message);
  }
}

export function describeParcel(parcel: Parcel): string {
  if (parcel.type === 'message') return describeMessage(parcel.message);
  const { base, term } = parcel;
  return `snapshot term ${term}, of all to ${describePosition(base)} ${describeConfiguration(base.configuration)}`;
}

export function describePersist({ hardState, base, truncateFrom, entries }: Persist): string {
  const vote = hardState.vote === null ? 'no vote' : `vote ${ordinalOf(hardState.vote)}`;
  const parts = [`term ${hardState.term}`, vote];
  if (base) parts.push(`the log begins after ${describePosition(base)}`);
  if (truncateFrom !== null) parts.push(`cut from ${truncateFrom}`);
  if (entries.length > 0) parts.push(describeEntries(entries));
  return parts.join(', ');
}

export function describeAnswer(answer: Answer): string {
  switch (answer.type) {
    case 'proposed':
    case 'configuration-appended':
      return `appended as ${describePosition(answer)}`;
    case 'read-ready':
      return `may be read at ${answer.index}`;
    case 'transferred':
      return 'done';
    case 'refused': {
      const hint = answer.leader === null ? '' : `, ${ordinalOf(answer.leader.id)} leads`;
      return `refused, ${answer.reason}${hint}`;
    }
    default:
      return assertNever(answer);
  }
}

export function describeRole(happening: Extract<Happening, { type: 'role' }>): string {
  const { role, term, leader } = happening;
  switch (role) {
    case 'leader':
      return `leads term ${term}`;
    case 'candidate':
      return `is a candidate in term ${term}`;
    case 'pre-candidate':
      return `asks for pre-votes in term ${term}`;
    case 'follower':
      return `follows ${leader ?? 'nobody'} in term ${term}`;
    default:
      return assertNever(role);
  }
}

function describe(happening: Happening): string {
  switch (happening.type) {
    case 'ask':
      return `${happening.member} is asked: ${happening.label}`;
    case 'arrival':
      return `${happening.from} → ${happening.to}: ${describeParcel(happening.parcel)}`;
    case 'loss':
      return `${happening.from} ✗ ${happening.to}: ${describeParcel(happening.parcel)} (${happening.reason})`;
    case 'role':
      return `${happening.member} ${describeRole(happening)}`;
    case 'write':
      return `${happening.member} writes #${happening.persist.sequence}: ${describePersist(happening.persist)}`;
    case 'durable':
      return `${happening.member} has #${happening.persist.sequence} on disk`;
    case 'send':
      return describeSending(happening, [happening.to]);
    case 'commit':
      return `${happening.member} commits ${describeEntries(happening.entries)}`;
    case 'install':
      return `${happening.member} takes over the state at ${describePosition(happening.base)}`;
    case 'answer':
      return `${happening.member} answers ${happening.label}: ${describeAnswer(happening.answer)}`;
    case 'crash':
      return `${happening.member} is down${happening.lost === 0 ? '' : `, and ${happening.lost} unsynced writes are lost`}`;
    case 'restart':
      return `${happening.member} starts from its disk`;
    default:
      return assertNever(happening);
  }
}

type Sending = Extract<Happening, { type: 'send' }>;

function describeSending({ from, after, parcel }: Sending, to: readonly number[]): string {
  const when = after === null ? 'sends' : `holds until #${after} is on disk, for`;
  return `${from} ${when} ${to.join(', ')}: ${describeParcel(parcel)}`;
}

/** One line a happening; what goes alike to several members is one line. */
export function toLines(recorded: readonly Recorded[]): string[] {
  const lines: string[] = [];
  let position = 0;
  while (position < recorded.length) {
    const { happening, depth } = present(recorded[position], 'there is a happening at each position');
    const alike = happening.type === 'send' ? receiversAlike(recorded, position, happening) : [];
    const line = happening.type === 'send' ? describeSending(happening, alike) : describe(happening);
    lines.push((depth === 1 ? '  ' : '') + line);
    position += Math.max(1, alike.length);
  }
  return lines;
}

/** Who gets the same, in the sendings that follow each other from `first` on. */
function receiversAlike(recorded: readonly Recorded[], first: number, sending: Sending): number[] {
  const to: number[] = [];
  for (const { happening } of recorded.slice(first)) {
    if (happening.type !== 'send' || happening.from !== sending.from || happening.after !== sending.after) break;
    if (to.includes(happening.to) || describeParcel(happening.parcel) !== describeParcel(sending.parcel)) break;
    to.push(happening.to);
  }
  return to;
}
