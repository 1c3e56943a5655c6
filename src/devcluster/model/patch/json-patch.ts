/** JSON patch (RFC 6902) with JSON pointers (RFC 6901): all operations take effect, or none. */
import { ApiFailure, badRequest } from '../failure.ts';
import { isJsonObject, sameJson, setField, withField } from '../json.ts';

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly from: string;
  readonly value: unknown;
}

/** Each operation costs a walk, and a body may hold many. */
const OPERATIONS_MAX = 10_000;

/** @throws ApiFailure 400 for what is no JSON patch, 422 when an operation can't be carried out or a test fails */
export function jsonPatched(target: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) throw badRequest('error decoding patch: a JSON patch is a list of operations');
  if (patch.length > OPERATIONS_MAX) {
    const message = `The allowed maximum operations in a JSON patch is ${OPERATIONS_MAX}, got ${patch.length}`;
    throw new ApiFailure(413, 'RequestEntityTooLarge', message);
  }
  return patch.map(operationOf).reduce(carryOut, target);
}

function operationOf(value: unknown): Operation {
  if (!isJsonObject(value) || typeof value['op'] !== 'string' || typeof value['path'] !== 'string') {
    throw badRequest('error decoding patch: an operation has an "op" and a "path"');
  }
  const from = typeof value['from'] === 'string' ? value['from'] : '';
  return { op: value['op'], path: value['path'], from, value: value['value'] };
}

function carryOut(target: unknown, { op, path, from, value }: Operation): unknown {
  switch (op) {
    case 'add':
      return changed(target, pointer(path), { type: 'add', value });
    case 'remove':
      return changed(target, pointer(path), { type: 'remove' });
    case 'replace':
      return changed(target, pointer(path), { type: 'replace', value });
    case 'copy':
      return changed(target, pointer(path), { type: 'add', value: read(target, pointer(from)) });
    case 'move': {
      const moved = read(target, pointer(from));
      return changed(changed(target, pointer(from), { type: 'remove' }), pointer(path), { type: 'add', value: moved });
    }
    case 'test':
      if (sameJson(read(target, pointer(path)), value ?? null)) return target;
      throw rejected();
    default:
      throw rejected();
  }
}

function rejected(): ApiFailure {
  const message = 'the server rejected our request due to an error in our request';
  return new ApiFailure(422, 'Invalid', message, {});
}

function pointer(text: string): readonly string[] {
  if (text === '') return [];
  if (!text.startsWith('/')) throw rejected();
  return text
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function read(target: unknown, path: readonly string[]): unknown {
  let current = target;
  for (const name of path) {
    const next: unknown = Array.isArray(current)
      ? current[indexOf(name, current.length - 1)]
      : isJsonObject(current) && Object.hasOwn(current, name)
        ? current[name]
        : undefined;
    if (next === undefined) throw rejected();
    current = next;
  }
  return current;
}

type Change = { readonly type: 'add' | 'replace'; readonly value: unknown } | { readonly type: 'remove' };

function changed(target: unknown, path: readonly string[], change: Change): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return change.type === 'remove' ? null : change.value;
  if (Array.isArray(target)) return changedList(target, name, rest, change);
  if (!isJsonObject(target)) throw rejected();
  const isThere = Object.hasOwn(target, name);
  if (rest.length > 0) {
    if (!isThere) throw rejected();
    return withField(target, name, changed(target[name], rest, change));
  }
  if (change.type !== 'add' && !isThere) throw rejected();
  if (change.type === 'remove') return withField(target, name, undefined);
  const result: Record<string, unknown> = { ...target };
  setField(result, name, change.value);
  return result;
}

function changedList(target: readonly unknown[], name: string, rest: readonly string[], change: Change): unknown {
  if (rest.length > 0) {
    const index = indexOf(name, target.length - 1);
    return target.with(index, changed(target[index], rest, change));
  }
  if (change.type === 'add') {
    const index = name === '-' ? target.length : indexOf(name, target.length);
    return target.toSpliced(index, 0, change.value);
  }
  const index = indexOf(name, target.length - 1);
  return change.type === 'remove' ? target.toSpliced(index, 1) : target.with(index, change.value);
}

function indexOf(name: string, most: number): number {
  if (!/^(0|[1-9]\d*)$/.test(name) || Number(name) > most) throw rejected();
  return Number(name);
}
