import { describe, expect, test } from '@jest/globals';
import type { KubernetesEvent, KubernetesRequest } from '../../../../src/operator/kubernetes/api.ts';
import { KubernetesClient } from '../../../../src/operator/kubernetes/client.ts';
import { KubernetesApiError } from '../../../../src/operator/kubernetes/errors.ts';
import { ApiEventRecorder, EVENT_LIMITS } from '../../../../src/operator/kubernetes/events.ts';
import type { EventFields } from '../../../../src/operator/kubernetes/events.ts';
import { SeededRandom } from '../../../../src/shared/random.ts';
import { VirtualTime, settle } from '../../../support/virtual-time.ts';
import { silentLog } from './fixture.ts';

const cluster = {
  apiVersion: 'quorate.io/v1alpha1',
  kind: 'StorageCluster',
  metadata: { namespace: 'shop', name: 'orders', uid: 'uid-1', resourceVersion: '7' },
};
const removed: EventFields = {
  type: 'Normal',
  reason: 'MemberRemoved',
  action: 'RemoveMember',
  note: 'removed orders-shard-0-4',
};

function recorder(answer: (request: KubernetesRequest) => Promise<unknown> = async ({ body }) => body): {
  clock: VirtualTime;
  written: KubernetesRequest[];
  events: ApiEventRecorder;
} {
  const clock = new VirtualTime();
  const written: KubernetesRequest[] = [];
  const transport = {
    request: async (request: KubernetesRequest) => {
      written.push(request);
      const body = await answer(request);
      return request.verb === 'patch' ? { metadata: { name: request.name } } : body;
    },
    watch: () => Promise.reject(new Error('nobody watches events')),
  };
  const random = new SeededRandom(1);
  const api = new KubernetesClient({ transport, clock, random: random.split() });
  const controller = 'quorate.io/operator';
  const events = new ApiEventRecorder({ api, clock, random, log: silentLog, controller, instance: 'x'.repeat(200) });
  return { clock, written, events };
}

describe('the event recorder', () => {
  test('writes an event as events.k8s.io/v1 requires it', async () => {
    const { written, events } = recorder();
    events.event(cluster, removed);
    await settle();
    expect(written).toHaveLength(1);
    const [request] = written;
    expect(request).toMatchObject({ verb: 'create', namespace: 'shop', resource: { group: 'events.k8s.io', plural: 'events' } });
    const event = request?.body as KubernetesEvent;
    expect(event).toMatchObject({
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      ...removed,
      eventTime: '2026-01-01T00:00:00.000000Z',
      reportingController: 'quorate.io/operator',
      regarding: { apiVersion: 'quorate.io/v1alpha1', kind: 'StorageCluster', namespace: 'shop', name: 'orders', uid: 'uid-1' },
    });
    expect(event.metadata.name).toMatch(/^orders\.[0-9a-f]{16}$/);
    expect(event.reportingInstance).toHaveLength(128);
  });

  test('S20: news that last for an hour cost one event and a patch every six minutes', async () => {
    const { written, events, clock } = recorder();
    for (let second = 0; second < 3_600; second += 10) {
      events.event(cluster, removed);
      await clock.advance(10_000);
    }
    const [creation, first, ...later] = written;
    expect(creation?.verb).toBe('create');
    expect(first).toMatchObject({
      verb: 'patch',
      body: { series: { count: 2, lastObservedTime: '2026-01-01T00:00:10.000000Z' } },
    });
    expect(first?.name).toBe((creation?.body as KubernetesEvent).metadata.name);
    expect(later).toHaveLength(9);
    expect(later.at(-1)?.body).toMatchObject({ series: { count: 326 } });
  });

  test('after six minutes without them, the same news are a new event; other news are another one at once', async () => {
    const { written, events, clock } = recorder();
    events.event(cluster, removed);
    events.event(cluster, { ...removed, note: 'removed orders-shard-0-3' });
    await clock.advance(EVENT_LIMITS.seriesMs);
    events.event(cluster, removed);
    await settle();
    expect(written.map(({ verb }) => verb)).toEqual(['create', 'create', 'create']);
  });

  test('an object has its burst and then one event every half minute; others are not held back by it', async () => {
    const { written, events, clock } = recorder();
    for (let number = 0; number < 100; number += 1) events.event(cluster, { ...removed, note: `number ${number}` });
    const other = { ...cluster, metadata: { ...cluster.metadata, name: 'ledger', uid: 'uid-2' } };
    events.event(other, removed);
    await settle();
    expect(written).toHaveLength(EVENT_LIMITS.burst + 1);
    expect(events.droppedCount).toBe(100 - EVENT_LIMITS.burst);
    await clock.advance(EVENT_LIMITS.refillMs);
    events.event(cluster, { ...removed, note: 'one more' });
    events.event(cluster, { ...removed, note: 'and one too many' });
    await settle();
    expect(written).toHaveLength(EVENT_LIMITS.burst + 2);
  });

  test('a failure is counted, and troubles nobody; its series is not patched', async () => {
    const { written, events } = recorder(async () => {
      throw new KubernetesApiError({ kind: 'forbidden', status: 403, reason: 'Forbidden', message: 'no' });
    });
    events.event(cluster, removed);
    events.event(cluster, removed);
    await settle();
    expect(written.map(({ verb }) => verb)).toEqual(['create']);
    expect(events.droppedCount).toBe(1);
  });

  test('an API server that does not answer holds a bounded number of events', async () => {
    const { written, events } = recorder(() => new Promise(() => undefined));
    for (let number = 0; number < EVENT_LIMITS.waitingMax + 50; number += 1) {
      const object = { ...cluster, metadata: { ...cluster.metadata, uid: `uid-${number}` } };
      events.event(object, removed);
    }
    await settle();
    expect(written).toHaveLength(1);
    expect(events.droppedCount).toBe(49);
  });

  test('a note that is too long is cut between characters', async () => {
    const { written, events } = recorder();
    events.event(cluster, { ...removed, note: 'é'.repeat(2_000) });
    await settle();
    const { note } = written[0]?.body as KubernetesEvent;
    expect(Buffer.byteLength(note)).toBeLessThanOrEqual(EVENT_LIMITS.noteBytesMax);
    expect(note).toMatch(/^é+…$/);
  });
});
