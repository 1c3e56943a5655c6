/**
 * Makes a plan that fails smaller, as long as it fails in the same way: first faults go, in halves, then in smaller parts (Zeller and
 * Hildebrandt 2002); then clients and what they do; then what the wires do; then time. What is left is what a person has to look at.
 */
import { present } from '../../src/shared/assert.ts';
import type { ClientsOptions } from './clients.ts';
import type { Plan } from './plan.ts';

export interface TrialResult {
  /** Null: the plan passes. */
  readonly failure: string | null;
  readonly operations: number;
}

export type Trial = (plan: Plan) => Promise<TrialResult>;

export interface ShrinkOptions {
  /** Asked before each trial. */
  readonly mayGoOn: () => boolean;
  /** Each time that less is left, with what that is. */
  readonly tell: (sentence: string, left: Shrunk) => void | Promise<void>;
}

export interface Shrunk {
  readonly plan: Plan;
  readonly failure: string;
  readonly operations: number;
  readonly trials: number;
}

/** Each smaller plan meets so many worlds: what is left out shifts all dice, and may only have moved the failure elsewhere. */
const WORLDS = 3;
const ANOTHER_WORLD = 1_000_003;

/** Failures of one class have one cause, as far as words can tell: the rule that was broken, or the sentence without its figures and names. */
export function failureClass(failure: string): string {
  const [line = ''] = failure.split('\n');
  const sentence = line.replace(/^(.* )?at [\d.]+ ms: /, '');
  const rule = /\bS\d+(?=:)/.exec(sentence);
  if (rule) return rule[0];
  const verdict = /the history is [a-z-]+/.exec(sentence);
  if (verdict) return verdict[0];
  return sentence.replace(/\b(m|client)-\d+\b/g, '#').replace(/\b[0-9a-f]{16}\b|\d+(\.\d+)?/g, '#');
}

/** @param seen what the plan was seen to fail with */
export async function shrink(plan: Plan, seen: TrialResult, run: Trial, { mayGoOn, tell }: ShrinkOptions): Promise<Shrunk> {
  const failure = present(seen.failure, 'a plan that fails is made smaller');
  const wanted = failureClass(failure);
  let best: Shrunk = { plan, failure, operations: seen.operations, trials: 0 };
  let trials = 0;

  const takes = async (candidate: Plan, what: string): Promise<boolean> => {
    for (let world = 0; world < WORLDS && mayGoOn(); world += 1) {
      const tried = { ...candidate, seed: (candidate.seed + world * ANOTHER_WORLD) >>> 0 };
      trials += 1;
      const result = await run(tried);
      if (result.failure === null || failureClass(result.failure) !== wanted) continue;
      best = { plan: tried, failure: result.failure, operations: result.operations, trials };
      await tell(`${what}: ${describeSize(best)}`, best);
      return true;
    }
    return false;
  };

  await withoutFaults(() => best.plan, takes, mayGoOn);
  for (let isSmaller = true; isSmaller && mayGoOn();) {
    isSmaller = false;
    for (const [what, smaller] of REDUCTIONS) {
      const candidate = smaller(best.plan);
      if (candidate && (await takes(candidate, what))) isSmaller = true;
    }
  }
  return { ...best, trials };
}

export function describeSize({ plan, operations }: Pick<Shrunk, 'plan' | 'operations'>): string {
  const { occurrences, clients, faultsMs, settleMs, peaceMs, members } = plan;
  const seconds = ((faultsMs + settleMs + peaceMs) / 1000).toFixed(1);
  return `${occurrences.length} faults, ${clients.clients} clients, ${operations} operations, ${members} members, ${seconds} s`;
}

type Takes = (candidate: Plan, what: string) => Promise<boolean>;

async function withoutFaults(current: () => Plan, takes: Takes, mayGoOn: () => boolean): Promise<void> {
  const without = (at: number, part: number): Plan => {
    const { occurrences, ...rest } = current();
    return { ...rest, occurrences: [...occurrences.slice(0, at), ...occurrences.slice(at + part)] };
  };
  if (current().occurrences.length === 0 || (await takes(without(0, current().occurrences.length), 'without any fault'))) return;
  for (let part = Math.ceil(current().occurrences.length / 2); part >= 1; part = part === 1 ? 0 : Math.ceil(part / 2)) {
    for (let at = 0; at < current().occurrences.length && mayGoOn();) {
      const last = Math.min(at + part, current().occurrences.length);
      if (!(await takes(without(at, part), `without faults ${at + 1} to ${last} of ${current().occurrences.length}`))) at += part;
    }
  }
}

/** Null where there is nothing left to take away. */
type Reduction = (plan: Plan) => Plan | null;

function ofClients(change: (clients: ClientsOptions) => Partial<ClientsOptions> | null): Reduction {
  return (plan) => {
    const changed = change(plan.clients);
    return changed && { ...plan, clients: { ...plan.clients, ...changed } };
  };
}

const lastFaultMs = ({ occurrences }: Plan): number => Math.max(0, ...occurrences.map(({ atMs }) => atMs));

/** What the last fault does needs a while. */
const endOfFaultsMs = (plan: Plan): number => Math.ceil(lastFaultMs(plan)) + 5000;

const REDUCTIONS: readonly (readonly [what: string, smaller: Reduction])[] = [
  ['half the clients', ofClients(({ clients }) => (clients > 1 ? { clients: Math.ceil(clients / 2) } : null))],
  ['one client less', ofClients(({ clients }) => (clients > 1 ? { clients: clients - 1 } : null))],
  ['no transactions', ofClients(({ transactionShare }) => (transactionShare > 0 ? { transactionShare: 0 } : null))],
  ['no deadlines', ofClients(({ deadlineShare }) => (deadlineShare > 0 ? { deadlineShare: 0 } : null))],
  ['no pipelines', ofClients(({ pipelineShare }) => (pipelineShare > 0 ? { pipelineShare: 0 } : null))],
  ['half the keys', ofClients(({ keys }) => (keys > 1 ? { keys: Math.ceil(keys / 2) } : null))],
  ['half as many operations', ofClients(({ thinkMs }) => (thinkMs < 5000 ? { thinkMs: thinkMs * 2 } : null))],
  ['no frame lost', (plan) => (plan.lossShare > 0 ? { ...plan, lossShare: 0 } : null)],
  ['no frame doubled', (plan) => (plan.duplicateShare > 0 ? { ...plan, duplicateShare: 0 } : null)],
  ['no frame late', (plan) => (plan.slowShare > 0 ? { ...plan, slowShare: 0 } : null)],
  ['members near each other', (plan) => (plan.wireDelayMs[1] > 1 ? { ...plan, wireDelayMs: [0.1, 1] } : null)],
  ['three members', (plan) => (plan.members > 3 ? { ...plan, members: 3 } : null)],
  ['founded in peace', (plan) => (plan.foundsInPeace ? null : { ...plan, foundsInPeace: true })],
  [
    'peace right after the last fault',
    (plan) => (plan.faultsMs > endOfFaultsMs(plan) ? { ...plan, faultsMs: endOfFaultsMs(plan) } : null),
  ],
  [
    'half the time between faults',
    (plan) =>
      lastFaultMs(plan) < 1000
        ? null
        : {
            ...plan,
            faultsMs: plan.faultsMs / 2,
            occurrences: plan.occurrences.map((each) => ({ ...each, atMs: each.atMs / 2 })),
          },
  ],
  ['hardly any peace', (plan) => (plan.peaceMs > 1000 ? { ...plan, settleMs: 0, peaceMs: 1000 } : null)],
  ['half the peace', (plan) => (plan.peaceMs > 1000 ? { ...plan, peaceMs: Math.ceil(plan.peaceMs / 2) } : null)],
];
