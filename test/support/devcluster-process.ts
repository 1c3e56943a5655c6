/** A devcluster in a process of its own, for tests of how it ends: one pod that sleeps, and a line of JSON once it runs. */
import { startDevcluster } from '../../src/devcluster/devcluster.ts';
import { PODS } from '../../src/operator/kubernetes/resources.ts';
import { KubernetesClient } from '../../src/operator/kubernetes/client.ts';
import { SYSTEM_CLOCK, systemRandom } from '../../src/operator/system.ts';

const devcluster = await startDevcluster({
  dataFolder: null,
  addresses: null,
  port: 0,
  nodes: 1,
  image: () => ({ entrypoint: ['/bin/sh'] }),
  tell: () => undefined,
});
const stop = (): void => void devcluster.stop().then(() => process.exit(0));
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
const client = new KubernetesClient({ transport: devcluster.transport, clock: SYSTEM_CLOCK, random: systemRandom() });
await client.create(PODS, {
  metadata: { name: 'sleeper', namespace: 'default' },
  spec: { terminationGracePeriodSeconds: 0, containers: [{ name: 'main', image: 'any', args: ['-c', 'exec sleep 3600'] }] },
} as never);
while (devcluster.processes().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
const pod = devcluster.processes()[0]?.pid;
process.stdout.write(`${JSON.stringify({ kubeconfigFile: devcluster.kubeconfigFile, url: devcluster.url, pod })}\n`);
