/** What stands between a request and the store beside the kind's own rules: admission, first by those who change, then by those who judge. */
import type { JsonObject } from '../json.ts';
import type { StoredObject } from '../objects.ts';
import type { User } from '../request.ts';
import type { ResourceType } from '../resource-type.ts';
import type { World } from '../world.ts';

export interface AdmissionAttributes {
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';
  readonly type: ResourceType;
  readonly namespace: string | null;
  readonly name: string;
  readonly subresource: string | null;
  /** Null when an object is deleted. */
  readonly object: JsonObject | null;
  /** Null when it is created. */
  readonly before: StoredObject | null;
  readonly user: User;
  readonly dryRun: boolean;
}

export interface AdmissionWorld extends Pick<World, 'store' | 'nowMs' | 'suffix'> {
  readonly warn: (warning: string) => void;
}

export interface AdmissionPlugin {
  readonly name: string;
  mutate?(attributes: AdmissionAttributes, object: JsonObject, world: AdmissionWorld): JsonObject;
  /** @throws ApiFailure to refuse */
  validate?(attributes: AdmissionAttributes, world: AdmissionWorld): void;
}
