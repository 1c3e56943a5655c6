/**
 * When keys that are gone were last touched (rule S14). Known by position alone, which takes the same room for every key: two keys of one
 * position share the later touch, and at worst an EXEC aborts that needn't. Two generations: when the young one is full it becomes the old
 * one, and what the old one knew becomes a floor under every key that is not there.
 */
import { OrderedMap } from './ordered-map.ts';
import { TOMBSTONES_PER_GENERATION_MAX } from './limits.ts';

export interface Tombstone {
  readonly position: number;
  readonly touch: number;
}

export class Tombstones {
  #young = new OrderedMap<Tombstone>();
  #old = new OrderedMap<Tombstone>();
  #floor = 0;

  /** No key that is not there was touched later than this, but for those that are known. */
  get floor(): number {
    return this.#floor;
  }

  get youngCount(): number {
    return this.#young.size;
  }

  get oldCount(): number {
    return this.#old.size;
  }

  young(): Iterable<Tombstone> {
    return this.#young.itemsFrom(0);
  }

  old(): Iterable<Tombstone> {
    return this.#old.itemsFrom(0);
  }

  lastTouch(position: number): number {
    return (this.#young.get(position, '') ?? this.#old.get(position, ''))?.touch ?? this.#floor;
  }

  add(position: number, touch: number): void {
    this.#young.set(position, '', { position, touch });
    if (this.#young.size < TOMBSTONES_PER_GENERATION_MAX) return;
    for (const tombstone of this.#old.itemsFrom(0)) this.#floor = Math.max(this.#floor, tombstone.touch);
    this.#old = this.#young;
    this.#young = new OrderedMap();
  }

  /** Every key was touched: one floor tells it. */
  touchAll(touch: number): void {
    this.#young = new OrderedMap();
    this.#old = new OrderedMap();
    this.#floor = touch;
  }

  clone(): Tombstones {
    const copy = new Tombstones();
    copy.#young = this.#young.clone();
    copy.#old = this.#old.clone();
    copy.#floor = this.#floor;
    return copy;
  }

  static restore(floor: number, young: Iterable<Tombstone>, old: Iterable<Tombstone>): Tombstones {
    const restored = new Tombstones();
    restored.#floor = floor;
    for (const tombstone of young) restored.#young.set(tombstone.position, '', tombstone);
    for (const tombstone of old) restored.#old.set(tombstone.position, '', tombstone);
    return restored;
  }
}
