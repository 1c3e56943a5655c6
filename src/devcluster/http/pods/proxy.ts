/** `pods/proxy` and `services/proxy`: a call passed on to a port inside the cluster, as it came but for who it was from. */
import { request as httpRequest } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Address } from '../../../shared/address-book.ts';
import { ApiFailure } from '../../model/failure.ts';
import type { PodGate } from './pod-gate.ts';

/** Of one connection only (RFC 9110, 7.6.1), or the API server's own to know. */
const NOT_PASSED_ON: ReadonlySet<string> = new Set([
  'authorization',
  'connection',
  'host',
  'keep-alive',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** @param path with its query. Rejects with an ApiFailure when nobody answers */
export function passOn(
  gate: PodGate,
  { host, port }: Address,
  path: string,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const { method = 'GET' } = incoming;
    const createConnection = () => gate.dial(host, port);
    const headers = { ...passedOn(incoming.headers), host: `${host}:${port}` };
    const request = httpRequest({ method, path, headers, createConnection });
    request.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, passedOn(answer.headers));
      answer.pipe(response);
      answer.on('end', resolve);
      answer.on('error', () => response.destroy());
    });
    request.on('error', (error) => {
      if (response.headersSent) response.destroy();
      const why = `error trying to reach service: dial tcp ${host}:${port}: ${error.message}`;
      reject(new ApiFailure(503, 'ServiceUnavailable', why));
    });
    response.on('close', () => request.destroy());
    incoming.pipe(request);
  });
}

function passedOn(headers: IncomingMessage['headers']): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name, value]) => !NOT_PASSED_ON.has(name) && value !== undefined));
}
