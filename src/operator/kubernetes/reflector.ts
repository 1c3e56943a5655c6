/**
 * Keeps a cache of one kind: list, then watch from there, for ever. It gives up on nothing: a stream that breaks is taken up again where it
 * stood, one that dies in silence is noticed by its own deadline, a history that is gone is listed anew, and every failure waits a little
 * longer than the one before. There is exactly one owner of this loop, so that no error can start a second one.
 */
import type { Logger } from 'pino';
import type { Clock } from '../../shared/clock.ts';
import type { Random } from '../../shared/random.ts';
import { backoffMs, deadline, pause } from '../timing.ts';
import type { Deadline } from '../timing.ts';
import type { KubernetesApi, KubernetesTransport, Resource, WatchEvent } from './api.ts';
import type { ObjectCache, StoredObject } from './cache.ts';
import { KubernetesApiError, errorOfAnswer, isKubernetesApiError } from './errors.ts';
import { ObjectStore } from './object-store.ts';
import type { ObjectChange } from './object-store.ts';

export const REFLECTOR_LIMITS = {
  listPageObjects: 500,
  listPagesMax: 1_000,
  /** The server closes the watch after this, plus up to as much again: so that reconnections spread. */
  watchSeconds: 300,
  openMs: 30_000,
  /** Longer than the minute between two bookmarks: silence beyond it is a dead stream. */
  inactivityMs: 90_000,
  /** The safety net under everything above. */
  relistMs: 600_000,
  /** A stream that ends sooner counts as a failure, even if it ended politely. */
  watchLifeMinMs: 1_000,
  backoff: { firstMs: 500, mostMs: 30_000 },
} as const;

export interface ReflectorCounters {
  lists: number;
  /** Lists because the history was gone (410). */
  expirations: number;
  watches: number;
  /** Watches that ended for another reason than the server's own time limit or ours. */
  failures: number;
  /** Watches that we ended because nothing came. */
  silences: number;
  events: number;
  handlerFailures: number;
  malformed: number;
}

export interface ReflectorOptions<Kind extends StoredObject> {
  readonly api: KubernetesApi;
  readonly transport: KubernetesTransport;
  readonly resource: Resource<Kind>;
  /** Null: all namespaces. */
  readonly namespace: string | null;
  readonly labelSelector?: string | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  /** Must return at once; what it throws is caught and counted. Called after the cache has changed. */
  readonly onChange: (change: ObjectChange<Kind>) => void;
}

export class Reflector<Kind extends StoredObject> implements ObjectCache<Kind> {
  readonly counters: ReflectorCounters = {
    lists: 0,
    expirations: 0,
    watches: 0,
    failures: 0,
    silences: 0,
    events: 0,
    handlerFailures: 0,
    malformed: 0,
  };
  readonly resource: Resource<Kind>;
  readonly namespace: string | null;
  readonly #options: ReflectorOptions<Kind>;
  readonly #store = new ObjectStore<Kind>();
  #synced = false;
  #lastEventAtMs: number | null = null;
  /** Null: the next turn lists. */
  #resourceVersion: string | null = null;
  #listedAtMs = 0;
  #failuresInARow = 0;
  #whenSynced: (() => void)[] = [];

  constructor(options: ReflectorOptions<Kind>) {
    this.#options = options;
    this.resource = options.resource;
    this.namespace = options.namespace;
  }

  get synced(): boolean {
    return this.#synced;
  }

  /** Of the clock's monotonic time: when the API server last said something about this kind. Null: never. */
  get lastEventAtMs(): number | null {
    return this.#lastEventAtMs;
  }

  get size(): number {
    return this.#store.size;
  }

  get(namespace: string, name: string): Kind | null {
    return this.#store.get(namespace, name);
  }

  ofCluster(namespace: string, clusterName: string): readonly Kind[] {
    return this.#store.ofCluster(namespace, clusterName);
  }

  all(): readonly Kind[] {
    return this.#store.all();
  }

  /** Resolves once the first list is in. */
  async untilSynced(): Promise<void> {
    if (this.#synced) return;
    await new Promise<void>((resolve) => this.#whenSynced.push(resolve));
  }

  /** Resolves when `signal` is aborted, and never before. To be called once. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#turn(signal);
      } catch (error) {
        await this.#recover(error, signal);
      }
    }
  }

  async #recover(error: unknown, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const leastMs = this.#noteFailure(error);
    if (leastMs === null) return;
    const { clock, random, log } = this.#options;
    const delayMs = Math.max(leastMs, backoffMs(REFLECTOR_LIMITS.backoff, this.#failuresInARow, random));
    log.warn({ err: error, resource: this.resource.plural, namespace: this.namespace, delayMs }, 'watch failed, will try again');
    await pause(clock, delayMs, signal);
  }

  /** Null: go on at once. Otherwise the least time to stay away. */
  #noteFailure(error: unknown): number | null {
    this.#failuresInARow += 1;
    if (isKubernetesApiError(error, 'gone')) {
      this.counters.expirations += 1;
      this.#resourceVersion = null;
      // The ordinary end of a quiet watch; a second one in a row is not ordinary.
      return this.#failuresInARow === 1 ? null : 0;
    }
    this.counters.failures += 1;
    return isKubernetesApiError(error) ? (error.retryAfterMs ?? 0) : 0;
  }

  async #turn(signal: AbortSignal): Promise<void> {
    const dueMs = this.#listedAtMs + REFLECTOR_LIMITS.relistMs - this.#options.clock.monotonicMs();
    if (this.#resourceVersion === null || dueMs <= 0) await this.#list(signal);
    else await this.#watch(this.#resourceVersion, dueMs, signal);
  }

  async #list(signal: AbortSignal): Promise<void> {
    this.counters.lists += 1;
    const { objects, resourceVersion } = await this.#pages(signal);
    this.#resourceVersion = resourceVersion;
    this.#listedAtMs = this.#options.clock.monotonicMs();
    this.#lastEventAtMs = this.#listedAtMs;
    const changes = this.#store.replace(objects.filter((object) => this.#isWellFormed(object)));
    this.#synced = true;
    for (const change of changes) this.#tell(change);
    for (const resolve of this.#whenSynced) resolve();
    this.#whenSynced = [];
  }

  /** All pages, or none: a list that breaks in the middle changes nothing. */
  async #pages(signal: AbortSignal): Promise<{ readonly objects: readonly Kind[]; readonly resourceVersion: string }> {
    const { api, resource, namespace, labelSelector } = this.#options;
    const objects: Kind[] = [];
    let continueToken: string | undefined;
    for (let page = 1; page <= REFLECTOR_LIMITS.listPagesMax; page += 1) {
      const limit = REFLECTOR_LIMITS.listPageObjects;
      const list = await api.list(resource, namespace, { signal, labelSelector, limit, continueToken });
      objects.push(...list.items);
      if (list.continueToken === null) return { objects, resourceVersion: list.resourceVersion };
      continueToken = list.continueToken;
    }
    const message = `list ${resource.plural}: more than ${REFLECTOR_LIMITS.listPagesMax} pages`;
    throw new KubernetesApiError({ kind: 'other', status: 0, reason: 'TooMany', message });
  }

  async #watch(resourceVersion: string, dueMs: number, signal: AbortSignal): Promise<void> {
    const { clock, random, resource, transport, namespace, labelSelector } = this.#options;
    this.counters.watches += 1;
    const startedMs = clock.monotonicMs();
    const query: Record<string, string> = {
      resourceVersion,
      allowWatchBookmarks: 'true',
      timeoutSeconds: String(REFLECTOR_LIMITS.watchSeconds + random.below(REFLECTOR_LIMITS.watchSeconds)),
    };
    if (labelSelector !== undefined) query.labelSelector = labelSelector;
    const relist = deadline(clock, dueMs, `watch ${resource.plural}`, signal);
    const silence = deadline(clock, REFLECTOR_LIMITS.openMs, `watch ${resource.plural}`, relist.signal);
    let opened = false;
    try {
      const events = await transport.watch({ resource, namespace, query, signal: silence.signal });
      opened = true;
      await this.#follow(events, silence);
    } catch (error) {
      // Our own two ways to end a watch that was open: neither is a failure, and the next turn knows what to do.
      if (!opened || signal.aborted || !silence.signal.aborted) throw error;
      if (!relist.signal.aborted) this.counters.silences += 1;
    } finally {
      silence.release();
      relist.release();
    }
    if (clock.monotonicMs() - startedMs < REFLECTOR_LIMITS.watchLifeMinMs && !relist.signal.aborted) {
      const message = `watch ${resource.plural}: the stream ended as soon as it was open`;
      throw new KubernetesApiError({ kind: 'unreachable', status: 200, reason: '', message });
    }
    this.#failuresInARow = 0;
  }

  async #follow(events: AsyncIterable<WatchEvent>, silence: Deadline): Promise<void> {
    silence.extend(REFLECTOR_LIMITS.inactivityMs);
    for await (const event of events) {
      silence.extend(REFLECTOR_LIMITS.inactivityMs);
      if (silence.signal.aborted) return;
      this.#take(event);
    }
  }

  #take(event: WatchEvent): void {
    if (event.type === 'ERROR') throw errorOfWatch(this.resource.plural, event.object);
    this.#lastEventAtMs = this.#options.clock.monotonicMs();
    this.#failuresInARow = 0;
    this.counters.events += 1;
    const resourceVersion = resourceVersionOf(event.object);
    if (resourceVersion !== null) this.#resourceVersion = resourceVersion;
    if (event.type === 'BOOKMARK' || !this.#isWellFormed(event.object)) return;
    const changes = event.type === 'DELETED' ? this.#store.remove(event.object) : this.#store.put(event.object);
    for (const change of changes) this.#tell(change);
  }

  #tell(change: ObjectChange<Kind>): void {
    try {
      this.#options.onChange(change);
    } catch (error) {
      this.counters.handlerFailures += 1;
      const { namespace, name } = change.object.metadata;
      this.#options.log.error({ err: error, resource: this.resource.plural, namespace, name }, 'a change could not be handled');
    }
  }

  #isWellFormed(object: unknown): object is Kind {
    if (isStoredObject(object)) return true;
    this.counters.malformed += 1;
    return false;
  }
}

function metadataOf(object: unknown): object | null {
  if (typeof object !== 'object' || object === null || !('metadata' in object)) return null;
  return typeof object.metadata === 'object' ? object.metadata : null;
}

function resourceVersionOf(object: unknown): string | null {
  const metadata = metadataOf(object);
  if (metadata === null || !('resourceVersion' in metadata)) return null;
  return typeof metadata.resourceVersion === 'string' && metadata.resourceVersion !== '' ? metadata.resourceVersion : null;
}

function isStoredObject(object: unknown): boolean {
  const metadata = metadataOf(object);
  if (metadata === null || resourceVersionOf(object) === null || !('name' in metadata) || !('uid' in metadata)) return false;
  return typeof metadata.name === 'string' && typeof metadata.uid === 'string';
}

/** An `ERROR` event carries a Status document, as the answer to a call would. */
function errorOfWatch(plural: string, document: unknown): KubernetesApiError {
  const code = typeof document === 'object' && document !== null && 'code' in document ? document.code : null;
  return errorOfAnswer(`watch ${plural}`, typeof code === 'number' ? code : 500, document, null);
}
