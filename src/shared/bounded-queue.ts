import { assert } from './assert.ts';

/** First in, first out, with a named bound: `offer` refuses at the bound, and what a refusal means is the caller's to say. */
export class BoundedQueue<Item> {
  readonly capacity: number;
  #items: Item[] = [];
  #head = 0;

  constructor(capacity: number) {
    assert(Number.isInteger(capacity) && capacity > 0, 'a queue has room for at least one item');
    this.capacity = capacity;
  }

  get length(): number {
    return this.#items.length - this.#head;
  }

  /** False when the queue is full; the item was not taken. */
  offer(item: Item): boolean {
    if (this.length >= this.capacity) return false;
    this.#items.push(item);
    return true;
  }

  poll(): Item | undefined {
    const item = this.#items[this.#head];
    if (item === undefined) return undefined;
    this.#head += 1;
    if (this.#head > 1024 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }

  /** Everything that is in the queue now, in order; the queue is empty afterwards. */
  drain(): Item[] {
    const items = this.#head === 0 ? this.#items : this.#items.slice(this.#head);
    this.#items = [];
    this.#head = 0;
    return items;
  }
}
