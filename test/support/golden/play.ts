/** Plays a list of calls to an API server, real or modelled, and writes down its answers without what is another each time. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dump, load } from 'js-yaml';
import { field } from '../model-api.ts';
import { normalized } from './normalized.ts';
import { answersPath } from './steps.ts';
import type { CallList, CallStep, UntilStep } from './steps.ts';

export interface PlainAnswer {
  readonly code: number;
  readonly warnings: readonly string[];
  /** Parsed JSON, or text. */
  readonly body: unknown;
}

export interface GoldenServer {
  readonly call: (call: Pick<CallStep, 'method' | 'path' | 'contentType' | 'body'>) => Promise<PlainAnswer>;
  /** The first events of a watch. */
  readonly watch: (path: string, events: number) => Promise<readonly unknown[]>;
  /** A quarter of a second passes. */
  readonly pause: () => Promise<void>;
}

const POLLS_MAX = 240;

/** What a step was answered, as the golden files have it. */
export interface GoldenAnswer {
  readonly step: string;
  readonly code?: number;
  readonly warnings?: readonly string[];
  readonly body?: unknown;
  readonly events?: readonly unknown[];
}

/** In a namespace of its own, which is gone afterwards. */
export async function play(server: GoldenServer, { name, steps }: CallList): Promise<readonly GoldenAnswer[]> {
  const namespace = `golden-${name}`;
  const known = new Map<string, string>([['ns', namespace]]);
  const answers: GoldenAnswer[] = [];
  const json = { contentType: 'application/json' };
  const made = await server.call({
    method: 'POST',
    path: '/api/v1/namespaces',
    body: { metadata: { name: namespace } },
    ...json,
  });
  if (made.code !== 201) throw new Error(`the namespace ${namespace} can't be made: ${JSON.stringify(made.body)}`);
  await until(server, {
    type: 'until',
    path: `/api/v1/namespaces/${namespace}/configmaps/kube-root-ca.crt`,
    holds: { code: 200 },
  });
  try {
    for (const step of steps) {
      const path = filledIn(step.path, known);
      if (step.type === 'until') await until(server, { ...step, path });
      else if (step.type === 'watch') {
        answers.push({ step: `watch ${step.path}`, events: await server.watch(path, step.events) });
      } else {
        const body = step.body === null ? null : (JSON.parse(filledIn(JSON.stringify(step.body), known)) as unknown);
        const answer = await server.call({ ...step, path, body });
        if (!step.unseen) answers.push({ step: `${step.method} ${step.path}`, ...answer });
        for (const [kept, at] of Object.entries(step.keep)) known.set(kept, String(field(answer.body, at)));
      }
    }
  } finally {
    await server.call({ method: 'DELETE', path: `/api/v1/namespaces/${namespace}`, body: null, ...json });
  }
  return normalized(answers, known);
}

function filledIn(text: string, known: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\$(?!setElementOrder|patch|retainKeys|deleteFrom)([a-z][a-z-]*[a-z])/g, (_, name: string) => {
    const value = known.get(name);
    if (value === undefined) throw new Error(`nothing was kept as $${name}`);
    return value;
  });
}

async function until(server: GoldenServer, { path, holds }: UntilStep): Promise<void> {
  let last: PlainAnswer | null = null;
  for (let polls = 0; polls < POLLS_MAX; polls += 1) {
    last = await server.call({ method: 'GET', path, contentType: 'application/json', body: null });
    const { code, body } = last;
    const seen = (at: string): unknown => (at === 'code' ? code : (field(body, at) ?? null));
    if (Object.entries(holds).every(([at, value]) => JSON.stringify(seen(at)) === JSON.stringify(value))) return;
    await server.pause();
  }
  throw new Error(`${path} did not become ${JSON.stringify(holds)}; last: ${JSON.stringify(last)}`);
}

export function goldenAnswers(name: string): readonly GoldenAnswer[] {
  return load(readFileSync(answersPath(name), 'utf8')) as readonly GoldenAnswer[];
}

export function writeGoldenAnswers(name: string, answers: readonly GoldenAnswer[]): void {
  const head = '# What a real API server answered; written by `make e2e-record`.\n';
  writeFileSync(answersPath(name), head + dump(answers, { lineWidth: 130, noRefs: true }));
}
