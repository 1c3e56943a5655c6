/**
 * The operator's two wires: to the API server of the model, and to the members' admin part. A call travels, is carried out, and its answer
 * travels back, each in virtual time; a tap sees every call, and may end the process, lose the call, its answer, or answer in its place.
 */
import { ModelTransport } from '../../src/devcluster/model-transport.ts';
import type { ModelApi } from '../../src/devcluster/model/api.ts';
import type { NodeStatus } from '../../src/api/node-status.ts';
import { KubernetesApiError } from '../../src/operator/kubernetes/errors.ts';
import type { KubernetesRequest, KubernetesTransport, WatchEvent, WatchRequest } from '../../src/operator/kubernetes/api.ts';
import { NODE_CALL_LIMITS, refusalFrom } from '../../src/operator/http-node-client.ts';
import type { NodeCallOptions, NodeClient, NodeFailure } from '../../src/operator/node-client.ts';
import { readNodeStatus } from '../../src/operator/node-status-reader.ts';
import { refuse, succeed } from '../../src/shared/result.ts';
import type { Result } from '../../src/shared/result.ts';
import type { NodeHttpBackend } from '../../src/node/http-backend.ts';
import type { AdminOutcome } from '../../src/wire/http/server.ts';
import type { NodeBuild } from './builds.ts';
import type { Members, Volume } from './members.ts';
import type { OperatorProcess } from './operator-process.ts';

/** One way over a wire, in milliseconds. */
const TRAVEL_MS = 1;

export type CallFate =
  | { readonly type: 'served' }
  /** It takes so much longer to arrive. */
  | { readonly type: 'slow'; readonly delayMs: number }
  /** Nobody gets it, and nobody says so. */
  | { readonly type: 'lost' }
  /** It was carried out; the connection breaks before the answer. */
  | { readonly type: 'answer-lost' }
  /** The server, or what stands before it, says no. Only for the API server. */
  | { readonly type: 'refused'; readonly status: number; readonly reason: string; readonly retryAfterMs: number | null };

export interface ApiCall {
  readonly type: 'api';
  readonly process: OperatorProcess;
  readonly request: KubernetesRequest;
  readonly isWrite: boolean;
}

export interface AdminCall {
  readonly type: 'admin';
  readonly process: OperatorProcess;
  readonly verb: Exclude<keyof NodeClient, 'status'>;
  readonly address: string;
  readonly volume: Volume | null;
  readonly body: object;
  readonly isWrite: true;
}

export interface StatusCall {
  readonly type: 'status';
  readonly process: OperatorProcess;
  readonly address: string;
  readonly volume: Volume | null;
  readonly isWrite: false;
}

export type Call = ApiCall | AdminCall | StatusCall;

/** Who looks at the calls as they pass. */
export interface Tap {
  /** A process sends it. */
  sent(call: Call): CallFate;
  /** It is about to be carried out. */
  arrives(call: Call): void;
  /** It was carried out; `error` is null when it did what it should. */
  carriedOut(call: Call, answer: unknown, error: Error | null): void;
  /** How late the next event of this watch comes; null: it never does, and nobody says so. */
  watchDelayMs(request: WatchRequest, event: WatchEvent): number | null;
}

export function isWrite({ verb }: Pick<KubernetesRequest, 'verb'>): boolean {
  return verb !== 'get' && verb !== 'list';
}

interface Errand {
  readonly call: Call;
  readonly fate: CallFate;
  readonly carryOut: () => Promise<unknown>;
}

class Wire {
  readonly process: OperatorProcess;
  readonly tap: Tap;
  readonly after: (delayMs: number, act: () => void) => void;

  constructor(process: OperatorProcess, tap: Tap, after: (delayMs: number, act: () => void) => void) {
    this.process = process;
    this.tap = tap;
    this.after = after;
  }

  /** What was sent arrives, whatever becomes of the process. */
  send({ call, fate, carryOut }: Errand, done: (answer: unknown) => void, failed: (error: unknown) => void): void {
    if (fate.type === 'lost') return;
    const delayMs = TRAVEL_MS + (fate.type === 'slow' ? fate.delayMs : 0);
    this.after(delayMs, () => {
      this.tap.arrives(call);
      carryOut().then(
        (answer) => {
          this.tap.carriedOut(call, answer, null);
          this.after(TRAVEL_MS, () => {
            if (fate.type === 'answer-lost') failed(new Error('connection reset'));
            else done(answer);
          });
        },
        (error: unknown) => {
          this.tap.carriedOut(call, null, error instanceof Error ? error : new Error(String(error)));
          this.after(TRAVEL_MS, () => failed(error));
        },
      );
    });
  }
}

/** To the API server. */
export class ApiWire implements KubernetesTransport {
  readonly #wire: Wire;
  readonly #inner: ModelTransport;

  constructor(process: OperatorProcess, api: ModelApi, tap: Tap, after: Wire['after']) {
    this.#wire = new Wire(process, tap, after);
    const user = { name: 'system:serviceaccount:quorate:operator', groups: ['system:serviceaccounts', 'system:authenticated'] };
    this.#inner = new ModelTransport({ api, user, userAgent: 'quorate-operator/0.1.0' });
  }

  request(request: KubernetesRequest): Promise<unknown> {
    const { process, tap } = this.#wire;
    const call: ApiCall = { type: 'api', process, request, isWrite: isWrite(request) };
    const what = `${request.verb} ${request.resource.plural}`;
    const giveUp = onAbort(request.signal);
    const answer = process.answer<unknown>((resolve, reject) => {
      if (!process.isAlive) return;
      if (request.signal.aborted) {
        reject(abortedCall(what, request.signal));
        return;
      }
      // The server does not hear that its caller has given up.
      const sent = { ...request, signal: NEVER_ABORTED };
      giveUp.act(() => reject(abortedCall(what, request.signal)));
      const fate = tap.sent(call);
      if (fate.type === 'refused') {
        const { status, reason, retryAfterMs } = fate;
        this.#wire.after(2 * TRAVEL_MS, () => reject(refusedCall(what, status, reason, retryAfterMs)));
        return;
      }
      this.#wire.send({ call, fate, carryOut: () => this.#inner.request(sent) }, resolve, (error) =>
        reject(error instanceof KubernetesApiError ? error : brokenCall(what, error)),
      );
    });
    return answer.finally(giveUp.forget);
  }

  async watch(request: WatchRequest): Promise<AsyncIterable<WatchEvent>> {
    const { process, tap } = this.#wire;
    const stopped = new AbortController();
    const stop = (): void => stopped.abort(request.signal.reason);
    request.signal.addEventListener('abort', stop, { once: true });
    process.onEnd(() => stopped.abort(new Error('the process has ended')));
    await process.answer<null>((resolve) => this.#wire.after(TRAVEL_MS, () => resolve(null)));
    const events = await this.#inner.watch({ ...request, signal: stopped.signal });
    return this.#delivered(request, events, tap);
  }

  async *#delivered(request: WatchRequest, events: AsyncIterable<WatchEvent>, tap: Tap): AsyncGenerator<WatchEvent> {
    const { process } = this.#wire;
    let isDead = false;
    for await (const event of events) {
      const delayMs = isDead ? null : tap.watchDelayMs(request, event);
      if (delayMs === null) {
        // Dead, and nobody knows: the reader's own deadline ends it.
        isDead = true;
        continue;
      }
      await process.answer<null>((resolve) => this.#wire.after(TRAVEL_MS + delayMs, () => resolve(null)));
      yield event;
    }
  }
}

const NEVER_ABORTED = new AbortController().signal;

/** Calls back once when the signal is aborted, unless it is told to forget it. */
function onAbort(signal: AbortSignal | undefined): { readonly act: (act: () => void) => void; readonly forget: () => void } {
  let act = (): void => undefined;
  const tell = (): void => act();
  signal?.addEventListener('abort', tell, { once: true });
  return { act: (next) => (act = next), forget: () => signal?.removeEventListener('abort', tell) };
}

function abortedCall(what: string, signal: AbortSignal): KubernetesApiError {
  const cause: unknown = signal.reason;
  const message = `${what}: ${cause instanceof Error ? cause.message : String(cause)}`;
  return new KubernetesApiError({ kind: 'timeout', status: 0, reason: '', message, cause });
}

function brokenCall(what: string, cause: unknown): KubernetesApiError {
  return new KubernetesApiError({ kind: 'unreachable', status: 0, reason: '', message: `${what}: connection reset`, cause });
}

function refusedCall(what: string, status: number, reason: string, retryAfterMs: number | null): KubernetesApiError {
  const kinds: Readonly<Record<number, KubernetesApiError['kind']>> = {
    409: 'conflict',
    410: 'gone',
    429: 'throttled',
    504: 'timeout',
  };
  const message = `${what}: ${reason}`;
  return new KubernetesApiError({ kind: kinds[status] ?? 'other', status, reason, message, retryAfterMs });
}

/** To the members: what HTTP carries, with the deadlines of the production client. */
export function adminWire(process: OperatorProcess, members: Members, tap: Tap, after: Wire['after']): NodeClient {
  const wire = new Wire(process, tap, after);

  function call<Value>(
    made: AdminCall | StatusCall,
    options: NodeCallOptions,
    deadlineMs: number,
    act: (backend: NodeHttpBackend) => Promise<unknown>,
    read: (answer: unknown) => Result<Value, NodeFailure>,
  ): Promise<Result<Value, NodeFailure>> {
    const giveUp = onAbort(options.signal);
    const heard = process.answer<Result<Value, NodeFailure>>((resolve) => {
      if (!process.isAlive) return;
      giveUp.act(() => resolve(refuse(unreachable('connection', 'aborted'))));
      after(deadlineMs, () => resolve(refuse(unreachable('deadline', `no answer within ${deadlineMs} ms`))));
      const fate = tap.sent(made);
      const carryOut = async (): Promise<unknown> => {
        const { volume } = made;
        const node = volume?.machine.process;
        // Whoever has the address by then answers, or nobody.
        if (volume === null || node === null || node === undefined || volume.address !== made.address || node.node === null)
          throw new Error('connection refused');
        const backend = members.backendOf(node.node, node.build as NodeBuild);
        return new Promise((answered, broken) => {
          const forget = members.onEnd(node, () => broken(new Error('connection reset')));
          node.deliver(() => {
            act(backend).then(answered, broken).finally(forget);
          });
        });
      };
      wire.send(
        { call: made, fate, carryOut },
        (answer) => resolve(read(answer)),
        (error) => resolve(refuse(unreachable('connection', error instanceof Error ? error.message : String(error)))),
      );
    });
    return heard.finally(giveUp.forget);
  }

  function admin<Value>(
    verb: AdminCall['verb'],
    address: string,
    body: object,
    options: NodeCallOptions,
    act: (backend: NodeHttpBackend) => Promise<AdminOutcome>,
    read: (body: object) => Value,
  ): Promise<Result<Value, NodeFailure>> {
    const made: AdminCall = { type: 'admin', process, verb, address, volume: members.at(address), body, isWrite: true };
    return call(made, options, NODE_CALL_LIMITS.adminMs, act, (answer) => {
      const outcome = answer as AdminOutcome;
      return outcome.ok ? succeed(read(outcome.body)) : refuse(refusalFrom(outcome.status, { ...outcome }));
    });
  }

  return {
    status: ({ host }, options) => {
      const confirm = options.confirm === true;
      const deadlineMs = confirm ? NODE_CALL_LIMITS.confirmedStatusMs : NODE_CALL_LIMITS.statusMs;
      const made: StatusCall = { type: 'status', process, address: host, volume: members.at(host), isWrite: false };
      return call<NodeStatus>(
        made,
        options,
        deadlineMs,
        (backend) => backend.status(confirm),
        (answer) => {
          const reading = readNodeStatus(JSON.parse(JSON.stringify(answer)));
          return reading.ok ? reading : refuse(unreachable('malformed', reading.reason));
        },
      );
    },
    found: ({ host }, request, options) =>
      admin(
        'found',
        host,
        request,
        options,
        (backend) => backend.found(request),
        () => null,
      ),
    join: ({ host }, request, options) =>
      admin(
        'join',
        host,
        request,
        options,
        (backend) => backend.join(request),
        () => null,
      ),
    changeConfiguration: ({ host }, request, options) =>
      admin(
        'changeConfiguration',
        host,
        request,
        options,
        (backend) => backend.changeConfiguration(request.change, request.expectedIndex),
        (body) => ({ index: 'index' in body && typeof body.index === 'number' ? body.index : 0 }),
      ),
    transferLeadership: ({ host }, request, options) =>
      admin(
        'transferLeadership',
        host,
        request,
        options,
        (backend) => backend.transferLeadership(request.to),
        () => null,
      ),
    raiseFeatureLevel: ({ host }, request, options) =>
      admin(
        'raiseFeatureLevel',
        host,
        request,
        options,
        (backend) => backend.raiseFeatureLevel(request.level),
        () => null,
      ),
    podGone: ({ host }, request, options) =>
      admin(
        'podGone',
        host,
        request,
        options,
        (backend) => backend.podGone(request.id),
        () => null,
      ),
  };
}

function unreachable(code: 'deadline' | 'connection' | 'malformed', message: string): NodeFailure {
  return { kind: 'unreachable', code, message };
}
