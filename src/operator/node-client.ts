/**
 * The operator's way to the storage nodes: what each says of itself, and the admin calls. Nothing here is retried: the next reconcile looks
 * again, and an admin call whose answer was lost may have taken place (S14), so that only looking again tells.
 */
import type {
  AdminRefusal,
  ChangeConfigurationAnswer,
  ChangeConfigurationRequest,
  FoundRequest,
  JoinRequest,
  NodeStatus,
  PodGoneRequest,
  TransferLeadershipRequest,
} from '../api/node-status.ts';
import { PORTS } from '../api/constants.ts';
import type { Result } from '../shared/result.ts';
import type { Pod } from './kubernetes/objects.ts';

export interface NodeAddress {
  readonly host: string;
  readonly port: number;
}

/** Silence, or something that no node says. It is `unknown`, never zero: nothing follows from it (S20). */
export interface NodeUnreachable {
  readonly kind: 'unreachable';
  readonly code: 'deadline' | 'connection' | 'malformed';
  readonly message: string;
}

/** The node answered, and said no. */
export interface NodeRefusal extends AdminRefusal {
  readonly kind: 'refused';
  /** 401 token, 400 body, 409 nothing was done, 503 outcome unknown. */
  readonly status: number;
}

export type NodeFailure = NodeUnreachable | NodeRefusal;

export interface NodeCallOptions {
  /** Read from its Secret at each use, so that it can rotate (S19). */
  readonly token: string;
  readonly signal?: AbortSignal | undefined;
}

export interface NodeClient {
  /** 1 s; 3 s with `confirm`, which has a leader confirm itself with a quorum before it answers (S1). */
  status(
    address: NodeAddress,
    options: NodeCallOptions & { readonly confirm?: boolean | undefined },
  ): Promise<Result<NodeStatus, NodeFailure>>;
  found(address: NodeAddress, request: FoundRequest, options: NodeCallOptions): Promise<Result<null, NodeFailure>>;
  join(address: NodeAddress, request: JoinRequest, options: NodeCallOptions): Promise<Result<null, NodeFailure>>;
  changeConfiguration(
    address: NodeAddress,
    request: ChangeConfigurationRequest,
    options: NodeCallOptions,
  ): Promise<Result<ChangeConfigurationAnswer, NodeFailure>>;
  transferLeadership(
    address: NodeAddress,
    request: TransferLeadershipRequest,
    options: NodeCallOptions,
  ): Promise<Result<null, NodeFailure>>;
  raiseFeatureLevel(
    address: NodeAddress,
    request: RaiseFeatureLevelRequest,
    options: NodeCallOptions,
  ): Promise<Result<null, NodeFailure>>;
  podGone(address: NodeAddress, request: PodGoneRequest, options: NodeCallOptions): Promise<Result<null, NodeFailure>>;
}

/** To the leader: raise the level in force to `level` (S16). */
export interface RaiseFeatureLevelRequest {
  readonly level: number;
}

/** The pod's own address: never a name, whose record may still lead to the pod before. Null while the pod has none. */
export function addressOfPod(pod: Pod): NodeAddress | null {
  const host = pod.status?.podIP;
  return host === undefined || host === '' ? null : { host, port: PORTS.http };
}
