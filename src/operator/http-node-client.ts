/** The nodes over HTTP: one pool, one short deadline a call, bounded answers, no retries. */
import { Agent, request as undiciRequest } from 'undici';
import { z } from 'zod';
import { ADMIN_PATHS } from '../api/node-status.ts';
import type {
  ChangeConfigurationAnswer,
  ChangeConfigurationRequest,
  FoundRequest,
  JoinRequest,
  NodeStatus,
  PodGoneRequest,
  TransferLeadershipRequest,
} from '../api/node-status.ts';
import { addressText, sameAddress } from '../shared/address-book.ts';
import type { ResolveAddress } from '../shared/address-book.ts';
import type { Clock } from '../shared/clock.ts';
import { refuse, succeed } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type {
  NodeAddress,
  NodeCallOptions,
  NodeClient,
  NodeFailure,
  NodeRefusal,
  NodeUnreachable,
  RaiseFeatureLevelRequest,
} from './node-client.ts';
import { nodeMember, readNodeStatus } from './node-status-reader.ts';
import { DeadlineExceededError, deadline } from './timing.ts';

export const NODE_CALL_LIMITS = {
  statusMs: 1_000,
  /** The leader first confirms itself with a quorum. */
  confirmedStatusMs: 3_000,
  adminMs: 10_000,
  connectionsPerNodeMax: 2,
  keepAliveMs: 4_000,
  answerBytesMax: 1024 * 1024,
} as const;

interface NodeCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body: object | null;
  readonly deadlineMs: number;
}

const refusal = z.looseObject({
  code: z.string(),
  message: z.string(),
  leader: nodeMember.nullable(),
});
const configurationAnswer = z.looseObject({ index: z.int().min(0) });

export class HttpNodeClient implements NodeClient {
  readonly #clock: Clock;
  readonly #addresses: ResolveAddress;
  readonly #agent = new Agent({
    connections: NODE_CALL_LIMITS.connectionsPerNodeMax,
    keepAliveTimeout: NODE_CALL_LIMITS.keepAliveMs,
    maxResponseSize: NODE_CALL_LIMITS.answerBytesMax,
    pipelining: 1,
  });

  constructor(clock: Clock, addresses: ResolveAddress = sameAddress) {
    this.#clock = clock;
    this.#addresses = addresses;
  }

  async status(
    address: NodeAddress,
    options: NodeCallOptions & { readonly confirm?: boolean | undefined },
  ): Promise<Result<NodeStatus, NodeFailure>> {
    const confirm = options.confirm === true;
    const deadlineMs = confirm ? NODE_CALL_LIMITS.confirmedStatusMs : NODE_CALL_LIMITS.statusMs;
    const path = confirm ? '/status?confirm=true' : '/status';
    return this.#read(address, { method: 'GET', path, body: null, deadlineMs }, options, readNodeStatus);
  }

  async found(address: NodeAddress, request: FoundRequest, options: NodeCallOptions): Promise<Result<null, NodeFailure>> {
    return this.#admin(address, ADMIN_PATHS.found, request, options, readNothing);
  }

  async join(address: NodeAddress, request: JoinRequest, options: NodeCallOptions): Promise<Result<null, NodeFailure>> {
    return this.#admin(address, ADMIN_PATHS.join, request, options, readNothing);
  }

  async changeConfiguration(
    address: NodeAddress,
    request: ChangeConfigurationRequest,
    options: NodeCallOptions,
  ): Promise<Result<ChangeConfigurationAnswer, NodeFailure>> {
    return this.#admin(address, ADMIN_PATHS.changeConfiguration, request, options, (body) => {
      const parsed = configurationAnswer.safeParse(body);
      return parsed.success ? succeed({ index: parsed.data.index }) : refuse('no index of the committed configuration');
    });
  }

  async transferLeadership(
    address: NodeAddress,
    request: TransferLeadershipRequest,
    options: NodeCallOptions,
  ): Promise<Result<null, NodeFailure>> {
    return this.#admin(address, ADMIN_PATHS.transferLeadership, request, options, readNothing);
  }

  async raiseFeatureLevel(
    address: NodeAddress,
    request: RaiseFeatureLevelRequest,
    options: NodeCallOptions,
  ): Promise<Result<null, NodeFailure>> {
    return this.#admin(address, ADMIN_PATHS.raiseFeatureLevel, request, options, readNothing);
  }

  async podGone(address: NodeAddress, request: PodGoneRequest, options: NodeCallOptions): Promise<Result<null, NodeFailure>> {
    return this.#admin(address, ADMIN_PATHS.podGone, request, options, readNothing);
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #admin<Value>(
    address: NodeAddress,
    path: string,
    body: object,
    options: NodeCallOptions,
    read: (body: unknown) => Result<Value, string>,
  ): Promise<Result<Value, NodeFailure>> {
    return this.#read(address, { method: 'POST', path, body, deadlineMs: NODE_CALL_LIMITS.adminMs }, options, read);
  }

  async #read<Value>(
    address: NodeAddress,
    call: NodeCall,
    options: NodeCallOptions,
    read: (body: unknown) => Result<Value, string>,
  ): Promise<Result<Value, NodeFailure>> {
    const answer = await this.#call(address, call, options);
    if (!answer.ok) return answer;
    if (answer.value.status !== 200) return refuse(refusalOf(answer.value.status, answer.value.text));
    const value = read(parsed(answer.value.text));
    return value.ok ? value : refuse(unreachable('malformed', `${call.path}: ${value.reason}`));
  }

  async #call(
    address: NodeAddress,
    call: NodeCall,
    options: NodeCallOptions,
  ): Promise<Result<{ readonly status: number; readonly text: string }, NodeUnreachable>> {
    const limit = deadline(this.#clock, call.deadlineMs, `${call.path} of ${address.host}`, options.signal);
    try {
      const answer = await undiciRequest(`http://${addressText(this.#addresses(address))}${call.path}`, {
        dispatcher: this.#agent,
        method: call.method,
        headers: headersOf(call, options.token),
        body: call.body === null ? null : JSON.stringify(call.body),
        signal: limit.signal,
      });
      return succeed({ status: answer.statusCode, text: await answer.body.text() });
    } catch (error) {
      return refuse(unreachableBy(error, limit.signal));
    } finally {
      limit.release();
    }
  }
}

/** S19: only admin calls carry the token; what needs none must not leak one to whoever has the address by now. */
function headersOf(call: NodeCall, token: string): Record<string, string> {
  if (call.body === null) return { accept: 'application/json' };
  return { accept: 'application/json', 'content-type': 'application/json', authorization: `Bearer ${token}` };
}

function readNothing(): Result<null, string> {
  return succeed(null);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

const refusalCharactersMax = 500;

function refusalOf(status: number, text: string): NodeRefusal | NodeUnreachable {
  return refusalFrom(status, parsed(text) ?? text);
}

/** What a node said instead of yes. `body` is the parsed JSON, or the text when it was none. */
export function refusalFrom(status: number, body: unknown): NodeRefusal | NodeUnreachable {
  const read = refusal.safeParse(body);
  if (!read.success) {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return unreachable('malformed', `HTTP ${status}: ${text.slice(0, refusalCharactersMax)}`);
  }
  const { code, message, leader } = read.data;
  return { kind: 'refused', status, code, message, leader };
}

function unreachableBy(error: unknown, signal: AbortSignal): NodeUnreachable {
  const cause: unknown = signal.aborted ? signal.reason : error;
  const code = cause instanceof DeadlineExceededError ? 'deadline' : 'connection';
  return unreachable(code, cause instanceof Error ? cause.message : String(cause));
}

function unreachable(code: NodeUnreachable['code'], message: string): NodeUnreachable {
  return { kind: 'unreachable', code, message };
}
