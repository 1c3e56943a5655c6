/** The commands of docs/kubectl.md that install the program and the plugin, with a home of their own. */
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { programFolder, Reading } from '../../docs/reading.ts';
import { Shell } from '../../docs/shell.ts';
import { buildProgram } from '../../support/program.ts';

jest.setTimeout(180_000);

const home = mkdtempSync(join(tmpdir(), 'quorate-home-'));
let shell: Shell;

beforeAll(() => {
  const bin = programFolder(home, buildProgram());
  // What is installed already must not be installed anew under the feet of the tests.
  writeFileSync(join(bin, 'make'), '#!/bin/sh\nexec env PATH="${PATH#*:}" make -o node_modules/.package-lock.json "$@"\n', {
    mode: 0o755,
  });
  const completions = join(home, 'completions');
  for (const folder of [completions, join(home, '.config/fish/completions')]) mkdirSync(folder, { recursive: true });
  shell = new Shell({
    folder: process.cwd(),
    // What is installed already must not be installed anew under the feet of the tests.
    env: {
      HOME: home,
      PATH: `${home}/.local/bin:${bin}:${process.env['PATH'] ?? ''}`,
      MAKEFLAGS: '-o node_modules/.package-lock.json',
    },
    // zsh has a list of folders for completions, counted from 1.
    prelude: `fpath=(_ ${completions})`,
  });
}, 60_000);
afterAll(async () => {
  await shell.close();
  rmSync(home, { recursive: true, force: true });
});

test('the plugin is installed, and shells complete its words', async () => {
  const reading = new Reading('the plugin installed');
  await shell.run(reading.next('make build'));
  expect(readFileSync(join(home, '.local/bin/kubectl-quorate'))).toEqual(readFileSync('dist/quorate.cjs'));
  await shell.run(reading.next('completion bash'));
  expect(reading.unread).toEqual([]);
  expect(await shell.ask('complete -p quorate')).toContain('quorate');
  expect(readFileSync(join(home, 'completions/_quorate'), 'utf8')).toMatch(/^#compdef /);
  expect(readFileSync(join(home, '.config/fish/completions/quorate.fish'), 'utf8')).toContain('complete -c quorate');
});

test('`npm install -g .` after `make build` installs every name that package.json gives the program', async () => {
  await shell.ask('make build');
  const { bin, version } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    readonly bin: Readonly<Record<string, string>>;
    readonly version: string;
  };
  expect(Object.keys(bin)).toEqual(['quorate', 'kubectl-quorate', 'kubectl_complete-quorate']);
  const prefix = join(home, 'prefix');
  await shell.ask(`npm install -g --offline --no-audit --no-fund --no-update-notifier --prefix '${prefix}' .`);
  for (const name of Object.keys(bin)) {
    expect([name, realpathSync(join(prefix, 'bin', name))]).toEqual([name, realpathSync('dist/quorate.cjs')]);
  }
  for (const name of ['quorate', 'kubectl-quorate']) {
    expect([name, await shell.ask(`'${join(prefix, 'bin', name)}' --version`)]).toEqual([name, expect.stringContaining(version)]);
  }
});
