/** A devcluster for tests, with the operator installed as `quorate dev` installs it, and images of both builds. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { operatorManifests } from '../../src/cli/dev/manifests.ts';
import { startDevcluster } from '../../src/devcluster/devcluster.ts';
import type { Devcluster } from '../../src/devcluster/devcluster.ts';
import type { KubernetesApi } from '../../src/operator/kubernetes/api.ts';
import { KubernetesClient } from '../../src/operator/kubernetes/client.ts';
import { SYSTEM_CLOCK, systemRandom } from '../../src/operator/system.ts';
import { buildProgram } from './program.ts';

const run = promisify(execFile);
const nodes = 3;

export interface OperatedDevcluster {
  readonly devcluster: Devcluster;
  /** As an administrator, in this process. */
  readonly api: KubernetesApi;
  /** The bundle of the first build. */
  readonly program: string;
  /** A kubeconfig whose current namespace this is; it is made when it is not there. */
  readonly kubeconfigIn: (namespace: string) => Promise<string>;
  readonly stop: () => Promise<void>;
}

export async function operatedDevcluster(): Promise<OperatedDevcluster> {
  const programs = new Map([
    ['0.1.0', buildProgram()],
    ['0.2.0', buildProgram('0.2.0', 2)],
  ]);
  const [program = ''] = programs.values();
  const devcluster = await startDevcluster({
    dataFolder: null,
    addresses: null,
    port: 0,
    nodes,
    image: (image) => {
      const found = programs.get(image.split(':').at(-1) ?? '');
      return found === undefined ? null : { entrypoint: [process.execPath, found] };
    },
    tell: (sentence) => console.log(sentence),
  });
  const folder = mkdtempSync(join(tmpdir(), 'quorate-devcluster-test-'));
  const api = new KubernetesClient({ transport: devcluster.transport, clock: SYSTEM_CLOCK, random: systemRandom() });
  const applyAll = async (name: string, objects: readonly object[]): Promise<void> => {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
    // With our own kubectl, which is everywhere.
    const env = { ...process.env, PATH: '' };
    await run(process.execPath, [program, 'kubectl', 'apply', '--kubeconfig', devcluster.kubeconfigFile, '-f', file], { env });
  };
  const stop = async (): Promise<void> => {
    await devcluster.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await applyAll(
      'operator',
      operatorManifests().map(({ object }) => object),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    devcluster,
    api,
    program,
    kubeconfigIn: async (namespace) => {
      await applyAll(namespace, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }]);
      const file = join(folder, `${namespace}.kubeconfig`);
      const config = devcluster.kubeconfig.replace(/"namespace": "[^"]*"/, `"namespace": "${namespace}"`);
      writeFileSync(file, config, { mode: 0o600 });
      return file;
    },
    stop,
  };
}
