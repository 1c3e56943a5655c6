import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { bundleSimulation } from '../../scripts/bundle-simulation.mjs';
import { simulationKey } from '../../scripts/simulation-key.mjs';

let root = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'quorate-simulation-key-'));
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}

const lockWith = (version: string): string =>
  JSON.stringify({
    packages: { 'node_modules/@some/one': { version, integrity: 'sha512-x' }, 'node_modules/other': { version: '1.0.0' } },
  });

describe('the key of the ledger', () => {
  const inputs = ['src/a.ts', 'test/simulation/b.ts', 'node_modules/@some/one/lib/index.js'];

  beforeEach(async () => {
    await write('src/a.ts', 'a');
    await write('test/simulation/b.ts', 'b');
    await write('node_modules/@some/one/lib/index.js', 'one');
    await write('package-lock.json', lockWith('1.0.0'));
  });

  test('is the same for the same contents, in whatever order they are named, whatever lies beside them', async () => {
    const key = await simulationKey(root, inputs);
    expect(key).toMatch(/^[0-9a-f]{16}$/);
    await write('src/unrelated.ts', 'c');
    expect(await simulationKey(root, [...inputs].reverse())).toBe(key);
    expect(await simulationKey(root, [...inputs, 'src/a.ts'])).toBe(key);
  });

  test.each([
    ['a file changes', async () => write('src/a.ts', 'a ')],
    ['two files change places', async () => (await write('src/a.ts', 'b'), write('test/simulation/b.ts', 'a'))],
    ['a bundled package has another version', async () => write('package-lock.json', lockWith('1.0.1'))],
  ])('is another one when %s', async (_, change) => {
    const before = await simulationKey(root, inputs);
    await change();
    expect(await simulationKey(root, inputs)).not.toBe(before);
  });

  test('is another one when a file more is bundled, and cares for no package that is not', async () => {
    const before = await simulationKey(root, inputs);
    await write('src/c.ts', 'c');
    expect(await simulationKey(root, [...inputs, 'src/c.ts'])).not.toBe(before);
    expect(await simulationKey(root, inputs.slice(0, 2))).not.toBe(before);
    const without = await simulationKey(root, inputs.slice(0, 2));
    await write('package-lock.json', lockWith('2.0.0'));
    expect(await simulationKey(root, inputs.slice(0, 2))).toBe(without);
  });

  test('a package that the lock file does not know is told', async () => {
    await expect(simulationKey(root, ['node_modules/unknown/x.js'])).rejects.toThrow('node_modules/unknown');
  });
});

test('the bundles of the simulation say what they hold: the core, the simulator, and nothing of the operator', async () => {
  await bundleSimulation(root);
  const inputs = JSON.parse(await readFile(join(root, 'inputs.json'), 'utf8')) as string[];
  for (const path of ['src/consensus/core.ts', 'src/wal/recovery.ts', 'test/simulation/plan.ts', 'scripts/bundle-simulation.mjs'])
    expect([path, inputs.includes(path)]).toEqual([path, true]);
  expect(inputs.filter((path) => path.startsWith('src/operator/') || path.startsWith('src/cli/'))).toEqual([]);
}, 60_000);
