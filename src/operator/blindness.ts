/** Since when a cluster could not be looked at: a short failure of the API server is no news, a long one must not look like health. */

/** Failures to look for longer than this are told in status. */
export const BLINDNESS_TOLD_MS = 60_000;
/** Clusters remembered; at the bound all are forgotten, and their time begins anew. */
export const BLINDNESS_MEMORY_MAX = 10_000;

export class Blindness {
  readonly #since = new Map<string, number>();

  /** Called at each failure; true once they have gone on for long. */
  lasts(clusterUid: string, nowMs: number): boolean {
    const sinceMs = this.#since.get(clusterUid);
    if (sinceMs !== undefined) return nowMs - sinceMs >= BLINDNESS_TOLD_MS;
    if (this.#since.size >= BLINDNESS_MEMORY_MAX) this.#since.clear();
    this.#since.set(clusterUid, nowMs);
    return false;
  }

  ends(clusterUid: string): void {
    this.#since.delete(clusterUid);
  }
}
