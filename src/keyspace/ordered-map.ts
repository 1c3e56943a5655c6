/**
 * An ordered map whose clones cost nothing: a B+tree (Bayer and McCreight 1972; leaves hold the items) in which each node names its owner.
 * A map changes nodes in place while it owns them; `clone` gives both maps new owner tokens, so that from then on whoever changes a node
 * copies it first, together with its path to the root. That is how a snapshot is written while commands go on.
 *
 * Items are ordered by (number, key): the number is a hash for the keyspace, and a deadline for the keys that expire.
 */
import { assert, present } from '../shared/assert.ts';

const NODE_ITEMS_MAX = 64;
const NODE_ITEMS_MIN = NODE_ITEMS_MAX / 4;

type Owner = object;

interface Leaf<Item> {
  readonly leaf: true;
  readonly owner: Owner;
  orders: number[];
  keys: string[];
  items: Item[];
}

/** `orders[i]` and `keys[i]` are a lower bound of what child i holds, and above all that child i-1 holds; those of child 0 are not looked at. */
interface Branch<Item> {
  readonly leaf: false;
  readonly owner: Owner;
  orders: number[];
  keys: string[];
  items: Node<Item>[];
}

type Node<Item> = Leaf<Item> | Branch<Item>;

const INSIDE = 'a position in a node is inside it';

/** The first position whose (number, key) is not less than the one given. */
function lowerBound(
  node: { readonly orders: readonly number[]; readonly keys: readonly string[] },
  order: number,
  key: string,
): number {
  const { orders, keys } = node;
  let low = 0;
  let high = orders.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const middleOrder = orders[middle] ?? 0;
    if (middleOrder < order || (middleOrder === order && (keys[middle] ?? '') < key)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function holds(
  node: { readonly orders: readonly number[]; readonly keys: readonly string[] },
  at: number,
  order: number,
  key: string,
): boolean {
  return node.orders[at] === order && node.keys[at] === key;
}

/** Which child holds (number, key), if any does: the last whose lower bound is not above it. */
function childAt<Item>({ orders, keys }: Branch<Item>, order: number, key: string): number {
  let low = 1;
  let high = orders.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const middleOrder = orders[middle] ?? 0;
    if (middleOrder > order || (middleOrder === order && (keys[middle] ?? '') > key)) high = middle;
    else low = middle + 1;
  }
  return low - 1;
}

export class OrderedMap<Item> {
  #owner: Owner = {};
  #root: Node<Item> = { leaf: true, owner: this.#owner, orders: [], keys: [], items: [] };
  #size = 0;
  /** What the insertion that runs put its item in the place of. */
  #replaced: Item | undefined = undefined;

  get size(): number {
    return this.#size;
  }

  /** A map of its own with the same items, in constant time. Items themselves are shared. */
  clone(): OrderedMap<Item> {
    const copy = new OrderedMap<Item>();
    copy.#root = this.#root;
    copy.#size = this.#size;
    this.#owner = {};
    return copy;
  }

  clear(): void {
    this.#root = { leaf: true, owner: this.#owner, orders: [], keys: [], items: [] };
    this.#size = 0;
  }

  get(order: number, key: string): Item | undefined {
    let node = this.#root;
    while (!node.leaf) node = present(node.items[childAt(node, order, key)], INSIDE);
    const at = lowerBound(node, order, key);
    return holds(node, at, order, key) ? node.items[at] : undefined;
  }

  /** Adds or replaces; what was replaced is returned. */
  set(order: number, key: string, item: Item): Item | undefined {
    const root = this.#own(this.#root);
    this.#root = root;
    this.#replaced = undefined;
    const sibling = this.#insert(root, order, key, item);
    if (sibling) this.#root = this.#branchOf(root, sibling);
    const replaced = this.#replaced;
    this.#replaced = undefined;
    return replaced;
  }

  /** What was removed, if it was there. */
  delete(order: number, key: string): Item | undefined {
    const found = this.get(order, key);
    if (found === undefined) return undefined;
    const root = this.#own(this.#root);
    this.#root = root;
    this.#remove(root, order, key);
    const only = root.leaf || root.items.length !== 1 ? undefined : root.items[0];
    if (only) this.#root = only;
    return found;
  }

  /** In order, from the first that is not less than (number, key). The map may not change meanwhile: iterate over a clone instead. */
  *itemsFrom(order: number, key = ''): Generator<Item, void, undefined> {
    const path: { readonly node: Branch<Item>; next: number }[] = [];
    let node: Node<Item> | undefined = this.#root;
    let from: number | null = null;
    while (node) {
      while (!node.leaf) {
        const at: number = from === null ? childAt(node, order, key) : 0;
        path.push({ node, next: at + 1 });
        node = present(node.items[at], INSIDE);
      }
      for (let at = from ?? lowerBound(node, order, key); at < node.items.length; at += 1) yield node.items[at] as Item;
      from = 0;
      node = undefined;
      for (let step = path.at(-1); step && !node; step = path.at(-1)) {
        node = step.node.items[step.next];
        step.next += 1;
        if (!node) path.pop();
      }
    }
  }

  /** The first that is not less than (number, key). */
  firstFrom(order: number, key = ''): Item | undefined {
    for (const item of this.itemsFrom(order, key)) return item;
    return undefined;
  }

  #own<Kind extends Node<Item>>(node: Kind): Kind {
    if (node.owner === this.#owner) return node;
    return { ...node, owner: this.#owner, orders: node.orders.slice(), keys: node.keys.slice(), items: node.items.slice() };
  }

  #ownChild(branch: Branch<Item>, at: number): Node<Item> {
    const child = this.#own(present(branch.items[at], INSIDE));
    branch.items[at] = child;
    return child;
  }

  /** What has to follow the node that was inserted into, because it became too large; else null. */
  #insert(node: Node<Item>, order: number, key: string, item: Item): Node<Item> | null {
    if (node.leaf) return this.#insertIntoLeaf(node, order, key, item);
    const at = childAt(node, order, key);
    const sibling = this.#insert(this.#ownChild(node, at), order, key, item);
    if (!sibling) return null;
    insertAt(node, at + 1, lowestOrder(sibling), lowestKey(sibling), sibling);
    return node.items.length > NODE_ITEMS_MAX ? this.#split(node, at + 2 === node.items.length) : null;
  }

  #insertIntoLeaf(leaf: Leaf<Item>, order: number, key: string, item: Item): Leaf<Item> | null {
    const at = lowerBound(leaf, order, key);
    if (holds(leaf, at, order, key)) {
      this.#replaced = leaf.items[at];
      leaf.items[at] = item;
      return null;
    }
    insertAt(leaf, at, order, key, item);
    this.#size += 1;
    return leaf.items.length > NODE_ITEMS_MAX ? this.#split(leaf, at + 1 === leaf.items.length) : null;
  }

  /** What was filled from the front stays full, as a restored snapshot and most deadlines are; else both sides get half. */
  #split<Kind extends Node<Item>>(node: Kind, atEnd: boolean): Kind {
    const from = atEnd ? node.items.length - 1 : node.items.length >>> 1;
    const right = {
      ...node,
      owner: this.#owner,
      orders: node.orders.slice(from),
      keys: node.keys.slice(from),
      items: node.items.slice(from),
    };
    node.orders.length = from;
    node.keys.length = from;
    node.items.length = from;
    return right;
  }

  #branchOf(left: Node<Item>, right: Node<Item>): Branch<Item> {
    return {
      leaf: false,
      owner: this.#owner,
      orders: [lowestOrder(left), lowestOrder(right)],
      keys: [lowestKey(left), lowestKey(right)],
      items: [left, right],
    };
  }

  #remove(node: Node<Item>, order: number, key: string): void {
    if (node.leaf) {
      const at = lowerBound(node, order, key);
      assert(holds(node, at, order, key), 'only what was found is removed');
      removeAt(node, at);
      this.#size -= 1;
      return;
    }
    const at = childAt(node, order, key);
    const child = this.#ownChild(node, at);
    this.#remove(child, order, key);
    if (child.items.length < NODE_ITEMS_MIN && node.items.length > 1) this.#mend(node, Math.max(0, at - 1));
  }

  /** Children `at` and `at + 1`, one of which became too small: made one where they fit, else evened out. */
  #mend(branch: Branch<Item>, at: number): void {
    const left = this.#ownChild(branch, at);
    const right = this.#ownChild(branch, at + 1);
    if (!right.leaf && right.items.length > 0) {
      // The first lower bound of a node is never looked at inside it; it is once it stands behind the other's.
      right.orders[0] = branch.orders[at + 1] ?? 0;
      right.keys[0] = branch.keys[at + 1] ?? '';
    }
    const orders = left.orders.concat(right.orders);
    const keys = left.keys.concat(right.keys);
    const total = orders.length;
    const cut = total <= NODE_ITEMS_MAX ? total : total >>> 1;
    divide(left, right, cut);
    left.orders = orders.slice(0, cut);
    left.keys = keys.slice(0, cut);
    if (cut === total) {
      removeAt(branch, at + 1);
      return;
    }
    right.orders = orders.slice(cut);
    right.keys = keys.slice(cut);
    branch.orders[at + 1] = lowestOrder(right);
    branch.keys[at + 1] = lowestKey(right);
  }
}

function lowestOrder<Item>(node: Node<Item>): number {
  return node.orders[0] ?? 0;
}

function lowestKey<Item>(node: Node<Item>): string {
  return node.keys[0] ?? '';
}

function insertAt<Content>(
  node: { orders: number[]; keys: string[]; items: Content[] },
  at: number,
  order: number,
  key: string,
  item: Content,
): void {
  moveIn(node.orders, at, order);
  moveIn(node.keys, at, key);
  moveIn(node.items, at, item);
}

/** As `splice` does, without the array that it would return: this is where most of the time of a write goes. */
function moveIn<Content>(list: Content[], at: number, content: Content): void {
  list.push(content);
  for (let to = list.length - 1; to > at; to -= 1) list[to] = list[to - 1] as Content;
  list[at] = content;
}

function removeAt(node: { orders: number[]; keys: string[]; items: unknown[] }, at: number): void {
  node.orders.splice(at, 1);
  node.keys.splice(at, 1);
  node.items.splice(at, 1);
}

/** Moves items between two neighbours of one level, so that the left one has `cut` of them. */
function divide<Item>(left: Node<Item>, right: Node<Item>, cut: number): void {
  if (left.leaf && right.leaf) {
    const items = left.items.concat(right.items);
    left.items = items.slice(0, cut);
    right.items = items.slice(cut);
  } else if (!left.leaf && !right.leaf) {
    const items = left.items.concat(right.items);
    left.items = items.slice(0, cut);
    right.items = items.slice(cut);
  } else assert(false, 'neighbours in a tree have the same height');
}
