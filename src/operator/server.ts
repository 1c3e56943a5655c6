/**
 * The operator's HTTP face: `/healthz` for the kubelet to know a process that must be replaced, `/readyz` for one that has seen the world,
 * `/metrics` for Prometheus. Neither asks for the lease: a standby is healthy and ready.
 */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import express from 'express';
import type { NextFunction, Request, Response } from 'express';
import type { Registry } from 'prom-client';

export interface Verdict {
  readonly ok: boolean;
  /** One sentence. */
  readonly reason: string;
}

export interface OperatorServerOptions {
  readonly registry: Registry;
  readonly health: () => Verdict;
  readonly readiness: () => Verdict;
}

/** A client that sends its headers slower than this is cut off. */
const headersMs = 5_000;

export class OperatorServer {
  readonly #server: Server;

  constructor(options: OperatorServerOptions) {
    this.#server = createServer({ headersTimeout: headersMs, requestTimeout: headersMs }, operatorApp(options));
  }

  /** `host` null: every address of the machine. Resolves with the port that is open. @throws when it cannot be opened. */
  async listen(host: string | null, port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ port, ...(host === null ? {} : { host }) }, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : port;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }
}

function operatorApp({ registry, health, readiness }: OperatorServerOptions): express.Express {
  const app = express();
  app.disable('x-powered-by');
  const answer = (response: Response, verdict: Verdict): void => {
    response
      .status(verdict.ok ? 200 : 503)
      .type('text/plain')
      .send(`${verdict.reason}\n`);
  };
  app.get('/healthz', (_request, response) => answer(response, health()));
  app.get('/readyz', (_request, response) => answer(response, readiness()));
  app.get('/metrics', async (_request, response) => {
    response.set('content-type', registry.contentType).send(await registry.metrics());
  });
  app.use((_request, response) => {
    response.status(404).type('text/plain').send('no such path: /healthz /readyz /metrics\n');
  });
  app.use((_error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    response.status(500).type('text/plain').send('the request failed\n');
  });
  return app;
}
