/** What a person reads before they decide: each folder as it is, which is the best, and what is lost with it. Pure. */
import type { Generation } from '../shared/ids.ts';
import { assertNever } from '../shared/assert.ts';
import type { FolderReport, LogFacts, MemberFolder } from './folder-report.ts';
import type { Exclusion, Verdict } from './judge.ts';

export function generationText({ number, id }: Generation): string {
  return `${number} (${id})`;
}

export function folderText(report: FolderReport): string {
  if (report.type === 'unusable') return [report.path, `  ${report.message}`, ''].join('\n');
  const rows: (readonly [string, string])[] = [
    ['member', `${report.memberId} (${report.name ?? 'no configuration in its log names it'})`],
    ['cluster', `${report.clusterId}, generation ${generationText(report.generation)}`],
    ...logRows(report),
    ...report.damagedSnapshots.map((text): [string, string] => ['damage', text]),
  ];
  if (report.fenced !== null) rows.push(['fenced', report.fenced]);
  if (report.lostThroughTerm !== null)
    rows.push(['incomplete', `entries of terms up to ${report.lostThroughTerm} were lost before`]);
  return [report.path, ...rows.map(([name, value]) => `  ${name.padEnd(10)} ${value}`), ''].join('\n');
}

function logRows({ log }: MemberFolder): (readonly [string, string])[] {
  if (log.type === 'whole') return factRows(log.facts);
  const whole = log.salvaged ? factRows(log.salvaged) : [];
  return [['damage', log.message], ...whole.map(([name, value]): [string, string] => [name, `${value} (before the damage)`])];
}

function factRows(facts: LogFacts): (readonly [string, string])[] {
  const { hardState, last, syncedIndex, snapshotIndex, committedAtLeast, tornBytes, configuration } = facts;
  const members = configuration.members.map(({ name, id, role }) => `${name}=${id}${role === 'learner' ? ' (learner)' : ''}`);
  return [
    ['term', `${hardState.term}, vote ${hardState.vote ?? 'for nobody'}`],
    ['log', `ends at index ${last.index} of term ${last.term}; known to be synced through ${syncedIndex}${tornText(tornBytes)}`],
    ['snapshot', snapshotIndex === null ? 'none' : `at index ${snapshotIndex}`],
    ['committed', `through ${committedAtLeast} for certain; how far beyond is written nowhere`],
    ['members', `${members.join(', ') || 'none'} (configuration at index ${configuration.index})`],
  ];
}

function tornText(tornBytes: number): string {
  return tornBytes === 0 ? '' : `; ${tornBytes} torn bytes after its end`;
}

export function exclusionsText(excluded: readonly Exclusion[]): string {
  return excluded.map(({ path, reason }) => `Not gone on from: ${path}: ${reason}\n`).join('');
}

export function verdictText(verdict: Verdict): string {
  const { folder, facts, self } = verdict.best;
  const lines = [
    `Best: ${self.name} (${folder.memberId}) in ${folder.path}: its log ends at index ${facts.last.index} of term ${facts.last.term}.`,
  ];
  if (verdict.missingVoters.length > 0) {
    lines.push(`Missing voters: ${verdict.missingVoters.map(({ name, id }) => `${name}=${id}`).join(', ')}.`);
  }
  lines.push(...lossLines(verdict, facts));
  if (verdict.keptUncertain) {
    const { from, to } = verdict.keptUncertain;
    lines.push(`Kept: entries ${from} to ${to} too, although nothing here proves that they were ever acknowledged.`);
  }
  return exclusionsText(verdict.excluded) + lines.map((line) => `${line}\n`).join('');
}

function lossLines({ loss, beyond, best }: Verdict, { last, configuration }: LogFacts): string[] {
  const remembered = beyond.map(
    ({ id, name, position }) =>
      `Lost for certain: ${name ?? id} acknowledged entries through index ${position.index} of term ${position.term}, which are in none of these folders.`,
  );
  if (best.gap !== null) remembered.push(`${best.self.name} may lack entries that it acknowledged itself: ${best.gap}.`);
  switch (loss.type) {
    case 'unknown':
      return [
        ...remembered,
        `Lost at most: everything acknowledged after index ${last.index}. How much that is, is unknown: the missing voters may have acknowledged writes alone.`,
      ];
    case 'none-under-this-configuration':
      return [
        ...remembered,
        `Lost: nothing, if the configuration at index ${configuration.index} was still in force: too few voters are missing to have committed alone.`,
      ];
    default:
      return assertNever(loss);
  }
}
