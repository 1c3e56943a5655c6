/**
 * The Common Expression Language as Kubernetes speaks it: the standard functions from a library, and of Kubernetes' own those on quantities
 * (https://kubernetes.io/docs/reference/using-api/cel/). Compiled once, evaluated often.
 */
import { Environment } from '@marcbachmann/cel-js';
import { parseQuantity } from '../../../api/quantity.ts';
import { isJsonObject } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { SchemaNode } from './schema-node.ts';

/** Of the API: a quantity in billionths. */
class Quantity {
  readonly nanos: bigint;

  constructor(nanos: bigint) {
    this.nanos = nanos;
  }
}

function quantity(text: string): Quantity {
  const nanos = parseQuantity(text);
  if (nanos === null)
    throw new Error("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
  return new Quantity(nanos);
}

const NANOS = 1_000_000_000n;

function sign(value: bigint): bigint {
  return value === 0n ? 0n : value < 0n ? -1n : 1n;
}

function baseEnvironment(): Environment {
  return new Environment({ unlistedVariablesAreDyn: true, enableOptionalTypes: true, homogeneousAggregateLiterals: false })
    .registerType('Quantity', Quantity)
    .registerFunction('isQuantity(string): bool', (text: string) => parseQuantity(text) !== null)
    .registerFunction('quantity(string): Quantity', quantity)
    .registerFunction('Quantity.isGreaterThan(Quantity): bool', (left: Quantity, right: Quantity) => left.nanos > right.nanos)
    .registerFunction('Quantity.isLessThan(Quantity): bool', (left: Quantity, right: Quantity) => left.nanos < right.nanos)
    .registerFunction('Quantity.compareTo(Quantity): int', (left: Quantity, right: Quantity) => sign(left.nanos - right.nanos))
    .registerFunction('Quantity.asApproximateFloat(): double', (one: Quantity) => Number(one.nanos) / Number(NANOS))
    .registerFunction('Quantity.asInteger(): int', (one: Quantity) => one.nanos / NANOS)
    .registerFunction('Quantity.isInteger(): bool', (one: Quantity) => one.nanos % NANOS === 0n)
    .registerFunction('Quantity.sign(): int', (one: Quantity) => sign(one.nanos))
    .registerFunction(
      'Quantity.add(Quantity): Quantity',
      (left: Quantity, right: Quantity) => new Quantity(left.nanos + right.nanos),
    )
    .registerFunction(
      'Quantity.sub(Quantity): Quantity',
      (left: Quantity, right: Quantity) => new Quantity(left.nanos - right.nanos),
    );
}

const environment = baseEnvironment();

export type CelVariables = Readonly<Record<string, unknown>>;

export type CelOutcome = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: string };

export interface CelProgram {
  /** Whether the expression speaks of this variable. */
  readonly mentions: (variable: string) => boolean;
  readonly evaluate: (variables: CelVariables) => CelOutcome;
}

const programs = new Map<string, CelProgram>();
/** Programs remembered; a caller that brings ever new ones is served, and not remembered. */
const PROGRAMS_MAX = 10_000;

/** @throws Error when the expression does not parse or its types can't fit */
export function compiled(expression: string): CelProgram {
  const known = programs.get(expression);
  if (known !== undefined) return known;
  const parsed = environment.parse(expression);
  const checked = parsed.check();
  if (!checked.valid) throw new Error(firstLine(checked.error));
  const program: CelProgram = {
    mentions: (variable) => new RegExp(`\\b${variable}\\b`).test(expression),
    evaluate: (variables) => {
      try {
        return { ok: true, value: parsed({ ...variables }) as unknown };
      } catch (error) {
        return { ok: false, error: firstLine(error) };
      }
    },
  };
  if (programs.size < PROGRAMS_MAX) programs.set(expression, program);
  return program;
}

/** The library shows the place in the expression below its sentence; the API server tells the sentence alone. */
function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = text.split('\n')[0] ?? '';
  return line.replace(/^No such key/, 'no such key');
}

/** What is not reserved may be a field's name as it is. */
const RESERVED: ReadonlySet<string> = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);

/** How an expression calls a field whose name is no identifier: `ephemeral-storage` is `ephemeral__dash__storage`. */
export function celFieldName(name: string): string {
  if (RESERVED.has(name)) return `__${name}__`;
  return name
    .replaceAll('__', '__underscores__')
    .replaceAll('.', '__dot__')
    .replaceAll('-', '__dash__')
    .replaceAll('/', '__slash__');
}

/** JSON by its schema: whole numbers are ints, numbers are doubles, times are timestamps; without one by what they look like. */
export function celValue(value: unknown, node: SchemaNode | null): unknown {
  if (typeof value === 'number') return node?.type !== 'number' && Number.isInteger(value) ? BigInt(value) : value;
  if (typeof value === 'string') return node?.format === 'date-time' ? new Date(value) : value;
  if (Array.isArray(value)) return value.map((item) => celValue(item, node?.items ?? null));
  if (!isJsonObject(value)) return value;
  return celObject(value, node);
}

function celObject(value: JsonObject, node: SchemaNode | null): unknown {
  const fields = Object.entries(value).flatMap(([name, field]): readonly (readonly [string, unknown])[] => {
    if (field === undefined) return [];
    const child = node?.properties.get(name);
    if (child !== undefined) return [[celFieldName(name), celValue(field, child)]];
    return [[name, celValue(field, node?.additionalProperties ?? null)]];
  });
  return Object.fromEntries(fields);
}
