/**
 * The nodes through the API server's proxy to pods: whoever may reach the API server reaches them, with rights of their own (`get` and
 * `create` on `pods/proxy`) and from outside the cluster. The API server keeps the header Authorization to itself, so that the admin token
 * goes in a header of its own.
 */
import { PORTS } from '../../api/constants.ts';
import { ADMIN_PATHS, ADMIN_TOKEN_HEADER } from '../../api/node-status.ts';
import type { NodeStatus, TransferLeadershipRequest } from '../../api/node-status.ts';
import { PODS } from '../../operator/kubernetes/resources.ts';
import { refusalFrom } from '../../operator/http-node-client.ts';
import type { NodeFailure } from '../../operator/node-client.ts';
import { readNodeStatus } from '../../operator/node-status-reader.ts';
import { refuse, succeed } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { ApiServer } from './api-server.ts';
import { MissingRightError, rightFor, UnknownUserError } from './rights.ts';

export const PROXY_LIMITS = {
  statusMs: 3_000,
  /** The leader first confirms itself with a quorum. */
  confirmedStatusMs: 5_000,
  adminMs: 15_000,
} as const;

interface ProxyCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly deadlineMs: number;
}

export class PodProxy {
  readonly #server: ApiServer;
  readonly #namespace: string;

  constructor(server: ApiServer, namespace: string) {
    this.#server = server;
    this.#namespace = namespace;
  }

  /** @throws MissingRightError */
  async status(pod: string, confirm: boolean): Promise<Result<NodeStatus, NodeFailure>> {
    const deadlineMs = confirm ? PROXY_LIMITS.confirmedStatusMs : PROXY_LIMITS.statusMs;
    const query = confirm ? { confirm: 'true' } : {};
    const answer = await this.#call(pod, { method: 'GET', path: '/status', query, deadlineMs });
    if (!answer.ok) return answer;
    const status = readNodeStatus(answer.value);
    return status.ok ? status : refuse({ kind: 'unreachable', code: 'malformed', message: status.reason });
  }

  /** To the leader's pod. @throws MissingRightError */
  async transferLeadership(pod: string, request: TransferLeadershipRequest, token: string): Promise<Result<null, NodeFailure>> {
    const headers = { [ADMIN_TOKEN_HEADER]: token, 'content-type': 'application/json' };
    const call = { method: 'POST', path: ADMIN_PATHS.transferLeadership, headers, body: request } as const;
    const answer = await this.#call(pod, { ...call, deadlineMs: PROXY_LIMITS.adminMs });
    return answer.ok ? succeed(null) : answer;
  }

  async #call(pod: string, call: ProxyCall): Promise<Result<unknown, NodeFailure>> {
    const namespace = encodeURIComponent(this.#namespace);
    const path = `/api/v1/namespaces/${namespace}/pods/${encodeURIComponent(pod)}:${PORTS.http}/proxy${call.path}`;
    const answer = await this.#server.ask({ ...call, path });
    if (!answer.ok) return refuse({ kind: 'unreachable', code: answer.reason.code, message: answer.reason.message });
    const { status, body } = answer.value;
    if (status === 200) return succeed(body);
    // Two may answer: the API server with a document of kind Status, and the node with a refusal of its own.
    if (!isStatusDocument(body)) return refuse(refusalFrom(status, body));
    if (status === 401) throw new UnknownUserError();
    if (status === 403) {
      const place = { resource: PODS, namespace: this.#namespace, subresource: 'proxy' };
      throw new MissingRightError(rightFor(call.method === 'GET' ? 'get' : 'create', place));
    }
    return refuse({ kind: 'unreachable', code: 'connection', message: body.message ?? `HTTP ${status}` });
  }
}

function isStatusDocument(body: unknown): body is { readonly message?: string } {
  return typeof body === 'object' && body !== null && 'kind' in body && body.kind === 'Status';
}
