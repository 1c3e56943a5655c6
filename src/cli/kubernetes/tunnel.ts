/**
 * A stream to a port of a pod, through the API server's port-forward over a web socket (`v4.channel.k8s.io`): frames begin with a byte that
 * names the channel, 0 for the bytes and 1 for complaints, and the first frame of each channel holds the port's number in two bytes.
 */
import { connect } from 'node:net';
import { Duplex } from 'node:stream';
import type { Pod } from '../../operator/kubernetes/objects.ts';
import { PODS } from '../../operator/kubernetes/resources.ts';
import { CommandError, EXIT_UNREACHABLE } from '../command.ts';
import type { ApiServer } from './api-server.ts';
import { MissingRightError, rightFor, UnknownUserError } from './rights.ts';

const PROTOCOL = 'v4.channel.k8s.io';
const BYTES = 0;
const COMPLAINTS = 1;
const PORT_BYTES = 2;
const CONNECT_TIMEOUT_MS = 10_000;
/** Bytes that wait for the network; beyond it the writer waits. */
const UNSENT_BYTES_MAX = 4 * 1024 * 1024;
const UNSENT_LOOK_MS = 10;

type Socket = Awaited<ReturnType<ApiServer['webSocket']>>;

/** Resolves when bytes may flow. @throws MissingRightError, CommandError */
export async function openTunnel(server: ApiServer, namespace: string, pod: Pod, port: number): Promise<Duplex> {
  const { name } = pod.metadata;
  const address = pod.status?.podIP ?? '';
  // Where pods run as processes of this machine there is nothing to tunnel through.
  if (address.startsWith('127.')) return openDirect(address, port, name);
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}/portforward`;
  const query = { ports: String(port) };
  const signal = AbortSignal.timeout(CONNECT_TIMEOUT_MS);
  const socket = await server.webSocket(path, query, PROTOCOL, signal);
  socket.binaryType = 'arraybuffer';
  const stream = new TunnelStream(socket, (reason) => unreachable(name, port, reason));
  if (await isOpened(socket, signal)) return stream;
  stream.destroy();
  socket.close();
  if (signal.aborted) throw unreachable(name, port, `no answer within ${CONNECT_TIMEOUT_MS / 1000} s`);
  throw await refusalOf(server, path, query, namespace, name, port);
}

function openDirect(host: string, port: number, name: string): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true });
    const fail = (error: Error): void => reject(unreachable(name, port, error.message));
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.off('error', fail);
      resolve(socket);
    });
  });
}

function isOpened(socket: Socket, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    socket.addEventListener('open', () => resolve(true));
    socket.addEventListener('error', () => resolve(false));
    socket.addEventListener('close', () => resolve(false));
    signal.addEventListener('abort', () => resolve(false), { once: true });
  });
}

/** A web socket that was refused does not say why; the same call without an upgrade does. */
async function refusalOf(
  server: ApiServer,
  path: string,
  query: Readonly<Record<string, string>>,
  namespace: string,
  name: string,
  port: number,
): Promise<Error> {
  const answer = await server.ask({ method: 'GET', path, query, deadlineMs: CONNECT_TIMEOUT_MS });
  if (!answer.ok) return unreachable(name, port, answer.reason.message);
  const { status, body } = answer.value;
  if (status === 401) return new UnknownUserError();
  if (status === 403) return new MissingRightError(rightFor('get', { resource: PODS, namespace, subresource: 'portforward' }));
  if (status === 404) return unreachable(name, port, 'there is no such pod, or this API server forwards no ports');
  const said = typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : `HTTP ${status}`;
  // Asked for without an upgrade it is refused for that alone: what kept the web socket from opening is unknown.
  const unknown =
    'the API server, or something before it, opened no web socket and did not say why ' +
    '(newer API servers want `create` on `pods/portforward` beside `get`)';
  return unreachable(name, port, status === 400 ? unknown : said);
}

function unreachable(name: string, port: number, reason: string): CommandError {
  return new CommandError(EXIT_UNREACHABLE, `port ${port} of ${name} cannot be reached: ${reason}`);
}

class TunnelStream extends Duplex {
  readonly #socket: Socket;
  /** Channels whose first frame, with the port's number, was seen. */
  readonly #begun = new Set<number>();

  constructor(socket: Socket, errorOf: (reason: string) => Error) {
    super({ allowHalfOpen: false });
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      if (data instanceof ArrayBuffer) this.#take(Buffer.from(data), errorOf);
    });
    socket.addEventListener('close', () => this.push(null));
  }

  override _read(): void {
    // A web socket cannot be told to wait.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.send(Buffer.concat([Buffer.from([BYTES]), chunk]));
    this.#whenSent(done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.close();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.close();
    done(error);
  }

  #whenSent(done: () => void): void {
    if (this.destroyed || this.#socket.bufferedAmount <= UNSENT_BYTES_MAX) done();
    else setTimeout(() => this.#whenSent(done), UNSENT_LOOK_MS);
  }

  #take(frame: Buffer, errorOf: (reason: string) => Error): void {
    const channel = frame[0] ?? BYTES;
    const content = frame.subarray(this.#begun.has(channel) ? 1 : 1 + PORT_BYTES);
    this.#begun.add(channel);
    if (content.length === 0) return;
    if (channel === BYTES) this.push(content);
    // The kubelet says here that nobody listens on the port, or that the pod is gone.
    if (channel === COMPLAINTS) this.destroy(errorOf(content.toString('utf8').trim()));
  }
}
