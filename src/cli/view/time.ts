/** How long ago, as `kubectl` says it: one or two units, the larger first. */
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `42s`, `3m10s`, `25m`, `5h12m`, `20h`, `4d3h`, `90d`; a moment in the future is `0s`. */
export function duration(ms: number): string {
  const whole = Math.max(0, ms);
  if (whole < 2 * MINUTE_MS) return `${Math.floor(whole / SECOND_MS)}s`;
  if (whole < 10 * MINUTE_MS) return two(whole, MINUTE_MS, 'm', SECOND_MS, 's');
  if (whole < 3 * HOUR_MS) return `${Math.floor(whole / MINUTE_MS)}m`;
  if (whole < 8 * HOUR_MS) return two(whole, HOUR_MS, 'h', MINUTE_MS, 'm');
  if (whole < 2 * DAY_MS) return `${Math.floor(whole / HOUR_MS)}h`;
  if (whole < 8 * DAY_MS) return two(whole, DAY_MS, 'd', HOUR_MS, 'h');
  return `${Math.floor(whole / DAY_MS)}d`;
}

function two(ms: number, largeMs: number, large: string, smallMs: number, small: string): string {
  const rest = Math.floor((ms % largeMs) / smallMs);
  return `${Math.floor(ms / largeMs)}${large}${rest === 0 ? '' : `${rest}${small}`}`;
}

/** Since a time stamp of the API; `?` for what is none. */
export function since(timestamp: string | null | undefined, nowMs: number): string {
  const atMs = Date.parse(timestamp ?? '');
  return Number.isNaN(atMs) ? '?' : duration(nowMs - atMs);
}

/** `312 ms`, `1.2 s`, `14 s`, `3m10s`: how long something took that should take no time. */
export function shortTime(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  return ms < 2 * MINUTE_MS ? `${Math.round(ms / 1000)} s` : duration(ms);
}

/** `12,041`. */
export function countText(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}
