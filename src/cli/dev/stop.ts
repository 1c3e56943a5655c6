/** The end of a command that goes on until somebody ends it: a signal, a key, or a time that is up. */
import { SYSTEM_CLOCK } from '../../operator/system.ts';
import type { CommandContext } from '../command.ts';
import { EXIT_FAILED } from '../command.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface Ending {
  /** Aborted when the end is asked for. */
  readonly signal: AbortSignal;
  ask(): void;
  /** Signals are the process's own again. */
  release(): void;
}

/** Make, npm and terminals pass on what they got: one Ctrl-C may come twice. */
const IMPATIENT_AFTER_MS = 1_000;

/** A second request ends the process at once: what it leaves running then ends with it, by the devcluster's own supervisor. */
export function endingOf({ signal: given, clock = SYSTEM_CLOCK }: CommandContext): Ending {
  const controller = new AbortController();
  let askedAtMs = Infinity;
  const ask = (): void => {
    askedAtMs = Math.min(askedAtMs, clock.monotonicMs());
    controller.abort();
  };
  const onSignal = (): void => {
    if (clock.monotonicMs() - askedAtMs > IMPATIENT_AFTER_MS) process.exit(EXIT_FAILED);
    ask();
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  given?.addEventListener('abort', ask, { once: true });
  if (given?.aborted === true) ask();
  return {
    signal: controller.signal,
    ask: onSignal,
    release: () => {
      for (const name of SIGNALS) process.off(name, onSignal);
      given?.removeEventListener('abort', ask);
    },
  };
}
