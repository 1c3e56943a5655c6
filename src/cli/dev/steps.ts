/** The way to a cluster that is ready, step by step, each with the time that it took. */
import type { StartStep } from '../view/live/scene.ts';

export class Steps {
  readonly #steps: StartStep[];

  constructor(names: readonly string[]) {
    this.#steps = names.map((name) => ({ name, text: '', state: 'waiting', beganAtMs: null, endedAtMs: null }));
  }

  get all(): readonly StartStep[] {
    return [...this.#steps];
  }

  get areDone(): boolean {
    return this.#steps.every(({ state }) => state === 'done');
  }

  isDone(name: string): boolean {
    return this.#steps.some((step) => step.name === name && step.state === 'done');
  }

  /** It goes on; times are of one clock. */
  run(name: string, text: string, nowMs: number): void {
    this.#change(name, (step) => {
      if (step.state === 'done') return step;
      return { ...step, text, state: 'running', beganAtMs: step.beganAtMs ?? nowMs };
    });
  }

  finish(name: string, text: string, nowMs: number): void {
    this.#change(name, (step) => ({ ...step, text, state: 'done', beganAtMs: step.beganAtMs ?? nowMs, endedAtMs: nowMs }));
  }

  #change(name: string, change: (step: StartStep) => StartStep): void {
    const at = this.#steps.findIndex((step) => step.name === name);
    const step = this.#steps[at];
    if (step !== undefined) this.#steps[at] = change(step);
  }
}
