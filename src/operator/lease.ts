/**
 * At most one operator works at a time, as far as a lease can promise that: the holder stops when it could not renew for 10 s, and others wait
 * until they have seen no change for 15 s. Both judge by their own monotonic clock; the times written in the Lease are for people.
 *
 * A process that is suspended and wakes up late may still finish a call that it had begun. That is why every harmful call carries a
 * precondition of its own (S8, S9): the lease saves work, the preconditions save data.
 */
import type { Logger } from 'pino';
import type { Clock } from '../shared/clock.ts';
import type { Random } from '../shared/random.ts';
import type { KubernetesApi, Lease, ObjectKey } from './kubernetes/api.ts';
import { isKubernetesApiError } from './kubernetes/errors.ts';
import { microTime } from './kubernetes/micro-time.ts';
import { LEASES } from './kubernetes/resources.ts';
import { deadline, pause } from './timing.ts';
import type { Deadline } from './timing.ts';

export const LEASE_LIMITS = {
  durationMs: 15_000,
  renewDeadlineMs: 10_000,
  retryMs: 2_000,
  /** One call to the API server; several fit into the renewal's deadline. */
  callMs: 3_000,
  /** What a Lease may claim for itself: a hand that writes a year into it does not stop the operator for a year. */
  durationMsMax: 60_000,
} as const;

export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
  readonly code = 'LEASE_LOST';
}

export interface LeaseElectorOptions {
  readonly api: KubernetesApi;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly namespace: string;
  readonly name: string;
  /** Unique to this process. */
  readonly identity: string;
}

/** What we know of the Lease, and since when it has not changed. */
interface Sight {
  readonly lease: Lease;
  readonly seenAtMs: number;
}

export class LeaseElector {
  readonly #options: LeaseElectorOptions;
  readonly #key: ObjectKey;
  #sight: Sight | null = null;
  /** Of the monotonic clock, before the call that renewed it was sent: others count from later on. Null: not the holder. */
  #renewedAtMs: number | null = null;

  constructor(options: LeaseElectorOptions) {
    this.#options = options;
    this.#key = { namespace: options.namespace, name: options.name };
  }

  /** True only while the renewal is young enough, whatever timers did or did not run. */
  get isLeader(): boolean {
    return this.#renewedAtMs !== null && this.#options.clock.monotonicMs() - this.#renewedAtMs < LEASE_LIMITS.renewDeadlineMs;
  }

  /**
   * Calls `lead` each time that the lease is won; its signal is aborted when the lease is lost, and nothing goes on before it has settled.
   * Resolves when `signal` is aborted and the lease was given back.
   */
  async run(signal: AbortSignal, lead: (signal: AbortSignal) => Promise<void>): Promise<void> {
    while (!signal.aborted) {
      if (!(await this.#acquire(signal))) return;
      this.#options.log.info({ lease: this.#options.name, identity: this.#options.identity }, 'became the leader');
      await this.#hold(signal, lead);
      await this.#pauseBeforeRetry(signal);
    }
  }

  /** False when `signal` was aborted first. */
  async #acquire(signal: AbortSignal): Promise<boolean> {
    const { log } = this.#options;
    while (!signal.aborted) {
      try {
        if (await this.#tryToAcquire(signal)) return true;
      } catch (error) {
        log.warn({ err: error, lease: this.#options.name }, 'the lease could not be looked at');
      }
      await this.#pauseBeforeRetry(signal);
    }
    return false;
  }

  async #pauseBeforeRetry(signal: AbortSignal): Promise<void> {
    const { clock, random } = this.#options;
    await pause(clock, LEASE_LIMITS.retryMs * (0.75 + random.fraction() / 2), signal);
  }

  async #tryToAcquire(signal: AbortSignal): Promise<boolean> {
    const { api, clock } = this.#options;
    return this.#bounded(signal, async (callSignal) => {
      const found = await api.find(LEASES, this.#key, { signal: callSignal });
      const startedMs = clock.monotonicMs();
      if (found === null) return this.#won(startedMs, await this.#create(callSignal));
      this.#see(found);
      if (!this.#isFree(found)) return false;
      return this.#won(startedMs, await this.#write(found, this.#claim(found), callSignal));
    });
  }

  #won(startedMs: number, lease: Lease | null): boolean {
    if (lease === null) return false;
    this.#see(lease);
    this.#renewedAtMs = startedMs;
    return true;
  }

  /** Remembers the first moment at which this state of the Lease was seen. */
  #see(lease: Lease): void {
    if (this.#sight !== null && sameLease(this.#sight.lease, lease)) return;
    this.#sight = { lease, seenAtMs: this.#options.clock.monotonicMs() };
  }

  #isFree(lease: Lease): boolean {
    const holder = lease.spec?.holderIdentity ?? '';
    if (holder === '' || holder === this.#options.identity) return true;
    if (this.#sight === null) return false;
    const claimedMs = (lease.spec?.leaseDurationSeconds ?? 0) * 1_000;
    const durationMs = Math.min(Math.max(claimedMs, LEASE_LIMITS.durationMs), LEASE_LIMITS.durationMsMax);
    return this.#options.clock.monotonicMs() - this.#sight.seenAtMs > durationMs;
  }

  #claim(previous: Lease | null): NonNullable<Lease['spec']> {
    const { identity, clock } = this.#options;
    const now = microTime(clock.wallMs());
    const isOurs = previous?.spec?.holderIdentity === identity;
    const transitions = previous?.spec?.leaseTransitions ?? 0;
    return {
      holderIdentity: identity,
      leaseDurationSeconds: LEASE_LIMITS.durationMs / 1_000,
      renewTime: now,
      acquireTime: isOurs ? (previous.spec.acquireTime ?? now) : now,
      leaseTransitions: previous === null || isOurs ? transitions : transitions + 1,
    };
  }

  /** Null when somebody else was faster. */
  async #create(signal: AbortSignal): Promise<Lease | null> {
    const { api, namespace, name } = this.#options;
    try {
      return await api.create(LEASES, leaseOf(namespace, name, this.#claim(null)), { signal });
    } catch (error) {
      if (isKubernetesApiError(error, 'already-exists')) return null;
      throw error;
    }
  }

  /** Compare and set by resourceVersion. Null when the Lease changed in the meantime. */
  async #write(seen: Lease, spec: NonNullable<Lease['spec']>, signal: AbortSignal): Promise<Lease | null> {
    const { resourceVersion, uid } = seen.metadata;
    try {
      return await this.#options.api.mergePatch(LEASES, this.#key, { metadata: { resourceVersion, uid }, spec }, { signal });
    } catch (error) {
      if (isKubernetesApiError(error, 'conflict') || isKubernetesApiError(error, 'not-found')) return null;
      throw error;
    }
  }

  async #hold(signal: AbortSignal, lead: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { clock, log, name } = this.#options;
    // The timer ends our leadership even while a renewal hangs.
    const tenure = deadline(clock, this.#remainingMs(), `renewal of the lease ${name}`, signal);
    const led = lead(tenure.signal).catch((error: unknown) => {
      log.error({ err: error }, 'leading failed, the lease is given up');
      tenure.abort(new LeaseLostError('leading failed'));
    });
    await this.#renewUntilLost(tenure);
    await led;
    tenure.release();
    if (this.isLeader) await this.#giveBack();
    this.#renewedAtMs = null;
    if (!signal.aborted) log.warn({ lease: name }, 'lost the lease, will try to win it again');
  }

  #remainingMs(): number {
    if (this.#renewedAtMs === null) return 0;
    return Math.max(0, this.#renewedAtMs + LEASE_LIMITS.renewDeadlineMs - this.#options.clock.monotonicMs());
  }

  async #renewUntilLost(tenure: Deadline): Promise<void> {
    const { clock, log } = this.#options;
    while (await pause(clock, LEASE_LIMITS.retryMs, tenure.signal)) {
      if (!this.isLeader) {
        // The event loop slept through the deadline: the timer above is late as well.
        tenure.abort(new LeaseLostError('the lease ran out before it could be renewed'));
        return;
      }
      try {
        if (await this.#renew(tenure.signal)) tenure.extend(this.#remainingMs());
        else tenure.abort(new LeaseLostError('somebody else holds the lease'));
      } catch (error) {
        if (!tenure.signal.aborted)
          log.warn({ err: error, lease: this.#options.name }, 'the lease could not be renewed, will try again');
      }
    }
  }

  /** False when the Lease is no longer ours. */
  async #renew(signal: AbortSignal): Promise<boolean> {
    const { api, clock, identity } = this.#options;
    return this.#bounded(signal, async (callSignal) => {
      const startedMs = clock.monotonicMs();
      const known = this.#sight?.lease ?? null;
      const written = known === null ? null : await this.#write(known, this.#claim(known), callSignal);
      if (written !== null) return this.#won(startedMs, written);
      // A conflict: perhaps only with our own renewal, whose answer was lost.
      const found = await api.find(LEASES, this.#key, { signal: callSignal });
      if (found?.spec?.holderIdentity !== identity) {
        this.#renewedAtMs = null;
        return false;
      }
      this.#see(found);
      const again = await this.#write(found, this.#claim(found), callSignal);
      if (again === null) throw new LeaseLostError('the lease changes faster than it can be renewed');
      return this.#won(startedMs, again);
    });
  }

  /** So that the next operator need not wait. Only after `lead` has settled: nothing of ours is under way any more. */
  async #giveBack(): Promise<void> {
    const { api, identity, log, name } = this.#options;
    try {
      const given = await this.#bounded(undefined, async (callSignal) => {
        const found = await api.find(LEASES, this.#key, { signal: callSignal });
        if (found?.spec?.holderIdentity !== identity) return null;
        return this.#write(found, { ...this.#claim(found), holderIdentity: '', leaseDurationSeconds: 1 }, callSignal);
      });
      if (given !== null) log.info({ lease: name }, 'gave the lease back');
    } catch (error) {
      log.warn({ err: error, lease: name }, 'the lease could not be given back, it will run out');
    }
  }

  async #bounded<Value>(signal: AbortSignal | undefined, call: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
    const limit = deadline(this.#options.clock, LEASE_LIMITS.callMs, `lease ${this.#options.name}`, signal);
    try {
      return await call(limit.signal);
    } finally {
      limit.release();
    }
  }
}

function leaseOf(namespace: string, name: string, spec: NonNullable<Lease['spec']>): Lease {
  return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { namespace, name }, spec };
}

function sameLease(left: Lease, right: Lease): boolean {
  return left.metadata.uid === right.metadata.uid && left.metadata.resourceVersion === right.metadata.resourceVersion;
}
