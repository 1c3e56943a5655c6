/**
 * The model's API over HTTP, as real clients speak to it: discovery, OpenAPI, calls, tables for people, and watches as lines of JSON. Loopback
 * only, unless it is told otherwise; without anything to tell users by, whoever reaches it may do everything.
 */
import { createServer, STATUS_CODES } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock } from '../../shared/clock.ts';
import type { ModelApi } from '../model/api.ts';
import { ADMINISTRATORS, isAllowed, notAllowed } from '../model/authorization.ts';
import { ApiFailure, badRequest, noSuchPath, unauthorized } from '../model/failure.ts';
import { isJsonObject, listAt, numberAt, objectAt, stringAt } from '../model/json.ts';
import type { JsonObject } from '../model/json.ts';
import type { StoredObject } from '../model/objects.ts';
import { placeOfPath, verbOf } from '../model/path.ts';
import { ADMIN } from '../model/request.ts';
import type { ApiAnswer, ApiRequest, ResourcePlace, User } from '../model/request.ts';
import { apiVersionOf } from '../model/resource-type.ts';
import type { ResourceType } from '../model/resource-type.ts';
import type { WatchEvent } from '../model/watches.ts';
import { bodyOf, bytesOf } from './body.ts';
import { columnsOf, tableOf } from './columns.ts';
import { discoveryAt } from './discovery.ts';
import { openApiAt } from './openapi.ts';
import type { PodGate } from './pods/pod-gate.ts';
import { PodDoors } from './pods/pod-doors.ts';
import { reviewed, reviewKindAt } from './reviews.ts';

/** Of the older documents there is but the frame: `kubectl` asks for it where a kind is in none of the newer ones. Protobuf: field 1, `2.0`. */
const OPENAPI_V2 = Buffer.from([0x0a, 3, 0x32, 0x2e, 0x30]);
const OPENAPI_V2_TYPE = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

const HEALTH_PATHS: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/livez']);

export interface ApiHttpServerOptions {
  readonly api: ModelApi;
  readonly clock: Clock;
  readonly host?: string | undefined;
  /** PEM; without them it speaks HTTP. */
  readonly secure?: { readonly certificate: string; readonly key: string } | undefined;
  /** Logs, ports and commands of pods; without it nothing runs them. */
  readonly gate?: PodGate | undefined;
  /** Who asks, by the header Authorization; null: nobody that is known. Without it everybody is the administrator. */
  readonly userOf?: ((authorization: string | undefined) => User | null) | undefined;
  /** Whether roles and bindings count; without it everybody may do everything. */
  readonly authorizes?: boolean | undefined;
}

export class ApiHttpServer {
  readonly #options: ApiHttpServerOptions;
  readonly #server: Server;
  readonly #doors: PodDoors | null;
  /** Of every client, also in the middle of a handshake, and once it was upgraded. */
  readonly #sockets = new Set<Socket>();

  constructor(options: ApiHttpServerOptions) {
    this.#options = options;
    const serve = (request: IncomingMessage, response: ServerResponse): void => void this.#serve(request, response);
    const { secure } = options;
    this.#server =
      secure === undefined ? createServer(serve) : createSecureServer({ cert: secure.certificate, key: secure.key }, serve);
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    const { gate, api, clock } = options;
    this.#doors = gate === undefined ? null : new PodDoors({ store: api.store, clock, gate });
    this.#server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) =>
      this.#upgrade(incoming, socket, head),
    );
  }

  /** @returns the port. Rejects when it can't be opened. */
  async listen(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, this.#options.host ?? '127.0.0.1', resolve);
    });
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : port;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const url = new URL(incoming.url ?? '/', 'http://devcluster');
      if (incoming.method === 'GET' && HEALTH_PATHS.has(url.pathname)) {
        send(response, 200, 'ok');
        return;
      }
      const user = this.#userOf(incoming);
      const fixed = incoming.method === 'GET' ? this.#fixed(url.pathname) : null;
      const review = incoming.method === 'POST' ? reviewKindAt(url.pathname) : null;
      if (fixed !== null) send(response, 200, fixed);
      else if (review !== null) await this.#review(review, incoming, user, response);
      else await this.#call(incoming, url, user, response);
    } catch (error) {
      if (error instanceof ApiFailure) send(response, error.code, error.status);
      else if (error instanceof URIError) send(response, 400, badRequest('the path is not well escaped').status);
      // Whoever hangs up in the middle of a call gets no answer.
      else if (!incoming.complete) response.destroy();
      else throw error;
    }
  }

  /** @throws ApiFailure 401 */
  #userOf({ headers }: IncomingMessage): User {
    const { userOf = () => ADMIN } = this.#options;
    const user = userOf(headers.authorization);
    if (user === null) throw unauthorized();
    return actingUser(user, headers);
  }

  /** @throws ApiFailure 403 */
  #authorize(user: User, place: ResourcePlace, url: URL, verb: string): void {
    const { api, authorizes = false } = this.#options;
    if (!authorizes) return;
    const { group, plural, subresource, namespace, name } = place;
    // The port of a proxied call is no part of the name.
    const named = subresource === 'proxy' ? (name ?? '').replace(/^https?:/, '').replace(/:.*$/, '') : name;
    const [, selected = null] = /^metadata\.name=([^,]+)$/.exec(url.searchParams.get('fieldSelector') ?? '') ?? [];
    const own = plural === 'namespaces' ? name : namespace;
    const attributes = { verb, group, resource: plural, subresource, namespace: own, name: named ?? selected };
    if (!isAllowed(api.store, user, attributes)) throw notAllowed(user, attributes);
  }

  async #review(kind: string, incoming: IncomingMessage, user: User, response: ServerResponse): Promise<void> {
    const contentType = incoming.headers['content-type'] ?? 'application/json';
    const body = bodyOf(await bytesOf(incoming), contentType);
    send(response, 201, reviewed(this.#options.api.store, user, kind, body));
  }

  /** Whoever wants the connection for itself gets it, or an answer that says why not. */
  #upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => undefined);
    try {
      const url = new URL(incoming.url ?? '/', 'http://devcluster');
      const place = placeOfPath(url.pathname);
      const user = this.#userOf(incoming);
      if (place === null || place.plural !== 'pods' || this.#doors === null) throw noSuchPath();
      // A web socket opens by GET, and that is what is judged.
      this.#authorize(user, place, url, 'get');
      this.#doors.upgrade(place, url, incoming, socket, head);
    } catch (error) {
      const failure = error instanceof URIError ? badRequest('the path is not well escaped') : error;
      if (!(failure instanceof ApiFailure)) throw error;
      const body = JSON.stringify(failure.status);
      const { code } = failure;
      socket.end(
        `HTTP/1.1 ${code} ${STATUS_CODES[code] ?? ''}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
          `Connection: close\r\n\r\n${body}`,
      );
    }
  }

  #fixed(path: string): object | string | Buffer | null {
    const { api } = this.#options;
    if (path === '/openapi/v2') return OPENAPI_V2;
    return (
      discoveryAt(api.registry, path.length > 1 ? path.replace(/\/$/, '') : path) ?? openApiAt(api.store, api.registry, path)
    );
  }

  async #call(incoming: IncomingMessage, url: URL, user: User, response: ServerResponse): Promise<void> {
    const place = placeOfPath(url.pathname);
    const verb = place === null ? null : verbOf(incoming.method ?? '', place);
    if (place === null || verb === null) throw noSuchPath();
    this.#authorize(user, place, url, isWatch(url) && verb === 'list' ? 'watch' : verb);
    if ((await this.#doors?.serve(place, url, incoming, response)) === true) return;
    const query = Object.fromEntries(url.searchParams);
    const contentType = (incoming.headers['content-type'] ?? 'application/json').split(';')[0]?.trim() ?? '';
    const body = bodyOf(await bytesOf(incoming), contentType);
    const userAgent = incoming.headers['user-agent'] ?? '';
    const request: ApiRequest = { ...place, verb, query, body, contentType, user, userAgent };
    const asTable = /\bas=Table\b/.test(incoming.headers.accept ?? '');
    if (verb === 'list' && isWatch(url)) this.#watch(request, asTable, response);
    else this.#answer(request, asTable, response);
  }

  #answer(request: ApiRequest, asTable: boolean, response: ServerResponse): void {
    const { api } = this.#options;
    const answer = api.handle(request);
    for (const warning of answer.warnings) response.appendHeader('warning', `299 - ${JSON.stringify(warning)}`);
    const seconds = numberAt(answer.body, 'details', 'retryAfterSeconds');
    if (seconds !== undefined) response.setHeader('retry-after', String(seconds));
    const isRead = request.subresource === null && (request.verb === 'get' || request.verb === 'list');
    const body = asTable && isRead && answer.code === 200 ? this.#table(api.typeAt(request), answer) : answer.body;
    send(response, answer.code, body);
  }

  #table(type: ResourceType, { body }: ApiAnswer): JsonObject {
    const { api, clock } = this.#options;
    const columns = columnsOf(api.store, type);
    const isList = isJsonObject(body) && Array.isArray(body['items']);
    const objects = isList ? listAt(body, 'items').map((item) => named(type, objectAt(item))) : [body as StoredObject];
    const metadata = isList
      ? objectAt(body, 'metadata')
      : { resourceVersion: stringAt(body, 'metadata', 'resourceVersion') ?? '' };
    return tableOf(columns, objects, metadata, clock.wallMs());
  }

  #watch(request: ApiRequest, asTable: boolean, response: ServerResponse): void {
    const { api, clock } = this.#options;
    const type = api.typeAt(request);
    const columns = columnsOf(api.store, type);
    let isFirst = true;
    const line = (event: WatchEvent): JsonObject => {
      if (!asTable || event.type === 'ERROR' || event.type === 'BOOKMARK') return { type: event.type, object: event.object };
      const { resourceVersion = '' } = objectAt(event.object, 'metadata');
      const object = tableOf(columns, [event.object as StoredObject], { resourceVersion }, clock.wallMs(), isFirst);
      isFirst = false;
      return { type: event.type, object };
    };
    let begun = false;
    const begin = (): void => {
      if (begun) return;
      begun = true;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.flushHeaders();
    };
    const stop = api.watch(request, request.query, {
      event: (event) => {
        begin();
        response.write(`${JSON.stringify(line(event))}\n`);
      },
      end: () => {
        begin();
        response.end();
      },
    });
    begin();
    response.on('close', stop);
  }
}

function isWatch({ searchParams }: URL): boolean {
  return ['true', '1'].includes(searchParams.get('watch') ?? '');
}

/** Administrators may act as others, to see what those may. @throws ApiFailure 403 */
function actingUser(user: User, headers: IncomingHttpHeaders): User {
  const name = headers['impersonate-user'];
  if (typeof name !== 'string') return user;
  if (!user.groups.includes(ADMINISTRATORS)) {
    throw notAllowed(user, { verb: 'impersonate', group: '', resource: 'users', subresource: null, namespace: null, name });
  }
  const asked = headers['impersonate-group'] ?? [];
  const [, namespace] = /^system:serviceaccount:([^:]+):[^:]+$/.exec(name) ?? [];
  const own = namespace === undefined ? [] : ['system:serviceaccounts', `system:serviceaccounts:${namespace}`];
  return { name, groups: [...(typeof asked === 'string' ? asked.split(', ') : asked), ...own, 'system:authenticated'] };
}

/** Objects in a list do not name their kind. */
function named(type: ResourceType, item: JsonObject): StoredObject {
  return { apiVersion: apiVersionOf(type), kind: type.kind, ...item } as StoredObject;
}

function send(response: ServerResponse, code: number, body: object | string | Buffer): void {
  const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
  const rawType = Buffer.isBuffer(body) ? OPENAPI_V2_TYPE : 'text/plain';
  response.writeHead(code, { 'content-type': isRaw ? rawType : 'application/json' });
  response.end(isRaw ? body : JSON.stringify(body));
}
