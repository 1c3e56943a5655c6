/** How far back the log is kept behind a snapshot: some entries, so that a member a little behind needs no snapshot, and never many bytes. */
/** Entries that may be applied while a snapshot is written, before what stands behind it counts as unknown. */
const LATER_ENTRIES_MAX = 50_000;

export class TrailingLog {
  readonly #entriesMax: number;
  readonly #bytesMax: number;
  #lastIndex = 0;
  /** Of the entries up to `lastIndex`, in order. */
  #sizes: number[] = [];

  constructor(entriesMax: number, bytesMax: number) {
    this.#entriesMax = entriesMax;
    this.#bytesMax = bytesMax;
  }

  /** The next entry was applied. After a gap (a start, an installed snapshot) what came before counts as unknown, and is not kept. */
  add(index: number, bytes: number): void {
    if (index !== this.#lastIndex + 1) this.#sizes = [];
    this.#lastIndex = index;
    this.#sizes.push(bytes);
    if (this.#sizes.length > this.#entriesMax + 2 * LATER_ENTRIES_MAX)
      this.#sizes = this.#sizes.slice(-(this.#entriesMax + LATER_ENTRIES_MAX));
  }

  /** The log may go through this index when a snapshot stands at `snapshotIndex`. */
  through(snapshotIndex: number): number {
    let bytes = 0;
    let kept = 0;
    for (let back = this.#lastIndex - snapshotIndex; kept < this.#entriesMax; back += 1, kept += 1) {
      const size = this.#sizes.at(-1 - back);
      bytes += size ?? 0;
      if (size === undefined || bytes > this.#bytesMax) break;
    }
    return Math.max(0, snapshotIndex - kept);
  }
}
