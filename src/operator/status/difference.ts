/** The smallest merge patch (RFC 7386) that makes one status of another, or null when nothing differs: at rest nothing is written (S20). */
import type { StorageClusterStatus } from '../../api/storage-cluster.ts';
import { hashOf } from '../render/applied.ts';

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
    if (hashOf(before.get(name) ?? null) !== hashOf(value)) patch[name] = value;
  }
  return Object.keys(patch).length === 0 ? null : patch;
}
