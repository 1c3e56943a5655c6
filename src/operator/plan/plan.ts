/**
 * The planner: from what was seen to an ordered list of steps, each with its reason, at most one of them disruptive. Pure. It keeps no state
 * of its own: every pass decides anew, and concerns stand in one total order, so that none waits for another that waits for it.
 */
import { planBrokenPods } from './broken-pods.ts';
import { planChildren } from './children.ts';
import { planClaims } from './claims.ts';
import { planDeadMembers } from './dead-members.ts';
import { factsOf } from './facts.ts';
import type { Facts } from './facts.ts';
import { planFeatureLevel } from './feature-level.ts';
import { planLateFounders } from './founders.ts';
import { planFounding } from './founding.ts';
import { planGeneration } from './generation.ts';
import { planClaimGrowth, planTemplateGrowth } from './growth.ts';
import { planHibernation } from './hibernation.ts';
import { planJoining } from './joining.ts';
import type { Observation } from './observation.ts';
import { planMaintenance } from './maintenance.ts';
import type { Activity, Gate, PlannedEvent, Proposal } from './proposal.ts';
import { distinctGates, gate, proposal } from './proposal.ts';
import { planGivingUp, planOrders, planReleases } from './replacing.ts';
import { planRoles } from './roles.ts';
import { planRolling } from './rolling.ts';
import { planScaleIn } from './scaling.ts';
import { isExclusive, writesStatefulSet } from './step.ts';
import type { Step } from './step.ts';

export interface Plan {
  readonly steps: readonly Step[];
  readonly blockedBy: readonly Gate[];
  /** The first concern that has something going on; null at rest. */
  readonly activity: Activity | null;
  readonly events: readonly PlannedEvent[];
}

/** @param nowMs wall time, for how long something has lasted; nothing else follows from it */
export function plan(observation: Observation, nowMs: number): Plan {
  return combine(concernsOf(factsOf(observation), nowMs));
}

/** In order of precedence. */
function concernsOf(facts: Facts, nowMs: number): readonly Proposal[] {
  const { cluster } = facts;
  // Nothing waits for us: children go by their owner references, and claims got theirs while the resource lived (S4).
  if (cluster.metadata.deletionTimestamp !== undefined) {
    return [proposal({ activity: { reason: 'Deleting', message: 'the children go with their owner' } })];
  }
  // People look after the cluster themselves; only the labels that a Service selects by follow the leader (S21).
  if (cluster.spec.paused) return [planPause(), planRoles(facts)];
  const growth = [planClaimGrowth(facts), planChildren(facts), planTemplateGrowth(facts)];
  if (cluster.spec.hibernate) return [...growth, planHibernation(facts), planClaims(facts)];
  const isFormed = facts.leader !== null || (facts.identity !== null && facts.configuration !== null);
  if (!isFormed) return [...growth, planGeneration(facts), planBrokenPods(facts, nowMs), planFounding(facts), planClaims(facts)];
  return [
    ...growth,
    planGeneration(facts),
    planBrokenPods(facts, nowMs),
    planOrders(facts),
    planDeadMembers(facts, nowMs),
    planGivingUp(facts),
    planReleases(facts),
    planMaintenance(facts),
    planLateFounders(facts),
    planJoining(facts),
    planScaleIn(facts),
    planRolling(facts, nowMs),
    planFeatureLevel(facts),
    planRoles(facts),
    planClaims(facts),
  ];
}

function planPause(): Proposal {
  const message = 'spec.paused is set: the operator only reports what it sees.';
  return proposal({ blockedBy: [gate('Paused', null, message, 'Set spec.paused to false.')] });
}

/** The first exclusive step wins; what is refused its turn comes again in the next pass, decided anew. */
function combine(concerns: readonly Proposal[]): Plan {
  const steps: Step[] = [];
  const events: PlannedEvent[] = [];
  let isTaken = false;
  let isStatefulSetWritten = false;
  for (const concern of concerns) {
    let isWhole = true;
    for (const step of concern.steps) {
      const isRefused = (isTaken && isExclusive(step)) || (isStatefulSetWritten && writesStatefulSet(step));
      if (isRefused) {
        isWhole = false;
        continue;
      }
      steps.push(step);
      isTaken ||= isExclusive(step);
      isStatefulSetWritten ||= writesStatefulSet(step);
    }
    if (isWhole) events.push(...concern.events);
  }
  return {
    steps,
    blockedBy: distinctGates(concerns.flatMap((concern) => concern.blockedBy)),
    activity: concerns.find((concern) => concern.activity !== null)?.activity ?? null,
    events,
  };
}
