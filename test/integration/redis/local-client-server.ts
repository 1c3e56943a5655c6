/** Our client server on a free port, over the real keyspace of one member. */
import { ClientServer } from '../../../src/node/clients/client-server.ts';
import type { ClientServerOptions } from '../../../src/node/clients/client-server.ts';
import { systemClock } from '../../../src/node/system-clock.ts';
import { SingleMemberService } from '../../support/single-member-service.ts';

export interface LocalClientServer {
  readonly port: number;
  readonly server: ClientServer;
  readonly service: SingleMemberService;
  /** Addresses and reasons, in order. */
  readonly disconnections: readonly string[];
  readonly failures: readonly Error[];
  stop(): Promise<void>;
}

export async function startClientServer(
  given: Partial<Pick<ClientServerOptions, 'password' | 'limits'>> = {},
): Promise<LocalClientServer> {
  const service = new SingleMemberService();
  const disconnections: string[] = [];
  const failures: Error[] = [];
  const server = new ClientServer({
    host: '127.0.0.1',
    port: 0,
    service,
    clock: systemClock,
    password: () => null,
    limits: { clientsMax: 1000, unreadBytesMax: 64 * 1024 * 1024 },
    events: {
      disconnected: (_address, reason) => disconnections.push(reason),
      failed: (error) => failures.push(error),
    },
    ...given,
  });
  await server.listen();
  return { port: server.port, server, service, disconnections, failures, stop: () => server.close(100) };
}
