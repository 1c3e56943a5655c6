/** A transcript as a mermaid sequence diagram: what arrived and what was lost, what became durable, who leads, what clients were told. */
import { assertNever } from '../../src/shared/assert.ts';
import type { Happening, Recorded } from './happenings.ts';
import { describeAnswer, describeEntries, describeParcel, describePersist, describePosition, describeRole } from './words.ts';

const CLIENT = 'client';

export function drawSequence(recorded: readonly Recorded[]): string {
  const happenings = recorded.map(({ happening }) => happening);
  const ordinals = [...new Set(happenings.flatMap(membersOf))].sort((left, right) => left - right);
  const lines = ['sequenceDiagram'];
  if (happenings.some(({ type }) => type === 'ask')) lines.push(`  participant ${CLIENT}`);
  lines.push(...ordinals.map((ordinal) => `  participant m${ordinal} as member ${ordinal}`));
  lines.push(...happenings.flatMap(draw).map((line) => `  ${line}`));
  return lines.join('\n');
}

function membersOf(happening: Happening): number[] {
  return 'member' in happening ? [happening.member] : [happening.from, happening.to];
}

function note(member: number, text: string): string[] {
  return [`Note over m${member}: ${text}`];
}

/** Mermaid takes `;` and `#` for its own; no words of ours contain them, but what a client writes may. */
function plain(text: string): string {
  return text.replaceAll(/[;#]/g, ',');
}

function draw(happening: Happening): string[] {
  switch (happening.type) {
    case 'ask':
      return [`${CLIENT}->>m${happening.member}: ${plain(happening.label)}`];
    case 'answer':
      return [`m${happening.member}-->>${CLIENT}: ${plain(`${happening.label}: ${describeAnswer(happening.answer)}`)}`];
    case 'arrival':
      return [`m${happening.from}->>m${happening.to}: ${plain(describeParcel(happening.parcel))}`];
    case 'loss':
      return [`m${happening.from}-xm${happening.to}: ${plain(`${describeParcel(happening.parcel)} (${happening.reason})`)}`];
    case 'role':
      return note(happening.member, describeRole(happening));
    case 'durable':
      return note(happening.member, plain(`on disk: ${describePersist(happening.persist)}`));
    case 'commit':
      return note(happening.member, plain(`commits ${describeEntries(happening.entries)}`));
    case 'install':
      return note(happening.member, `takes over the state at ${describePosition(happening.base)}`);
    case 'crash':
      return note(happening.member, happening.lost === 0 ? 'down' : 'down, what was not on disk is lost');
    case 'restart':
      return note(happening.member, 'starts from its disk');
    case 'write':
    case 'send':
      // Drawn when it is durable, and when it arrives.
      return [];
    default:
      return assertNever(happening);
  }
}
