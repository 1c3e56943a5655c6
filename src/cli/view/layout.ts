/** Text laid out for a terminal: aligned columns, and trees. Widths are counted before anything is painted. */
import { plain } from './paint.ts';
import type { Meaning, Paint } from './paint.ts';

export interface Cell {
  readonly text: string;
  readonly meaning?: Meaning | undefined;
  /** Where it stands in a column that is wider; left unless told otherwise. */
  readonly align?: 'right' | undefined;
}

/** Cells one after the other, with nothing between them. */
export type Line = readonly Cell[];

const GAP = '  ';

/** Columns as wide as their widest cell, two spaces apart; no spaces at the end of a line. */
export function columns(rows: readonly Line[], paint: Paint = plain): readonly string[] {
  return grid(rows).map((line) => paintedLine(line, paint));
}

/** The same, not painted yet. */
export function grid(rows: readonly Line[]): readonly Line[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, { text }] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, text.length);
  }
  return rows.map((row) => {
    const last = row.findLastIndex(({ text }) => text !== '');
    return row.slice(0, last + 1).flatMap((cell, at) => {
      const space = ' '.repeat((widths[at] ?? 0) - cell.text.length);
      const placed = cell.align === 'right' ? [{ text: space }, cell] : [cell, { text: at === last ? '' : space }];
      return [...placed, { text: at === last ? '' : GAP }].filter(({ text }) => text !== '');
    });
  });
}

export function painted({ text, meaning }: Cell, paint: Paint): string {
  return meaning === undefined ? text : paint(meaning, text);
}

export function paintedLine(line: Line, paint: Paint): string {
  return line.map((cell) => painted(cell, paint)).join('');
}

export function widthOf(line: Line): number {
  return line.reduce((sum, { text }) => sum + text.length, 0);
}

/** At most `width` wide; what was cut off shows as `…`. */
export function clipped(line: Line, width: number): Line {
  if (widthOf(line) <= width) return line;
  const kept: Cell[] = [];
  let left = Math.max(0, width - 1);
  for (const cell of line) {
    if (left === 0) break;
    const text = cell.text.slice(0, left);
    kept.push({ ...cell, text });
    left -= text.length;
  }
  return width <= 0 ? [] : [...kept, { text: '…', meaning: 'faint' }];
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
