/** Text laid out for a terminal: aligned columns, and trees. Widths are counted before anything is painted. */
import { plain } from './paint.ts';
import type { Meaning, Paint } from './paint.ts';

export interface Cell {
  readonly text: string;
  readonly meaning?: Meaning | undefined;
}

const GAP = '  ';

/** Columns as wide as their widest cell, two spaces apart; no spaces at the end of a line. */
export function columns(rows: readonly (readonly Cell[])[], paint: Paint = plain): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, { text }] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, text.length);
  }
  return rows.map((row) => {
    const last = row.findLastIndex(({ text }) => text !== '');
    return row
      .slice(0, last + 1)
      .map((cell, at) => painted(cell, paint) + (at === last ? '' : ' '.repeat((widths[at] ?? 0) - cell.text.length)))
      .join(GAP);
  });
}

export function painted({ text, meaning }: Cell, paint: Paint): string {
  return meaning === undefined ? text : paint(meaning, text);
}

export interface Branch {
  readonly text: string;
  readonly branches?: readonly Branch[] | undefined;
}

/** The root on a line of its own, and below it every branch with the lines that tie them together. */
export function tree({ text, branches = [] }: Branch): readonly string[] {
  return [text, ...branches.flatMap((branch, at) => limb(branch, at === branches.length - 1))];
}

function limb(branch: Branch, isLast: boolean): readonly string[] {
  const [first = '', ...more] = tree(branch);
  return [`${isLast ? '└─' : '├─'} ${first}`, ...more.map((line) => `${isLast ? '   ' : '│  '}${line}`)];
}
