/** What reconciles did, counted where it happens. */
import { Counter } from 'prom-client';
import type { Registry } from 'prom-client';
import type { ActionType } from './plan/step.ts';
import type { ReconcileMetrics } from './reconcile.ts';

export class ReconcileCounters implements ReconcileMetrics {
  readonly #steps: Counter<'step' | 'outcome'>;
  readonly #statusWrites: Counter;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#steps = new Counter({
      name: 'quorate_operator_steps_total',
      help: 'Steps of plans that were carried out, by type and outcome.',
      labelNames: ['step', 'outcome'] as const,
      registers,
    });
    this.#statusWrites = new Counter({ name: 'quorate_operator_status_writes_total', help: 'Patches of a status.', registers });
  }

  step(type: ActionType, outcome: 'done' | 'failed'): void {
    this.#steps.inc({ step: type, outcome });
  }

  statusWritten(): void {
    this.#statusWrites.inc();
  }
}
