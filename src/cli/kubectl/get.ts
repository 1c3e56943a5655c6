/** `quorate kubectl get`: the server's own tables, or the objects themselves. */
import { dump } from 'js-yaml';
import type { Arguments } from '../arguments.ts';
import { EXIT_DONE, UsageError } from '../command.ts';
import type { Command, ExitCode } from '../command.ts';
import { linesOf } from '../plugin/lines.ts';
import { TableText } from '../view/server-table.ts';
import type { ServerTable, TableOptions } from '../view/server-table.ts';
import { apiVersionOf, pathOf, shownName, shownType } from './api-types.ts';
import type { ApiType } from './api-types.ts';
import { KubectlError, refusalOf } from './refusal.ts';
import { ask, call, targetsOf } from './session.ts';
import type { KubectlSession, StoredObject, Target } from './session.ts';

const OUTPUTS = ['json', 'yaml', 'wide', 'name'] as const;
type Output = (typeof OUTPUTS)[number];

const AS_TABLE = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' };

export const GET: Omit<Command, 'run'> = {
  name: 'kubectl get',
  summary: 'show objects, as tables or as they are stored',
  details: [],
  positionals: [{ name: 'TYPE', required: true, repeated: true, summary: 'TYPE, TYPE,TYPE, TYPE NAME … or TYPE/NAME …' }],
  options: {
    output: { short: 'o', value: 'FORMAT', summary: 'json, yaml, wide or name' },
    watch: { short: 'w', value: null, summary: 'and print every change after it, until Ctrl-C' },
    'all-namespaces': { short: 'A', value: null, summary: 'in all namespaces' },
    namespace: { short: 'n', value: 'NAMESPACE', summary: 'in this namespace' },
    selector: { short: 'l', value: 'SELECTOR', summary: 'only those with these labels' },
    'no-headers': { value: null, summary: 'tables without their first line' },
    'show-managed-fields': { value: null, summary: 'with who wrote what, in json and yaml' },
  },
};

export async function get(given: Arguments, session: KubectlSession): Promise<ExitCode> {
  const output = outputOf(given);
  const targets = targetsOf(session.types, given.positionals('TYPE'));
  const isEverywhere = given.has('all-namespaces');
  if (isEverywhere && targets.some(({ name }) => name !== null)) {
    throw new KubectlError('error: a resource cannot be retrieved by name across all namespaces');
  }
  const namespace = isEverywhere ? null : session.namespace;
  if (given.has('watch') && targets.length > 1) {
    throw new KubectlError('error: you may only specify a single resource type');
  }
  if (output === null || output === 'wide') return printTables(given, session, targets, namespace, output === 'wide');
  const found = await Promise.all(targets.map(async (target) => objectsOf(given, session, target, namespace)));
  printObjects(given, session, found.flat(), output, targets.length === 1 && targets[0]?.name !== null);
  if (given.has('watch')) await watchObjects(given, session, targets[0], namespace, output);
  return EXIT_DONE;
}

function outputOf(given: Arguments): Output | null {
  const text = given.value('output');
  if (text === null) return null;
  const output = OUTPUTS.find((known) => known === text);
  if (output === undefined) {
    throw new UsageError(`--output ${text}: without kubectl there is ${OUTPUTS.join(', ')}; kubectl itself knows more`);
  }
  return output;
}

/** Of one object, or of the list that a watch then goes on from. */
function queryOf(given: Arguments, { name }: Target): Readonly<Record<string, string>> {
  const selector = given.value('selector');
  if (name !== null) return selector === null ? {} : refuseSelector();
  return selector === null ? {} : { labelSelector: selector };
}

function refuseSelector(): never {
  throw new KubectlError('error: name cannot be provided when a selector is specified');
}

interface Read {
  readonly type: ApiType;
  readonly body: unknown;
}

async function printTables(
  given: Arguments,
  session: KubectlSession,
  targets: readonly Target[],
  namespace: string | null,
  isWide: boolean,
): Promise<ExitCode> {
  const types = [...new Set(targets.map(({ type }) => type))];
  const printed: string[] = [];
  let failed: KubectlError | null = null;
  for (const type of types) {
    const table = new TableText(tableOptions(given, type, namespace, isWide, types.length > 1));
    const lines: string[] = [];
    let resourceVersion = '';
    for (const target of targets.filter((one) => one.type === type)) {
      const answer = await ask(
        session,
        { ...target, namespace },
        { method: 'GET', query: queryOf(given, target), headers: AS_TABLE },
      );
      if (answer.status >= 300) {
        // What else was asked for is shown all the same, as kubectl does it.
        failed = refusalOf(answer);
        if (targets.length > 1) session.stderr.write(`${failed.message}\n`);
        continue;
      }
      const body = answer.body as ServerTable & { readonly metadata?: { readonly resourceVersion?: string } };
      resourceVersion = body.metadata?.resourceVersion ?? '';
      if ((body.rows ?? []).length > 0) lines.push(...table.lines(body));
    }
    if (lines.length > 0) printed.push(lines.map((line) => `${line}\n`).join(''));
    if (given.has('watch') && failed === null) {
      session.stdout.write(printed.join(''));
      await watchTable(given, session, { ...present(targets[0]), type }, namespace, table, resourceVersion);
      return EXIT_DONE;
    }
  }
  session.stdout.write(printed.join('\n'));
  if (failed !== null) throw targets.length > 1 ? new KubectlError('') : failed;
  if (printed.length === 0) session.stderr.write(nothingText(types, namespace));
  return EXIT_DONE;
}

function present(target: Target | undefined): Target {
  if (target === undefined) throw new KubectlError('error: Required resource not specified.');
  return target;
}

function tableOptions(
  given: Arguments,
  type: ApiType,
  namespace: string | null,
  isWide: boolean,
  isOneOfSeveral: boolean,
): TableOptions {
  return {
    isWide,
    showsNamespace: namespace === null && type.namespaced,
    namePrefix: isOneOfSeveral ? `${shownType(type)}/` : '',
    hidesHeader: given.has('no-headers'),
  };
}

function nothingText(types: readonly ApiType[], namespace: string | null): string {
  const isBelowNamespace = namespace !== null && types.every(({ namespaced }) => namespaced);
  return isBelowNamespace ? `No resources found in ${namespace} namespace.\n` : 'No resources found\n';
}

interface ObjectList {
  readonly items?: readonly StoredObject[];
  readonly metadata?: { readonly resourceVersion?: string };
}

async function objectsOf(
  given: Arguments,
  session: KubectlSession,
  target: Target,
  namespace: string | null,
): Promise<readonly StoredObject[]> {
  const body = await call(session, { ...target, namespace }, { method: 'GET', query: queryOf(given, target) });
  if (target.name !== null) return [body as StoredObject];
  const head = { apiVersion: apiVersionOf(target.type), kind: target.type.kind };
  return ((body as ObjectList).items ?? []).map((item) => ({ ...head, ...item }));
}

function printObjects(
  given: Arguments,
  session: KubectlSession,
  objects: readonly StoredObject[],
  output: Exclude<Output, 'wide'>,
  isOne: boolean,
): void {
  const [first] = objects;
  if (output === 'name') {
    for (const object of objects) session.stdout.write(`${nameOf(session, object)}\n`);
    return;
  }
  const shown = objects.map((object) => (given.has('show-managed-fields') ? object : withoutManagedFields(object)));
  const value =
    isOne && first !== undefined ? shown[0] : { apiVersion: 'v1', items: shown, kind: 'List', metadata: { resourceVersion: '' } };
  session.stdout.write(objectText(value, output));
}

function nameOf({ types }: KubectlSession, { apiVersion, kind, metadata }: StoredObject): string {
  return shownName(types.ofKind(apiVersion, kind), metadata.name);
}

function withoutManagedFields(object: StoredObject): StoredObject {
  const { managedFields: _left, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** Keys in order, as kubectl has them. */
function objectText(value: unknown, output: 'json' | 'yaml'): string {
  const ordered = sorted(value);
  return output === 'json'
    ? `${JSON.stringify(ordered, null, 4)}\n`
    : dump(ordered, { lineWidth: -1, noRefs: true, seqNoIndent: true, quoteStyle: 'double' });
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

interface WatchLine {
  readonly type: string;
  readonly object: ServerTable & StoredObject;
}

async function watchTable(
  given: Arguments,
  session: KubectlSession,
  target: Target,
  namespace: string | null,
  table: TableText,
  resourceVersion: string,
): Promise<void> {
  for await (const { object } of changes(given, session, target, namespace, resourceVersion, AS_TABLE)) {
    for (const line of table.lines(object)) session.stdout.write(`${line}\n`);
  }
}

async function watchObjects(
  given: Arguments,
  session: KubectlSession,
  target: Target | undefined,
  namespace: string | null,
  output: Exclude<Output, 'wide'>,
): Promise<void> {
  const { body } = await listed(given, session, present(target), namespace);
  const from = (body as ObjectList).metadata?.resourceVersion ?? '';
  for await (const { object } of changes(given, session, present(target), namespace, from, {})) {
    printObjects(given, session, [object], output, true);
  }
}

async function listed(given: Arguments, session: KubectlSession, target: Target, namespace: string | null): Promise<Read> {
  const place = { type: target.type, namespace, name: null };
  return {
    type: target.type,
    body: await call(session, place, { method: 'GET', query: queryOf(given, { ...target, name: null }) }),
  };
}

/** Until Ctrl-C, or until the server ends it. A name is watched as kubectl does it, by a field selector. */
async function* changes(
  given: Arguments,
  session: KubectlSession,
  { type, name }: Target,
  namespace: string | null,
  resourceVersion: string,
  headers: Readonly<Record<string, string>>,
): AsyncGenerator<WatchLine> {
  const { server, signal } = session;
  const selector = given.value('selector');
  const query = {
    watch: 'true',
    resourceVersion,
    ...(name === null ? {} : { fieldSelector: `metadata.name=${name}` }),
    ...(selector === null ? {} : { labelSelector: selector }),
  };
  try {
    const stream = await server.stream(pathOf({ type, namespace, name: null }), query, signal, headers);
    for await (const line of linesOf(stream)) {
      if (line.trim() === '') continue;
      const change = JSON.parse(line) as WatchLine;
      if (change.type === 'ERROR') throw refusalOf({ status: 500, body: change.object });
      if (change.type !== 'BOOKMARK') yield change;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
