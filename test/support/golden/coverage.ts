/**
 * What of the API a program uses, in short lines that can be compared: each verb with its resource and kind of patch, each query parameter, each
 * field by which is selected, and each field of a body. Taken from the API server's audit log for the programs, and from the lists for the calls.
 */
import { readFileSync } from 'node:fs';
import { placeOfPath, verbOf } from '../../../src/devcluster/model/path.ts';
import type { CallList, CallStep } from './steps.ts';
import { CONTENT_TYPES, NOT_COMPARED_PATH } from './steps.ts';

/** Of the audit log (audit.k8s.io/v1), as far as it is read here. */
export interface AuditEvent {
  readonly verb: string;
  readonly requestURI: string;
  readonly userAgent?: string;
  readonly objectRef?: { readonly resource?: string; readonly apiGroup?: string; readonly subresource?: string };
  readonly responseStatus?: { readonly code?: number };
  readonly requestObject?: unknown;
}

const PROGRAMS: readonly (readonly [RegExp, string])[] = [
  [/^quorate-operator\//, 'operator'],
  [/^kubectl-quorate\//, 'plugin'],
  [/^kubectl\//, 'kubectl'],
  [/^Helm\//, 'helm'],
];

/** Objects whose keys people choose. */
const MAPS: ReadonlySet<string> = new Set([
  'labels',
  'annotations',
  'matchLabels',
  'nodeSelector',
  'data',
  'stringData',
  'requests',
  'limits',
  'capacity',
  'hard',
]);
/** Schemas are a language of their own. */
const WHOLE: ReadonlySet<string> = new Set(['openAPIV3Schema', 'managedFields']);

/** Null: asked by none of the programs, or of no resource. */
export function programOf({ userAgent = '', objectRef }: AuditEvent): string | null {
  if (objectRef?.resource === undefined) return null;
  return PROGRAMS.find(([pattern]) => pattern.test(userAgent))?.[1] ?? null;
}

/** Each line that a program used, with the programs, in order. What came before Helm first spoke is the cluster's own bring-up. */
export function usedIn(log: string): ReadonlyMap<string, readonly string[]> {
  const events = log
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as AuditEvent);
  const from = events.findIndex((event) => programOf(event) === 'helm');
  const used = new Map<string, Set<string>>();
  for (const event of from === -1 ? [] : events.slice(from)) {
    const program = programOf(event);
    if (program === null) continue;
    for (const line of usedBy(event)) used.set(line, (used.get(line) ?? new Set()).add(program));
  }
  const lines = [...used].sort(([left], [right]) => (left < right ? -1 : 1));
  return new Map(lines.map(([line, programs]) => [line, [...programs].sort()]));
}

/** What the list of calls lacks. */
export function uncovered(used: Iterable<string>, lists: readonly CallList[]): readonly string[] {
  const known = new Set([...coveredBy(lists), ...notCompared().flatMap(({ lines }) => lines)]);
  return [...used].filter((line) => !known.has(line));
}

/** Uses that no call covers, for one reason. */
export interface NotCompared {
  readonly lines: readonly string[];
  /** Those that ask it of a devcluster; none only where it says so. */
  readonly tests: readonly { readonly file: string; readonly name: string }[];
}

/** @throws for a section that names no test, and does not say that a devcluster is never asked */
export function notCompared(): readonly NotCompared[] {
  const sections = readFileSync(NOT_COMPARED_PATH, 'utf8').split(/\n\n+/);
  return sections.flatMap((section) => {
    const lines = linesOf(section);
    if (lines.length === 0) return [];
    const tests = [...section.matchAll(/^# Tested: (\S+), '(.+)'$/gm)].map(([, file = '', name = '']) => ({ file, name }));
    const isNever = /^# Not on a devcluster\.$/m.test(section);
    if ((tests.length === 0) !== isNever) throw new Error(`which test of a devcluster does this?\n${section}`);
    return [{ lines, tests }];
  });
}

/** Without remarks, and without the programs after a tab. */
export function linesOf(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => (line === '' || line.startsWith('#') ? [] : [line.split('\t')[0] ?? '']));
}

export function usedBy({ verb, requestURI, objectRef, requestObject }: AuditEvent): readonly string[] {
  const { apiGroup = '', resource = '', subresource } = objectRef ?? {};
  const query = new URL(requestURI, 'http://api').searchParams;
  const what = named(apiGroup, resource, subresource);
  // The log does not tell a merge patch from a strategic one; an apply names its kind.
  const isApply = typeof requestObject === 'object' && requestObject !== null && 'apiVersion' in requestObject;
  const kind = Array.isArray(requestObject) ? 'json' : isApply && query.has('fieldManager') ? 'apply' : 'merge';
  // What is created in a status its kind's strategy takes away again, and the log shows it empty.
  const isObject = typeof requestObject === 'object' && requestObject !== null && !Array.isArray(requestObject);
  const body = verb === 'create' && isObject ? { ...requestObject, status: undefined } : requestObject;
  return lines(verb, what, verb === 'patch' ? kind : null, query, body);
}

export function coveredBy(lists: readonly CallList[]): ReadonlySet<string> {
  const covered = new Set<string>();
  for (const step of lists.flatMap(({ steps }) => steps)) {
    if (step.type === 'until') continue;
    const call: Pick<CallStep, 'method' | 'contentType' | 'body'> =
      step.type === 'watch' ? { method: 'GET', contentType: CONTENT_TYPES.json, body: null } : step;
    const url = new URL(step.path, 'http://api');
    const place = placeOfPath(url.pathname);
    if (place === null) throw new Error(`no path of a resource: ${step.path}`);
    const verb = step.type === 'watch' ? 'watch' : verbOf(call.method, place);
    if (step.type === 'watch') url.searchParams.set('watch', 'true');
    const patches: Readonly<Record<string, string>> = {
      [CONTENT_TYPES['json patch']]: 'json',
      [CONTENT_TYPES.apply]: 'apply',
      [CONTENT_TYPES.merge]: 'merge',
      [CONTENT_TYPES.strategic]: 'merge',
    };
    const what = named(place.group, place.plural, place.subresource ?? undefined);
    const kind = verb === 'patch' ? (patches[call.contentType] ?? 'none') : null;
    for (const line of lines(verb ?? '', what, kind, url.searchParams, call.body)) covered.add(line);
  }
  return covered;
}

function named(group: string, resource: string, subresource: string | undefined): string {
  const whole = group === '' ? resource : `${resource}.${group}`;
  return subresource === undefined ? whole : `${whole}/${subresource}`;
}

function lines(verb: string, what: string, patch: string | null, query: URLSearchParams, body: unknown): readonly string[] {
  const fields = [...(query.get('fieldSelector') ?? '').matchAll(/([\w.]+)!?==?/g)].map(([, field]) => field ?? '');
  return [
    `${verb} ${what}${patch === null ? '' : ` ${patch}`}`,
    ...[...query.keys()].map((name) => `query ${verb} ${name}`),
    ...fields.map((field) => `select ${what} ${field}`),
    ...[...new Set(pathsOf(body, ''))].map((path) => `field ${what} ${path}`),
  ];
}

function pathsOf(value: unknown, path: string): readonly string[] {
  if (Array.isArray(value)) return value.length === 0 ? [path] : value.flatMap((item: unknown) => pathsOf(item, `${path}[]`));
  if (typeof value !== 'object' || value === null || WHOLE.has(lastOf(path))) return path === '' ? [] : [path];
  const entries = Object.entries(value).filter(
    ([name, item]) => item !== undefined && (path !== '' || !['apiVersion', 'kind'].includes(name)),
  );
  if (entries.length === 0) return path === '' ? [] : [path];
  const isMap = MAPS.has(lastOf(path)) || (lastOf(path) === 'selector' && entries.every(([, item]) => typeof item === 'string'));
  const below = (name: string): string => (isMap ? '*' : name);
  return entries.flatMap(([name, item]) => pathsOf(item, path === '' ? name : `${path}.${below(name)}`));
}

function lastOf(path: string): string {
  return path.split('.').at(-1) ?? '';
}
