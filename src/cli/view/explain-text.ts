/** `kubectl quorate explain`: what the operator would do next, why, and what it waits for. */
import type { Gate } from '../../operator/plan/proposal.ts';
import type { Plan } from '../../operator/plan/plan.ts';
import { isDisruptive } from '../../operator/plan/step.ts';
import type { Step } from '../../operator/plan/step.ts';
import type { BlockView } from './cluster-view.ts';
import type { Paint } from './paint.ts';
import { stepText } from './step-text.ts';
import { since } from './time.ts';

export interface StepView {
  readonly type: string;
  readonly does: string;
  readonly because: string;
  readonly disruptive: boolean;
}

/** What `-o json` and `-o yaml` print: fields are added, never renamed. */
export interface ExplainView {
  readonly namespace: string;
  readonly name: string;
  /** `planned`: the planner ran on what was seen just now. `recorded`: only what the operator wrote into status could be read. */
  readonly source: 'planned' | 'recorded';
  readonly activity: { readonly reason: string; readonly message: string } | null;
  readonly steps: readonly StepView[];
  readonly heldBack: readonly HeldBackView[];
  /** What could not be seen, and would have to be for a whole picture. */
  readonly unseen: readonly string[];
  readonly notes: readonly string[];
}

export interface HeldBackView {
  readonly gate: string;
  readonly member: string | null;
  /** Null while the operator has not recorded it yet. */
  readonly since: string | null;
  readonly message: string;
  readonly unblock: string;
}

type Named = Pick<ExplainView, 'namespace' | 'name' | 'unseen' | 'notes'>;

export function plannedView(named: Named, plan: Plan, recorded: readonly BlockView[]): ExplainView {
  return {
    ...named,
    source: 'planned',
    activity: plan.activity,
    steps: plan.steps.map(stepView),
    heldBack: plan.blockedBy.map((gate) => heldBack(gate, recorded)),
  };
}

function stepView(step: Step): StepView {
  return { type: step.type, does: stepText(step), because: step.because, disruptive: isDisruptive(step) };
}

function heldBack({ gate, member, message, unblock }: Gate, recorded: readonly BlockView[]): HeldBackView {
  const known = recorded.find((block) => block.gate === gate && block.member === member);
  return { gate, member, since: known?.since ?? null, message, unblock };
}

export function explainText(view: ExplainView, paint: Paint, nowMs: number): string {
  const lines = [
    `${paint('strong', `${view.namespace}/${view.name}`)}  ${summary(view)}`,
    ...view.notes.map((note) => paint('warning', `note: ${note}`)),
    ...stepLines(view.steps, paint),
    ...heldBackLines(view.heldBack, paint, nowMs),
    ...(view.unseen.length === 0 ? [] : ['', 'Not seen, so that the plan above may lack something:']),
    ...view.unseen.map((what) => paint('warning', `  - ${what}`)),
  ];
  return `${lines.join('\n')}\n`;
}

/** What goes on, in one sentence. */
export function summary({ activity, steps, heldBack, source }: ExplainView): string {
  if (activity !== null) return `${activity.reason}: ${activity.message}`;
  if (heldBack.length > 0) return 'Blocked: nothing goes on until what holds it back is gone.';
  if (steps.length > 0) return 'There is something to put right.';
  return source === 'planned' ? 'Nothing to do: all is as it is wanted.' : 'The operator has recorded nothing that it waits for.';
}

function stepLines(steps: readonly StepView[], paint: Paint): readonly string[] {
  if (steps.length === 0) return [];
  const width = String(steps.length).length;
  return [
    '',
    'Next steps, in this order; after them all is looked at anew:',
    ...steps.flatMap(({ does, because, disruptive }, at) => [
      `  ${String(at + 1).padStart(width)}. ${paint('strong', does)}${disruptive ? `  ${paint('warning', '(disruptive: one at a time)')}` : ''}`,
      `  ${' '.repeat(width)}  because ${because}`,
    ]),
  ];
}

function heldBackLines(gates: readonly HeldBackView[], paint: Paint, nowMs: number): readonly string[] {
  if (gates.length === 0) return [];
  return [
    '',
    'Held back:',
    ...gates.flatMap(({ gate, member, since: from, message, unblock }) => [
      `  ${paint('warning', gate)}${member === null ? '' : ` on ${member}`}${from === null ? '' : `, for ${since(from, nowMs)}`}`,
      `    why      ${message}`,
      `    unblock  ${paint('strong', unblock)}`,
    ]),
  ];
}
