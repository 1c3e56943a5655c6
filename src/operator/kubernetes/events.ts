/**
 * What a person reads under `kubectl describe`. The same news again within six minutes is one series: its count is kept here and written
 * seldom, so that a condition that lasts costs next to no writes (S20). Losing an event is never an error: it is logged and counted.
 */
import type { Logger } from 'pino';
import type { Clock } from '../../shared/clock.ts';
import type { Random } from '../../shared/random.ts';
import { BoundedQueue } from '../../shared/bounded-queue.ts';
import type { KubernetesApi } from './api.ts';
import { microTime } from './micro-time.ts';
import type { KubernetesEvent, KubernetesObject, ObjectReference } from './objects.ts';
import { EVENTS } from './resources.ts';

export interface EventFields {
  readonly type: 'Normal' | 'Warning';
  /** CamelCase, stable: programs filter by it. */
  readonly reason: string;
  /** CamelCase: what the operator did or tried. */
  readonly action: string;
  readonly note: string;
}

export interface EventRecorder {
  /** Returns at once; the event is written behind the caller's back. `object` needs `apiVersion`, `kind` and its UID. */
  event(object: KubernetesObject, fields: EventFields): void;
}

export const EVENT_LIMITS = {
  /** Longer without the same news, and the next one starts a new event. */
  seriesMs: 360_000,
  /** Series remembered; the one silent for longest is forgotten first. */
  seriesMax: 4_096,
  /** Events waiting to be written; more are dropped and counted. */
  waitingMax: 256,
  /** An object may have so many in a burst, then one more every `refillMs`. */
  burst: 25,
  refillMs: 30_000,
  noteBytesMax: 1_024,
} as const;

export interface EventRecorderOptions {
  readonly api: KubernetesApi;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly controller: string;
  readonly instance: string;
}

interface Series {
  readonly namespace: string;
  /** Null until the API server has it. */
  name: string | null;
  count: number;
  lastSeenAtMs: number;
  lastSeenWallMs: number;
  /** Written to the API server last, and when. */
  writtenCount: number;
  writtenAtMs: number;
}

interface Bucket {
  tokens: number;
  atMs: number;
}

type Write = () => Promise<void>;

export class ApiEventRecorder implements EventRecorder {
  readonly #options: EventRecorderOptions;
  /** Both in the order of their last use. */
  readonly #series = new Map<string, Series>();
  readonly #buckets = new Map<string, Bucket>();
  readonly #writes = new BoundedQueue<Write>(EVENT_LIMITS.waitingMax);
  #writing = false;
  #dropped = 0;

  constructor(options: EventRecorderOptions) {
    this.#options = options;
  }

  /** Never written: over the object's rate, over the queue's bound, or refused by the API server. */
  get droppedCount(): number {
    return this.#dropped;
  }

  event(object: KubernetesObject, fields: EventFields): void {
    const key = JSON.stringify([object.kind, object.metadata.uid, fields.type, fields.reason, fields.action, fields.note]);
    const now = this.#options.clock.monotonicMs();
    const known = this.#series.get(key);
    if (known !== undefined && now - known.lastSeenAtMs < EVENT_LIMITS.seriesMs) this.#repeat(key, known, now);
    else this.#begin(key, object, fields, now);
  }

  #begin(key: string, object: KubernetesObject, fields: EventFields, now: number): void {
    if (!this.#takeToken(object.metadata.uid ?? object.metadata.name, now)) {
      this.#dropped += 1;
      return;
    }
    const namespace = object.metadata.namespace ?? 'default';
    const wallMs = this.#options.clock.wallMs();
    const series: Series = {
      namespace,
      name: null,
      count: 1,
      lastSeenAtMs: now,
      lastSeenWallMs: wallMs,
      writtenCount: 1,
      writtenAtMs: now,
    };
    remember(this.#series, key, series, EVENT_LIMITS.seriesMax);
    const event = this.#eventOf(object, fields, namespace, wallMs);
    this.#write(async () => {
      const stored = await this.#options.api.create(EVENTS, event);
      series.name = stored.metadata.name;
    });
  }

  #repeat(key: string, series: Series, now: number): void {
    series.count += 1;
    series.lastSeenAtMs = now;
    series.lastSeenWallMs = this.#options.clock.wallMs();
    remember(this.#series, key, series, EVENT_LIMITS.seriesMax);
    const isFirstRepeat = series.writtenCount === 1;
    if (!isFirstRepeat && now - series.writtenAtMs < EVENT_LIMITS.seriesMs) return;
    series.writtenCount = series.count;
    series.writtenAtMs = now;
    this.#write(async () => {
      // Its creation failed, or was dropped: there is nothing to count on.
      if (series.name === null) return;
      const key = { namespace: series.namespace, name: series.name };
      const patch = { series: { count: series.count, lastObservedTime: microTime(series.lastSeenWallMs) } };
      await this.#options.api.mergePatch(EVENTS, key, patch);
    });
  }

  #eventOf(object: KubernetesObject, fields: EventFields, namespace: string, wallMs: number): KubernetesEvent {
    const { controller, instance, random } = this.#options;
    return {
      metadata: { namespace, name: `${object.metadata.name}.${random.hex(16)}` },
      eventTime: microTime(wallMs),
      reportingController: controller,
      reportingInstance: instance.slice(0, instanceCharactersMax),
      regarding: referenceTo(object),
      type: fields.type,
      reason: fields.reason,
      action: fields.action,
      note: clipped(fields.note),
    };
  }

  #takeToken(owner: string, now: number): boolean {
    const bucket = this.#buckets.get(owner) ?? { tokens: EVENT_LIMITS.burst, atMs: now };
    const refilled = (now - bucket.atMs) / EVENT_LIMITS.refillMs;
    const tokens = Math.min(EVENT_LIMITS.burst, bucket.tokens + refilled);
    const taken = tokens >= 1;
    remember(this.#buckets, owner, { tokens: taken ? tokens - 1 : tokens, atMs: now }, EVENT_LIMITS.seriesMax);
    return taken;
  }

  #write(write: Write): void {
    if (!this.#writes.offer(write)) {
      this.#dropped += 1;
      return;
    }
    if (!this.#writing) void this.#drain();
  }

  /** One write at a time: events come in order, and never crowd out the calls that matter. */
  async #drain(): Promise<void> {
    this.#writing = true;
    for (let write = this.#writes.poll(); write !== undefined; write = this.#writes.poll()) {
      try {
        await write();
      } catch (error) {
        this.#dropped += 1;
        this.#options.log.warn({ err: error }, 'an event could not be written');
      }
    }
    this.#writing = false;
  }
}

/** The API server's own bound on `reportingInstance`. */
const instanceCharactersMax = 128;

function remember<Value>(map: Map<string, Value>, key: string, value: Value, max: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= max) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}

function referenceTo(object: KubernetesObject): ObjectReference {
  const { namespace, name, uid, resourceVersion } = object.metadata;
  return { apiVersion: object.apiVersion, kind: object.kind, namespace, name, uid, resourceVersion };
}

/** At most `noteBytesMax` bytes, cut between characters. */
function clipped(note: string): string {
  const bytes = Buffer.from(note, 'utf8');
  if (bytes.length <= EVENT_LIMITS.noteBytesMax) return note;
  const ellipsis = '…';
  let end = EVENT_LIMITS.noteBytesMax - Buffer.byteLength(ellipsis);
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return `${bytes.subarray(0, end).toString('utf8')}${ellipsis}`;
}
