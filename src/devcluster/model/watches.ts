/**
 * Watches: what happens after a revision, as it happens, for one collection and one selection. A change that takes an object into a selection
 * is its addition there, one that takes it out its deletion. Quiet watches get a bookmark a minute, so that they need not begin from afar.
 */
import type { Clock } from '../../shared/clock.ts';
import { expired } from './failure.ts';
import type { JsonObject } from './json.ts';
import type { StoredObject } from './objects.ts';
import { isSelected, revisionOf, selectionOf, tooOld } from './reads.ts';
import type { Query, Selection } from './reads.ts';
import { apiVersionOf, collectionOf } from './resource-type.ts';
import type { ResourceType } from './resource-type.ts';
import type { Store, StoreChange } from './store.ts';
import { shown } from './writes.ts';

export const WATCH_LIMITS = {
  bookmarkMs: 60_000,
  /** Of a watch that does not say how long it wants to last. */
  lifeMs: 1_800_000,
} as const;

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: JsonObject;
}

/** Where events go. Neither call may throw. */
export interface WatchSink {
  readonly event: (event: WatchEvent) => void;
  /** The server ends the watch; nothing follows. */
  readonly end: () => void;
}

interface OpenWatch {
  readonly type: ResourceType;
  readonly namespace: string | null;
  readonly name: string | null;
  readonly selection: Selection;
  readonly sink: WatchSink;
  readonly stop: () => void;
}

export class Watches {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #open = new Map<string, Set<OpenWatch>>();

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    store.onChange((change) => this.#tell(change));
  }

  get openCount(): number {
    let count = 0;
    for (const watches of this.#open.values()) count += watches.size;
    return count;
  }

  /** Events begin before this returns: the past first. The returned function ends it without a word. @throws ApiFailure 400 */
  watch(type: ResourceType, namespace: string | null, name: string | null, query: Query, sink: WatchSink): () => void {
    const selection = selectionOf(type, query);
    const text = query['resourceVersion'] ?? '';
    const from = text === '' || text === '0' ? null : revisionOf(text);
    const past = from === null ? null : this.#store.changesAfter(from);
    if (from !== null && past === null) {
      sink.event({ type: 'ERROR', object: expired(tooOld(from, this.#store)).status });
      sink.end();
      return () => undefined;
    }
    const collection = collectionOf(type);
    const timers: (() => void)[] = [];
    const watch: OpenWatch = {
      type,
      namespace,
      name,
      selection,
      sink,
      stop: () => {
        this.#open.get(collection)?.delete(watch);
        for (const cancel of timers.splice(0)) cancel();
      },
    };
    this.#begin(watch, past, query);
    this.#watchesOf(collection).add(watch);
    this.#schedule(watch, query, timers);
    return watch.stop;
  }

  /** A bookmark on every watch that wants them now, as the minute does. */
  bookmark(): void {
    for (const watches of this.#open.values()) for (const watch of watches) this.#mark(watch);
  }

  /** The server ends every watch, as when it restarts. */
  endAll(): void {
    for (const watches of [...this.#open.values()]) {
      for (const watch of [...watches]) {
        watch.stop();
        watch.sink.end();
      }
    }
  }

  #watchesOf(collection: string): Set<OpenWatch> {
    let watches = this.#open.get(collection);
    if (watches === undefined) this.#open.set(collection, (watches = new Set()));
    return watches;
  }

  #begin(watch: OpenWatch, past: readonly StoreChange[] | null, query: Query): void {
    const { type, namespace, sink } = watch;
    if (past !== null) {
      for (const change of past) if (change.collection === collectionOf(type)) send(watch, change);
      return;
    }
    for (const object of this.#store.list(collectionOf(type), namespace)) {
      const whole = shown(type, object);
      if (concerns(watch, object) && isSelected(watch.selection, whole)) sink.event({ type: 'ADDED', object: whole });
    }
    if (query['sendInitialEvents'] === 'true') this.#mark(watch, { annotations: { 'k8s.io/initial-events-end': 'true' } });
  }

  #schedule(watch: OpenWatch, query: Query, timers: (() => void)[]): void {
    const seconds = Number(query['timeoutSeconds'] ?? '0');
    const end = (): void => {
      watch.stop();
      watch.sink.end();
    };
    timers.push(this.#clock.schedule(seconds > 0 ? seconds * 1_000 : WATCH_LIMITS.lifeMs, end));
    if (query['allowWatchBookmarks'] !== 'true') return;
    const again = (): void => {
      this.#mark(watch);
      timers.push(this.#clock.schedule(WATCH_LIMITS.bookmarkMs, again));
    };
    timers.push(this.#clock.schedule(WATCH_LIMITS.bookmarkMs, again));
  }

  #mark({ type, sink }: OpenWatch, metadata: JsonObject = {}): void {
    const object = {
      kind: type.kind,
      apiVersion: apiVersionOf(type),
      metadata: { resourceVersion: String(this.#store.revision), ...metadata },
    };
    sink.event({ type: 'BOOKMARK', object });
  }

  #tell(change: StoreChange): void {
    for (const watch of [...(this.#open.get(change.collection) ?? [])]) send(watch, change);
  }
}

function concerns({ namespace, name }: OpenWatch, { metadata }: StoredObject): boolean {
  return (namespace === null || metadata.namespace === namespace) && (name === null || metadata.name === name);
}

function send(watch: OpenWatch, { type, object, previous }: StoreChange): void {
  if (!concerns(watch, object)) return;
  const whole = shown(watch.type, object);
  const is = type !== 'DELETED' && isSelected(watch.selection, whole);
  const was = previous !== null && isSelected(watch.selection, shown(watch.type, previous));
  if (!is && !was) return;
  if (is) watch.sink.event({ type: was ? 'MODIFIED' : 'ADDED', object: whole });
  // What leaves the selection is told as it was in it, at the version that took it out.
  else watch.sink.event({ type: 'DELETED', object: type === 'DELETED' ? whole : asBefore(watch.type, whole, previous) });
}

function asBefore(type: ResourceType, now: StoredObject, previous: StoredObject | null): StoredObject {
  if (previous === null) return now;
  const { resourceVersion } = now.metadata;
  const before = shown(type, previous);
  return { ...before, metadata: { ...before.metadata, resourceVersion } };
}
