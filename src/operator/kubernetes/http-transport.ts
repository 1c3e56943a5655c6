/**
 * Kubernetes over HTTP/1.1. One pool of connections for calls and one for watches, since each watch holds a connection for as long as it
 * lives; both are kept for a TLS identity and replaced when that rotates. JSON is parsed as it is, so that unknown fields survive.
 */
import { Agent, WebSocket, request as undiciRequest } from 'undici';
import type { Dispatcher, buildConnector } from 'undici';
import type { Clock } from '../../shared/clock.ts';
import type { KubernetesObject } from './objects.ts';
import type { KubernetesRequest, KubernetesTransport, RequestVerb, Resource, WatchEvent, WatchRequest } from './api.ts';
import type { CredentialSource, Credentials, TlsIdentity } from './credentials.ts';
import { KubernetesApiError, errorOfAnswer } from './errors.ts';

export const HTTP_LIMITS = {
  callConnectionsMax: 8,
  connectMs: 5_000,
  /** Below the API server's own idle limit, so that we close first. */
  keepAliveMs: 20_000,
  /** A page of 500 objects at most; a larger answer fails. */
  answerBytesMax: 64 * 1024 * 1024,
  /** One event holds one object. */
  watchLineBytesMax: 16 * 1024 * 1024,
} as const;

export interface HttpTransportOptions {
  readonly credentials: CredentialSource;
  readonly clock: Clock;
  readonly userAgent: string;
}

export interface OpenCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Each part encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Plain JSON. */
  readonly body?: object;
  readonly signal: AbortSignal;
}

export class HttpTransport implements KubernetesTransport {
  readonly #options: HttpTransportOptions;
  #pools: Pools | null = null;

  constructor(options: HttpTransportOptions) {
    this.#options = options;
  }

  async request(request: KubernetesRequest): Promise<unknown> {
    const what = `${request.verb} ${pathOf(request)}`;
    return this.#guarded(what, request.signal, async (credentials, pools) => {
      const answer = await undiciRequest(urlOf(credentials.server, pathOf(request), request.query), {
        dispatcher: pools.calls,
        method: methods[request.verb],
        headers: this.#headers(credentials, request.body === null ? null : request.contentType),
        body: request.body === null ? null : JSON.stringify(request.body),
        signal: request.signal,
      });
      return this.#read(what, answer);
    });
  }

  async watch(request: WatchRequest): Promise<AsyncIterable<WatchEvent>> {
    const path = pathOf({ ...request, name: null, subresource: null });
    const what = `watch ${path}`;
    return this.#guarded(what, request.signal, async (credentials, pools) => {
      const answer = await undiciRequest(urlOf(credentials.server, path, { ...request.query, watch: 'true' }), {
        dispatcher: pools.watches,
        method: 'GET',
        headers: this.#headers(credentials, null),
        signal: request.signal,
      });
      if (answer.statusCode !== 200) {
        await this.#read(what, answer);
        throw new KubernetesApiError({ kind: 'other', status: answer.statusCode, reason: '', message: `${what}: no stream` });
      }
      return watchEvents(what, answer.body, request.signal);
    });
  }

  /**
   * Any path below the API server's root, for what has no verb above, such as a pod's log: the answer as it comes, whatever its status. Its body
   * must be read or destroyed. @throws KubernetesApiError when there is no answer
   */
  async open(call: OpenCall): Promise<Dispatcher.ResponseData> {
    return this.#guarded(`${call.method} ${call.path}`, call.signal, async (credentials, pools) =>
      undiciRequest(urlOf(credentials.server, call.path, call.query ?? {}), {
        // Like a watch it may go on for as long as there is something to tell.
        dispatcher: pools.watches,
        method: call.method,
        headers: { ...this.#headers(credentials, null), accept: '*/*', ...call.headers },
        body: call.body === undefined ? null : JSON.stringify(call.body),
        signal: call.signal,
      }),
    );
  }

  /** The same upgraded to a web socket, which is not open yet: its events tell. A refusal shows as an error without its reason. */
  async webSocket(
    path: string,
    query: Readonly<Record<string, string>>,
    protocol: string,
    signal: AbortSignal,
  ): Promise<WebSocket> {
    return this.#guarded(`GET ${path}`, signal, async (credentials, pools) => {
      const url = urlOf(credentials.server, path, query);
      url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
      // Nothing narrower: what a subresource streams has no media type, and one that is asked for is answered with 406.
      const headers = { ...this.#headers(credentials, null), accept: '*/*' };
      return new WebSocket(url, { protocols: [protocol], dispatcher: pools.watches, headers });
    });
  }

  /** An answer other than 2xx as the error that it is. */
  async errorOf(what: string, answer: Dispatcher.ResponseData): Promise<KubernetesApiError> {
    const body = parsedOrText(await answer.body.text());
    return errorOfAnswer(what, answer.statusCode, body, retryAfterMsOf(answer.headers['retry-after'], this.#options.clock));
  }

  /** Waits for what is under way; watches must have been aborted before. */
  async close(): Promise<void> {
    const pools = this.#pools;
    this.#pools = null;
    if (pools !== null) await Promise.all([pools.calls.close(), pools.watches.destroy()]);
  }

  async #guarded<Value>(
    what: string,
    signal: AbortSignal,
    attempt: (credentials: Credentials, pools: Pools) => Promise<Value>,
  ): Promise<Value> {
    try {
      signal.throwIfAborted();
      const credentials = await this.#options.credentials.read();
      return await attempt(credentials, this.#poolsFor(credentials));
    } catch (error) {
      throw errorOfConnection(what, error, signal);
    }
  }

  async #read(what: string, answer: Dispatcher.ResponseData): Promise<unknown> {
    const text = await answer.body.text();
    const body = parsedOrText(text);
    if (answer.statusCode >= 200 && answer.statusCode < 300) {
      if (typeof body === 'object') return body;
      throw new KubernetesApiError({
        kind: 'other',
        status: answer.statusCode,
        reason: '',
        message: `${what}: the answer is not JSON`,
      });
    }
    if (answer.statusCode === 401) this.#options.credentials.forget();
    throw errorOfAnswer(what, answer.statusCode, body, retryAfterMsOf(answer.headers['retry-after'], this.#options.clock));
  }

  #headers(credentials: Credentials, contentType: string | null): Record<string, string> {
    const headers: Record<string, string> = {
      ...credentials.headers,
      accept: 'application/json',
      'user-agent': this.#options.userAgent,
    };
    if (contentType !== null) headers['content-type'] = contentType;
    return headers;
  }

  #poolsFor(credentials: Credentials): Pools {
    const current = this.#pools;
    if (current?.fingerprint === credentials.tlsFingerprint) return current;
    const connect = connectOptions(credentials.tls);
    const shared = { connect, keepAliveTimeout: HTTP_LIMITS.keepAliveMs, pipelining: 1 };
    const fresh: Pools = {
      fingerprint: credentials.tlsFingerprint,
      calls: new Agent({ ...shared, connections: HTTP_LIMITS.callConnectionsMax, maxResponseSize: HTTP_LIMITS.answerBytesMax }),
      // Not bounded here: there are as many as reflectors. Deadlines are the callers', on the clock that they were given.
      watches: new Agent({ ...shared, headersTimeout: 0, bodyTimeout: 0 }),
    };
    this.#pools = fresh;
    // What is under way on the old identity ends by itself: a watch at the latest when the server closes it.
    void current?.calls.close();
    void current?.watches.close();
    return fresh;
  }
}

interface Pools {
  readonly fingerprint: string;
  readonly calls: Agent;
  readonly watches: Agent;
}

function connectOptions(tls: TlsIdentity): buildConnector.BuildOptions {
  return {
    timeout: HTTP_LIMITS.connectMs,
    keepAlive: true,
    ...(tls.ca === undefined ? {} : { ca: tls.ca }),
    ...(tls.cert === undefined ? {} : { cert: tls.cert }),
    ...(tls.key === undefined ? {} : { key: tls.key }),
    ...(tls.servername === undefined ? {} : { servername: tls.servername }),
    ...(tls.rejectUnauthorized === undefined ? {} : { rejectUnauthorized: tls.rejectUnauthorized }),
  };
}

const methods: Readonly<Record<RequestVerb, Dispatcher.HttpMethod>> = {
  get: 'GET',
  list: 'GET',
  create: 'POST',
  apply: 'PATCH',
  patch: 'PATCH',
  delete: 'DELETE',
};

/** Where an object, or a list of them, lives below the API server's root. */
export function pathOf(place: {
  readonly resource: Resource<KubernetesObject>;
  readonly namespace: string | null;
  readonly name: string | null;
  readonly subresource: string | null;
}): string {
  const { group, version, plural } = place.resource;
  const root = group === '' ? ['api', version] : ['apis', group, version];
  const namespace = place.namespace === null ? [] : ['namespaces', place.namespace];
  const tail = [plural, place.name, place.subresource].filter((part) => part !== null);
  return `/${[...root, ...namespace, ...tail].map(encodeURIComponent).join('/')}`;
}

function urlOf(server: URL, path: string, query: Readonly<Record<string, string>>): URL {
  const url = new URL(server);
  url.pathname = `${server.pathname.replace(/\/+$/, '')}${path}`;
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}

function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** RFC 9110, section 10.2.3: seconds, or a date. */
function retryAfterMsOf(header: string | string[] | undefined, clock: Clock): number | null {
  if (typeof header !== 'string') return null;
  if (/^\d+$/.test(header)) return Number(header) * 1_000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - clock.wallMs());
}

function errorOfConnection(what: string, error: unknown, signal: AbortSignal): KubernetesApiError {
  if (error instanceof KubernetesApiError) return error;
  const cause = signal.aborted && signal.reason instanceof Error ? signal.reason : error;
  const message = `${what}: ${cause instanceof Error ? cause.message : String(cause)}`;
  return new KubernetesApiError({ kind: signal.aborted ? 'timeout' : 'unreachable', status: 0, reason: '', message, cause });
}

async function* watchEvents(what: string, body: AsyncIterable<Buffer>, signal: AbortSignal): AsyncGenerator<WatchEvent> {
  let pieces: Buffer[] = [];
  let piecesBytes = 0;
  try {
    for await (const chunk of body) {
      let rest = chunk;
      for (let end = rest.indexOf(newline); end !== -1; end = rest.indexOf(newline)) {
        const line = Buffer.concat([...pieces, rest.subarray(0, end)]).toString('utf8');
        pieces = [];
        piecesBytes = 0;
        rest = rest.subarray(end + 1);
        if (line.trim() !== '') yield watchEventOf(what, line);
      }
      pieces.push(rest);
      piecesBytes += rest.length;
      if (piecesBytes > HTTP_LIMITS.watchLineBytesMax) throw malformed(what, 'an event is larger than any object may be');
    }
  } catch (error) {
    throw errorOfConnection(what, error, signal);
  }
  if (piecesBytes > 0) throw malformed(what, 'the stream ended in the middle of an event');
}

const newline = 0x0a;
const watchEventTypes = ['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR'] as const;

function watchEventOf(what: string, line: string): WatchEvent {
  const value = parsedOrText(line);
  if (typeof value !== 'object' || value === null || !('type' in value) || !('object' in value)) {
    throw malformed(what, 'a line of the stream is no event');
  }
  const type = watchEventTypes.find((known) => known === value.type);
  if (type === undefined) throw malformed(what, `an event of an unknown type: ${String(value.type)}`);
  return { type, object: value.object };
}

function malformed(what: string, message: string): KubernetesApiError {
  return new KubernetesApiError({ kind: 'other', status: 200, reason: 'Malformed', message: `${what}: ${message}` });
}
