/**
 * What a terminal is sent so that it shows `after` where it showed `before`: the rows that differ, and nothing else. ECMA-48 (CUP, EL, ED), and
 * the private modes that every terminal of today knows: 1049 for a screen of one's own, 25 for the cursor, 2026 for what is to appear at once.
 */
const CSI = '\u001b[';

export const ENTER_SCREEN = `${CSI}?1049h${CSI}?25l${CSI}H${CSI}2J`;
/** Back to what stood there before, cursor and all. */
export const LEAVE_SCREEN = `${CSI}?25h${CSI}?1049l`;

/** Rows are painted already, and fit the terminal. Empty when nothing changed. @param before null: everything is drawn anew */
export function redraw(before: readonly string[] | null, after: readonly string[]): string {
  const isWhole = before?.length !== after.length;
  const rows = after.flatMap((row, at) => (!isWhole && before[at] === row ? [] : [`${CSI}${at + 1};1H${row}${CSI}K`]));
  if (rows.length === 0 && !isWhole) return '';
  return `${CSI}?2026h${isWhole ? `${CSI}H${CSI}2J` : ''}${rows.join('')}${CSI}?2026l`;
}
