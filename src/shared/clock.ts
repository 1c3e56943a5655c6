/** Time as a port. Pure rooms never see it; edges get it passed in, so that a simulation can run them on virtual time. */
export interface Clock {
  /** Milliseconds since some start, never running backwards; unaffected by changes of the wall clock. */
  monotonicMs(): number;
  /** Milliseconds since the Unix epoch, as this machine believes; may jump. */
  wallMs(): number;
  /** Calls back once, no sooner than after `delayMs`; the returned function cancels. */
  schedule(delayMs: number, callback: () => void): () => void;
}
