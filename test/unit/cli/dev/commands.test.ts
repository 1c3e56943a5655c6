/** `quorate dev` and `quorate dev chaos`: what they refuse, before anything is started. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { EXAMPLE, exampleOf } from '../../../../src/cli/dev/example.ts';
import { Steps } from '../../../../src/cli/dev/steps.ts';
import { suggestionsFor } from '../../../../src/cli/dev/suggestions.ts';
import { resultText, isWell } from '../../../../src/cli/dev/chaos.ts';
import type { ChaosResult } from '../../../../src/cli/dev/chaos.ts';
import { writeRecord } from '../../../../src/cli/dev/record.ts';
import { runWords } from '../../../support/command-line.ts';

const root = new URL('../../../../', import.meta.url);
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'quorate-dev-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...words: readonly string[]) => runWords(['dev', ...words], { env: { TMPDIR: folder } });

describe('wrong words are refused, with what would be right', () => {
  test.each([
    [['--members', '9'], '--members is 1, 3, 5 or 7, not 9'],
    [['--members', 'three'], '--members is 1, 3, 5 or 7, not three'],
    [['--members', '4'], '--members is 1, 3, 5 or 7, not 4: an even number outlives no more failures than one less'],
    [['chaos', '--members', '2'], '--members is 1, 3, 5 or 7, not 2'],
    [['--nodes', '0'], '--nodes is a whole number from 1 to 20, not 0'],
    [['--writes', '0'], '--writes is a whole number from 1 to 1000, not 0'],
    [['--no-writer', '--writes', '5'], '--no-writer and --writes exclude each other'],
    [['--port', '70000'], '--port is a number from 0 to 65535, not 70000'],
    [['--api-port', 'x'], '--api-port is a number from 0 to 65535, not x'],
    [['-o', 'yaml'], '--output is json, not yaml'],
    [['--image', '0.2.0'], '--image is TAG=FILE, such as 0.2.0=other/quorate.cjs, not 0.2.0'],
    [['--image', '0.2.0=/nowhere.cjs'], '--image 0.2.0=/nowhere.cjs: there is no file /nowhere.cjs'],
    [['--member', '3'], 'unknown option --member, did you mean --members?'],
    [['chaos', '--what', 'operator'], '--what is member, leader, node, not operator'],
    [['chaos', '--beat', '0'], '--beat is a whole number from 1 to 86400, not 0'],
    [['chaos', '--seed', '-1'], '--seed is a whole number from 0 to 4294967295, not -1'],
    [['chaos', '-o', 'yaml'], '--output is json, not yaml'],
  ])('quorate dev %s', async (words, message) => {
    const { code, out, err } = await run(...words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  test('an example that is not there, or holds no StorageCluster', async () => {
    expect((await run('--example', join(folder, 'nothing.yaml'))).err).toContain('nothing.yaml" does not exist');
    const file = join(folder, 'map.yaml');
    writeFileSync(file, 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n');
    expect(await run('--example', file)).toMatchObject({
      code: 2,
      err: expect.stringContaining('there is no StorageCluster in it'),
    });
  });

  test('a second devcluster of the same user, which names the first', async () => {
    writeRecord(
      { TMPDIR: folder },
      { pid: process.pid, kubeconfig: '/k', cluster: 'orders', namespace: 'default', clientPort: 1 },
    );
    const { code, err } = await run('--lines');
    expect(code).toBe(1);
    expect(err).toContain(`a devcluster runs already, as process ${process.pid}: its kubeconfig is /k`);
    const chaos = await run('chaos', '--members', '3');
    expect(chaos).toMatchObject({ code: 2, err: expect.stringContaining('--members is for a devcluster of its own') });
  });
});

test('the built-in example is that of examples/orders.yaml', () => {
  expect(EXAMPLE).toEqual(load(readFileSync(new URL('examples/orders.yaml', root), 'utf8')));
});

test('--members changes how many the first StorageCluster wants, and nothing else', async () => {
  const nobody = (async function* () {})();
  const { objects, members, name, namespace } = await exampleOf(null, 5, nobody);
  expect({ members, name, namespace }).toEqual({ members: 5, name: 'orders', namespace: 'default' });
  expect(objects.map(({ object }) => object)).toEqual([{ ...EXAMPLE, spec: { ...EXAMPLE.spec, replicas: 5 } }]);
});

test('a step that is done stays done, with the time that it took', () => {
  const steps = new Steps(['one', 'two']);
  steps.run('one', 'begins', 10);
  steps.run('one', 'goes on', 20);
  steps.finish('one', 'is there', 30);
  steps.run('one', 'begins again', 40);
  expect(steps.all[0]).toEqual({ name: 'one', text: 'is there', state: 'done', beganAtMs: 10, endedAtMs: 30 });
  expect(steps.areDone).toBe(false);
  steps.finish('two', 'too', 50);
  expect(steps.areDone).toBe(true);
});

test('what is suggested works where it is suggested: without kubectl and redis-cli it is the program itself', () => {
  const here = {
    cluster: 'orders',
    namespace: 'default',
    kubeconfigFile: '/k',
    passwordFile: '/p',
    clientPort: 6380,
    program: 'dist/quorate.cjs',
  };
  const commands = (has: boolean) => suggestionsFor({ ...here, hasKubectl: has, hasRedisCli: has }).map(({ command }) => command);
  expect(commands(true)).toContain('kubectl get stc --watch');
  expect(commands(true)).toContain('redis-cli -p 6380 -a "$(cat /p)"');
  expect(commands(false)).toContain('dist/quorate.cjs kubectl get stc --watch');
  expect(commands(false)).toContain('dist/quorate.cjs cli -p 6380 -a "$(cat /p)"');
  const elsewhere = suggestionsFor({ ...here, namespace: 'shop', hasKubectl: true, hasRedisCli: true });
  expect(elsewhere.map(({ command }) => command)).toContain('kubectl scale stc/orders -n shop --replicas=5');
});

describe('the result of chaos', () => {
  const result: ChaosResult = {
    seed: 42,
    kills: { member: 3, leader: 1, node: 2 },
    passedOver: 1,
    acknowledged: 5_812,
    unanswered: 3,
    lost: 0,
    carriedOutTwice: 0,
    longestGapMs: 1_940,
    readBack: true,
  };

  test('is told in a few lines', () => {
    expect(resultText(result)).toBe(
      [
        'killed       3 members, 1 leader, 2 nodes',
        'spared       1 beat: one more loss would have left no majority',
        'writes       5,812 acknowledged, 3 without an answer',
        'longest gap  1.9 s',
        'lost         0',
        'again        --seed 42',
        '',
      ].join('\n'),
    );
  });

  test('is well only when nothing was lost or done twice, something was written, and somebody could say so', () => {
    expect(isWell(result)).toBe(true);
    for (const bad of [{ lost: 1 }, { carriedOutTwice: 1 }, { acknowledged: 0 }, { readBack: false }]) {
      expect(isWell({ ...result, ...bad })).toBe(false);
    }
  });
});
