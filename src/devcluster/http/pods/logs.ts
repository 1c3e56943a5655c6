/** `pods/log`: what a container wrote, as much as is asked for, and what it goes on to write. */
import type { ServerResponse } from 'node:http';
import { badRequest } from '../../model/failure.ts';
import type { Pod } from '../../model/kinds.ts';
import { containerOf } from './pod-gate.ts';
import type { LoggedLine, PodGate } from './pod-gate.ts';

type Query = Readonly<Record<string, string>>;

/** @throws ApiFailure 400 */
export function serveLogs(gate: PodGate, pod: Pod, query: Query, nowMs: number, response: ServerResponse): void {
  const container = containerOf(pod, query['container'] ?? '');
  const previous = isTrue(query, 'previous');
  const logs = gate.logs(pod, container.name, previous);
  if (logs === null) throw nothingWritten(pod, container.name, previous);
  const withTime = isTrue(query, 'timestamps');
  const sinceMs = sinceOf(query, nowMs);
  const limit = numberOf(query, 'limitBytes') ?? Infinity;
  let sent = 0;
  const write = ({ time, text }: LoggedLine): void => {
    if (Date.parse(time) < sinceMs || sent >= limit) return;
    const bytes = Buffer.from(withTime ? `${time} ${text}\n` : `${text}\n`).subarray(0, limit - sent);
    sent += bytes.length;
    response.write(bytes);
  };
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.flushHeaders();
  const tail = numberOf(query, 'tailLines');
  for (const line of tail === null ? logs.lines : logs.lines.slice(logs.lines.length - Math.min(tail, logs.lines.length)))
    write(line);
  if (!isTrue(query, 'follow') || logs.follow === null) {
    response.end();
    return;
  }
  const stop = logs.follow(write, () => response.end());
  response.on('close', stop);
}

function isTrue(query: Query, name: string): boolean {
  return query[name] === 'true' || query[name] === '1';
}

function numberOf(query: Query, name: string): number | null {
  const text = query[name] ?? '';
  if (text === '') return null;
  if (!/^\d+$/.test(text)) throw badRequest(`${name}: must be a whole number, not ${text}`);
  return Number(text);
}

function sinceOf(query: Query, nowMs: number): number {
  const seconds = numberOf(query, 'sinceSeconds');
  if (seconds !== null) return nowMs - seconds * 1_000;
  const time = query['sinceTime'] ?? '';
  if (time === '') return -Infinity;
  const ms = Date.parse(time);
  if (Number.isNaN(ms)) throw badRequest(`sinceTime: not a time: ${time}`);
  return ms;
}

function nothingWritten(pod: Pod, container: string, previous: boolean) {
  const { name } = pod.metadata;
  if (previous) return badRequest(`previous terminated container "${container}" in pod "${name}" not found`);
  const status = pod.status.containerStatuses?.find((one) => one.name === container);
  const reason = status !== undefined && 'waiting' in status.state ? status.state.waiting.reason : 'ContainerCreating';
  return badRequest(`container "${container}" in pod "${name}" is waiting to start: ${reason}`);
}
