import { describe, expect, test } from '@jest/globals';
import type { KubernetesRequest, KubernetesTransport, Lease } from '../../../../src/operator/kubernetes/api.ts';
import { CONTENT_TYPES } from '../../../../src/operator/kubernetes/api.ts';
import { KubernetesClient } from '../../../../src/operator/kubernetes/client.ts';
import { KubernetesApiError, errorOfAnswer } from '../../../../src/operator/kubernetes/errors.ts';
import { LEASE_LIMITS, LeaseElector } from '../../../../src/operator/lease.ts';
import { pause } from '../../../../src/operator/timing.ts';
import { SeededRandom } from '../../../../src/shared/random.ts';
import type { Random } from '../../../../src/shared/random.ts';
import { FakeApiObjects, failure } from '../../../support/fake-api-objects.ts';
import type { FakeAnswer, NewObject } from '../../../support/fake-api-objects.ts';
import { VirtualTime, settle } from '../../../support/virtual-time.ts';
import { silentLog } from './fixture.ts';

const collection = 'coordination.k8s.io/v1/leases';

/** How one process reaches the API server. */
interface Network {
  latencyMs: () => number;
  /** Before the call takes place. */
  isCut: () => boolean;
  /** After it took place. */
  losesAnswer: () => boolean;
}

function cutAnswer(signal: AbortSignal): KubernetesApiError {
  const kind = signal.aborted ? 'timeout' : 'unreachable';
  return new KubernetesApiError({ kind, status: 0, reason: '', message: 'no answer' });
}

/** Objects without sockets, with a network in between. */
function transportTo(objects: FakeApiObjects, clock: VirtualTime, network: Network): KubernetesTransport {
  const answerTo = ({ verb, namespace, name, body, contentType }: KubernetesRequest): FakeAnswer => {
    const place = { collection, namespace, name, subresource: null };
    if (verb === 'create') return objects.create(place, body as NewObject);
    if (verb === 'patch') return objects.patch(place, body as object, contentType === CONTENT_TYPES.apply);
    const found = objects.get(collection, namespace, name ?? '');
    return found === undefined ? failure(404, 'NotFound', 'no lease') : { status: 200, body: found };
  };
  return {
    request: async (request) => {
      const { signal } = request;
      if (!(await pause(clock, network.latencyMs(), signal)) || network.isCut()) throw cutAnswer(signal);
      const { status, body } = answerTo(request);
      if (!(await pause(clock, network.latencyMs(), signal)) || network.losesAnswer()) throw cutAnswer(signal);
      if (status >= 300) throw errorOfAnswer('lease', status, body, null);
      return body;
    },
    watch: () => Promise.reject(new Error('nobody watches leases')),
  };
}

interface Candidate {
  readonly identity: string;
  readonly elector: LeaseElector;
  readonly network: Network;
  readonly stop: AbortController;
  readonly running: Promise<void>;
  /** Its tenures: true while `lead` is under way and not aborted. */
  leads(): boolean;
  tenures: number;
}

function calmNetwork(): Network {
  return { latencyMs: () => 5, isCut: () => false, losesAnswer: () => false };
}

function candidate(
  objects: FakeApiObjects,
  clock: VirtualTime,
  identity: string,
  random: Random,
  network = calmNetwork(),
): Candidate {
  const transport = transportTo(objects, clock, network);
  const api = new KubernetesClient({ transport, clock, random: random.split() });
  const elector = new LeaseElector({ api, clock, random, log: silentLog, namespace: 'quorate', name: 'operator', identity });
  const stop = new AbortController();
  let leading: AbortSignal | null = null;
  const made: Omit<Candidate, 'running'> = {
    identity,
    elector,
    network,
    stop,
    leads: () => leading !== null && !leading.aborted,
    tenures: 0,
  };
  const running = elector.run(stop.signal, async (tenure) => {
    made.tenures += 1;
    leading = tenure;
    await new Promise<void>((resolve) => {
      if (tenure.aborted) resolve();
      tenure.addEventListener('abort', () => resolve(), { once: true });
    });
    leading = null;
  });
  return Object.assign(made, { running });
}

function leaseIn(objects: FakeApiObjects): Lease['spec'] {
  return objects.get(collection, 'quorate', 'operator')?.spec as Lease['spec'];
}

async function stopAll(clock: VirtualTime, candidates: readonly Candidate[]): Promise<void> {
  for (const { stop } of candidates) stop.abort();
  await clock.advance(20_000);
  await Promise.all(candidates.map(({ running }) => running));
  expect(clock.timerCount).toBe(0);
}

describe('the lease', () => {
  test('the first to ask gets it, in the form that Kubernetes requires, and keeps it', async () => {
    const [objects, clock] = [new FakeApiObjects(), new VirtualTime()];
    const one = candidate(objects, clock, 'one', new SeededRandom(1));
    const two = candidate(objects, clock, 'two', new SeededRandom(2));
    await clock.advance(60_000);
    const leader = one.elector.isLeader ? one : two;
    const standby = leader === one ? two : one;
    expect([leader.tenures, standby.tenures]).toEqual([1, 0]);
    expect(leaseIn(objects)).toMatchObject({ holderIdentity: leader.identity, leaseDurationSeconds: 15, leaseTransitions: 0 });
    expect(leaseIn(objects)?.renewTime).toMatch(/^2026-01-01T00:00:\d\d\.\d{6}Z$/);
    await stopAll(clock, [one, two]);
  });

  test('given back at SIGTERM, it is taken over at the next look, not after 15 s', async () => {
    const [objects, clock] = [new FakeApiObjects(), new VirtualTime()];
    const one = candidate(objects, clock, 'one', new SeededRandom(1));
    await clock.advance(100);
    const two = candidate(objects, clock, 'two', new SeededRandom(2));
    await clock.advance(10_000);
    one.stop.abort();
    await clock.advance(100);
    await one.running;
    expect(leaseIn(objects)?.holderIdentity).toBe('');
    await clock.advance(3_000);
    expect(two.elector.isLeader).toBe(true);
    expect(leaseIn(objects)).toMatchObject({ holderIdentity: 'two', leaseTransitions: 1 });
    await stopAll(clock, [two]);
  });

  test('a holder that is cut off stops after 10 s, and only 15 s after the last change seen another takes over', async () => {
    const [objects, clock] = [new FakeApiObjects(), new VirtualTime()];
    const one = candidate(objects, clock, 'one', new SeededRandom(1));
    await clock.advance(100);
    const two = candidate(objects, clock, 'two', new SeededRandom(2));
    await clock.advance(30_000);
    one.network.isCut = () => true;
    let stoppedAtMs: number | null = null;
    let takenAtMs: number | null = null;
    for (let passedMs = 0; passedMs < 30_000; passedMs += 100) {
      await clock.advance(100);
      if (!one.leads()) stoppedAtMs ??= passedMs;
      if (two.leads()) takenAtMs ??= passedMs;
      expect(one.leads() && two.leads()).toBe(false);
    }
    expect(stoppedAtMs).toBeLessThanOrEqual(LEASE_LIMITS.renewDeadlineMs);
    expect(takenAtMs).toBeGreaterThan(LEASE_LIMITS.durationMs - LEASE_LIMITS.retryMs * 2);
    expect(takenAtMs).toBeLessThan(LEASE_LIMITS.durationMs + LEASE_LIMITS.retryMs * 2);
    one.network.isCut = () => false;
    await clock.advance(10_000);
    expect(one.leads()).toBe(false);
    two.stop.abort();
    await clock.advance(5_000);
    expect(one.leads()).toBe(true);
    expect(one.tenures).toBe(2);
    await stopAll(clock, [one, two]);
  });

  test('a renewal whose answer was lost is not the loss of the lease', async () => {
    const [objects, clock] = [new FakeApiObjects(), new VirtualTime()];
    const one = candidate(objects, clock, 'one', new SeededRandom(1));
    await clock.advance(5_000);
    let lost = 0;
    one.network.losesAnswer = () => (lost += 1) <= 2;
    await clock.advance(20_000);
    expect(lost).toBeGreaterThan(2);
    expect(one.elector.isLeader).toBe(true);
    expect(one.tenures).toBe(1);
    await stopAll(clock, [one]);
  });

  test('a holder that finds another name in the lease stops at once', async () => {
    const [objects, clock] = [new FakeApiObjects(), new VirtualTime()];
    const one = candidate(objects, clock, 'one', new SeededRandom(1));
    await clock.advance(5_000);
    const metadata = { namespace: 'quorate', name: 'operator' };
    objects.put(collection, { metadata, spec: { ...leaseIn(objects), holderIdentity: 'usurper' } });
    await clock.advance(LEASE_LIMITS.retryMs + 100);
    expect(one.leads()).toBe(false);
    expect(one.elector.isLeader).toBe(false);
    expect(leaseIn(objects)?.holderIdentity).toBe('usurper');
    await stopAll(clock, [one]);
  });

  test('a process that was suspended past its deadline does not believe that it leads', async () => {
    const [objects, clock] = [new FakeApiObjects(), new VirtualTime()];
    const one = candidate(objects, clock, 'one', new SeededRandom(1));
    await clock.advance(5_000);
    expect(one.elector.isLeader).toBe(true);
    clock.suspend(LEASE_LIMITS.renewDeadlineMs);
    expect(one.elector.isLeader).toBe(false);
    await clock.advance(0);
    expect(one.leads()).toBe(false);
    await stopAll(clock, [one]);
  });

  test('a lease that claims to last a year stops nobody for a year', async () => {
    const [objects, clock] = [new FakeApiObjects(), new VirtualTime()];
    const metadata = { namespace: 'quorate', name: 'operator' };
    objects.put(collection, { metadata, spec: { holderIdentity: 'gone', leaseDurationSeconds: 31_536_000 } });
    const one = candidate(objects, clock, 'one', new SeededRandom(1));
    await clock.advance(LEASE_LIMITS.durationMsMax - 1_000);
    expect(one.elector.isLeader).toBe(false);
    await clock.advance(5_000);
    expect(one.elector.isLeader).toBe(true);
    await stopAll(clock, [one]);
  });

  test('leading that fails gives the lease up, and tries again without a storm', async () => {
    const [objects, clock] = [new FakeApiObjects(), new VirtualTime()];
    const network = calmNetwork();
    const api = new KubernetesClient({ transport: transportTo(objects, clock, network), clock, random: new SeededRandom(4) });
    const options = { api, clock, log: silentLog, namespace: 'quorate', name: 'operator', identity: 'one' };
    const elector = new LeaseElector({ ...options, random: new SeededRandom(5) });
    const stop = new AbortController();
    let tenures = 0;
    const running = elector.run(stop.signal, async () => {
      tenures += 1;
      throw new Error('a bug');
    });
    await clock.advance(60_000);
    expect(tenures).toBeGreaterThan(5);
    expect(tenures).toBeLessThan(60);
    stop.abort();
    await clock.advance(5_000);
    await running;
  });

  test.each(Array.from({ length: 6 }, (_, index) => index + 1))(
    'two holders never lead both, on a bad network (seed %i)',
    async (seed) => {
      const [objects, clock] = [new FakeApiObjects(), new VirtualTime()];
      const random = new SeededRandom(seed);
      const badNetwork = (): Network => {
        let until = 0;
        const isCut = (): boolean => {
          if (clock.monotonicMs() > until && random.below(12) === 0) until = clock.monotonicMs() + random.below(25_000);
          return clock.monotonicMs() < until;
        };
        return {
          latencyMs: () => (random.below(8) === 0 ? random.below(4_000) : random.below(50)),
          isCut,
          losesAnswer: () => random.below(6) === 0,
        };
      };
      const both = ['one', 'two'].map((identity) => candidate(objects, clock, identity, random.split(), badNetwork()));
      let ledMs = 0;
      for (let passedMs = 0; passedMs < 240_000; passedMs += 500) {
        await clock.advance(500);
        const leaders = both.filter((one) => one.leads() || one.elector.isLeader);
        expect(leaders.length).toBeLessThanOrEqual(1);
        ledMs += leaders.length * 500;
      }
      expect(ledMs).toBeGreaterThan(60_000);
      for (const { network } of both) Object.assign(network, calmNetwork());
      await stopAll(clock, both);
      await settle();
    },
  );
});
