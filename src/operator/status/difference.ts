/** The smallest merge patch (RFC 7386) that makes one status of another, or null when nothing differs: at rest nothing is written (S20). */
import type { StorageClusterStatus } from '../../api/storage-cluster.ts';

/** Field by field; a list is replaced whole, a field that is gone becomes null. */
export function statusPatch(
  previous: StorageClusterStatus,
  next: StorageClusterStatus,
): Readonly<Record<string, unknown>> | null {
  const before = new Map(Object.entries(previous));
  const after = new Map(Object.entries(next));
  const patch: Record<string, unknown> = {};
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const value: unknown = after.get(name) ?? null;
    if (!isSame(before.get(name) ?? null, value)) patch[name] = value;
  }
  return Object.keys(patch).length === 0 ? null : patch;
}

/** As JSON, whatever the order of fields: one that is undefined is not there. */
function isSame(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) || Array.isArray(right)) {
    return (
      Array.isArray(left) &&
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, at) => isSame(item, right[at]))
    );
  }
  const [before, after] = [new Map(Object.entries(left)), new Map(Object.entries(right))];
  return [...new Set([...before.keys(), ...after.keys()])].every((name) => isSame(before.get(name), after.get(name)));
}
