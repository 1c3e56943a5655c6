/**
 * The live view as the lines of one terminal: never wider and never higher than it is. What matters most stays when there is little room: the
 * headline and the members, then writes, plan, conditions, events and at last what to try.
 */
import { clipped, widthOf } from '../layout.ts';
import type { Line } from '../layout.ts';
import { duration } from '../time.ts';
import { memberLines } from './members-section.ts';
import type { Scene } from './scene.ts';
import {
  conditionLines,
  eventLines,
  headline,
  planLines,
  secondsText,
  startLines,
  suggestionLines,
  writeLines,
} from './sections.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Of the labels on the left. */
const LABEL_WIDTH = 12;
const MARGIN: Line = [{ text: ' ' }];

interface Section {
  /** Stands in front of the first line; null: the lines are a table of their own. */
  readonly label: string | null;
  readonly lines: readonly Line[];
  /** Lines that it keeps before another section of a later rank gets any. */
  readonly least: number;
  /** Lines that it takes at most, however high the terminal is. */
  readonly most: number;
  /** 0 is served first. */
  readonly rank: number;
}

export function screen(scene: Scene, size: Size): readonly Line[] {
  const head = headed(scene, size.columns);
  const foot: Line = [{ text: ` ${scene.keys}`, meaning: 'faint' }];
  const notes = scene.notes.map((text): Line => [{ text: ` ${text}`, meaning: 'warning' }]);
  const fixed = [head, ...notes];
  const room = size.rows - fixed.length - 1;
  const body = fitted(sectionsOf(scene, size.columns), room);
  const blank = Array.from({ length: Math.max(0, room - body.length) }, (): Line => []);
  return [...fixed, ...body, ...blank, foot].slice(0, size.rows).map((line) => clipped(line, size.columns));
}

/** The headline, and on the right how long it has been up. */
function headed(scene: Scene, columns: number): Line {
  const right = isStarting(scene) ? secondsText(scene.elapsedMs) : `up ${duration(scene.elapsedMs)}`;
  const left = [...MARGIN, ...headline(scene, columns - right.length - 4)];
  const space = columns - widthOf(left) - right.length - 1;
  return space < 2 ? left : [...left, { text: ' '.repeat(space) }, { text: right, meaning: 'faint' }];
}

function isStarting({ steps }: Scene): boolean {
  return steps.some(({ state }) => state !== 'done');
}

function sectionsOf(scene: Scene, columns: number): readonly Section[] {
  const width = columns - MARGIN.length - LABEL_WIDTH;
  const sections: Section[] = [];
  if (isStarting(scene)) {
    sections.push({ label: null, lines: startLines(scene.steps, scene.elapsedMs), least: 99, most: 99, rank: 0 });
  }
  if (scene.members.length > 0) {
    const lines = memberLines(scene, columns - MARGIN.length);
    sections.push({ label: null, lines, least: 99, most: 99, rank: 1 });
  }
  if (scene.cluster === null) return sections;
  if (scene.writes !== null && scene.writes.sinceLastMs !== null) {
    const lines = writeLines(scene.writes, scene.elapsedMs, width);
    sections.push({ label: 'writes', lines, least: 2, most: 3, rank: 2 });
  }
  sections.push({ label: 'plan', lines: planLines(scene), least: 1, most: 9, rank: 3 });
  // Before the operator looked for the first time all of them say so.
  if (scene.cluster.observedAt !== null)
    sections.push({ label: 'conditions', lines: conditionLines(scene.cluster.conditions), least: 1, most: 5, rank: 4 });
  sections.push({ label: 'events', lines: eventLines(scene.events, scene.wallMs), least: 1, most: 8, rank: 6 });
  if (!isStarting(scene)) {
    sections.push({ label: 'try', lines: suggestionLines(scene), least: 1, most: 12, rank: 5 });
  }
  return sections;
}

/** Shares out the lines: first to each section its least, then by rank what it would like; an empty line goes before each where there is room. */
function fitted(sections: readonly Section[], room: number): readonly Line[] {
  const byRank = [...sections].sort((left, right) => left.rank - right.rank);
  const given = new Map<Section, number>();
  let left = room;
  const give = (section: Section, wanted: number): void => {
    const had = given.get(section) ?? 0;
    const more = Math.min(left, Math.max(0, Math.min(wanted, section.most, section.lines.length) - had));
    given.set(section, had + more);
    left -= more;
  };
  for (const section of byRank) give(section, section.least);
  const shown = sections.filter((section) => (given.get(section) ?? 0) > 0);
  const isAiry = left >= shown.length;
  if (isAiry) left -= shown.length;
  for (const section of byRank) give(section, section.most);
  return shown.flatMap((section) => [...(isAiry ? [[]] : []), ...laidOut(section, given.get(section) ?? 0)]);
}

function laidOut({ label, lines }: Section, count: number): readonly Line[] {
  const kept = lines.slice(0, count);
  if (label === null) return kept.map((line) => [...MARGIN, ...line]);
  return kept.map((line, at) => [...MARGIN, { text: (at === 0 ? label : '').padEnd(LABEL_WIDTH), meaning: 'faint' }, ...line]);
}
