/** Why a step was not done, and whether that is news: much of it only means that the world has moved on, and the next pass sees how. */
import { isKubernetesApiError } from './kubernetes/errors.ts';
import type { KubernetesApiErrorKind } from './kubernetes/errors.ts';
import type { NodeFailure } from './node-client.ts';
import { gate } from './plan/proposal.ts';
import type { Gate } from './plan/proposal.ts';
import type { Step } from './plan/step.ts';

export class NodeCallError extends Error {
  override readonly name = 'NodeCallError';
  readonly code = 'NODE_CALL_FAILED';
  readonly failure: NodeFailure;

  constructor(member: string, failure: NodeFailure) {
    super(`${member}: ${failure.code}: ${failure.message}`);
    this.failure = failure;
  }
}

export interface StepFailure {
  readonly message: string;
  /** The next pass settles it: nothing for a person to read. */
  readonly isPassing: boolean;
  /** What holds the step back, in status, when that is known. */
  readonly gate: Gate | null;
  readonly error: unknown;
}

/** Rethrows what is nobody's refusal: a mistake of our own. */
export function failureOf(step: Step, error: unknown): StepFailure {
  if (!(error instanceof NodeCallError) && !isKubernetesApiError(error)) throw error;
  const held = gateOf(step, error);
  return { message: `${step.type}: ${error.message}`, isPassing: held !== null || isPassing(error), gate: held, error };
}

const passingKinds: ReadonlySet<KubernetesApiErrorKind> = new Set([
  'not-found',
  'conflict',
  'already-exists',
  'throttled',
  'gone',
  'timeout',
  'unreachable',
]);

/** Refusals of a node that mean "look again"; any other is told. */
const passingCodes: ReadonlySet<string> = new Set([
  'not-leader',
  'busy',
  'transferring',
  'transfer-failed',
  'change-in-flight',
  'configuration-index-mismatch',
  'term-not-settled',
  'not-caught-up',
  'already-member',
  'unknown-member',
  // It has just stopped for good, or was found so: its next answer says why.
  'fenced',
  'unknown',
]);

function isPassing(error: Error): boolean {
  if (error instanceof NodeCallError) {
    const { failure } = error;
    return failure.kind === 'unreachable' || failure.status === 503 || passingCodes.has(failure.code);
  }
  return isKubernetesApiError(error) && passingKinds.has(error.kind);
}

function gateOf(step: Step, error: Error): Gate | null {
  if (step.type === 'evict-pod' && isKubernetesApiError(error, 'throttled')) {
    const message = `The eviction of ${step.member} is refused for now: ${error.message}`;
    return gate('Eviction', step.member, message, 'Waits until no other disruption is under way.');
  }
  if (step.type === 'transfer-leadership' && error instanceof NodeCallError) {
    const message = `${step.leader} could not hand leadership over to ${step.member}: ${error.failure.message}`;
    return gate('LeadershipTransfer', step.leader, message, `Is tried again; see the logs of ${step.leader} and ${step.member}.`);
  }
  const isRefusal = isKubernetesApiError(error, 'invalid') || isKubernetesApiError(error, 'forbidden');
  if (step.type === 'grow-claim' && isRefusal) {
    const message = `${step.claim} can't grow to ${step.size}: ${error.message}`;
    const unblock =
      'Lift what the API server names, such as a quota; or replace the members one by one (annotation quorate.io/replace).';
    return gate('VolumeExpansion', null, message, unblock);
  }
  return null;
}
