/** Real time and ports for tests that need them; waiting is for a condition, with a deadline that only a hang reaches. */
import { performance } from 'node:perf_hooks';

/** Often enough to be prompt, and not so often that the watching slows what is watched. */
const POLL_MS = 25;

/** @throws when `condition` does not hold within `deadlineMs`; `what` names it */
export async function eventually(what: string, condition: () => boolean | Promise<boolean>, deadlineMs = 10_000): Promise<void> {
  const endMs = performance.now() + deadlineMs;
  while (!(await condition())) {
    if (performance.now() > endMs) throw new Error(`did not come about within ${deadlineMs} ms: ${what}`);
    await new Promise<void>((resolve) => setTimeout(resolve, POLL_MS));
  }
}
