/** Lists of calls to an API server, as `test/golden/calls` has them: readable, and the same for the real one and the model. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';

/** From the root of the repository, where tests and scripts run. */
const ROOT = 'test/golden';
export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof METHODS)[number];

export const CONTENT_TYPES = {
  json: 'application/json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  'json patch': 'application/json-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;

export interface CallStep {
  readonly type: 'call';
  readonly method: Method;
  /** With its query. `$name` stands for what an earlier step kept, `$ns` for the list's own namespace; in bodies too. */
  readonly path: string;
  readonly contentType: string;
  readonly body: unknown;
  /** By name: what of the answer later steps need, as `metadata.uid`. */
  readonly keep: Readonly<Record<string, string>>;
  /** Its answer is not compared: the list says why. */
  readonly unseen: boolean;
}

/** Not compared: waits until a GET answers so. */
export interface UntilStep {
  readonly type: 'until';
  readonly path: string;
  /** `code`, and fields of the body by path; null: the field is absent. */
  readonly holds: Readonly<Record<string, unknown>>;
}

export interface WatchStep {
  readonly type: 'watch';
  readonly path: string;
  /** So many are read, no more; with none the watch is read to its end. */
  readonly events: number;
}

export type Step = CallStep | UntilStep | WatchStep;

export interface CallList {
  readonly name: string;
  readonly steps: readonly Step[];
}

const callShape = z.strictObject({
  ...Object.fromEntries(METHODS.map((method) => [method, z.string().optional()])),
  as: z.enum(Object.keys(CONTENT_TYPES) as (keyof typeof CONTENT_TYPES)[]).default('json'),
  body: z.unknown().optional(),
  keep: z.record(z.string(), z.string()).default({}),
  unseen: z.boolean().default(false),
});
const untilShape = z.strictObject({ until: z.string(), holds: z.record(z.string(), z.unknown()) });
const watchShape = z.strictObject({ watch: z.string(), events: z.number().int().nonnegative() });

/** @throws for a step that is none, with its place */
export function parseSteps(name: string, text: string): CallList {
  const list = z.array(z.record(z.string(), z.unknown())).parse(load(text));
  return { name, steps: list.map((step, at) => parseStep(step, `${name}, step ${at + 1}`)) };
}

function parseStep(step: Readonly<Record<string, unknown>>, where: string): Step {
  if ('until' in step) {
    const { until, holds } = untilShape.parse(step);
    return { type: 'until', path: until, holds };
  }
  if ('watch' in step) {
    const { watch, events } = watchShape.parse(step);
    return { type: 'watch', path: watch, events };
  }
  const parsed = callShape.parse(step);
  const given = METHODS.filter((method) => step[method] !== undefined);
  const [method] = given;
  if (method === undefined || given.length > 1) throw new Error(`${where}: names ${given.length} methods`);
  const { as, body = null, keep, unseen } = parsed;
  return { type: 'call', method, path: String(step[method]), contentType: CONTENT_TYPES[as], body, keep, unseen };
}

/** All of them, by name. */
export function callLists(): readonly CallList[] {
  return readdirSync(join(ROOT, 'calls'))
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => parseSteps(file.replace('.yaml', ''), readFileSync(join(ROOT, 'calls', file), 'utf8')));
}

export function answersPath(name: string): string {
  return join(ROOT, 'answers', `${name}.yaml`);
}

/** What was asked of the API server in a tier of tests on a real cluster, when that was recorded: a file each. */
export const USED_FOLDER = join(ROOT, 'used');
export const NOT_COMPARED_PATH = join(ROOT, 'not-compared.txt');
