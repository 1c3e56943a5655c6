/** Events are stored once and served twice: as `v1`, and as `events.k8s.io/v1`, whose fields have other names. */
import { withField } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { View } from '../resource-type.ts';

/** Names in `events.k8s.io/v1`, and in `v1`. */
const names: readonly (readonly [string, string])[] = [
  ['regarding', 'involvedObject'],
  ['note', 'message'],
  ['reportingController', 'reportingComponent'],
  ['deprecatedSource', 'source'],
  ['deprecatedFirstTimestamp', 'firstTimestamp'],
  ['deprecatedLastTimestamp', 'lastTimestamp'],
  ['deprecatedCount', 'count'],
];

function renamed(object: JsonObject, pairs: readonly (readonly [string, string])[]): JsonObject {
  return pairs.reduce<JsonObject>((result, [from, to]) => {
    const value = result[from];
    return value === undefined ? result : withField(withField(result, from, undefined), to, value);
  }, object);
}

export const eventView: View = {
  collection: '/events',
  toStored: (object) => {
    const stored = renamed(object, names);
    const { source = {}, firstTimestamp = null, lastTimestamp = null } = stored;
    return { ...stored, apiVersion: 'v1', source, firstTimestamp, lastTimestamp };
  },
  fromStored: (object) => ({
    ...renamed(
      object,
      names.map(([newName, coreName]) => [coreName, newName] as const),
    ),
    apiVersion: 'events.k8s.io/v1',
  }),
};
