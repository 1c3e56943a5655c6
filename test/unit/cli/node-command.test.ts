/** `quorate node` that was set up wrongly: told before anything is opened, with exit code 2. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runWords } from '../../support/command-line.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'quorate-node-command-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('without any setting it names each that is missing, and the file that would do', async () => {
  const { code, out, err } = await runWords(['node']);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/^quorate node: the environment sets up no member:\nQUORATE_NAME is missing: the member's name\n/);
  expect(err).toContain('By hand: quorate node --config FILE');
  expect(err).not.toContain('Invalid input');
});

test('with a file that is wrong it names the file, the setting and what it takes', async () => {
  const file = join(folder, 'member.yaml');
  writeFileSync(
    file,
    'name: member-1\ndataFolder: /d\npeers: [{name: a, host: b, port: 1}]\npeerSecretFile: /s\nlogLevel: loud\n',
  );
  expect(await runWords(['node', '--config', file])).toEqual({
    code: 2,
    out: '',
    err:
      `quorate node: ${file} sets up no member:\n` +
      'adminTokenFile is missing: the file with the token of admin calls\n' +
      'logLevel cannot be "loud": trace, debug, info, warn or error\n' +
      '`quorate node --help` says what it takes\n',
  });
});

test('with a file that is not there it names the file', async () => {
  const file = join(folder, 'nothing.yaml');
  const { code, err } = await runWords(['node', '--config', file]);
  expect(code).toBe(2);
  expect(err).toContain(`the configuration file ${file} cannot be read: ENOENT`);
});
