/** Lists in pages and watches, as reflectors rely on them. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { Store } from '../../../src/devcluster/model/store.ts';
import { field, ModelFixture, told } from '../../support/model-api.ts';

const maps = '/api/v1/namespaces/shop/configmaps';

let model: ModelFixture;
beforeEach(() => {
  model = new ModelFixture();
  model.namespace('shop');
  model.namespace('bank');
});

function create(name: string, labels: Readonly<Record<string, string>> = {}, namespace = 'shop'): string {
  return model.call('POST', `/api/v1/namespaces/${namespace}/configmaps`, { metadata: { name, labels } }).metadata
    .resourceVersion;
}

describe('lists', () => {
  test('by namespace or over all, in the order of keys, without apiVersion and kind of built-in items', () => {
    create('b');
    create('a');
    create('c', {}, 'bank');
    expect(model.names(maps)).toEqual(['a', 'b']);
    expect(model.names('/api/v1/configmaps')).toEqual(['c', 'a', 'b']);
    const list = model.get(maps);
    expect(list).toMatchObject({
      kind: 'ConfigMapList',
      apiVersion: 'v1',
      metadata: { resourceVersion: String(model.api.store.revision) },
    });
    expect(list.items[0]).not.toHaveProperty('kind');
  });

  test.each([
    ['app=x', ['a', 'b']],
    ['app!=x', ['c', 'd']],
    ['app in (x,y)', ['a', 'b', 'c']],
    ['app notin (x), tier', ['c']],
    ['!app', ['d']],
    ['app,tier=back', ['b', 'c']],
  ])('labels: %s', (selector, expected) => {
    create('a', { app: 'x' });
    create('b', { app: 'x', tier: 'back' });
    create('c', { app: 'y', tier: 'back' });
    create('d');
    expect(model.names(`${maps}?labelSelector=${encodeURIComponent(selector)}`)).toEqual(expected);
  });

  test('fields: by name, and by those that the kind offers', () => {
    create('a');
    create('b');
    expect(model.names(`${maps}?fieldSelector=metadata.name=b`)).toEqual(['b']);
    expect(model.names(`${maps}?fieldSelector=metadata.name!=b`)).toEqual(['a']);
    expect(model.refusal('GET', `${maps}?fieldSelector=data.x=1`)).toMatchObject({
      code: 400,
      message: '"data.x" is not a known field selector: only "metadata.name", "metadata.namespace"',
    });
  });

  test('pages are of one moment, whatever is written between them', () => {
    for (const name of ['a', 'b', 'c', 'd']) create(name);
    const first = model.get(`${maps}?limit=2`);
    expect(first.metadata).toMatchObject({ remainingItemCount: 2 });
    model.call('DELETE', `${maps}/c`);
    create('e');
    const token = String(field(first, 'metadata.continue'));
    const second = model.get(`${maps}?limit=2&continue=${token}`);
    expect(second.items.map(({ metadata }) => metadata.name)).toEqual(['c', 'd']);
    expect(second.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
    expect(second.metadata).not.toHaveProperty('continue');
  });

  test('a page of a moment that is forgotten is refused as expired', () => {
    for (const name of ['a', 'b', 'c']) create(name);
    const token = String(field(model.get(`${maps}?limit=1`), 'metadata.continue'));
    model.api.store.compact();
    expect(model.refusal('GET', `${maps}?limit=1&continue=${token}`)).toMatchObject({ code: 410, reason: 'Expired' });
  });

  test('a version from the future is refused', () => {
    expect(model.refusal('GET', `${maps}?resourceVersion=99999`)).toMatchObject({ code: 504, reason: 'Timeout' });
  });
});

describe('watches', () => {
  test('tell what came after the version that they begin at, in order', () => {
    const from = create('a');
    create('b');
    const watch = model.watch(maps, { resourceVersion: from });
    model.merge(`${maps}/a`, { data: { x: '1' } });
    model.call('DELETE', `${maps}/b`);
    create('other', {}, 'bank');
    expect(told(watch.events)).toEqual(['ADDED b', 'MODIFIED a', 'DELETED b']);
    watch.stop();
    create('c');
    expect(watch.events).toHaveLength(3);
  });

  test('without a version they begin with what is there', () => {
    create('a');
    const watch = model.watch(maps);
    create('b');
    expect(told(watch.events)).toEqual(['ADDED a', 'ADDED b']);
  });

  test('what leaves the selection is deleted there, what enters it is added', () => {
    const from = create('a', { app: 'x' });
    const watch = model.watch(maps, { resourceVersion: from, labelSelector: 'app=x' });
    model.merge(`${maps}/a`, { metadata: { labels: { app: 'y' } } });
    model.merge(`${maps}/a`, { data: { z: '1' } });
    model.merge(`${maps}/a`, { metadata: { labels: { app: 'x' } } });
    expect(told(watch.events)).toEqual(['DELETED a', 'ADDED a']);
  });

  test('the object of a deletion carries the version of the deletion', () => {
    const from = create('a');
    const watch = model.watch(maps, { resourceVersion: from });
    model.call('DELETE', `${maps}/a`);
    expect(field(watch.events[0], 'object.metadata.resourceVersion')).toBe(String(model.api.store.revision));
  });

  test('a history that is gone ends the watch with 410', () => {
    const from = create('a');
    model.api.store.compact();
    const watch = model.watch(maps, { resourceVersion: from });
    expect(watch.ended).toBe(true);
    expect(watch.events).toMatchObject([{ type: 'ERROR', object: { code: 410, reason: 'Expired' } }]);
  });

  test('the history has a bound: what is older is forgotten', () => {
    model = new ModelFixture({ store: new Store(4) });
    model.namespace('shop');
    const from = create('first');
    for (let index = 0; index < 12; index += 1) create(`more-${index}`);
    expect(told(model.watch(maps, { resourceVersion: from }).events)).toEqual(['ERROR Expired']);
    const late = String(model.api.store.revision - 2);
    expect(told(model.watch(maps, { resourceVersion: late }).events)).toEqual(['ADDED more-10', 'ADDED more-11']);
  });

  test('bookmarks come each minute to those who want them, and move the version on', async () => {
    const from = create('a');
    const watch = model.watch(maps, { resourceVersion: from, allowWatchBookmarks: 'true' });
    const quiet = model.watch(maps, { resourceVersion: from });
    create('elsewhere', {}, 'bank');
    await model.clock.advance(60_000);
    expect(watch.events).toMatchObject([
      { type: 'BOOKMARK', object: { kind: 'ConfigMap', metadata: { resourceVersion: String(model.api.store.revision) } } },
    ]);
    expect(quiet.events).toEqual([]);
    watch.stop();
    quiet.stop();
    expect(model.clock.timerCount).toBe(0);
  });

  test('the server ends a watch after the time that it asked for', async () => {
    const watch = model.watch(maps, { timeoutSeconds: '5' });
    await model.clock.advance(4_999);
    expect(watch.ended).toBe(false);
    await model.clock.advance(1);
    expect(watch.ended).toBe(true);
    create('late');
    expect(watch.events).toEqual([]);
  });

  test('a listener that writes is told of its own write after everybody was told of the first', () => {
    const seen: string[] = [];
    const { store } = model.api;
    store.onChange(({ object }) => {
      seen.push(`one ${object.metadata.name}`);
      if (object.metadata.name === 'a') create('b');
    });
    store.onChange(({ object }) => seen.push(`two ${object.metadata.name}`));
    create('a');
    expect(seen).toEqual(['one a', 'two a', 'one b', 'two b']);
  });
});
