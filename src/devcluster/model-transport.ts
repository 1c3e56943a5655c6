/**
 * The operator's transport onto the model, in one process: what HTTP is in production. Answers come in a later turn, refusals as the errors that an
 * HTTP answer would have become, watches as streams that end when the model ends them.
 */
import type { KubernetesRequest, KubernetesTransport, WatchEvent, WatchRequest } from '../operator/kubernetes/api.ts';
import { KubernetesApiError, errorOfAnswer } from '../operator/kubernetes/errors.ts';
import type { ModelApi } from './model/api.ts';
import { ApiFailure } from './model/failure.ts';
import { numberAt } from './model/json.ts';
import type { User } from './model/request.ts';

export interface ModelTransportOptions {
  readonly api: ModelApi;
  readonly user: User;
  readonly userAgent: string;
}

export class ModelTransport implements KubernetesTransport {
  readonly #options: ModelTransportOptions;

  constructor(options: ModelTransportOptions) {
    this.#options = options;
  }

  async request(request: KubernetesRequest): Promise<unknown> {
    const what = `${request.verb} ${request.resource.plural}`;
    refuseAborted(what, request.signal);
    const { api, user, userAgent } = this.#options;
    const { group, version, plural } = request.resource;
    const { namespace, name, subresource, query, contentType } = request;
    const verb = request.verb === 'apply' ? 'patch' : request.verb;
    const body = request.body === null ? null : (JSON.parse(JSON.stringify(request.body)) as unknown);
    const place = { group, version, plural, namespace, name, subresource };
    const answer = api.handle({ ...place, verb, query, body, contentType, user, userAgent });
    // As over any wire, the answer is not there yet when the call returns.
    await Promise.resolve();
    refuseAborted(what, request.signal);
    if (answer.code < 300) return answer.body;
    const retryAfterSeconds = numberAt(answer.body, 'details', 'retryAfterSeconds');
    throw errorOfAnswer(what, answer.code, answer.body, retryAfterSeconds === undefined ? null : retryAfterSeconds * 1_000);
  }

  async watch({ resource, namespace, query, signal }: WatchRequest): Promise<AsyncIterable<WatchEvent>> {
    const what = `watch ${resource.plural}`;
    refuseAborted(what, signal);
    const { group, version, plural } = resource;
    const stream = new EventStream(what, signal);
    try {
      const stop = this.#options.api.watch({ group, version, plural, namespace, name: null, subresource: null }, query, stream);
      stream.onClose(stop);
    } catch (error) {
      if (error instanceof ApiFailure) throw errorOfAnswer(what, error.code, error.status, null);
      throw error;
    }
    return stream;
  }
}

function refuseAborted(what: string, signal: AbortSignal): void {
  if (signal.aborted) throw aborted(what, signal);
}

function aborted(what: string, signal: AbortSignal): KubernetesApiError {
  const cause: unknown = signal.reason;
  const message = `${what}: ${cause instanceof Error ? cause.message : String(cause)}`;
  return new KubernetesApiError({ kind: 'timeout', status: 0, reason: '', message, cause });
}

/** Events as they come, until the server ends the watch or the reader gives it up. */
class EventStream implements AsyncIterable<WatchEvent> {
  readonly #what: string;
  readonly #signal: AbortSignal;
  readonly #events: WatchEvent[] = [];
  #ended = false;
  #wake: (() => void) | null = null;
  #stop: () => void = () => undefined;

  constructor(what: string, signal: AbortSignal) {
    this.#what = what;
    this.#signal = signal;
    signal.addEventListener('abort', this.#abort, { once: true });
  }

  readonly event = (event: WatchEvent): void => {
    this.#events.push(event);
    this.#notify();
  };

  readonly end = (): void => {
    this.#ended = true;
    this.#notify();
  };

  readonly #abort = (): void => {
    this.#stop();
    this.#notify();
  };

  onClose(stop: () => void): void {
    this.#stop = stop;
    if (this.#signal.aborted) stop();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<WatchEvent> {
    try {
      for (;;) {
        refuseAborted(this.#what, this.#signal);
        const event = this.#events.shift();
        if (event !== undefined) yield event;
        else if (this.#ended) return;
        else await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      this.#stop();
      this.#signal.removeEventListener('abort', this.#abort);
    }
  }

  #notify(): void {
    this.#wake?.();
    this.#wake = null;
  }
}
