/** What the operator measures of itself, for Prometheus. What has a source of its own is read when it is asked for, not counted twice. */
import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import type { Clock } from '../shared/clock.ts';
import type { CallObservation } from './kubernetes/client.ts';
import type { ReflectorCounters } from './kubernetes/reflector.ts';

const secondsBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export interface OperatorMetrics {
  readonly observeCall: (observation: CallObservation) => void;
  readonly observeWork: (seconds: number, outcome: 'done' | 'failed' | 'aborted') => void;
}

/** Counted where things happen. */
export function registerOperatorMetrics(registry: Registry): OperatorMetrics {
  const registers = [registry];
  const requests = new Counter({
    name: 'quorate_operator_kubernetes_requests_total',
    help: 'Attempts to call the API server, by HTTP status or by the kind of failure.',
    labelNames: ['verb', 'resource', 'code'] as const,
    registers,
  });
  const requestSeconds = new Histogram({
    name: 'quorate_operator_kubernetes_request_duration_seconds',
    help: 'Time that an attempt to call the API server took.',
    labelNames: ['verb', 'resource'] as const,
    buckets: secondsBuckets,
    registers,
  });
  const reconciles = new Counter({
    name: 'quorate_operator_reconciles_total',
    help: 'Reconciles that ended, by outcome.',
    labelNames: ['outcome'] as const,
    registers,
  });
  const reconcileSeconds = new Histogram({
    name: 'quorate_operator_reconcile_duration_seconds',
    help: 'Time that a reconcile took.',
    buckets: secondsBuckets,
    registers,
  });
  return {
    observeCall: ({ verb, resource, code, seconds }) => {
      requests.inc({ verb, resource, code });
      requestSeconds.observe({ verb, resource }, seconds);
    },
    observeWork: (seconds, outcome) => {
      reconciles.inc({ outcome });
      reconcileSeconds.observe(seconds);
    },
  };
}

export interface MeasuredReflector {
  readonly resource: { readonly plural: string };
  readonly namespace: string | null;
  readonly counters: Readonly<ReflectorCounters>;
  readonly synced: boolean;
  readonly size: number;
  readonly lastEventAtMs: number | null;
}

export interface MeasuredParts {
  readonly clock: Clock;
  readonly elector: { readonly isLeader: boolean };
  readonly events: { readonly droppedCount: number };
  readonly queue: {
    readonly readyCount: number;
    readonly waitingCount: number;
    readonly runningCount: number;
    readonly failingCount: number;
    readonly refusedCount: number;
    readonly longestRunningMs: number;
  };
  readonly reflectors: readonly MeasuredReflector[];
}

const watchCounters: Readonly<Record<keyof ReflectorCounters, readonly [name: string, help: string]>> = {
  lists: ['lists_total', 'Lists of a kind of objects.'],
  expirations: ['expirations_total', 'Watches that could not go on because the history was gone (410).'],
  watches: ['opens_total', 'Watches that were opened.'],
  failures: ['failures_total', 'Lists and watches that failed.'],
  silences: ['silences_total', 'Watches that were given up because nothing came.'],
  events: ['events_total', 'Events and bookmarks that came.'],
  handlerFailures: ['handler_failures_total', 'Changes whose handling failed: a bug.'],
  malformed: ['malformed_total', 'Objects that could not be read.'],
};

/** Read when asked for. */
export function registerPartMetrics(registry: Registry, parts: MeasuredParts): void {
  const gauge = (name: string, help: string, read: () => number): void => {
    const made: Gauge = new Gauge({ name, help, registers: [registry], collect: () => made.set(read()) });
  };
  const total = (name: string, help: string, read: () => number): void => {
    const made: Counter = new Counter({
      name,
      help,
      registers: [registry],
      collect: () => {
        made.reset();
        made.inc(read());
      },
    });
  };
  gauge('quorate_operator_leader', '1 while this process holds the lease.', () => (parts.elector.isLeader ? 1 : 0));
  gauge(
    'quorate_operator_longest_reconcile_seconds',
    'How long the longest reconcile under way has been going on.',
    () => parts.queue.longestRunningMs / 1_000,
  );
  total('quorate_operator_queue_refused_total', 'Keys turned away by a full queue.', () => parts.queue.refusedCount);
  total('quorate_operator_events_dropped_total', 'Kubernetes events that were never written.', () => parts.events.droppedCount);
  registerQueueKeys(registry, parts);
  registerWatches(registry, parts);
}

function registerQueueKeys(registry: Registry, { queue }: MeasuredParts): void {
  const keys: Gauge<'state'> = new Gauge({
    name: 'quorate_operator_queue_keys',
    help: 'Clusters that are to be looked at, by state.',
    labelNames: ['state'] as const,
    registers: [registry],
    collect: () => {
      keys.set({ state: 'ready' }, queue.readyCount);
      keys.set({ state: 'waiting' }, queue.waitingCount);
      keys.set({ state: 'running' }, queue.runningCount);
      keys.set({ state: 'failing' }, queue.failingCount);
    },
  });
}

function registerWatches(registry: Registry, { reflectors, clock }: MeasuredParts): void {
  const labelNames = ['resource', 'namespace'] as const;
  const labelsOf = (reflector: MeasuredReflector): { resource: string; namespace: string } => ({
    resource: reflector.resource.plural,
    namespace: reflector.namespace ?? '',
  });
  for (const [counter, [name, help]] of Object.entries(watchCounters)) {
    const made: Counter<'resource' | 'namespace'> = new Counter({
      name: `quorate_operator_watch_${name}`,
      help,
      labelNames,
      registers: [registry],
      collect: () => {
        made.reset();
        for (const reflector of reflectors) {
          made.inc(labelsOf(reflector), reflector.counters[counter as keyof ReflectorCounters]);
        }
      },
    });
  }
  const perWatch = (name: string, help: string, read: (reflector: MeasuredReflector) => number): void => {
    const made: Gauge<'resource' | 'namespace'> = new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      collect: () => {
        for (const reflector of reflectors) made.set(labelsOf(reflector), read(reflector));
      },
    });
  };
  perWatch('quorate_operator_watch_synced', '1 once the first list is in.', ({ synced }) => (synced ? 1 : 0));
  perWatch('quorate_operator_cached_objects', 'Objects in the cache.', ({ size }) => size);
  perWatch(
    'quorate_operator_watch_silence_seconds',
    'Time since the API server last said something about this kind.',
    ({ lastEventAtMs }) => (lastEventAtMs === null ? 0 : (clock.monotonicMs() - lastEventAtMs) / 1_000),
  );
}
