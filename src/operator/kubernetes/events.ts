/** What a person reads under `kubectl describe`. Losing one is never an error. */
import type { KubernetesObject } from './objects.ts';

export interface EventFields {
  readonly type: 'Normal' | 'Warning';
  /** CamelCase, stable: programs filter by it. */
  readonly reason: string;
  /** CamelCase: what the operator did or tried. */
  readonly action: string;
  readonly note: string;
}

export interface EventRecorder {
  /** Returns at once; the event is written behind the caller's back. `object` needs `apiVersion`, `kind` and its UID. */
  event(object: KubernetesObject, fields: EventFields): void;
}
