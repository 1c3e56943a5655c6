/**
 * Does a stored object hold what we would apply? The API server fills in defaults and writes quantities its own way, so equality never
 * holds; what we own must be there, and what is there beside it is not ours to judge. (Applying always would write at rest, S20.)
 */
import { compareQuantities } from '../../api/storage-cluster.ts';

export function holds(stored: unknown, wanted: unknown): boolean {
  return holdsAt(stored, wanted, false);
}

/** Below `requests` and `limits` text is a quantity: `1000m` is stored as `1`. */
const quantityFields: ReadonlySet<string> = new Set(['requests', 'limits']);

function holdsAt(stored: unknown, wanted: unknown, isQuantity: boolean): boolean {
  if (wanted === undefined) return true;
  if (Array.isArray(wanted)) {
    if (!Array.isArray(stored)) return wanted.length === 0 && stored === undefined;
    return stored.length === wanted.length && wanted.every((item, position) => holdsAt(stored[position], item, false));
  }
  if (typeof wanted === 'object' && wanted !== null) {
    const fields = Object.entries(wanted).filter(([, field]) => field !== undefined);
    if (typeof stored !== 'object' || stored === null || Array.isArray(stored))
      return fields.length === 0 && stored === undefined;
    const storedFields = new Map(Object.entries(stored));
    return fields.every(([name, field]) => holdsAt(storedFields.get(name), field, isQuantity || quantityFields.has(name)));
  }
  if (stored === wanted) return true;
  return isQuantity && typeof stored === 'string' && typeof wanted === 'string' && compareQuantities(stored, wanted) === 0;
}
