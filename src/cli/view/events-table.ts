/** `kubectl quorate events`: what happened to a cluster and everything below it, the youngest last. */
import type { KubernetesObject, ObjectReference } from '../../operator/kubernetes/objects.ts';
import { ordinalOf, ordinalOfClaim } from '../../operator/render/names.ts';
import { columns } from './layout.ts';
import type { Paint } from './paint.ts';
import { since } from './time.ts';

/** events.k8s.io/v1 as anybody may have written it: those that came in by the older API have their times and counts elsewhere. */
export type SeenEvent = KubernetesObject & {
  readonly eventTime?: string | null | undefined;
  readonly reason?: string | undefined;
  readonly note?: string | undefined;
  readonly type?: string | undefined;
  readonly regarding?: ObjectReference | undefined;
  readonly reportingController?: string | undefined;
  readonly series?: { readonly count: number; readonly lastObservedTime: string } | null | undefined;
  readonly deprecatedCount?: number | undefined;
  readonly deprecatedLastTimestamp?: string | null | undefined;
};

/** What `-o json` and `-o yaml` print: fields are added, never renamed. */
export interface EventRow {
  /** RFC 3339, of the last time; null when the event does not say. */
  readonly lastSeen: string | null;
  readonly type: string;
  readonly reason: string;
  readonly object: string;
  readonly count: number;
  readonly note: string;
}

/** Those about the StorageCluster `name`, its pods and claims, and its other children; in order of their last time. */
export function eventRows(events: readonly SeenEvent[], name: string): readonly EventRow[] {
  return events
    .filter(({ regarding }) => regarding !== undefined && isAbout(regarding, name))
    .map(rowOf)
    .sort((left, right) => timeOf(left) - timeOf(right));
}

/** Names tell: events carry no labels. `orders-shard-0-1` is of `orders`, `orders-shard-0-1-backup` is not. */
function isAbout({ kind, name = '' }: ObjectReference, cluster: string): boolean {
  switch (kind) {
    case 'Pod':
      return ordinalOf(cluster, name) !== null;
    case 'PersistentVolumeClaim':
      return ordinalOfClaim(cluster, name) !== null;
    case 'StorageCluster':
    case 'Service':
    case 'PodDisruptionBudget':
      return name === cluster || (kind !== 'StorageCluster' && childNames(cluster).includes(name));
    case 'StatefulSet':
      return childNames(cluster).includes(name);
    case undefined:
    default:
      return false;
  }
}

function childNames(cluster: string): readonly string[] {
  return [`${cluster}-shard-0`, `${cluster}-leader`, `${cluster}-members`];
}

function rowOf(event: SeenEvent): EventRow {
  const { regarding, series } = event;
  return {
    lastSeen:
      series?.lastObservedTime ?? event.deprecatedLastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp ?? null,
    type: event.type ?? 'Normal',
    reason: event.reason ?? '',
    object: `${regarding?.kind ?? ''}/${regarding?.name ?? ''}`,
    count: series?.count ?? event.deprecatedCount ?? 1,
    note: event.note ?? '',
  };
}

function timeOf({ lastSeen }: EventRow): number {
  const atMs = Date.parse(lastSeen ?? '');
  return Number.isNaN(atMs) ? 0 : atMs;
}

export function eventsTable(rows: readonly EventRow[], paint: Paint, nowMs: number): string {
  if (rows.length === 0) return 'No events: Kubernetes keeps them for an hour unless its API server is told otherwise.\n';
  const header = ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'COUNT', 'MESSAGE'].map((text) => ({
    text,
    meaning: 'faint' as const,
  }));
  const cells = rows.map((row) => [
    { text: since(row.lastSeen, nowMs) },
    { text: row.type, meaning: row.type === 'Warning' ? ('warning' as const) : undefined },
    { text: row.reason, meaning: 'strong' as const },
    { text: row.object },
    { text: String(row.count) },
    { text: row.note.replaceAll(/\s*\n\s*/g, ' ') },
  ]);
  return `${columns([header, ...cells], paint).join('\n')}\n`;
}
