/** What the commands that serve share: a log on stdout, and one stop in order. */
import { pino } from 'pino';
import type { Logger } from 'pino';
import { BUILD_VERSION } from '../shared/build.ts';
import { EXIT_DONE, EXIT_FAILED } from './command.ts';
import type { ExitCode } from './command.ts';

/** Synchronous: the last lines before the process ends are the ones that matter. */
export function openLog(level: string): Logger {
  return pino(
    { level, base: { version: BUILD_VERSION }, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ sync: true }),
  );
}

export interface Stop {
  /** Asks for the stop, as a signal does. */
  readonly request: () => void;
  /** Resolves when `stop` has ended. */
  readonly stopped: Promise<ExitCode>;
}

/** Stops once on SIGTERM, SIGINT or by request; a second one ends the process at once. */
export function stopOnSignal(stop: () => Promise<void>, log: Logger): Stop {
  let request = (): void => undefined;
  const stopped = new Promise<ExitCode>((resolve) => {
    let stopping = false;
    request = () => {
      if (stopping) process.exit(EXIT_FAILED);
      stopping = true;
      stop().then(
        () => resolve(EXIT_DONE),
        (error: unknown) => {
          log.error({ error: error instanceof Error ? error.message : String(error) }, 'could not stop in order');
          resolve(EXIT_FAILED);
        },
      );
    };
  });
  process.on('SIGTERM', request);
  process.on('SIGINT', request);
  return { request, stopped };
}
