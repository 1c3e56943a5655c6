/**
 * The node's HTTP face (express): health and readiness for the kubelet, status for people and the operator, metrics for Prometheus, and the
 * admin calls of src/api/node-status.ts behind a bearer token that is read at each use, so that it can rotate (rule S19).
 */
import { timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { pipeline } from 'node:stream/promises';
import express from 'express';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { ADMIN_PATHS, ADMIN_TOKEN_HEADER } from '../../api/node-status.ts';
import type { AdminRefusal, NodeMember, NodeStatus } from '../../api/node-status.ts';
import { parseClusterId, parseMemberId } from '../../shared/ids.ts';
import type { ClusterId, Generation, MemberId } from '../../shared/ids.ts';

/** What an admin call came to; `status` is the HTTP status when it was refused. */
export type AdminOutcome =
  | { readonly ok: true; readonly body: object }
  | {
      readonly ok: false;
      readonly status: 409 | 503;
      readonly code: string;
      readonly message: string;
      readonly leader: NodeMember | null;
    };

/** A copy of the state, as a file to be; `end` is called when its bytes were taken, or will not be. */
export type SnapshotOutcome =
  | { readonly ok: true; readonly bytes: AsyncIterable<Uint8Array>; readonly end: () => void }
  | (AdminOutcome & { readonly ok: false });

export type ConfigurationChangeBody =
  | { readonly type: 'add-learner'; readonly id: MemberId; readonly name: string }
  | { readonly type: 'promote'; readonly id: MemberId }
  | { readonly type: 'remove'; readonly id: MemberId };

/** The node behind the HTTP face. */
export interface HttpBackend {
  status(confirm: boolean): Promise<NodeStatus>;
  readiness(): { readonly ready: boolean; readonly reason: string };
  metrics(): Promise<{ readonly contentType: string; readonly text: string }>;
  /** @throws when the token can't be read */
  adminToken(): string;
  found(request: {
    clusterId: ClusterId;
    generation: Generation;
    epoch: number;
    members: readonly { readonly id: MemberId; readonly name: string }[];
  }): Promise<AdminOutcome>;
  join(request: {
    clusterId: ClusterId;
    generation: Generation;
    leader: { readonly id: MemberId; readonly name: string } | null;
  }): Promise<AdminOutcome>;
  changeConfiguration(change: ConfigurationChangeBody, expectedIndex: number): Promise<AdminOutcome>;
  transferLeadership(to: MemberId | null): Promise<AdminOutcome>;
  raiseFeatureLevel(level: number): Promise<AdminOutcome>;
  podGone(id: MemberId): Promise<AdminOutcome>;
  saveSnapshot(): Promise<SnapshotOutcome>;
  stop(): void;
}

export const BODY_BYTES_MAX = 256 * 1024;
/** A snapshot that its taker does not take for so long is given up. */
export const SNAPSHOT_STALL_MS = 30_000;

const memberId = z.string().transform((text, context): MemberId => {
  const id = parseMemberId(text);
  if (id) return id;
  context.addIssue({ code: 'custom', message: 'must be 16 lower-case hex digits' });
  return z.NEVER;
});
const clusterId = z.string().transform((text, context): ClusterId => {
  const id = parseClusterId(text);
  if (id) return id;
  context.addIssue({ code: 'custom', message: 'must be 1 to 63 letters, digits, ".", "_" or "-"' });
  return z.NEVER;
});
const generation = z.object({ number: z.int().positive(), id: z.string().regex(/^[0-9a-f]{16}$/) });
const name = z.string().min(1).max(253);

const bodies = {
  found: z.object({
    clusterId,
    generation,
    epoch: z.int().positive(),
    members: z
      .array(z.object({ id: memberId, name }))
      .min(1)
      .max(16)
      .refine((members) => new Set(members.map(({ id }) => id)).size === members.length, 'ids must differ')
      .refine((members) => new Set(members.map((member) => member.name)).size === members.length, 'names must differ'),
  }),
  join: z.object({ clusterId, generation, leader: z.object({ id: memberId, name }).nullable().default(null) }),
  changeConfiguration: z.object({
    change: z.discriminatedUnion('type', [
      z.object({ type: z.literal('add-learner'), id: memberId, name }),
      z.object({ type: z.literal('promote'), id: memberId }),
      z.object({ type: z.literal('remove'), id: memberId }),
    ]),
    expectedIndex: z.int().min(0),
  }),
  transferLeadership: z.object({ to: memberId.nullable() }),
  raiseFeatureLevel: z.object({ level: z.int().positive() }),
  podGone: z.object({ id: memberId }),
  stop: z.object({}),
};

export class NodeHttpServer {
  readonly #server: Server;

  constructor(backend: HttpBackend) {
    this.#server = createServer(buildApp(backend));
  }

  /** Resolves with the port that is open. @throws when it can't be opened */
  async listen(host: string, port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : port;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }
}

function buildApp(backend: HttpBackend): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.get('/healthz', (_request, response) => {
    response.type('text/plain').send('the event loop lives\n');
  });
  app.get('/readyz', (_request, response) => {
    const { ready, reason } = backend.readiness();
    response
      .status(ready ? 200 : 503)
      .type('text/plain')
      .send(`${reason}\n`);
  });
  app.get('/status', async (request, response) => {
    response.json(await backend.status(request.query['confirm'] === 'true'));
  });
  app.get('/metrics', async (_request, response) => {
    const { contentType, text } = await backend.metrics();
    response.type(contentType).send(text);
  });
  addAdminCalls(app, backend);
  app.use((_request, response) =>
    refuseCall(response, 404, 'not-found', 'no such path: /healthz /readyz /status /metrics /admin/…'),
  );
  app.use((error: unknown, _request: Request, response: Response, _next: express.NextFunction) => {
    const status = error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : 500;
    refuseCall(response, status, 'malformed', error instanceof Error ? error.message : String(error));
  });
  return app;
}

function addAdminCalls(app: express.Express, backend: HttpBackend): void {
  const admin = express.Router();
  admin.use((request, response, next) => {
    if (isAuthorized(request, backend)) next();
    else
      refuseCall(
        response,
        401,
        'unauthorized',
        'admin calls need the header "Authorization: Bearer <token>" with the cluster\'s admin token',
      );
  });
  admin.get(ADMIN_PATHS.snapshot, async (_request, response) => sendSnapshot(response, await backend.saveSnapshot()));
  admin.use(express.json({ limit: BODY_BYTES_MAX, type: () => true }));
  const call = <Body>(path: string, schema: z.ZodType<Body>, act: (body: Body) => Promise<AdminOutcome>): void => {
    admin.post(path, async (request, response) => {
      const parsed = schema.safeParse(request.body);
      if (!parsed.success) {
        const text = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`).join('; ');
        refuseCall(response, 400, 'malformed', text);
        return;
      }
      const outcome = await act(parsed.data);
      if (outcome.ok) response.json(outcome.body);
      else refuseCall(response, outcome.status, outcome.code, outcome.message, outcome.leader);
    });
  };
  call(ADMIN_PATHS.found, bodies.found, (body) => backend.found(body));
  call(ADMIN_PATHS.join, bodies.join, (body) => backend.join(body));
  call(ADMIN_PATHS.changeConfiguration, bodies.changeConfiguration, (body) =>
    backend.changeConfiguration(body.change, body.expectedIndex),
  );
  call(ADMIN_PATHS.transferLeadership, bodies.transferLeadership, (body) => backend.transferLeadership(body.to));
  call(ADMIN_PATHS.raiseFeatureLevel, bodies.raiseFeatureLevel, (body) => backend.raiseFeatureLevel(body.level));
  call(ADMIN_PATHS.podGone, bodies.podGone, (body) => backend.podGone(body.id));
  call(ADMIN_PATHS.stop, bodies.stop, async () => {
    backend.stop();
    return { ok: true, body: {} };
  });
  app.use((request, response, next) => {
    if (request.path.startsWith('/admin/')) admin(request, response, next);
    else next();
  });
}

/** A body that ends early, without its last chunk, is the sign that it is not whole; the file says so as well. */
async function sendSnapshot(response: Response, outcome: SnapshotOutcome): Promise<void> {
  if (!outcome.ok) {
    refuseCall(response, outcome.status, outcome.code, outcome.message, outcome.leader);
    return;
  }
  response.setTimeout(SNAPSHOT_STALL_MS, () => response.destroy());
  response.type('application/octet-stream');
  try {
    await pipeline(outcome.bytes, response);
  } catch {
    // Whoever asked has gone, or stalled: there is nobody left to be told.
    response.destroy();
  } finally {
    outcome.end();
  }
}

function isAuthorized(request: Request, backend: HttpBackend): boolean {
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? request.get(ADMIN_TOKEN_HEADER);
  if (given === undefined) return false;
  let token: string;
  try {
    token = backend.adminToken();
  } catch {
    return false;
  }
  const left = Buffer.from(given);
  const right = Buffer.from(token);
  return token.length > 0 && left.length === right.length && timingSafeEqual(left, right);
}

function refuseCall(response: Response, status: number, code: string, message: string, leader: NodeMember | null = null): void {
  const refusal: AdminRefusal = { code, message, leader };
  response.status(status).json(refusal);
}
