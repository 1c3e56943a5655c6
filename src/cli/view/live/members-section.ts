/** The members as a table that gives up columns, the least telling first, until it fits. */
import { grid, widthOf } from '../layout.ts';
import type { Cell, Line } from '../layout.ts';
import { bytesText } from '../members-table.ts';
import type { MemberRow } from '../members-table.ts';
import { meaningOfRole } from '../status-tree.ts';
import type { Scene } from './scene.ts';

interface Row extends MemberRow {
  readonly node: string | null;
}

interface Column {
  readonly title: string;
  /** Those with the highest rank go first. */
  readonly rank: number;
  readonly align?: 'right';
  readonly cell: (row: Row) => Cell;
}

const COLUMNS: readonly Column[] = [
  { title: 'MEMBER', rank: 0, cell: ({ name, role }) => ({ text: name, meaning: role === 'Leader' ? 'strong' : undefined }) },
  { title: 'ROLE', rank: 0, cell: ({ role }) => ({ text: role, meaning: meaningOfRole(role) }) },
  { title: 'READY', rank: 0, cell: ({ ready }) => readyCell(ready) },
  number('TERM', 6, ({ term }) => term),
  number('LAST', 5, ({ lastIndex }) => lastIndex),
  number('COMMIT', 2, ({ commitIndex }) => commitIndex),
  number('APPLIED', 4, ({ appliedIndex }) => appliedIndex),
  { title: 'LAG', rank: 1, align: 'right', cell: ({ lag }) => lagCell(lag) },
  number('KEYS', 7, ({ keys }) => keys),
  {
    title: 'DATA',
    rank: 5,
    align: 'right',
    cell: ({ dataBytes }) => ({ text: dataBytes === null ? '?' : bytesText(dataBytes) }),
  },
  { title: 'NODE', rank: 3, cell: ({ node }) => ({ text: node ?? '-' }) },
];

/** Stands last, and is cut off rather than left out. */
const MESSAGE: Column = { title: '', rank: 0, cell: ({ message }) => ({ text: message ?? '', meaning: 'warning' }) };

function number(title: string, rank: number, of: (row: Row) => number | null): Column {
  return { title, rank, align: 'right', cell: (row) => numberCell(of(row)) };
}

function numberCell(value: number | null): Cell {
  return value === null ? { text: '?', meaning: 'unknown' } : { text: String(value) };
}

function readyCell(ready: boolean | null): Cell {
  if (ready === null) return { text: '?', meaning: 'unknown' };
  return ready ? { text: 'yes', meaning: 'good' } : { text: 'no', meaning: 'bad' };
}

function lagCell(lag: number | null): Cell {
  if (lag === null) return { text: '?', meaning: 'unknown' };
  return { text: String(lag), meaning: lag === 0 ? undefined : 'warning' };
}

export function memberLines({ members, cluster }: Scene, width: number): readonly Line[] {
  const nodes = new Map((cluster?.members ?? []).map(({ name, node }) => [name, node]));
  const rows = members.map((member): Row => ({ ...member, node: nodes.get(member.name) ?? null }));
  let columns = COLUMNS;
  for (let rank = Math.max(...COLUMNS.map((column) => column.rank)); rank > 0; rank -= 1) {
    const table = tableOf(columns, rows).slice(1);
    if (table.every((line, at) => widthOf(line) + roomForMessage(rows[at]) <= width)) break;
    columns = columns.filter((column) => column.rank < rank);
  }
  return tableOf([...columns, MESSAGE], rows);
}

/** A few words of it are worth a column. */
function roomForMessage(row: Row | undefined): number {
  const { length } = row?.message ?? '';
  return length === 0 ? 0 : GAP_WIDTH + Math.min(length, MESSAGE_WIDTH_MIN);
}

const GAP_WIDTH = 2;
const MESSAGE_WIDTH_MIN = 24;

function tableOf(columns: readonly Column[], rows: readonly Row[]): readonly Line[] {
  const header = columns.map(({ title, align }): Cell => ({ text: title, meaning: 'faint', align }));
  return grid([header, ...rows.map((row) => columns.map(({ cell, align }): Cell => ({ ...cell(row), align })))]);
}
