/** The StorageCluster that `quorate dev` applies unless it is given another: that of examples/orders.yaml, which is not there once installed. */
import { API_VERSION, KIND } from '../../api/storage-cluster.ts';
import { UsageError } from '../command.ts';
import { objectsIn, objectsOf } from '../kubectl/files.ts';
import type { ReadObject } from '../kubectl/files.ts';

export const EXAMPLE = {
  apiVersion: API_VERSION,
  kind: KIND,
  metadata: { name: 'orders' },
  spec: {
    replicas: 3,
    version: '0.1.0',
    storage: { size: '10Gi', retention: { whenScaled: 'Retain', whenDeleted: 'Retain' } },
    podTemplate: { spec: { resources: { requests: { cpu: '100m' }, limits: { memory: '512Mi' } } } },
  },
};

export interface Example {
  readonly objects: readonly ReadObject[];
  /** The StorageCluster among them that is watched. */
  readonly name: string;
  readonly namespace: string;
  readonly members: number;
}

/** @param members null: as the file says. @throws UsageError, KubectlError */
export async function exampleOf(
  file: string | null,
  members: number | null,
  stdin: AsyncIterable<Buffer | string>,
): Promise<Example> {
  const read = file === null ? objectsOf('the example', [EXAMPLE]) : await objectsIn([file], stdin);
  const clusters = read.filter(({ object }) => object.kind === KIND);
  const [first] = clusters;
  if (first === undefined) throw new UsageError(`--example ${file ?? ''}: there is no ${KIND} in it`);
  const objects = members === null ? read : read.map((one) => (one === first ? withMembers(one, members) : one));
  const { metadata } = first.object;
  return {
    objects,
    name: metadata.name,
    namespace: metadata.namespace ?? 'default',
    members: members ?? replicasOf(first),
  };
}

function specOf({ object }: ReadObject): Readonly<Record<string, unknown>> {
  const { spec } = object;
  return typeof spec === 'object' && spec !== null ? Object.fromEntries(Object.entries(spec)) : {};
}

/** What the API server fills in. */
const REPLICAS_DEFAULT = 3;

function replicasOf(read: ReadObject): number {
  const { replicas } = specOf(read);
  return typeof replicas === 'number' ? replicas : REPLICAS_DEFAULT;
}

function withMembers(read: ReadObject, replicas: number): ReadObject {
  return { ...read, object: { ...read.object, spec: { ...specOf(read), replicas } } };
}
