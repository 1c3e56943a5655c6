/** JSON merge patch (RFC 7386). */
import { isJsonObject, setField } from '../json.ts';

export function mergePatched(target: unknown, patch: unknown): unknown {
  if (!isJsonObject(patch)) return patch;
  const result: Record<string, unknown> = isJsonObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === undefined) continue;
    if (value === null) Reflect.deleteProperty(result, name);
    else setField(result, name, mergePatched(Object.hasOwn(result, name) ? result[name] : undefined, value));
  }
  return result;
}
