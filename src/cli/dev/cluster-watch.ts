/** One cluster watched: looked at again and again, and written to by a writer that counts. It stands on nothing but a kubeconfig. */
import { pause } from '../../operator/timing.ts';
import { BUILD_VERSION } from '../../shared/build.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Access } from '../kubernetes/access.ts';
import { messageOf } from '../kubernetes/port-forwarder.ts';
import type { Scene } from '../view/live/scene.ts';
import { look } from './look.ts';
import type { Look } from './look.ts';
import { WriteTally } from './write-tally.ts';
import { Writer } from './writer.ts';

export interface ClusterWatchOptions {
  readonly access: Access;
  /** Name of the StorageCluster. */
  readonly cluster: string;
  readonly clock: Clock;
  /** When the program began, on the clock: all times of a scene count from there. */
  readonly beganAtMs: number;
  /** 0: no writer. */
  readonly writesPerSecond: number;
  /** That the writer counts in: two writers of one key would each take the other's writes for a fault. */
  readonly key: string;
  /** Between two looks, at this moment. */
  readonly lookMs: () => number;
  /** After each look. What it throws is shown, and the next look comes all the same. */
  readonly looked?: () => Promise<void>;
}

export const NOTHING_SEEN: Look = { cluster: null, members: [], nodes: [], plan: null, events: [], pods: [], target: null };

export class ClusterWatch {
  readonly #options: ClusterWatchOptions;
  readonly #tally = new WriteTally();
  readonly #over = new AbortController();
  readonly #writer: Writer | null;
  #looking: Promise<void> = Promise.resolve();
  #writing: Promise<void> = Promise.resolve();
  #last = NOTHING_SEEN;
  #note: string | null = null;

  constructor(options: ClusterWatchOptions) {
    this.#options = options;
    const { clock, beganAtMs, writesPerSecond, key } = options;
    const sinceStart: Clock = { ...clock, monotonicMs: () => clock.monotonicMs() - beganAtMs };
    const target = (): Look['target'] => this.#last.target;
    this.#writer =
      writesPerSecond === 0 ? null : new Writer({ clock: sinceStart, tally: this.#tally, key, writesPerSecond, target });
  }

  get last(): Look {
    return this.#last;
  }

  get nowMs(): number {
    return this.#options.clock.monotonicMs() - this.#options.beganAtMs;
  }

  start(): void {
    this.#looking = this.#look();
    if (this.#writer !== null) this.#writing = this.#writer.run(this.#over.signal);
  }

  /** What is seen now; of steps, commands and keys others know. */
  scene(): Scene {
    const { cluster, members, nodes, plan, events } = this.#last;
    return {
      ...{ elapsedMs: this.nowMs, wallMs: this.#options.clock.wallMs(), version: BUILD_VERSION, steps: [] },
      ...{ cluster, members, nodes, plan, events },
      writes: this.#writer === null ? null : this.#tally.view(this.nowMs),
      ...{ suggestions: [], keys: '' },
      notes: this.#note === null ? [] : [this.#note],
    };
  }

  /** The writer ends, and its counter is read back; false when nobody answers for it within `withinMs`, and true without a writer. */
  async finishWriting(withinMs: number): Promise<boolean> {
    this.#over.abort();
    await this.#writing;
    if (this.#writer === null || this.#tally.acknowledgedCount === 0) return true;
    return (await this.#writer.readBack(withinMs)) !== null;
  }

  async stop(): Promise<void> {
    this.#over.abort();
    await Promise.all([this.#writing, this.#looking]);
  }

  async #look(): Promise<void> {
    const { access, cluster, clock, lookMs, looked } = this.#options;
    do {
      try {
        this.#last = await look(access, cluster, clock.wallMs());
        await looked?.();
        this.#note = null;
      } catch (error) {
        if (this.#over.signal.aborted) return;
        this.#note = `looking failed: ${messageOf(error)}`;
      }
    } while (await pause(clock, lookMs(), this.#over.signal));
  }
}
