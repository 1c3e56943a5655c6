/** The objects of a cluster on disk. */
import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { afterPowerCut } from '../../../src/devcluster/storage/after-power-cut.ts';
import { ObjectLog } from '../../../src/devcluster/storage/object-log.ts';
import type { Store } from '../../../src/devcluster/model/store.ts';
import { SeededRandom } from '../../../src/shared/random.ts';
import { temporaryFolder } from '../../support/devcluster.ts';
import { field } from '../../support/model-api.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const open = (): ObjectLog => new ObjectLog(folder.path, ({ object }) => object);
const file = (name: string): string => join(folder.path, name);

function put(store: Store, name: string, value: number): void {
  store.put('/configmaps', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'shop', uid: name, creationTimestamp: '2026-01-01T00:00:00Z' },
    value,
  });
}

/** `name=value@revision` of each. */
function contents(store: Store): readonly string[] {
  return store.list('/configmaps', 'shop').map((object) => {
    return `${object.metadata.name}=${String(object['value'])}@${object.metadata.resourceVersion}`;
  });
}

describe('what was written is there again', () => {
  test('after any number of changes and starts, with revisions that only grow', () => {
    const random = new SeededRandom(7);
    let expected: readonly string[] = [];
    let revision = 0;
    for (let start = 0; start < 12; start += 1) {
      const log = open();
      expect(contents(log.store)).toEqual(expected);
      expect(log.store.revision).toBeGreaterThan(revision);
      for (let change = 0; change < 30; change += 1) {
        const name = `m${random.below(8)}`;
        const isThere = log.store.get('/configmaps', { namespace: 'shop', name }) !== null;
        if (isThere && random.below(3) === 0) log.store.remove('/configmaps', { namespace: 'shop', name });
        else put(log.store, name, change);
      }
      expected = contents(log.store);
      revision = log.store.revision;
      log.close();
    }
  });

  test('before anybody is told of it', () => {
    const log = open();
    const seen: boolean[] = [];
    log.store.onChange(({ object }) => seen.push(readFileSync(file('log'), 'utf8').includes(`"name":"${object.metadata.name}"`)));
    put(log.store, 'a', 1);
    expect(seen).toEqual([true]);
    log.close();
  });

  test('without the line that a kill cut short', () => {
    const log = open();
    put(log.store, 'a', 1);
    put(log.store, 'b', 2);
    log.close();
    truncateSync(file('log'), readFileSync(file('log')).length - 3);
    const again = open();
    expect(contents(again.store).map((text) => text.split('@')[0])).toEqual(['a=1']);
    again.close();
  });

  test('once, where the log is older than the snapshot: a kill came between the two', () => {
    const log = open();
    put(log.store, 'a', 1);
    log.store.remove('/configmaps', { namespace: 'shop', name: 'a' });
    put(log.store, 'a', 2);
    const old = readFileSync(file('log'));
    log.close();
    const second = open();
    second.store.remove('/configmaps', { namespace: 'shop', name: 'a' });
    second.close();
    open().close();
    writeFileSync(file('log'), old);
    const third = open();
    expect(contents(third.store)).toEqual([]);
    third.close();
  });
});

test('a line that is damaged is told by its place, and nothing is guessed', () => {
  const log = open();
  put(log.store, 'a', 1);
  log.close();
  appendFileSync(file('log'), '{"revision": 9,\n{"revision": 10}\n');
  expect(open).toThrow(/log: line 2 is damaged/);
  writeFileSync(file('log'), '{"revision": 99}\n');
  expect(open).toThrow(/not a line of a log of objects/);
  writeFileSync(file('snapshot'), '{}\n');
  expect(open).toThrow(/line 1 does not say the revision/);
});

describe('after the machine was off', () => {
  const metadata = { name: 'a', namespace: 'shop', uid: 'u', creationTimestamp: '', resourceVersion: '1' };

  test('nothing of a pod runs, and it has no address', () => {
    const status = {
      phase: 'Running',
      podIP: '127.60.0.1',
      podIPs: [{ ip: '127.60.0.1' }],
      conditions: [
        { type: 'Ready', status: 'True' },
        { type: 'PodScheduled', status: 'True' },
      ],
      containerStatuses: [{ name: 'main', ready: true, started: true, restartCount: 2 }],
    };
    const object = afterPowerCut(
      { collection: '/pods', object: { apiVersion: 'v1', kind: 'Pod', metadata, status } },
      null,
      '127.60',
    );
    expect(object['status']).toEqual({
      phase: 'Running',
      conditions: [
        { type: 'Ready', status: 'False' },
        { type: 'PodScheduled', status: 'True' },
      ],
      containerStatuses: [{ name: 'main', ready: false, started: false, restartCount: 2 }],
    });
  });

  test('a Service moves with the network of its cluster', () => {
    const spec = { clusterIP: '127.60.128.7', clusterIPs: ['127.60.128.7'] };
    const place = { collection: '/services', object: { apiVersion: 'v1', kind: 'Service', metadata, spec } };
    expect(field(afterPowerCut(place, '127.60', '127.61'), 'spec')).toEqual({
      clusterIP: '127.61.128.7',
      clusterIPs: ['127.61.128.7'],
    });
    expect(afterPowerCut(place, '127.60', '127.60')).toBe(place.object);
  });
});
