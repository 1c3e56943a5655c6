/** Numbers as a row of bars, one a number: so that a pause is seen before it is read. */
const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** The largest number fills its line; nothing at all is a dot. */
export function sparkline(values: readonly number[]): string {
  const most = Math.max(1, ...values);
  return values.map((value) => (value <= 0 ? '·' : (BARS[Math.ceil((value / most) * BARS.length) - 1] ?? BARS[0]))).join('');
}
