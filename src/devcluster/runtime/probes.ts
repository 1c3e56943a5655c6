/** One look at a container, as its probe says: by HTTP, by a connection, or by a command run beside it. */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import type { Address } from '../../shared/address-book.ts';
import { listAt, stringAt } from '../model/json.ts';
import type { Container, Probe } from '../model/kinds.ts';
import type { ProbeOutcome } from '../model/kubelet/runtime.ts';

export interface ProbeTarget {
  readonly container: Container;
  /** Where a port of the pod is on this machine. */
  readonly place: (port: number) => Address;
  /** Runs beside the container; resolves with its exit code and what it wrote. */
  readonly exec: (
    command: readonly string[],
    timeoutMs: number,
  ) => Promise<{ readonly exitCode: number; readonly output: string }>;
}

const GOOD_FIRST = 200;
const GOOD_LAST = 399;

export async function probeOnce(probe: Probe, target: ProbeTarget): Promise<ProbeOutcome> {
  const timeoutMs = probe.timeoutSeconds * 1_000;
  if (probe.httpGet !== undefined) {
    const port = portNumber(target.container, probe.httpGet.port);
    return port === null ? unknownPort(probe.httpGet.port) : byHttp(probe.httpGet, target.place(port), timeoutMs);
  }
  if (probe.tcpSocket !== undefined) {
    const port = portNumber(target.container, probe.tcpSocket.port);
    return port === null ? unknownPort(probe.tcpSocket.port) : byConnection(target.place(port), timeoutMs);
  }
  if (probe.exec !== undefined) {
    const { exitCode, output } = await target.exec(probe.exec.command ?? [], timeoutMs);
    return exitCode === 0 ? { ok: true } : failure(output.trim() === '' ? `command exited with ${exitCode}` : output.trim());
  }
  return failure('this kind of probe is not known here: httpGet, tcpSocket and exec are');
}

function failure(message: string): ProbeOutcome {
  return { ok: false, message };
}

function unknownPort(port: string | number): ProbeOutcome {
  return failure(`the container has no port called ${port}`);
}

export function portNumber(container: Container, port: string | number): number | null {
  if (typeof port === 'number') return port;
  const named = container.ports?.find(({ name }) => name === port);
  if (named !== undefined) return named.containerPort;
  return /^\d+$/.test(port) ? Number(port) : null;
}

function byHttp(action: NonNullable<Probe['httpGet']>, { host, port }: Address, timeoutMs: number): Promise<ProbeOutcome> {
  const headers = Object.fromEntries(
    listAt(action, 'httpHeaders').map((header) => [stringAt(header, 'name') ?? '', stringAt(header, 'value') ?? '']),
  );
  const isSecure = stringAt(action, 'scheme') === 'HTTPS';
  const path = action.path ?? '/';
  const options = {
    host,
    port,
    path: path.startsWith('/') ? path : `/${path}`,
    headers,
    agent: false,
    timeout: timeoutMs,
  } as const;
  return new Promise((resolve) => {
    // Whoever the server is: the kubelet does not ask for its name either.
    const request = isSecure ? httpsRequest({ ...options, rejectUnauthorized: false }) : httpRequest(options);
    request.on('response', (response) => {
      response.resume();
      const code = response.statusCode ?? 0;
      resolve(code >= GOOD_FIRST && code <= GOOD_LAST ? { ok: true } : failure(`HTTP probe failed with statuscode: ${code}`));
    });
    request.on('timeout', () => request.destroy(new Error('context deadline exceeded')));
    request.on('error', (error) => resolve(failure(`Get "http://${host}:${port}${path}": ${error.message}`)));
    request.end();
  });
}

function byConnection({ host, port }: Address, timeoutMs: number): Promise<ProbeOutcome> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: timeoutMs });
    const done = (outcome: ProbeOutcome): void => {
      socket.destroy();
      resolve(outcome);
    };
    socket.on('connect', () => done({ ok: true }));
    socket.on('timeout', () => done(failure(`dial tcp ${host}:${port}: i/o timeout`)));
    socket.on('error', (error) => done(failure(`dial tcp ${host}:${port}: ${error.message}`)));
  });
}
