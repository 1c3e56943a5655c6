/** Which steps people are told of by an event, and under which reason: docs/events.md lists them. */
import { EVENT_REASONS } from '../api/storage-cluster.ts';
import type { EventReason } from '../api/storage-cluster.ts';
import { present } from '../shared/assert.ts';
import { isDisruptive } from './plan/step.ts';
import type { Action, ActionType } from './plan/step.ts';

/** Beside all that takes something away from the running cluster. */
const newsworthy: ReadonlySet<ActionType> = new Set([
  'add-learner',
  'promote',
  'delete-claim',
  'order-replacement',
  'release-volume',
  'grow-claim',
  'recreate-stateful-set',
]);

/** Null: nobody needs to hear of it. */
export function announcementOf(step: Action): EventReason | null {
  if (!isDisruptive(step) && !newsworthy.has(step.type)) return null;
  const name = step.type.replace(/(^|-)([a-z])/g, (_match, _dash, letter: string) => letter.toUpperCase());
  return present(
    EVENT_REASONS.find((reason) => reason === name),
    'every step that is announced has its reason in the API',
  );
}
