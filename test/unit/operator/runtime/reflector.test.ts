import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { StoredObject } from '../../../../src/operator/kubernetes/cache.ts';
import { ObjectStore, joinedCache } from '../../../../src/operator/kubernetes/object-store.ts';
import { REFLECTOR_LIMITS, Reflector } from '../../../../src/operator/kubernetes/reflector.ts';
import { PODS } from '../../../../src/operator/kubernetes/resources.ts';
import type { Pod } from '../../../../src/operator/kubernetes/objects.ts';
import { SeededRandom } from '../../../../src/shared/random.ts';
import { eventually, settle } from '../../../support/virtual-time.ts';
import { openFixture, silentLog } from './fixture.ts';
import type { Fixture } from './fixture.ts';

const collection = 'v1/pods';
const labels = { 'quorate.io/cluster': 'orders' };

function podNamed(name: string, extra: object = {}): { metadata: { name: string; namespace: string } } {
  return { metadata: { namespace: 'shop', name, ...extra } };
}

describe('a reflector', () => {
  let fixture: Fixture;
  let changes: string[];
  let reflector: Reflector<Pod>;
  let stop: AbortController;
  let running: Promise<void>;
  let onChange: (line: string) => void;

  beforeEach(async () => {
    fixture = await openFixture();
    changes = [];
    onChange = () => undefined;
    stop = new AbortController();
    reflector = new Reflector<Pod>({
      api: fixture.client,
      transport: fixture.transport,
      resource: PODS,
      namespace: null,
      clock: fixture.clock,
      random: new SeededRandom(7),
      log: silentLog,
      onChange: (change) => {
        const line = `${change.type} ${change.object.metadata.name} ${change.object.metadata.uid}`;
        changes.push(line);
        onChange(line);
      },
    });
  });

  afterEach(async () => {
    stop.abort();
    await running;
    await fixture.close();
    expect(fixture.clock.timerCount).toBe(0);
  });

  async function start(): Promise<void> {
    running = reflector.run(stop.signal);
    await reflector.untilSynced();
    await eventually('the watch', () => fixture.server.openWatchCount === 1);
  }

  /** A pod arrives, and the cache hears of it without any time passing. */
  async function hears(name: string): Promise<void> {
    fixture.server.objects.put(collection, podNamed(name));
    await eventually(`hears of ${name}`, () => reflector.get('shop', name) !== null);
  }

  /** Lets time pass in steps until the fake server sees one more watch. */
  async function untilReconnected(watchesBefore: number, limitMs = 60_000): Promise<void> {
    for (let passedMs = 0; passedMs < limitMs; passedMs += 250) {
      await fixture.clock.advance(250);
      if (fixture.server.watchRequests.length > watchesBefore && fixture.server.openWatchCount === 1) return;
    }
    throw new Error('the reflector did not come back');
  }

  test('lists in pages, watches from there with bookmarks and a time limit, and is synced only after the whole list', async () => {
    for (let number = 0; number < REFLECTOR_LIMITS.listPageObjects + 1; number += 1) {
      fixture.server.objects.put(collection, podNamed(`pod-${number}`));
    }
    const { resourceVersion } = fixture.server.objects;
    expect(reflector.synced).toBe(false);
    await start();
    expect(reflector.synced).toBe(true);
    expect(reflector.size).toBe(REFLECTOR_LIMITS.listPageObjects + 1);
    expect(fixture.server.listRequests).toHaveLength(2);
    const [watch] = fixture.server.watchRequests;
    expect(watch?.query).toMatchObject({ resourceVersion: String(resourceVersion), allowWatchBookmarks: 'true' });
    const seconds = Number(watch?.query.timeoutSeconds);
    expect(seconds).toBeGreaterThanOrEqual(300);
    expect(seconds).toBeLessThan(600);
  });

  test('tells what was added, updated and deleted, and nothing for an object that did not change', async () => {
    const { objects } = fixture.server;
    const before = objects.put(collection, podNamed('a'));
    await start();
    objects.put(collection, podNamed('a', { labels }));
    objects.put(collection, podNamed('b'));
    objects.remove(collection, 'shop', 'b');
    await eventually('four changes', () => changes.length === 4);
    expect(changes).toEqual([
      `added a ${before.metadata.uid}`,
      `updated a ${before.metadata.uid}`,
      'added b uid-2',
      'deleted b uid-2',
    ]);
    expect(reflector.ofCluster('shop', 'orders').map(({ metadata }) => metadata.name)).toEqual(['a']);
  });

  test('goes on where it stood when the server ends the watch at its time limit', async () => {
    await start();
    await hears('a');
    fixture.server.bookmark();
    await eventually('the bookmark', () => reflector.counters.events === 2);
    await fixture.clock.advance(60_000);
    fixture.server.breakWatches('end');
    await eventually('the next watch', () => fixture.server.watchRequests.length === 2);
    expect(fixture.server.watchRequests[1]?.query.resourceVersion).toBe(String(fixture.server.objects.resourceVersion));
    expect(fixture.server.listRequests).toHaveLength(1);
    await hears('b');
    expect(reflector.counters.failures).toBe(0);
  });

  test('a bookmark saves a quiet watch from an expired history', async () => {
    await start();
    fixture.server.objects.compact();
    fixture.server.bookmark();
    await eventually('the bookmark', () => reflector.counters.events === 1);
    await fixture.clock.advance(60_000);
    fixture.server.breakWatches('end');
    await eventually('the next watch', () => fixture.server.watchRequests.length === 2 && fixture.server.openWatchCount === 1);
    expect(fixture.server.listRequests).toHaveLength(1);
    expect(reflector.counters.expirations).toBe(0);
  });

  test('an idle watch with bookmarks stays open; a change after ten quiet minutes is heard', async () => {
    await start();
    for (let minute = 0; minute < 9; minute += 1) {
      await fixture.clock.advance(60_000);
      const { events } = reflector.counters;
      fixture.server.bookmark();
      await eventually('the bookmark', () => reflector.counters.events === events + 1);
    }
    expect(fixture.server.watchRequests).toHaveLength(1);
    await hears('late');
    expect(reflector.lastEventAtMs).toBe(fixture.clock.monotonicMs());
  });

  test('a watch that dies in silence is given up after its inactivity deadline, and what was missed is heard', async () => {
    await start();
    fixture.server.breakWatches('mute');
    fixture.server.objects.put(collection, podNamed('missed'));
    await fixture.clock.advance(REFLECTOR_LIMITS.inactivityMs - 1_000);
    expect(reflector.get('shop', 'missed')).toBeNull();
    await untilReconnected(1, 10_000);
    await eventually('the missed pod', () => reflector.get('shop', 'missed') !== null);
    expect(reflector.counters).toMatchObject({ silences: 1, failures: 0, lists: 1 });
  });

  test('a watch that never opens is given up as well', async () => {
    fixture.server.fail({ type: 'hang' }, ({ isWatch }) => isWatch);
    running = reflector.run(stop.signal);
    await eventually('the hanging watch', () => fixture.server.watchRequests.length === 1);
    await fixture.clock.advance(REFLECTOR_LIMITS.openMs);
    await untilReconnected(1, 5_000);
    await hears('a');
  });

  test('ECONNRESET on the stream: it comes back, from where it stood, without a new list', async () => {
    await start();
    await hears('a');
    fixture.server.breakWatches('reset');
    await eventually('the failure', () => reflector.counters.failures === 1);
    fixture.server.objects.put(collection, podNamed('meanwhile'));
    await untilReconnected(1);
    await eventually('what came meanwhile', () => reflector.get('shop', 'meanwhile') !== null);
    expect(fixture.server.listRequests).toHaveLength(1);
  });

  test.each([
    ['429', { type: 'answer', status: 429, retryAfterSeconds: 1 }],
    ['500', { type: 'answer', status: 500 }],
    ['403', { type: 'answer', status: 403, reason: 'Forbidden' }],
    ['a reset', { type: 'reset' }],
  ] as const)('%s to the watch: it tries again with growing pauses, never in a storm', async (_name, fault) => {
    fixture.server.fail(fault, ({ isWatch }) => isWatch, 12);
    running = reflector.run(stop.signal);
    await eventually('the first watch', () => fixture.server.watchRequests.length === 1);
    const perMinute: number[] = [];
    for (let minute = 0; minute < 3; minute += 1) {
      const before = fixture.server.watchRequests.length;
      for (let second = 0; second < 60; second += 1) await fixture.clock.advance(1_000);
      perMinute.push(fixture.server.watchRequests.length - before);
    }
    expect(perMinute[0]).toBeGreaterThanOrEqual(3);
    expect(perMinute[0]).toBeLessThanOrEqual(10);
    expect(perMinute[2]).toBeLessThanOrEqual(4);
    for (let round = 0; round < 20 && fixture.server.openWatchCount === 0; round += 1) await fixture.clock.advance(30_000);
    await eventually('the watch', () => fixture.server.openWatchCount === 1);
    await hears('after-all');
  });

  test('a server that ends every watch at once is not stormed', async () => {
    await start();
    for (let second = 0; second < 60; second += 1) {
      fixture.server.breakWatches('end');
      await fixture.clock.advance(1_000);
    }
    expect(fixture.server.watchRequests.length).toBeLessThanOrEqual(12);
  });

  test('410: lists anew and tells what vanished meanwhile; a pod of the same name with another UID is a deletion and an addition', async () => {
    const { objects } = fixture.server;
    for (const name of ['stays', 'vanishes', 'reborn']) objects.put(collection, podNamed(name));
    await start();
    fixture.server.breakWatches('mute');
    objects.remove(collection, 'shop', 'vanishes');
    objects.put(collection, podNamed('reborn'), 'uid-reborn');
    objects.compact();
    changes.length = 0;
    await fixture.clock.advance(REFLECTOR_LIMITS.inactivityMs);
    await eventually('the new list', () => changes.length === 3);
    expect(changes).toEqual(['deleted vanishes uid-2', 'deleted reborn uid-3', 'added reborn uid-reborn']);
    expect(reflector.counters).toMatchObject({ lists: 2, expirations: 1 });
    await eventually('the watch', () => fixture.server.openWatchCount === 1);
    await hears('after');
  });

  test('410 on the call itself is handled alike, and again and again it is no storm', async () => {
    fixture.server.fail({ type: 'answer', status: 410, reason: 'Expired' }, ({ isWatch }) => isWatch, 1_000);
    running = reflector.run(stop.signal);
    await eventually('the first watch', () => fixture.server.watchRequests.length === 1);
    for (let second = 0; second < 60; second += 1) await fixture.clock.advance(1_000);
    expect(reflector.counters.expirations).toBeGreaterThanOrEqual(3);
    expect(reflector.counters.lists).toBeLessThanOrEqual(12);
  });

  test('a failing list is tried again until it works; until then nothing is synced', async () => {
    fixture.server.fail({ type: 'answer', status: 403, reason: 'Forbidden' }, ({ isWatch }) => !isWatch, 3);
    fixture.server.objects.put(collection, podNamed('a'));
    running = reflector.run(stop.signal);
    await eventually('the first refusal', () => fixture.server.listRequests.length === 1);
    for (let passedMs = 0; passedMs < 60_000 && fixture.server.listRequests.length <= 3; passedMs += 250) {
      expect(reflector.synced).toBe(false);
      await fixture.clock.advance(250);
    }
    await eventually('the list', () => reflector.synced);
    expect(reflector.get('shop', 'a')).not.toBeNull();
  });

  test('a list that breaks between pages changes nothing: half a list would look like deletions', async () => {
    for (let number = 0; number <= REFLECTOR_LIMITS.listPageObjects; number += 1) {
      fixture.server.objects.put(collection, podNamed(`pod-${number}`));
    }
    await start();
    changes.length = 0;
    fixture.server.fail({ type: 'answer', status: 410, reason: 'Expired' }, ({ query }) => query.continue !== undefined);
    fixture.server.objects.compact();
    fixture.server.sendRaw(JSON.stringify({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } }));
    for (let second = 0; second < 5; second += 1) await fixture.clock.advance(1_000);
    await eventually('the watch after the list', () => fixture.server.watchRequests.length === 2);
    expect(changes).toEqual([]);
    expect(reflector.size).toBe(REFLECTOR_LIMITS.listPageObjects + 1);
  });

  test('once in ten minutes it lists anew, whatever the watch said', async () => {
    await start();
    for (let minute = 0; minute < 9; minute += 1) {
      await fixture.clock.advance(60_000);
      const { events } = reflector.counters;
      fixture.server.bookmark();
      await eventually('the bookmark', () => reflector.counters.events === events + 1);
    }
    expect(fixture.server.listRequests).toHaveLength(1);
    await fixture.clock.advance(60_000);
    await eventually('the new list and its watch', () => fixture.server.watchRequests.length === 2);
    expect(fixture.server.listRequests).toHaveLength(2);
    expect(reflector.counters.failures).toBe(0);
    await hears('a');
  });

  test('a handler that throws loses nothing but its own item', async () => {
    onChange = (line) => {
      if (line.startsWith('added bad')) throw new Error('a bug');
    };
    await start();
    fixture.server.objects.put(collection, podNamed('bad'));
    await hears('good');
    expect(reflector.counters.handlerFailures).toBe(1);
    expect(reflector.get('shop', 'bad')).not.toBeNull();
    expect(fixture.server.watchRequests).toHaveLength(1);
  });

  test.each([
    ['a line that is no JSON', '{"type":"ADDED","object":'],
    ['an event of an unknown type', '{"type":"SURPRISE","object":{}}'],
  ])('%s breaks the stream, which is taken up again', async (_name, line) => {
    await start();
    fixture.server.sendRaw(line);
    await eventually('the failure', () => reflector.counters.failures === 1);
    await untilReconnected(1);
    await hears('a');
  });

  test('an object without an identity is counted and left out', async () => {
    await start();
    fixture.server.sendRaw('{"type":"ADDED","object":{"metadata":{"name":"nobody"}}}');
    await eventually('the count', () => reflector.counters.malformed === 1);
    expect(reflector.size).toBe(0);
  });

  test('cached objects cannot be changed by who reads them', async () => {
    fixture.server.objects.put(collection, podNamed('a', { labels }));
    await start();
    const found = reflector.get('shop', 'a');
    expect(Object.isFrozen(found)).toBe(true);
    expect(Object.isFrozen(found?.metadata.labels)).toBe(true);
  });

  test('stopping ends the watch and leaves no timer', async () => {
    await start();
    stop.abort();
    await running;
    await eventually('the closed watch', () => fixture.server.openWatchCount === 0);
    await settle();
    expect(fixture.clock.timerCount).toBe(0);
  });
});

describe('the object store', () => {
  const object = (name: string, uid: string, resourceVersion: string, cluster?: string): StoredObject => ({
    metadata: {
      namespace: 'shop',
      name,
      uid,
      resourceVersion,
      ...(cluster === undefined ? {} : { labels: { 'quorate.io/cluster': cluster } }),
    },
  });

  test('an object that changes its cluster label is found under the new one only', () => {
    const store = new ObjectStore();
    store.put(object('a', '1', '1', 'orders'));
    store.put(object('a', '1', '2', 'ledger'));
    expect(store.ofCluster('shop', 'orders')).toEqual([]);
    expect(store.ofCluster('shop', 'ledger')).toHaveLength(1);
    store.put(object('a', '1', '3'));
    expect(store.ofCluster('shop', 'ledger')).toEqual([]);
  });

  test('clusters of one name in two namespaces are kept apart', () => {
    const store = new ObjectStore();
    store.put(object('a', '1', '1', 'orders'));
    expect(store.ofCluster('bank', 'orders')).toEqual([]);
    expect(store.get('bank', 'a')).toBeNull();
  });

  test('a joined cache is synced only when all of its parts are', () => {
    const part = (synced: boolean): Parameters<typeof joinedCache>[0][number] => ({
      synced,
      get: () => null,
      ofCluster: () => [],
      all: () => [],
    });
    expect(joinedCache([part(true), part(false)]).synced).toBe(false);
    expect(joinedCache([part(true), part(true)]).synced).toBe(true);
  });
});
