/** What a call of the operator would do to the world, in the words of the rules: read from the wire, not from the operator. */
import type { MemberId } from '../../src/shared/ids.ts';
import { field } from '../support/model-api.ts';
import type { Call } from './wires.ts';

export type Act =
  | { readonly type: 'evict'; readonly pod: string; readonly uid: string | null }
  | { readonly type: 'delete-pod'; readonly pod: string; readonly uid: string | null }
  | { readonly type: 'delete-claim'; readonly claim: string; readonly uid: string | null }
  | { readonly type: 'apply-stateful-set'; readonly replicas: number | null; readonly retention: string | null }
  | { readonly type: 'delete-stateful-set'; readonly propagation: string | null }
  | { readonly type: 'set-finalizers' }
  | { readonly type: 'remove'; readonly id: MemberId; readonly expectedIndex: number | null }
  | { readonly type: 'add-learner'; readonly id: MemberId; readonly name: string; readonly expectedIndex: number | null }
  | { readonly type: 'promote'; readonly id: MemberId; readonly expectedIndex: number | null }
  | { readonly type: 'transfer' }
  | {
      readonly type: 'found';
      readonly clusterId: string;
      readonly epoch: number;
      readonly members: readonly { readonly id: string; readonly name: string }[];
    }
  | {
      readonly type: 'join';
      readonly clusterId: string;
      /** Whom the node is to ask whether it was removed. */
      readonly leader: { readonly id: MemberId; readonly name: string } | null;
    }
  | { readonly type: 'status'; readonly status: object; readonly clusterId: string | null }
  | { readonly type: 'lease' }
  | { readonly type: 'event' }
  | { readonly type: 'other' };

/** Null for reads. */
export function actOf(call: Call): Act | null {
  if (call.type === 'status') return null;
  if (call.type === 'admin') return actOfAdmin(call.verb, call.body);
  const { request } = call;
  if (!call.isWrite) return null;
  const { plural } = request.resource;
  const name = request.name ?? text(field(request.body, 'metadata.name')) ?? '';
  const uid = text(field(request.body, 'preconditions.uid')) ?? text(field(request.body, 'deleteOptions.preconditions.uid'));
  if (Array.isArray(field(request.body, 'metadata.finalizers'))) return { type: 'set-finalizers' };
  if (plural === 'pods' && request.subresource === 'eviction') return { type: 'evict', pod: name, uid };
  if (plural === 'pods' && request.verb === 'delete') return { type: 'delete-pod', pod: name, uid };
  if (plural === 'persistentvolumeclaims' && request.verb === 'delete') return { type: 'delete-claim', claim: name, uid };
  if (plural === 'statefulsets') return actOnStatefulSet(request.verb, request.body);
  if (plural === 'storageclusters' && request.subresource === 'status')
    return actOnStatus(objectOf(field(request.body, 'status')));
  if (plural === 'leases') return { type: 'lease' };
  return { type: plural === 'events' ? 'event' : 'other' };
}

function actOnStatus(status: object): Act {
  return { type: 'status', status, clusterId: text(field(status, 'clusterId')) };
}

function actOnStatefulSet(verb: string, body: unknown): Act {
  if (verb === 'delete') return { type: 'delete-stateful-set', propagation: text(field(body, 'propagationPolicy')) };
  const replicas = field(body, 'spec.replicas');
  const policy = field(body, 'spec.persistentVolumeClaimRetentionPolicy');
  const words = [field(policy, 'whenScaled'), field(policy, 'whenDeleted')].map((word) => text(word) ?? '-');
  return {
    type: 'apply-stateful-set',
    replicas: typeof replicas === 'number' ? replicas : null,
    retention: policy === undefined ? null : words.join('/'),
  };
}

function actOfAdmin(verb: string, body: object): Act {
  switch (verb) {
    case 'changeConfiguration': {
      const change = field(body, 'change');
      const id = text(field(change, 'id')) as MemberId;
      const index = field(body, 'expectedIndex');
      const expectedIndex = typeof index === 'number' ? index : null;
      const type = text(field(change, 'type'));
      if (type === 'remove' || type === 'promote') return { type, id, expectedIndex };
      return { type: 'add-learner', id, name: text(field(change, 'name')) ?? '', expectedIndex };
    }
    case 'transferLeadership':
      return { type: 'transfer' };
    case 'found': {
      const members = field(body, 'members') as readonly { readonly id: string; readonly name: string }[];
      return { type: 'found', clusterId: text(field(body, 'clusterId')) ?? '', epoch: Number(field(body, 'epoch')), members };
    }
    case 'join':
      return { type: 'join', clusterId: text(field(body, 'clusterId')) ?? '', leader: leaderOf(field(body, 'leader')) };
    default:
      return { type: 'other' };
  }
}

function leaderOf(leader: unknown): { readonly id: MemberId; readonly name: string } | null {
  const id = text(field(leader, 'id'));
  return id === null ? null : { id: id as MemberId, name: text(field(leader, 'name')) ?? '' };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function objectOf(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
