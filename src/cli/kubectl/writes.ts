/** `quorate kubectl apply`, `scale`, `delete` and `patch`, with what kubectl says when they are done. */
import { load } from 'js-yaml';
import { pause } from '../../operator/timing.ts';
import type { Arguments } from '../arguments.ts';
import { EXIT_DONE, EXIT_FAILED, UsageError } from '../command.ts';
import type { Command, ExitCode, OptionSpec } from '../command.ts';
import { shownType } from './api-types.ts';
import type { ApiType, Place } from './api-types.ts';
import { objectsIn } from './files.ts';
import type { ReadObject } from './files.ts';
import { KubectlError, refusalOf } from './refusal.ts';
import { ask, call, say, targetsOf } from './session.ts';
import type { KubectlSession, StoredObject } from './session.ts';

/** As kubectl calls itself where it applies on the client's side: whoever installs it later meets its own name. */
const APPLY_MANAGER = 'kubectl-client-side-apply';
const MANAGER = 'kubectl';
const GONE_LOOK_MS = 200;

const NAMESPACE = {
  namespace: { short: 'n', value: 'NAMESPACE', summary: 'in this namespace' },
} as const satisfies Readonly<Record<string, OptionSpec>>;
const SELECTOR = {
  selector: { short: 'l', value: 'SELECTOR', summary: 'those with these labels' },
} as const satisfies Readonly<Record<string, OptionSpec>>;

type Spec = Omit<Command, 'run'>;

export const APPLY: Spec = {
  name: 'kubectl apply',
  summary: 'make what a file says, or change it to what it says',
  details: [],
  positionals: [],
  options: {
    filename: { short: 'f', value: 'FILE', repeated: true, required: true, summary: 'a file, a folder, or - for stdin' },
    ...NAMESPACE,
  },
};

export async function apply(given: Arguments, session: KubectlSession): Promise<ExitCode> {
  for (const read of await objectsIn(given.values('filename'), session.stdin)) {
    const { type } = placeOf(session, read.object);
    say(session, { type, name: read.object.metadata.name }, await applied(session, read));
  }
  return EXIT_DONE;
}

export type Applied = 'created' | 'configured' | 'unchanged';

/** Server-side, and forced: a file that is applied is what its owner wants, whoever wrote a field before. @throws KubectlError */
export async function applied(session: ApplySession, { source, object }: ReadObject): Promise<Applied> {
  const place = placeOf(session, object);
  const before = await ask(session, place, { method: 'GET' });
  if (before.status >= 300 && before.status !== 404) throw refusalOf(before);
  const during = `error when ${before.status === 404 ? 'creating' : 'applying patch to'} "${source}"`;
  const body = { ...object, metadata: { ...metadataOf(place, object), annotations: annotationsOf(place, object) } };
  const headers = { 'content-type': 'application/apply-patch+yaml' };
  const query = { fieldManager: APPLY_MANAGER, force: 'true', fieldValidation: 'Strict' };
  const after = await call(session, place, { method: 'PATCH', query, headers, body }, during);
  if (before.status === 404) return 'created';
  return versionOf(before.body) === versionOf(after) ? 'unchanged' : 'configured';
}

function metadataOf({ namespace }: Place, { metadata }: StoredObject): StoredObject['metadata'] {
  return namespace === null ? metadata : { ...metadata, namespace };
}

/** With what kubectl looks for when it applies the same file later: what was applied last. */
function annotationsOf(place: Place, object: StoredObject): Readonly<Record<string, unknown>> {
  const { annotations = {} } = object.metadata as { readonly annotations?: Readonly<Record<string, unknown>> };
  const metadata = { annotations, ...metadataOf(place, object) };
  return { ...annotations, [LAST_APPLIED]: `${JSON.stringify({ ...object, metadata })}\n` };
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Of a session, what applying takes. */
export type ApplySession = Pick<KubectlSession, 'server' | 'types' | 'namespace'>;

function placeOf(session: ApplySession, { apiVersion, kind, metadata }: StoredObject): Place & { readonly name: string } {
  const type = session.types.ofKind(apiVersion, kind);
  const namespace = type.namespaced ? (metadata.namespace ?? session.namespace) : null;
  return { type, namespace, name: metadata.name };
}

function versionOf(body: unknown): string | undefined {
  return (body as StoredObject | null)?.metadata.resourceVersion;
}

export const SCALE: Spec = {
  name: 'kubectl scale',
  summary: 'change how many there are to be',
  details: [],
  positionals: [{ name: 'TYPE/NAME', required: true, repeated: true, summary: 'TYPE NAME or TYPE/NAME' }],
  options: { replicas: { value: 'COUNT', required: true, summary: 'how many' }, ...NAMESPACE },
};

export async function scale(given: Arguments, session: KubectlSession): Promise<ExitCode> {
  const text = given.required('replicas');
  if (!/^\d+$/.test(text)) throw new UsageError(`--replicas is a whole number, not ${text}`);
  for (const { type, name } of targetsOf(session.types, given.positionals('TYPE/NAME'))) {
    if (name === null) throw new KubectlError('error: resource(s) were provided, but no name was specified');
    const place = { type, namespace: session.namespace, name, subresource: 'scale' };
    const headers = { 'content-type': 'application/merge-patch+json' };
    await call(session, place, {
      method: 'PATCH',
      query: { fieldManager: MANAGER },
      headers,
      body: { spec: { replicas: Number(text) } },
    });
    say(session, { type, name }, 'scaled');
  }
  return EXIT_DONE;
}

const PATCH_TYPES: ReadonlyMap<string, string> = new Map([
  ['strategic', 'application/strategic-merge-patch+json'],
  ['merge', 'application/merge-patch+json'],
  ['json', 'application/json-patch+json'],
]);

export const PATCH: Spec = {
  name: 'kubectl patch',
  summary: 'change fields of an object',
  details: [],
  positionals: [{ name: 'TYPE/NAME', required: true, repeated: true, summary: 'TYPE NAME or TYPE/NAME' }],
  options: {
    patch: { short: 'p', value: 'PATCH', required: true, summary: 'JSON or YAML' },
    type: { value: 'TYPE', summary: 'merge, json or strategic; without it strategic' },
    subresource: { value: 'NAME', summary: 'status or scale' },
    ...NAMESPACE,
  },
};

export async function patch(given: Arguments, session: KubectlSession): Promise<ExitCode> {
  const kind = given.value('type') ?? 'strategic';
  const contentType = PATCH_TYPES.get(kind);
  if (contentType === undefined) throw new UsageError(`--type is ${[...PATCH_TYPES.keys()].join(', ')}, not ${kind}`);
  const body = patchIn(given.required('patch'));
  const subresource = given.value('subresource');
  for (const { type, name } of targetsOf(session.types, given.positionals('TYPE/NAME'))) {
    if (name === null) throw new KubectlError('error: resource(s) were provided, but no name was specified');
    const place = { type, namespace: session.namespace, name };
    const before = await call(session, place, { method: 'GET' });
    const after = await call(
      session,
      { ...place, ...(subresource === null ? {} : { subresource }) },
      { method: 'PATCH', query: { fieldManager: 'kubectl-patch' }, headers: { 'content-type': contentType }, body },
    );
    say(session, { type, name }, versionOf(before) === versionOf(after) ? 'patched (no change)' : 'patched');
  }
  return EXIT_DONE;
}

function patchIn(text: string): object {
  try {
    const value = load(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch (error) {
    throw new KubectlError(`error: unable to parse "${text}": ${error instanceof Error ? error.message : String(error)}`);
  }
  throw new KubectlError(`error: unable to parse "${text}": it is no object`);
}

export const DELETE: Spec = {
  name: 'kubectl delete',
  summary: 'delete objects, and wait until they are gone',
  details: [],
  positionals: [
    { name: 'TYPE/NAME', required: false, repeated: true, summary: 'TYPE NAME …, TYPE/NAME …, or TYPE with -l or --all' },
  ],
  options: {
    filename: { short: 'f', value: 'FILE', repeated: true, summary: 'what a file names; - is stdin' },
    all: { value: null, summary: 'all of the type in the namespace' },
    wait: { value: 'true|false', summary: 'false: return before they are gone' },
    'grace-period': { value: 'SECONDS', summary: 'what a pod gets to stop in' },
    now: { value: null, summary: 'as --grace-period 1' },
    force: { value: null, summary: 'with --grace-period 0: the object goes at once' },
    'ignore-not-found': { value: null, summary: 'what is not there is no error' },
    ...SELECTOR,
    ...NAMESPACE,
  },
};

interface Doomed extends Place {
  readonly name: string;
  readonly uid: string | undefined;
}

export async function remove(given: Arguments, session: KubectlSession): Promise<ExitCode> {
  const wait = given.value('wait') ?? 'true';
  if (wait !== 'true' && wait !== 'false') throw new UsageError(`--wait is true or false, not ${wait}`);
  const body = deleteOptions(given);
  if (body['gracePeriodSeconds'] === 0) {
    session.stderr.write(
      'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. ' +
        'The resource may continue to run on the cluster indefinitely.\n',
    );
  }
  const places = given.has('filename')
    ? (await objectsIn(given.values('filename'), session.stdin)).map(({ object }) => placeOf(session, object))
    : await placesOf(given, session);
  const doomed: Doomed[] = [];
  let failed = false;
  for (const place of places) {
    const before = await ask(session, place, { method: 'GET' });
    const answer = before.status >= 300 ? before : await ask(session, place, { method: 'DELETE', body });
    if (answer.status === 404 && given.has('ignore-not-found')) continue;
    if (answer.status >= 300) {
      failed = true;
      session.stderr.write(`${refusalOf(answer).message}\n`);
      continue;
    }
    const how = body['gracePeriodSeconds'] === 0 ? 'force deleted' : 'deleted';
    session.stdout.write(`${shownType(place.type)} "${place.name}" ${how}\n`);
    doomed.push({ ...place, uid: (before.body as StoredObject).metadata.uid });
  }
  if (places.length === 0) session.stdout.write('No resources found\n');
  if (wait === 'true') for (const one of doomed) await untilGone(session, one);
  return failed ? EXIT_FAILED : EXIT_DONE;
}

function deleteOptions(given: Arguments): Readonly<Record<string, unknown>> {
  const text = given.value('grace-period') ?? (given.has('now') ? '1' : given.has('force') ? '0' : null);
  if (text !== null && !/^\d+$/.test(text)) throw new UsageError(`--grace-period is a number of seconds, not ${text}`);
  if (text === '0' && !given.has('force')) {
    throw new KubectlError('error: --grace-period 0 takes an object away at once, and goes only with --force');
  }
  const head = { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background' };
  return text === null ? head : { ...head, gracePeriodSeconds: Number(text) };
}

async function placesOf(given: Arguments, session: KubectlSession): Promise<readonly (Place & { readonly name: string })[]> {
  const targets = targetsOf(session.types, given.positionals('TYPE/NAME'));
  const selector = given.value('selector');
  const found: (Place & { readonly name: string })[] = [];
  for (const { type, name } of targets) {
    if (name !== null) {
      if (selector !== null) throw new KubectlError('error: name cannot be provided when a selector is specified');
      found.push({ type, namespace: session.namespace, name });
      continue;
    }
    if (selector === null && !given.has('all')) {
      throw new KubectlError('error: resource(s) were provided, but no name was specified');
    }
    found.push(...(await all(session, type, selector)));
  }
  return found;
}

async function all(
  session: KubectlSession,
  type: ApiType,
  selector: string | null,
): Promise<readonly (Place & { readonly name: string })[]> {
  const place = { type, namespace: session.namespace, name: null };
  const query = selector === null ? {} : { labelSelector: selector };
  const { items = [] } = (await call(session, place, { method: 'GET', query })) as { readonly items?: readonly StoredObject[] };
  return items.map(({ metadata }) => ({ ...place, name: metadata.name }));
}

/** Gone, or another object under its name. */
async function untilGone(session: KubectlSession, { uid, ...place }: Doomed): Promise<void> {
  do {
    const answer = await ask(session, place, { method: 'GET' });
    if (answer.status === 404 || (answer.status < 300 && (answer.body as StoredObject).metadata.uid !== uid)) return;
  } while (await pause(session.clock, GONE_LOOK_MS, session.signal));
}
