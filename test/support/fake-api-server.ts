/**
 * An API server small enough for one test: lists with pages, watches with history and bookmarks, writes with preconditions, over real HTTP.
 * And its bad days, on demand: refusals, resets, silence, an expired history.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { forwardPort } from './fake-port-forward.ts';
import { FakeApiObjects, failure, isSelected } from './fake-api-objects.ts';
import type { FakeAnswer, FakeChange, FakePlace, NewObject } from './fake-api-objects.ts';

export interface FakeRequest {
  readonly method: string;
  readonly place: FakePlace;
  readonly query: Readonly<Record<string, string>>;
  readonly contentType: string | undefined;
  readonly authorization: string | undefined;
  readonly isWatch: boolean;
  readonly body: unknown;
}

export type Fault =
  | { readonly type: 'answer'; readonly status: number; readonly reason?: string; readonly retryAfterSeconds?: number }
  | { readonly type: 'reset' }
  /** The call takes place, and its answer is lost. */
  | { readonly type: 'lost-answer' }
  | { readonly type: 'hang' };

interface PlannedFault {
  readonly matches: (request: FakeRequest) => boolean;
  readonly fault: Fault;
  times: number;
}

interface OpenWatch {
  readonly request: FakeRequest;
  readonly response: ServerResponse;
  /** Half-open: what is written goes nowhere, and nobody says so. */
  muted: boolean;
  readonly stop: () => void;
}

export class FakeApiServer {
  readonly objects = new FakeApiObjects();
  readonly requests: FakeRequest[] = [];
  /** By pod: where its HTTP face listens (`http://127.0.0.1:8080`), for calls through the proxy. */
  readonly podOrigins = new Map<string, string>();
  /** By pod: where its client port listens, for port-forwards. */
  readonly podPorts = new Map<string, number>();
  /** By pod: what its log holds. */
  readonly podLogs = new Map<string, string>();
  readonly #faults: PlannedFault[] = [];
  readonly #watches = new Set<OpenWatch>();
  readonly #upgraded = new Set<Socket>();
  readonly #server: Server;
  #connections = 0;

  constructor() {
    this.#server = createServer((request, response) => {
      void this.#serve(request, response);
    });
    this.#server.on('connection', () => (this.#connections += 1));
    this.#server.on('upgrade', (request: IncomingMessage, socket: Socket) => {
      const { pathname } = new URL(request.url ?? '/', 'http://fake');
      const { name, subresource } = placeOf(pathname);
      const port = subresource === 'portforward' ? this.podPorts.get(name ?? '') : undefined;
      const isDenied = this.#takeFault(requestOf(request, pathname, {}, null)) !== null;
      if (port === undefined || isDenied) socket.end(`HTTP/1.1 ${isDenied ? '403 Forbidden' : '404 Not Found'}\r\n\r\n`);
      else {
        this.#upgraded.add(socket);
        socket.once('close', () => this.#upgraded.delete(socket));
        forwardPort(request, socket, port);
      }
    });
  }

  get url(): string {
    const address = this.#server.address();
    if (typeof address !== 'object' || address === null) throw new Error('the fake API server is not open');
    return `http://127.0.0.1:${address.port}`;
  }

  /** Accepted since the start. */
  get connectionCount(): number {
    return this.#connections;
  }

  get openWatchCount(): number {
    return this.#watches.size;
  }

  get watchRequests(): readonly FakeRequest[] {
    return this.requests.filter(({ isWatch }) => isWatch);
  }

  get listRequests(): readonly FakeRequest[] {
    return this.requests.filter(({ isWatch, method, place }) => !isWatch && method === 'GET' && place.name === null);
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    for (const watch of this.#watches) watch.stop();
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    for (const socket of this.#upgraded) socket.destroy();
    await closed;
  }

  /** The next `times` requests that match meet this fault. */
  fail(fault: Fault, matches: (request: FakeRequest) => boolean = () => true, times = 1): void {
    this.#faults.push({ fault, matches, times });
  }

  /** No more planned faults. */
  forgive(): void {
    this.#faults.length = 0;
  }

  bookmark(): void {
    for (const watch of this.#watches) {
      const metadata = { resourceVersion: String(this.objects.resourceVersion) };
      send(watch, { type: 'BOOKMARK', object: { kind: 'Bookmark', metadata } });
    }
  }

  /** Sends this line, whatever it is, on every watch. */
  sendRaw(line: string): void {
    for (const watch of this.#watches) watch.response.write(`${line}\n`);
  }

  /** `end`: as at the time limit. `reset`: the connection breaks. `mute`: it stays, and nothing comes any more. */
  breakWatches(how: 'end' | 'reset' | 'mute'): void {
    for (const watch of [...this.#watches]) {
      if (how === 'mute') watch.muted = true;
      else {
        watch.stop();
        if (how === 'end') watch.response.end();
        else watch.response.socket?.resetAndDestroy();
      }
    }
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', 'http://fake');
    const query = Object.fromEntries(url.searchParams);
    const text = await textOf(incoming);
    const request = requestOf(incoming, url.pathname, query, text === '' ? null : (JSON.parse(text) as unknown));
    this.requests.push(request);
    const fault = this.#takeFault(request);
    if (fault?.type === 'hang') return;
    if (fault?.type === 'reset') response.socket?.resetAndDestroy();
    else if (fault?.type === 'answer')
      answer(response, failure(fault.status, fault.reason ?? '', 'planned fault'), fault.retryAfterSeconds);
    else if (request.isWatch) this.#watch(request, response);
    else if (request.place.subresource === 'proxy') await this.#proxy(incoming, url, text, response);
    else if (request.place.subresource === 'log') this.#log(request, response);
    else if (fault?.type === 'lost-answer') {
      this.#answerTo(request);
      response.socket?.resetAndDestroy();
    } else answer(response, this.#answerTo(request));
  }

  /** As the API server does it: the caller's own Authorization is not passed on. */
  async #proxy(incoming: IncomingMessage, url: URL, text: string, response: ServerResponse): Promise<void> {
    const [, pod = '', rest = ''] = /\/pods\/([^/:]+):8080\/proxy(\/.*)$/.exec(decodeURIComponent(url.pathname)) ?? [];
    const origin = this.podOrigins.get(pod);
    if (origin === undefined) {
      answer(
        response,
        failure(503, 'ServiceUnavailable', 'error trying to reach service: dial tcp: connect: connection refused'),
      );
      return;
    }
    const { authorization: _kept, host: _host, connection: _connection, 'content-length': _length, ...passed } = incoming.headers;
    const headers = Object.fromEntries(
      Object.entries(passed).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    );
    const method = incoming.method ?? 'GET';
    const answered = await fetch(`${origin}${rest}${url.search}`, { method, headers, ...(text === '' ? {} : { body: text }) });
    response.writeHead(answered.status, { 'content-type': answered.headers.get('content-type') ?? 'text/plain' });
    response.end(await answered.text());
  }

  #log({ place }: FakeRequest, response: ServerResponse): void {
    const text = this.podLogs.get(place.name ?? '');
    if (text === undefined) answer(response, failure(404, 'NotFound', `pods "${place.name ?? ''}" not found`));
    else response.writeHead(200, { 'content-type': 'text/plain' }).end(text);
  }

  #takeFault(request: FakeRequest): Fault | null {
    const planned = this.#faults.find(({ times, matches }) => times > 0 && matches(request));
    if (planned === undefined) return null;
    planned.times -= 1;
    return planned.fault;
  }

  #answerTo({ method, place, query, contentType, body }: FakeRequest): FakeAnswer {
    switch (method) {
      case 'GET':
        return place.name === null ? this.#list(place, query) : this.#get(place);
      case 'POST':
        return this.objects.create(place, body as NewObject);
      case 'PATCH':
        return this.objects.patch(place, body as object, contentType === 'application/apply-patch+yaml');
      case 'DELETE':
        return this.objects.delete(place, body as object);
      default:
        return failure(405, 'MethodNotAllowed', method);
    }
  }

  #get({ collection, namespace, name }: FakePlace): FakeAnswer {
    const object = this.objects.get(collection, namespace, name ?? '');
    return object === undefined ? failure(404, 'NotFound', `${name ?? ''} not found`) : { status: 200, body: object };
  }

  #list({ collection, namespace }: FakePlace, query: Readonly<Record<string, string>>): FakeAnswer {
    const all = this.objects.list(collection, namespace, query.labelSelector ?? null);
    const offset = Number(query.continue ?? '0');
    const end = query.limit === undefined ? all.length : offset + Number(query.limit);
    const metadata = {
      resourceVersion: String(this.objects.resourceVersion),
      ...(end < all.length ? { continue: String(end) } : {}),
    };
    const items = all.slice(offset, end).map(({ apiVersion: _apiVersion, kind: _kind, ...rest }) => rest);
    return { status: 200, body: { kind: 'List', apiVersion: 'v1', metadata, items } };
  }

  #watch(request: FakeRequest, response: ServerResponse): void {
    const past = this.objects.changesAfter(Number(request.query.resourceVersion));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    const watch: OpenWatch = { request, response, muted: false, stop: () => this.#watches.delete(watch) };
    if (past === null) {
      send(watch, { type: 'ERROR', object: failure(410, 'Expired', 'too old resource version').body });
      response.end();
      return;
    }
    const tell = (change: FakeChange): void => {
      if (concerns(request, change)) send(watch, { type: change.type, object: change.object });
    };
    for (const change of past) tell(change);
    const unsubscribe = this.objects.onChange((change) => {
      if (this.#watches.has(watch)) tell(change);
      else unsubscribe();
    });
    this.#watches.add(watch);
    response.on('close', () => {
      this.#watches.delete(watch);
      unsubscribe();
    });
  }
}

function requestOf(
  { method = '', headers }: IncomingMessage,
  pathname: string,
  query: Readonly<Record<string, string>>,
  body: unknown,
): FakeRequest {
  const { 'content-type': contentType, authorization } = headers;
  return { method, place: placeOf(pathname), query, contentType, authorization, isWatch: query.watch === 'true', body };
}

function concerns({ place, query }: FakeRequest, { collection, object }: FakeChange): boolean {
  if (collection !== place.collection) return false;
  if (place.namespace !== null && place.namespace !== object.metadata.namespace) return false;
  return isSelected(object, query.labelSelector ?? null);
}

function send(watch: OpenWatch, event: object): void {
  if (!watch.muted) watch.response.write(`${JSON.stringify(event)}\n`);
}

function answer(response: ServerResponse, { status, body }: FakeAnswer, retryAfterSeconds?: number): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
  });
  response.end(JSON.stringify(body));
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** `/api/v1/…` and `/apis/<group>/<version>/…`, with or without a namespace. */
function placeOf(pathname: string): FakePlace {
  const parts = pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
  const rest = parts[0] === 'api' ? parts.slice(2) : parts.slice(3);
  const root = parts[0] === 'api' ? [parts[1]] : [parts[1], parts[2]];
  const isNamespaced = rest[0] === 'namespaces' && rest.length > 2;
  const [plural, name = null, subresource = null] = isNamespaced ? rest.slice(2) : rest;
  return { collection: [...root, plural].join('/'), namespace: isNamespaced ? (rest[1] ?? null) : null, name, subresource };
}
