/** `kubectl quorate members`: what each member says of itself at this moment, log positions included. */
import type { NodeStatus } from '../../api/node-status.ts';
import type { MemberRole } from '../../api/storage-cluster.ts';
import type { ConfirmedLeader, NodeObservation } from '../../operator/plan/observation.ts';
import { columns } from './layout.ts';
import type { Cell } from './layout.ts';
import type { Paint } from './paint.ts';
import { meaningOfRole } from './status-tree.ts';

/** What `-o json` and `-o yaml` print: fields are added, never renamed; null is unknown. */
export interface MemberRow {
  readonly namespace: string;
  readonly cluster: string;
  readonly name: string;
  readonly memberId: string | null;
  readonly role: MemberRole;
  readonly ready: boolean | null;
  readonly term: number | null;
  readonly lastIndex: number | null;
  readonly commitIndex: number | null;
  readonly appliedIndex: number | null;
  /** Log entries behind the confirmed leader, exactly; null without one. */
  readonly lag: number | null;
  readonly keys: number | null;
  readonly dataBytes: number | null;
  readonly clients: number | null;
  readonly version: string | null;
  /** Why it does not take part, or does not answer. */
  readonly message: string | null;
}

type Place = Pick<MemberRow, 'namespace' | 'cluster' | 'name'>;

export function memberRow(place: Place, node: NodeObservation, leader: ConfirmedLeader | null): MemberRow {
  switch (node.kind) {
    case 'absent':
      return { ...place, ...unknown, message: 'has no pod' };
    case 'silent':
      return { ...place, ...unknown, message: node.reason };
    case 'answered':
      return { ...place, ...answered(node.status, leader) };
  }
}

const unknown = {
  memberId: null,
  role: 'Unknown',
  ready: null,
  term: null,
  lastIndex: null,
  commitIndex: null,
  appliedIndex: null,
  lag: null,
  keys: null,
  dataBytes: null,
  clients: null,
  version: null,
} as const;

function answered(status: NodeStatus, leader: ConfirmedLeader | null): Omit<MemberRow, keyof Place> {
  const { replication } = status;
  return {
    memberId: status.memberId,
    role: roleOf(status, leader),
    ready: status.ready,
    term: replication?.term ?? null,
    lastIndex: replication?.lastIndex ?? null,
    commitIndex: replication?.commitIndex ?? null,
    appliedIndex: replication?.appliedIndex ?? null,
    lag: lagOf(status, leader),
    keys: replication === null ? null : status.keys,
    dataBytes: replication === null ? null : status.dataBytes,
    clients: status.clients,
    version: status.version,
    message: status.halt === null ? (status.ready ? null : status.readyReason) : `${status.halt.reason}: ${status.halt.message}`,
  };
}

/** Leader only by confirmation with a quorum (S1). */
function roleOf(status: NodeStatus, leader: ConfirmedLeader | null): MemberRole {
  const configuration = leader?.replication.committedConfiguration ?? status.replication?.committedConfiguration;
  const listed = configuration?.members.find(({ id }) => id === status.memberId);
  if (listed === undefined) return 'NonMember';
  if (listed.role === 'learner') return 'Learner';
  return leader?.member.id === status.memberId ? 'Leader' : 'Follower';
}

function lagOf(status: NodeStatus, leader: ConfirmedLeader | null): number | null {
  if (leader === null) return null;
  if (leader.member.id === status.memberId) return 0;
  const progress = leader.replication.progress.find(({ id }) => id === status.memberId);
  return progress === undefined ? null : Math.max(0, leader.replication.lastIndex - progress.matchIndex);
}

const header = ['NAME', 'ROLE', 'READY', 'TERM', 'LAST', 'COMMIT', 'APPLIED', 'LAG', 'KEYS', 'DATA', 'CLIENTS', 'VERSION'];

export function membersTable(rows: readonly MemberRow[], paint: Paint): string {
  const cells = rows.map((row): readonly Cell[] => [
    { text: row.name },
    { text: row.role, meaning: meaningOfRole(row.role) },
    row.ready === null
      ? { text: '?', meaning: 'unknown' }
      : { text: row.ready ? 'yes' : 'no', meaning: row.ready ? 'good' : 'bad' },
    ...[row.term, row.lastIndex, row.commitIndex, row.appliedIndex, row.lag, row.keys].map(numberCell),
    { text: row.dataBytes === null ? '?' : bytesText(row.dataBytes) },
    numberCell(row.clients),
    { text: row.version ?? '?' },
    { text: row.message ?? '', meaning: 'warning' },
  ]);
  return `${columns([header.map((text) => ({ text, meaning: 'faint' as const })), ...cells], paint).join('\n')}\n`;
}

function numberCell(value: number | null): Cell {
  return { text: value === null ? '?' : String(value) };
}

/** In units of 1024, as quantities of Kubernetes are: `812B`, `1.5Ki`, `204Mi`. */
export function bytesText(bytes: number): string {
  const units = ['B', 'Ki', 'Mi', 'Gi', 'Ti'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const text = unit === 0 || value >= 100 ? String(Math.round(value)) : String(Math.round(value * 10) / 10);
  return `${text}${units[unit] ?? ''}`;
}
