/**
 * What goes wrong around an operator, drawn from a seed: each seed has some kinds of faults and lacks others, so that each is met without the
 * others' noise. After a while all of them stop, and the wanted state has to be reached.
 */
import { REFLECTOR_LIMITS } from '../../src/operator/kubernetes/reflector.ts';
import type { Random } from '../../src/shared/random.ts';
import type { Interference, OperatorSimulation } from './simulation.ts';
import type { CallFate } from './wires.ts';

const FAULTS_MS = 25_000;
/** The next look of an operator that takes the cluster to be at rest; and of one whose watch has died. */
const NEXT_LOOK_MS = 12_000;
const SILENCE_NOTICED_MS = 100_000;
/** A list or a watch that was lost on its way has this long until its operator asks again, after the pause that failures before it have led to. */
const LOSS_NOTICED_MS = REFLECTOR_LIMITS.openMs + REFLECTOR_LIMITS.backoff.mostMs + 5_000;

const KINDS = [
  'slow calls',
  'lost calls',
  'lost answers',
  'conflicts',
  'throttling',
  'server errors',
  'stale caches',
  'dead watches',
  'ended watches',
  'lost history',
  'crashes',
  'suspensions',
] as const;
type Kind = (typeof KINDS)[number];

const SERVED: CallFate = { type: 'served' };
const STATUSES = [500, 502, 503, 504] as const;

export class Faults implements Interference {
  readonly kinds: ReadonlySet<Kind>;
  readonly #world: OperatorSimulation;
  readonly #random: Random;
  /** Of a hundred calls. */
  readonly #share: number;

  constructor(world: OperatorSimulation, random: Random) {
    this.#world = world;
    this.#random = random;
    this.kinds = new Set(KINDS.filter(() => random.below(3) === 0));
    this.#share = 2 + random.below(15);
  }

  begin(): void {
    const world = this.#world;
    world.interference = this;
    world.settleMs = this.#settleMs();
    world.trace('faults', { kinds: [...this.kinds], share: this.#share });
    if (this.kinds.has('suspensions')) world.startOperator();
    world.disturbed(FAULTS_MS + world.settleMs);
    this.#later(() => this.#strike());
    world.scheduler.after(FAULTS_MS, () => {
      world.interference = null;
      world.disturbed(world.settleMs);
      for (const operator of world.operators) if (operator.isSuspended) operator.wake();
      world.trace('faults are over');
    });
  }

  /** After the faults: until every operator knows again how things stand. */
  #settleMs(): number {
    if (this.kinds.has('dead watches')) return SILENCE_NOTICED_MS;
    return this.kinds.has('lost calls') || this.kinds.has('lost answers') ? LOSS_NOTICED_MS : NEXT_LOOK_MS;
  }

  fateOf(isWrite: boolean, isApi: boolean): CallFate {
    const fates: CallFate[] = [];
    if (this.kinds.has('slow calls')) fates.push({ type: 'slow', delayMs: 20 + this.#random.below(2_500) });
    if (this.kinds.has('lost calls')) fates.push({ type: 'lost' });
    if (this.kinds.has('lost answers')) fates.push({ type: 'answer-lost' });
    if (isApi) fates.push(...this.#refusals(isWrite));
    const drawn = fates[this.#random.below(Math.max(1, fates.length))];
    return drawn !== undefined && this.#random.below(100) < this.#share ? drawn : SERVED;
  }

  #refusals(isWrite: boolean): readonly CallFate[] {
    const refused = (status: number, reason: string, retryAfterMs: number | null = null): CallFate => {
      return { type: 'refused', status, reason, retryAfterMs };
    };
    const status = STATUSES[this.#random.below(STATUSES.length)] ?? 500;
    return [
      ...(isWrite && this.kinds.has('conflicts') ? [refused(409, 'Conflict')] : []),
      ...(this.kinds.has('throttling') ? [refused(429, 'TooManyRequests', 1_000)] : []),
      ...(this.kinds.has('server errors') ? [refused(status, 'InternalError')] : []),
    ];
  }

  watchDelayMs(): number | null {
    if (this.kinds.has('dead watches') && this.#random.below(60) === 0) return null;
    return this.kinds.has('stale caches') && this.#random.below(4) === 0 ? this.#random.below(4_000) : 0;
  }

  #later(act: () => void): void {
    this.#world.scheduler.after(1_000 + this.#random.below(5_000), () => {
      if (this.#world.interference !== this) return;
      act();
      this.#later(act);
    });
  }

  #strike(): void {
    const world = this.#world;
    const { api } = world.model;
    if (this.kinds.has('ended watches')) api.watches.endAll();
    if (this.kinds.has('lost history')) {
      api.store.compact();
      api.watches.endAll();
    }
    const { operator } = world;
    if (this.kinds.has('crashes') && operator !== null) world.endOperator(operator);
    if (this.kinds.has('suspensions') && this.#random.below(2) === 0) this.#suspend();
  }

  /** Long enough for another to take over, or not. */
  #suspend(): void {
    const world = this.#world;
    const { operator } = world;
    if (operator === null || operator.isSuspended) return;
    operator.suspend();
    world.trace('suspended', { identity: operator.identity });
    world.scheduler.after(2_000 + this.#random.below(25_000), () => operator.wake());
  }
}
