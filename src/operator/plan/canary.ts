/**
 * The first follower that is updated is a trial: before the next one goes it has to be ready and caught up, by the word of the leader, for a
 * while. If it has not managed that within its time, the StatefulSet gets the template before it back, and the member follows. The deadline
 * runs from when its gate closed, which status remembers, so that a moment of weakness after the proof begins a trial of its own.
 */
import type { MemberObservation, RolledBack, StatefulSetObservation } from './observation.ts';
import { answerOf } from './observation.ts';
import type { Facts } from './facts.ts';
import { isLeftAlone } from './maintenance.ts';
import { isOfFullSize, isSteady, outdatedMembers } from './outdated.ts';
import { gate, proposal } from './proposal.ts';
import type { Gate, Proposal } from './proposal.ts';

export type Trial =
  /** Nobody has to prove anything: not the first, or proven. */
  | { readonly kind: 'none' }
  | { readonly kind: 'under-way'; readonly gate: Gate }
  | { readonly kind: 'failed'; readonly way: Proposal };

const NO_TRIAL: Trial = { kind: 'none' };

export function judgeTrial(facts: Facts, nowMs: number): Trial {
  const { statefulSet, target } = facts;
  const outdated = outdatedMembers(facts) ?? [];
  if (statefulSet === null || statefulSet.rolledBack !== null || target === 1 || !isOfFullSize(facts)) return NO_TRIAL;
  const updated = facts.observation.members.filter(
    ({ pod, ordinal }) => pod?.revision === statefulSet.updateRevision && ordinal < target,
  );
  const [canary] = updated;
  if (canary === undefined || updated.length > 1 || outdated.length === 0 || isLeftAlone(facts, canary.name)) return NO_TRIAL;
  if (isProven(facts, canary, nowMs)) return NO_TRIAL;
  const previous = revisionOfMost(outdated);
  if (!isOutOfTime(facts, canary, nowMs) || previous === null || !isToBlame(facts, canary))
    return { kind: 'under-way', gate: canaryGate(facts, canary) };
  return { kind: 'failed', way: planWayBack(facts, statefulSet, canary, previous) };
}

function isProven(facts: Facts, canary: MemberObservation, nowMs: number): boolean {
  const readySinceMs = canary.pod?.readySinceMs ?? null;
  const steadyMs = facts.cluster.spec.update.canary.steadySeconds * 1000;
  return isSteady(facts, canary) && readySinceMs !== null && nowMs - readySinceMs >= steadyMs;
}

function isOutOfTime(facts: Facts, canary: MemberObservation, nowMs: number): boolean {
  const before = facts.cluster.status?.blockedBy?.find(({ gate: name, member }) => name === 'Canary' && member === canary.name);
  if (before === undefined) return false;
  // A pod of its own begins a trial of its own: that of another update, or after a node drain.
  const sinceMs = Math.max(Date.parse(before.since), canary.pod?.createdAtMs ?? 0);
  return nowMs - sinceMs >= facts.cluster.spec.update.canary.deadlineSeconds * 1000;
}

/** Broken by itself, or the only one that lacks something: trouble of the whole cluster says nothing about an update. */
function isToBlame(facts: Facts, canary: MemberObservation): boolean {
  const halt = answerOf(canary)?.halt ?? null;
  // Evidence is kept, and the update stops where it is (S15).
  if (halt?.reason === 'StateDiverged') return false;
  if (halt !== null || (canary.pod?.problem ?? null) !== null) return true;
  return facts.leader !== null && facts.observation.members.every((member) => member === canary || isSteady(facts, member));
}

/** The template that most of the others run. */
function revisionOfMost(outdated: readonly MemberObservation[]): string | null {
  const revisions = outdated.map(({ pod }) => pod?.revision ?? null).filter((revision) => revision !== null);
  const count = (revision: string): number => revisions.filter((other) => other === revision).length;
  return [...revisions].sort((left, right) => count(right) - count(left))[0] ?? null;
}

function canaryGate(facts: Facts, { name }: MemberObservation): Gate {
  const { steadySeconds, deadlineSeconds } = facts.cluster.spec.update.canary;
  const message = `${name} is the first of the new template, and has to be ready and caught up for ${steadySeconds} s before others follow.`;
  return gate(
    'Canary',
    name,
    message,
    `Waits for it; after ${deadlineSeconds} s without that it goes back to the template before.`,
  );
}

function planWayBack(facts: Facts, statefulSet: StatefulSetObservation, canary: MemberObservation, revision: string): Proposal {
  const { replicas, resourceVersion } = statefulSet;
  const rolledBack: RolledBack = {
    generation: facts.cluster.metadata.generation,
    member: canary.name,
    reason: whatItLacks(canary),
  };
  const because = `${canary.name} did not prove itself within ${facts.cluster.spec.update.canary.deadlineSeconds} s (${rolledBack.reason}): back to ${revision}`;
  return proposal({
    steps: [{ type: 'roll-back', revision, replicas, resourceVersion, rolledBack, because }],
    events: [{ type: 'Warning', reason: 'RolledBack', action: 'RollBack', note: because }],
  });
}

function whatItLacks(canary: MemberObservation): string {
  const { pod } = canary;
  const status = answerOf(canary);
  if (status?.halt) return `halted: ${status.halt.reason}`;
  if (pod?.problem) return `${pod.problem.kind}: ${pod.problem.message}`;
  if (pod?.terminating === true) return 'its pod does not end';
  if (status === null) return 'it does not answer';
  return pod?.ready === true ? 'it is not caught up' : 'it is not ready';
}
