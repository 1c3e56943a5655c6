import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { RAFT_GUARANTEES } from '../../../../src/consensus/guarantees.ts';
import type { NodeStatus } from '../../../../src/api/node-status.ts';
import { HttpNodeClient, NODE_CALL_LIMITS } from '../../../../src/operator/http-node-client.ts';
import { addressOfPod } from '../../../../src/operator/node-client.ts';
import type { NodeAddress } from '../../../../src/operator/node-client.ts';
import type { Pod } from '../../../../src/operator/kubernetes/objects.ts';
import { FIRST_GENERATION } from '../../../../src/shared/ids.ts';
import type { ClusterId, MemberId } from '../../../../src/shared/ids.ts';
import { VirtualTime, eventually } from '../../../support/virtual-time.ts';

const id = '00000000000000aa' as MemberId;
const member = { id, name: 'orders-shard-0-0', role: 'voter' as const };
const configuration = { index: 3, members: [member], removed: [] };

const status: NodeStatus = {
  formatVersion: 1,
  name: member.name,
  memberId: id,
  formerIds: [],
  state: 'member',
  halt: null,
  ready: true,
  readyReason: 'leads',
  version: '0.1.0',
  featureLevelMax: 1,
  featureLevel: 1,
  clusterId: 'cluster' as ClusterId,
  generation: FIRST_GENERATION,
  founding: { epoch: 1, members: [member] },
  replication: {
    role: 'leader',
    term: 2,
    leader: member,
    firstIndex: 1,
    lastIndex: 9,
    durableIndex: 9,
    commitIndex: 9,
    appliedIndex: 9,
    settled: true,
    configuration,
    committedConfiguration: configuration,
    progress: [{ id, matchIndex: 9, active: true, caughtUp: true, state: 'replicate' }],
    electionsStarted: 1,
    leadershipsWon: 1,
  },
  guarantees: RAFT_GUARANTEES,
  confirmed: true,
  keys: 1,
  dataBytes: 10,
  dataBytesMax: 1000,
  diskFreeBytes: null,
  diskTotalBytes: null,
  full: 'no',
  clockOffsetMs: null,
  asideFolder: null,
  clients: 0,
  startedAt: '2026-01-01T00:00:00.000Z',
};

interface Seen {
  readonly line: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

describe('calls to a node', () => {
  let server: Server;
  let seen: Seen[];
  let respond: (response: ServerResponse) => void;
  let clock: VirtualTime;
  let client: HttpNodeClient;
  let address: NodeAddress;

  beforeEach(async () => {
    seen = [];
    clock = new VirtualTime();
    client = new HttpNodeClient(clock);
    const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      seen.push({ line: `${request.method ?? ''} ${request.url ?? ''}`, authorization: request.headers.authorization, body });
      respond(response);
    };
    server = createServer((request, response) => void serve(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const bound = server.address();
    address = { host: '127.0.0.1', port: typeof bound === 'object' && bound !== null ? bound.port : 0 };
  });

  afterEach(async () => {
    await client.close();
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    expect(clock.timerCount).toBe(0);
  });

  const answering = (code: number, body: unknown) => (response: ServerResponse) => {
    response.writeHead(code, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
  const options = { token: 'admin-token' };

  test('a status is read whole, with fields that a newer node added; S19: it costs no token', async () => {
    respond = answering(200, { ...status, ofTomorrow: 1 });
    expect(await client.status(address, options)).toEqual({ ok: true, value: { ...status, ofTomorrow: 1 } });
    expect(await client.status(address, { ...options, confirm: true })).toMatchObject({ ok: true });
    expect(seen.map(({ line, authorization }) => [line, authorization])).toEqual([
      ['GET /status', undefined],
      ['GET /status?confirm=true', undefined],
    ]);
  });

  test.each([
    ['another format version', { ...status, formatVersion: 2 }, 'formatVersion'],
    ['a malformed member id', { ...status, memberId: 'nobody' }, 'memberId'],
    [
      'an index that is no number',
      { ...status, replication: { ...status.replication, commitIndex: 'many' } },
      'replication.commitIndex',
    ],
    ['no JSON', '<html>', ''],
  ])('S20: %s is silence, never an answer', async (_name, body, field) => {
    respond = answering(200, body);
    const result = await client.status(address, options);
    expect(result).toMatchObject({ ok: false, reason: { kind: 'unreachable', code: 'malformed' } });
    if (!result.ok) expect(result.reason.message).toContain(field);
  });

  test('admin calls carry the token and the body, and what they came to', async () => {
    respond = answering(200, { index: 12 });
    const founding = { clusterId: 'cluster' as ClusterId, generation: FIRST_GENERATION };
    const change = { change: { type: 'promote' as const, id }, expectedIndex: 11 };
    expect(await client.changeConfiguration(address, change, options)).toEqual({ ok: true, value: { index: 12 } });
    expect(await client.found(address, { ...founding, epoch: 1, members: [{ id, name: member.name }] }, options)).toMatchObject({
      ok: true,
    });
    expect(await client.join(address, { ...founding, leader: { id, name: member.name } }, options)).toMatchObject({ ok: true });
    expect(await client.transferLeadership(address, { to: null }, options)).toMatchObject({ ok: true });
    expect(await client.raiseFeatureLevel(address, { level: 2 }, options)).toMatchObject({ ok: true });
    expect(seen.map(({ line }) => line)).toEqual([
      'POST /admin/configuration',
      'POST /admin/found',
      'POST /admin/join',
      'POST /admin/transfer-leadership',
      'POST /admin/feature-level',
    ]);
    expect(seen.every(({ authorization }) => authorization === 'Bearer admin-token')).toBe(true);
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual(change);
    expect(JSON.parse(seen[4]?.body ?? '')).toEqual({ level: 2 });
  });

  test('a committed change without its index is not taken for one', async () => {
    respond = answering(200, {});
    const change = { change: { type: 'promote' as const, id }, expectedIndex: 11 };
    expect(await client.changeConfiguration(address, change, options)).toMatchObject({
      ok: false,
      reason: { code: 'malformed' },
    });
  });

  test.each([401, 400, 409, 503])('a refusal with %i comes back with its code, its sentence and the leader', async (code) => {
    respond = answering(code, { code: 'not-leader', message: 'ask the leader', leader: member });
    expect(await client.transferLeadership(address, { to: id }, options)).toEqual({
      ok: false,
      reason: { kind: 'refused', status: code, code: 'not-leader', message: 'ask the leader', leader: member },
    });
    expect(seen).toHaveLength(1);
  });

  test.each([
    ['a status', NODE_CALL_LIMITS.statusMs, () => client.status(address, options)],
    ['a confirmed status', NODE_CALL_LIMITS.confirmedStatusMs, () => client.status(address, { ...options, confirm: true })],
    ['an admin call', NODE_CALL_LIMITS.adminMs, () => client.transferLeadership(address, { to: null }, options)],
  ] as const)('%s ends at its deadline', async (_name, limitMs, call) => {
    respond = () => undefined;
    let settled = false;
    const calling = call().finally(() => (settled = true));
    await eventually('the call', () => seen.length === 1);
    await clock.advance(limitMs - 1);
    expect(settled).toBe(false);
    await clock.advance(1);
    expect(await calling).toMatchObject({ ok: false, reason: { kind: 'unreachable', code: 'deadline' } });
  });

  test('a body that stops in the middle ends at the deadline as well', async () => {
    respond = (response) => {
      response.writeHead(200);
      response.write('{"formatVersion":');
    };
    const calling = client.status(address, options);
    await eventually('the call', () => seen.length === 1);
    await clock.advance(NODE_CALL_LIMITS.statusMs);
    expect(await calling).toMatchObject({ ok: false, reason: { code: 'deadline' } });
  });

  test('an aborted caller, a closed port and a cut connection are silence', async () => {
    respond = (response) => response.socket?.resetAndDestroy();
    expect(await client.status(address, options)).toMatchObject({
      ok: false,
      reason: { kind: 'unreachable', code: 'connection' },
    });
    const signal = AbortSignal.abort(new Error('the lease is lost'));
    expect(await client.status(address, { ...options, signal })).toMatchObject({ reason: { message: 'the lease is lost' } });
    expect(await client.status({ host: '127.0.0.1', port: 1 }, options)).toMatchObject({ reason: { code: 'connection' } });
  });

  test("a node's address is its pod's own, never a name", () => {
    const pod: Pod = {
      metadata: { name: 'a', namespace: 'shop', uid: '1', resourceVersion: '1' },
      status: { podIP: '10.0.0.7' },
    };
    expect(addressOfPod(pod)).toEqual({ host: '10.0.0.7', port: 8080 });
    expect(addressOfPod({ ...pod, status: {} })).toBeNull();
  });
});
