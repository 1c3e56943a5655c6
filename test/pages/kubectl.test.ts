/** The transcript that test/integration/cli/kubectl.test.ts holds `quorate kubectl` to is what kubectl says, on a cluster in the same state. */
import { spawn } from 'node:child_process';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { Ran } from '../support/command-line.ts';
import { KubectlWorld, RECORDED, root } from '../support/kubectl-world.ts';

jest.setTimeout(300_000);

let world: KubectlWorld;
beforeEach(async () => {
  world = await KubectlWorld.begin();
});
afterEach(() => world.end());

async function kubectl(words: readonly string[]): Promise<Ran> {
  const env = { HOME: world.kubeconfig.folder, PATH: process.env['PATH'], KUBECONFIG: world.kubeconfig.path };
  const child = spawn('kubectl', words, { env, stdio: ['ignore', 'pipe', 'pipe'], cwd: root });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? -1));
  });
  // From 1.33 on it names the namespace as well.
  return { code: code === 0 ? 0 : 1, out: out.replaceAll(/ deleted from \S+ namespace$/gm, ' deleted'), err };
}

test('kubectl says what stands in the transcript of `quorate kubectl`, word for word', async () => {
  expect(await world.transcriptOf(kubectl)).toBe(RECORDED);
});
