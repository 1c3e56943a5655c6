/** What one concern of the planner has to say: steps, gates that hold steps back, what is going on, and what a person should hear. */
import type { BlockingGate, ConditionReason, EventReason } from '../../api/storage-cluster.ts';
import type { Step } from './step.ts';

export interface Gate {
  readonly gate: BlockingGate;
  /** Null: the gate holds the cluster as a whole. */
  readonly member: string | null;
  readonly message: string;
  readonly unblock: string;
}

export interface Activity {
  readonly reason: ConditionReason<'Progressing'>;
  readonly message: string;
}

export interface PlannedEvent {
  readonly type: 'Normal' | 'Warning';
  readonly reason: EventReason;
  readonly action: string;
  readonly note: string;
}

export interface Proposal {
  readonly steps: readonly Step[];
  readonly blockedBy: readonly Gate[];
  /** Null: nothing is going on here. */
  readonly activity: Activity | null;
  readonly events: readonly PlannedEvent[];
}

export const NOTHING: Proposal = { steps: [], blockedBy: [], activity: null, events: [] };

export function proposal(parts: Partial<Proposal>): Proposal {
  return { ...NOTHING, ...parts };
}

/** One entry a gate and member: the first says it. */
export function distinctGates(gates: readonly Gate[]): readonly Gate[] {
  return gates.filter(
    ({ gate: name, member }, position) => gates.findIndex((other) => other.gate === name && other.member === member) === position,
  );
}

export function gate(name: BlockingGate, member: string | null, message: string, unblock: string): Gate {
  return { gate: name, member, message, unblock };
}
