/** One probe of one container: asked again and again, and what it comes to after so many answers of a kind. */
import type { Clock } from '../../../shared/clock.ts';
import type { Probe } from '../kinds.ts';
import type { ProbeOutcome, RunningContainer } from './runtime.ts';

export interface ProberOptions {
  readonly clock: Clock;
  readonly probe: Probe;
  readonly container: RunningContainer;
  /** Called when the verdict changes, and for each failure in a row beyond the threshold of a fatal probe once. */
  readonly onVerdict: (verdict: boolean, message: string) => void;
}

export class Prober {
  readonly #options: ProberOptions;
  #verdict: boolean | null = null;
  #inARow = { ok: true, count: 0 };
  #cancel: (() => void) | null = null;
  #stopped = false;
  #asked = 0;

  constructor(options: ProberOptions) {
    this.#options = options;
    this.#wait((options.probe.initialDelaySeconds ?? 0) * 1_000);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
    this.#cancel = null;
  }

  #wait(delayMs: number): void {
    this.#cancel = this.#options.clock.schedule(delayMs, () => {
      this.#cancel = null;
      this.#ask();
    });
  }

  #ask(): void {
    const { clock, probe, container } = this.#options;
    const number = (this.#asked += 1);
    const timeout = clock.schedule(probe.timeoutSeconds * 1_000, () =>
      this.#take(number, { ok: false, message: 'context deadline exceeded' }),
    );
    container.probe(probe, (outcome) => {
      timeout();
      this.#take(number, outcome);
    });
  }

  /** The first answer to a question counts: the probe's, or that of its deadline. */
  #take(number: number, outcome: ProbeOutcome): void {
    if (this.#stopped || number !== this.#asked || this.#cancel !== null) return;
    const { probe } = this.#options;
    this.#inARow = { ok: outcome.ok, count: this.#inARow.ok === outcome.ok ? this.#inARow.count + 1 : 1 };
    const needed = outcome.ok ? probe.successThreshold : probe.failureThreshold;
    this.#wait(probe.periodSeconds * 1_000);
    if (this.#inARow.count < needed || this.#verdict === outcome.ok) return;
    this.#verdict = outcome.ok;
    this.#options.onVerdict(outcome.ok, outcome.ok ? '' : outcome.message);
  }
}
