import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { OrderedMap } from '../../../src/keyspace/ordered-map.ts';

interface Item {
  readonly order: number;
  readonly key: string;
  readonly value: number;
}

/** What the map is held against: every item under its order and key, sorted when somebody looks. */
class Model {
  readonly #items: Map<string, Item>;

  constructor(items: Iterable<readonly [string, Item]> = []) {
    this.#items = new Map(items);
  }

  get items(): Item[] {
    return [...this.#items.values()].sort((left, right) => left.order - right.order || (left.key < right.key ? -1 : 1));
  }

  find(order: number, key: string): Item | undefined {
    return this.#items.get(`${order} ${key}`);
  }

  set(item: Item): void {
    this.#items.set(`${item.order} ${item.key}`, item);
  }

  delete(order: number, key: string): void {
    this.#items.delete(`${order} ${key}`);
  }

  clone(): Model {
    return new Model(this.#items);
  }
}

const orders = fc.integer({ min: 0, max: 400 });
const keys = fc.constantFrom('', 'a', 'b', '\u00ff');
const steps = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ type: fc.constant('set' as const), which: fc.nat(), order: orders, key: keys, value: fc.nat() }),
    },
    { weight: 4, arbitrary: fc.record({ type: fc.constant('delete' as const), which: fc.nat(), order: orders, key: keys }) },
    {
      weight: 3,
      arbitrary: fc.record({ type: fc.constant('delete-range' as const), which: fc.nat(), order: orders, count: fc.nat(90) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ type: fc.constant('set-range' as const), which: fc.nat(), order: orders, count: fc.nat(200) }),
    },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('clone' as const), which: fc.nat() }) },
  ),
  { maxLength: 40 },
);

const MAPS_MAX = 4;

function setBoth(map: OrderedMap<Item>, model: Model, item: Item): void {
  const before = model.find(item.order, item.key);
  same(map.set(item.order, item.key, item), before);
  model.set(item);
}

function deleteBoth(map: OrderedMap<Item>, model: Model, order: number, key: string): void {
  same(map.delete(order, key), model.find(order, key));
  model.delete(order, key);
}

/** As `expect(left).toBe(right)`, which is too slow for each of many thousand steps. */
function same(left: unknown, right: unknown): void {
  if (left !== right) expect(left).toBe(right);
}

describe('the ordered map', () => {
  test('it holds what a sorted array holds, and so does every clone whatever becomes of the others', () => {
    fc.assert(
      fc.property(steps, orders, (script, from) => {
        const pairs = [{ map: new OrderedMap<Item>(), model: new Model() }];
        for (const step of script) {
          const { map, model } = pairs[step.which % pairs.length]!;
          if (step.type === 'set') setBoth(map, model, { order: step.order, key: step.key, value: step.value });
          else if (step.type === 'delete') deleteBoth(map, model, step.order, step.key);
          else if (step.type === 'clone') {
            if (pairs.length < MAPS_MAX) pairs.push({ map: map.clone(), model: model.clone() });
          } else if (step.type === 'set-range') {
            for (let order = step.order; order < step.order + step.count; order += 1)
              setBoth(map, model, { order, key: 'a', value: order });
          } else for (let order = step.order; order < step.order + step.count; order += 1) deleteBoth(map, model, order, 'a');
        }
        for (const { map, model } of pairs) {
          const { items } = model;
          expect(map.size).toBe(items.length);
          expect([...map.itemsFrom(0)]).toEqual(items);
          expect([...map.itemsFrom(from)]).toEqual(items.filter(({ order }) => order >= from));
          expect(map.firstFrom(from, 'b')).toBe(items.find(({ order, key }) => order > from || (order === from && key >= 'b')));
          for (const item of items) same(map.get(item.order, item.key), item);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('a map with three levels gives everything back, in order, until it is empty', () => {
    const map = new OrderedMap<number>();
    const count = 9000;
    const mixed = Array.from({ length: count }, (_, at) => (at * 7919) % count);
    for (const order of mixed) map.set(order, '', order);
    const clone = map.clone();
    for (const order of mixed) same(map.delete(order, ''), order);
    expect(map.size).toBe(0);
    expect([...map.itemsFrom(0)]).toEqual([]);
    expect([...clone.itemsFrom(0)]).toEqual(Array.from({ length: count }, (_, at) => at));
  });

  test('a clone costs the same for one item and for many', () => {
    const map = new OrderedMap<number>();
    for (let order = 0; order < 20_000; order += 1) map.set(order, '', order);
    // A thousand clones of a map that was copied each time would be twenty million items.
    const clones = Array.from({ length: 1000 }, (_, at) => {
      map.set(at, '', -at);
      return map.clone();
    });
    expect(clones.at(0)?.get(5, '')).toBe(5);
    expect(clones.at(-1)?.get(5, '')).toBe(-5);
  });
});
