/** `kubectl quorate status`: one tree a cluster. */
import type { ConditionStatus, MemberRole, StorageClusterPhase } from '../../api/storage-cluster.ts';
import { assertNever } from '../../shared/assert.ts';
import type { BlockView, ClusterView, ConditionView, MemberView } from './cluster-view.ts';
import { columns, tree } from './layout.ts';
import type { Branch, Cell } from './layout.ts';
import type { Meaning, Paint } from './paint.ts';
import { since } from './time.ts';

const NONE: Cell = { text: '-', meaning: 'faint' };

export function statusTree(view: ClusterView, paint: Paint, nowMs: number): string {
  const branches: Branch[] = [
    ...view.notes.map((note) => ({ text: paint('warning', `note: ${note}`) })),
    { text: 'Members', branches: leaves(view.members.map(memberRow), paint, 'none seen') },
    {
      text: 'Conditions',
      branches: leaves(
        view.conditions.map((condition) => conditionRow(condition, nowMs)),
        paint,
      ),
    },
    ...(view.blockedBy.length === 0
      ? []
      : [{ text: paint('warning', 'Blocked'), branches: view.blockedBy.map((block) => blockBranch(block, paint, nowMs)) }]),
  ];
  return `${tree({ text: headline(view, paint, nowMs), branches }).join('\n')}\n`;
}

/** Several clusters, one below the other. */
export function statusTrees(views: readonly ClusterView[], paint: Paint, nowMs: number): string {
  return views.map((view) => statusTree(view, paint, nowMs)).join('\n');
}

function headline(view: ClusterView, paint: Paint, nowMs: number): string {
  const facts = [
    view.ready === null ? null : `${view.ready} members ready`,
    view.quorum === null ? null : `quorum ${view.quorum}`,
    view.leader === null ? 'no confirmed leader' : `leader ${view.leader} in term ${view.term ?? '?'}`,
    view.version === null ? null : `version ${view.version}`,
    view.observedAt === null ? 'never seen' : `seen ${since(view.observedAt, nowMs)} ago`,
  ];
  const name = `${view.namespace}/${view.name}`;
  return `${paint('strong', name)}  ${paint(meaningOfPhase(view.phase), view.phase)}  ${facts.filter((fact) => fact !== null).join(', ')}`;
}

function leaves(rows: readonly (readonly Cell[])[], paint: Paint, empty = ''): readonly Branch[] {
  if (rows.length === 0) return empty === '' ? [] : [{ text: paint('faint', empty) }];
  return columns(rows, paint).map((text) => ({ text }));
}

function memberRow(member: MemberView): readonly Cell[] {
  return [
    { text: member.name },
    { text: member.role, meaning: meaningOfRole(member.role) },
    readinessCell(member.ready),
    member.lag === null
      ? { text: 'lag ?', meaning: 'faint' }
      : { text: `lag ${member.lag}`, meaning: member.lag === 0 ? undefined : 'warning' },
    member.version === null ? NONE : { text: member.version },
    member.node === null ? NONE : { text: `on ${member.node}` },
    { text: member.message ?? '', meaning: 'warning' },
  ];
}

function readinessCell(ready: boolean | null): Cell {
  if (ready === null) return { text: 'unknown', meaning: 'unknown' };
  return ready ? { text: 'ready', meaning: 'good' } : { text: 'not ready', meaning: 'bad' };
}

function conditionRow(condition: ConditionView, nowMs: number): readonly Cell[] {
  return [
    { text: condition.type },
    { text: condition.status, meaning: meaningOfCondition(condition) },
    { text: condition.reason },
    condition.since === null ? NONE : { text: since(condition.since, nowMs) },
    { text: condition.message, meaning: 'faint' },
  ];
}

/** Degraded is bad when True, Progressing is neither; the others are good when True. */
export function meaningOfCondition({ type, status }: { readonly type: string; readonly status: ConditionStatus }): Meaning {
  if (status === 'Unknown') return 'unknown';
  if (type === 'Progressing') return status === 'True' ? 'warning' : 'faint';
  return (status === 'True') === (type !== 'Degraded') ? 'good' : 'bad';
}

export function blockBranch({ gate, member, since: from, message, unblock }: BlockView, paint: Paint, nowMs: number): Branch {
  const held = member === null ? 'the cluster' : member;
  return {
    text: `${paint('warning', gate)} holds back ${held}, for ${since(from, nowMs)}`,
    branches: [{ text: `why      ${message}` }, { text: `unblock  ${paint('strong', unblock)}` }],
  };
}

export function meaningOfPhase(phase: StorageClusterPhase): Meaning {
  switch (phase) {
    case 'Ready':
      return 'good';
    case 'Degraded':
    case 'Unavailable':
      return 'bad';
    case 'Unknown':
      return 'unknown';
    case 'Pending':
    case 'Founding':
    case 'Scaling':
    case 'Updating':
    case 'Deleting':
      return 'warning';
    case 'Hibernated':
      return 'faint';
    default:
      return assertNever(phase);
  }
}

export function meaningOfRole(role: MemberRole): Meaning | undefined {
  switch (role) {
    case 'Leader':
      return 'strong';
    case 'Follower':
      return undefined;
    case 'Learner':
    case 'NonMember':
      return 'warning';
    case 'Unknown':
      return 'unknown';
    default:
      return assertNever(role);
  }
}
