/** The parts of the live view below the members: each a label and lines, the first of which stand longest when the terminal is small. */
import { assertNever } from '../../../shared/assert.ts';
import type { ConditionView } from '../cluster-view.ts';
import { summary } from '../explain-text.ts';
import type { EventRow } from '../events-table.ts';
import { grid, widthOf } from '../layout.ts';
import type { Cell, Line } from '../layout.ts';
import type { Meaning } from '../paint.ts';
import { sparkline } from '../sparkline.ts';
import { meaningOfCondition, meaningOfPhase } from '../status-tree.ts';
import { countText, shortTime, since } from '../time.ts';
import { GAP_MS } from './scene.ts';
import type { Scene, StartStep, WritesView } from './scene.ts';

/** Two spaces apart, nothing for what is empty. */
export function spaced(cells: readonly (Cell | null)[]): Line {
  return cells
    .filter((cell): cell is Cell => cell !== null && cell.text !== '')
    .flatMap((cell, at) => (at === 0 ? [cell] : [{ text: '  ' }, cell]));
}

/** How well it is in one line, of which the last facts are left out where they do not fit. */
export function headline({ cluster, version }: Scene, width: number): Line {
  const name: Cell = { text: `Quorate ${version}`, meaning: 'faint' };
  if (cluster === null) return [name];
  const facts = [
    cluster.ready === null ? '' : `${cluster.ready} ready`,
    cluster.leader === null ? 'no confirmed leader' : '',
    cluster.quorum === null ? '' : `quorum ${cluster.quorum}`,
    cluster.term === null ? '' : `term ${cluster.term}`,
    cluster.leader === null ? '' : `led by ${cluster.leader}`,
  ].filter((fact) => fact !== '');
  for (;;) {
    const line = spaced([
      name,
      { text: cluster.name, meaning: 'strong' },
      { text: cluster.phase, meaning: meaningOfPhase(cluster.phase) },
      { text: facts.join(', ') },
    ]);
    if (widthOf(line) <= width || facts.length === 0) return line;
    facts.pop();
  }
}

export function startLines(steps: readonly StartStep[], elapsedMs: number): readonly Line[] {
  return grid(
    steps.map((step) => [
      ...markOf(step),
      { text: step.name, meaning: meaningOfStep(step) },
      { text: step.text },
      timeOf(step, elapsedMs),
    ]),
  );
}

function markOf({ state }: StartStep): readonly Cell[] {
  switch (state) {
    case 'done':
      return [{ text: '✓', meaning: 'good' }];
    case 'running':
      return [{ text: '→', meaning: 'warning' }];
    case 'waiting':
      return [{ text: '·', meaning: 'faint' }];
    default:
      return assertNever(state);
  }
}

function meaningOfStep({ state }: StartStep): Meaning | undefined {
  return state === 'running' ? 'strong' : state === 'waiting' ? 'faint' : undefined;
}

function timeOf({ beganAtMs, endedAtMs }: StartStep, elapsedMs: number): Cell {
  if (beganAtMs === null) return { text: '' };
  return { text: secondsText((endedAtMs ?? elapsedMs) - beganAtMs), meaning: 'faint', align: 'right' };
}

/** `3.2 s`: tenths of a second, so that waiting is seen to go on. */
export function secondsText(ms: number): string {
  return `${(Math.max(0, ms) / 1000).toFixed(1)} s`;
}

export function writeLines(writes: WritesView, elapsedMs: number, width: number): readonly Line[] {
  const rate = writes.perSecond.at(-1) ?? 0;
  const speed: Cell = { text: `${countText(rate)}/s`, meaning: 'strong' };
  const bars = Math.max(0, Math.min(writes.perSecond.length, width - 30));
  const line = bars === 0 ? '' : sparkline(writes.perSecond.slice(-bars));
  const counts = spaced([
    { text: `${countText(writes.acknowledged)} acknowledged` },
    { text: `${countText(writes.lost)} lost`, meaning: writes.lost > 0 ? 'bad' : 'good' },
    writes.surplus === 0 ? null : { text: `${countText(writes.surplus)} carried out twice`, meaning: 'bad' },
    writes.unknown === 0 ? null : { text: `${countText(writes.unknown)} unanswered`, meaning: 'warning' },
  ]);
  const gaps = spaced(gapsSoFar(writes, elapsedMs));
  const together: Line = [...counts, { text: '  ' }, ...gaps];
  return [
    spaced([speed, { text: line, meaning: 'good' }, gapNow(writes)]),
    ...(widthOf(together) <= width ? [together] : [counts, gaps]),
  ];
}

function gapNow({ sinceLastMs }: WritesView): Cell | null {
  if (sinceLastMs === null || sinceLastMs < GAP_MS) return null;
  return { text: `no write for ${secondsText(sinceLastMs)}`, meaning: 'bad' };
}

function gapsSoFar({ lastGap, longestGapMs }: WritesView, elapsedMs: number): readonly Cell[] {
  if (lastGap === null) return [{ text: `no gap of ${GAP_MS} ms yet`, meaning: 'faint' }];
  const last = `last gap ${shortTime(lastGap.ms)}, ${shortTime(Math.max(0, elapsedMs - lastGap.endedAtMs))} ago`;
  return [{ text: last, meaning: 'warning' }, { text: `longest ${shortTime(longestGapMs)}` }];
}

/** All types in one line; below it those that are not as one would wish, with what they say. */
export function conditionLines(conditions: readonly ConditionView[]): readonly Line[] {
  const marks = conditions.map((condition): Cell => {
    const mark = condition.status === 'Unknown' ? '?' : condition.status === 'True' ? '●' : '○';
    return { text: `${mark} ${condition.type}`, meaning: meaningOfCondition(condition) };
  });
  const said = conditions.filter((condition) => isNotable(condition));
  return [
    spaced(marks),
    ...said.map((condition) =>
      spaced([
        { text: condition.type, meaning: meaningOfCondition(condition) },
        { text: condition.reason },
        { text: condition.message, meaning: 'faint' },
      ]),
    ),
  ];
}

function isNotable(condition: ConditionView): boolean {
  const meaning = meaningOfCondition(condition);
  return meaning === 'bad' || meaning === 'unknown' || (condition.type === 'Degraded' && condition.status === 'True');
}

export function planLines({ plan, wallMs }: Pick<Scene, 'plan' | 'wallMs'>): readonly Line[] {
  if (plan === null) return [[{ text: 'not known yet', meaning: 'unknown' }]];
  const steps = plan.steps.flatMap(({ does, because, disruptive }, at): readonly Line[] => [
    spaced([
      { text: `${at + 1}.` },
      { text: does, meaning: 'strong' },
      disruptive ? { text: 'disruptive: one at a time', meaning: 'warning' } : null,
    ]),
    [{ text: `    because ${because}`, meaning: 'faint' }],
  ]);
  const held = plan.heldBack.flatMap(({ gate, member, since: from, message, unblock }): readonly Line[] => [
    spaced([
      { text: 'held back' },
      { text: gate, meaning: 'warning' },
      { text: member ?? '' },
      { text: from === null ? '' : `for ${since(from, wallMs)}` },
      { text: message },
    ]),
    [{ text: `    unblock ${unblock}`, meaning: 'faint' }],
  ]);
  return [[{ text: summary(plan), meaning: plan.activity === null ? undefined : 'warning' }], ...steps, ...held];
}

/** The youngest on top: where the eye is. */
export function eventLines(events: readonly EventRow[], wallMs: number): readonly Line[] {
  if (events.length === 0) return [[{ text: 'none yet', meaning: 'faint' }]];
  return grid(
    events
      .toReversed()
      .map((event) => [
        { text: since(event.lastSeen, wallMs), meaning: 'faint', align: 'right' },
        { text: event.reason, meaning: event.type === 'Warning' ? 'warning' : 'strong' },
        { text: event.object.replace(/^.*\//, '') },
        { text: event.note.replaceAll(/\s*\n\s*/g, ' ') },
      ]),
  );
}

/** What each is for stands in a column of its own; a long command that says it itself does not push that column away. */
export function suggestionLines({ suggestions }: Pick<Scene, 'suggestions'>): readonly Line[] {
  const width = Math.max(0, ...suggestions.map(({ command, what }) => (what === '' ? 0 : command.length)));
  return suggestions.map(({ command, what }) => {
    return what === '' ? [{ text: command }] : spaced([{ text: command.padEnd(width) }, { text: what, meaning: 'faint' }]);
  });
}
