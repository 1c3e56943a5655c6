/** One fake API server, a client of it on virtual time, and silence in the log. */
import { KubeConfig } from '@kubernetes/client-node';
import { pino } from 'pino';
import { KubernetesClient } from '../../../../src/operator/kubernetes/client.ts';
import type { CallObservation } from '../../../../src/operator/kubernetes/client.ts';
import { kubeConfigCredentials } from '../../../../src/operator/kubernetes/credentials.ts';
import { HttpTransport } from '../../../../src/operator/kubernetes/http-transport.ts';
import { SeededRandom } from '../../../../src/shared/random.ts';
import { FakeApiServer } from '../../../support/fake-api-server.ts';
import { VirtualTime } from '../../../support/virtual-time.ts';

export const silentLog = pino({ level: 'silent' });

export interface Fixture {
  readonly server: FakeApiServer;
  readonly clock: VirtualTime;
  readonly transport: HttpTransport;
  readonly client: KubernetesClient;
  readonly calls: readonly CallObservation[];
  close(): Promise<void>;
}

export function kubeConfigFor(url: string): KubeConfig {
  const config = new KubeConfig();
  // The client library speaks plain HTTP only when told not to verify.
  config.loadFromClusterAndUser(
    { name: 'fake', server: url, skipTLSVerify: url.startsWith('http:') },
    { name: 'operator', token: 'a-token' },
  );
  return config;
}

export async function openFixture(): Promise<Fixture> {
  const server = new FakeApiServer();
  await server.start();
  const clock = new VirtualTime();
  const credentials = kubeConfigCredentials(kubeConfigFor(server.url), clock);
  const transport = new HttpTransport({ credentials, clock, userAgent: 'quorate-operator/test' });
  const calls: CallObservation[] = [];
  const client = new KubernetesClient({
    transport,
    clock,
    random: new SeededRandom(1),
    observeCall: (observation) => calls.push(observation),
  });
  return {
    server,
    clock,
    transport,
    client,
    calls,
    close: async () => {
      await server.stop();
      await transport.close();
    },
  };
}
