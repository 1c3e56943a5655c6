import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { completionOf } from '../../../src/cli/completion/candidates.ts';
import { COMPLETION_SCRIPTS } from '../../../src/cli/completion/scripts.ts';
import { invocationOf } from '../../../src/cli/invocation.ts';
import { runWords } from '../../support/command-line.ts';

function wordsFor(...typed: string[]): readonly string[] {
  const completion = completionOf(COMMANDS, typed);
  return completion.type === 'words' ? completion.words.map(({ word }) => word) : [completion.type];
}

describe('what may stand at the cursor', () => {
  test.each([
    [['sta'], ['status']],
    [['re'], ['recover', 'restart']],
    [
      ['snapshot', ''],
      ['save', 'inspect', 'restore'],
    ],
    [['help', 'mem'], ['members']],
    [['status', '--al'], ['--all-namespaces']],
    [['status', '-w', '--wat'], []],
    [
      ['status', '-o', ''],
      ['json', 'yaml'],
    ],
    [['status', '--output', '=', 'y'], ['yaml']],
    [['completion', 'z'], ['zsh']],
    [['status', '--kubeconfig', ''], ['files']],
    [['status', '-n', ''], ['names']],
    [['promote', ''], ['names']],
    [['promote', 'a', ''], []],
    // The words of a command for a storage node are not ours.
    [['connect', 'orders', 'SET', ''], []],
    [['cli', 'GET', '-'], []],
    [['nothing', ''], []],
  ])('%j', (typed, expected) => {
    expect(wordsFor(...typed)).toEqual(expected);
  });

  test('every command that is listed is offered, and the hidden ones are not', () => {
    const offered = wordsFor('');
    for (const { name, isHidden } of COMMANDS) expect(offered.includes(name.split(' ')[0] ?? '')).toBe(isHidden !== true);
  });

  test('names come from the cluster: a MEMBER, a CLUSTER, a namespace and a context are told apart', () => {
    const kindOf = (...typed: string[]) => {
      const completion = completionOf(COMMANDS, typed);
      return completion.type === 'names' ? completion.kind : completion.type;
    };
    expect(kindOf('promote', '')).toBe('MEMBER');
    expect(kindOf('explain', '-w', '')).toBe('CLUSTER');
    expect(kindOf('logs', '--tail', '5', '')).toBe('TARGET');
    expect(kindOf('logs', '-n', '')).toBe('NAMESPACE');
    expect(kindOf('logs', '--context', '')).toBe('CONTEXT');
  });

  test('a completion never complains: without a kubeconfig there is nothing to offer', async () => {
    expect(await runWords(['__complete', 'promote', ''], { env: { HOME: '/nowhere' } })).toEqual({
      code: 0,
      out: ':4\n',
      err: '',
    });
  });
});

test.each([
  ['/usr/local/bin/quorate', 'quorate', ['status']],
  ['/usr/local/bin/kubectl-quorate', 'kubectl quorate', ['status']],
  ['C:/tools/kubectl-quorate.cjs', 'kubectl quorate', ['status']],
  ['/usr/local/bin/kubectl_complete-quorate', 'kubectl quorate', ['__complete', 'status']],
  ['/opt/dist/quorate.cjs', 'quorate', ['status']],
])('called as %s it is `%s`', (file, program, words) => {
  expect(invocationOf(file, ['status'])).toEqual({ program, words });
});

describe('the script for bash', () => {
  test('is one that bash can read', () => {
    execFileSync('bash', ['-n'], { input: COMPLETION_SCRIPTS.bash });
  });

  test('asks the program itself, keeps what fits, and leaves files to the shell where files are wanted', () => {
    const folder = mkdtempSync(join(tmpdir(), 'quorate-completion-'));
    try {
      // In the program's place: it answers as the program does, and says what it was asked.
      const program = join(folder, 'quorate');
      const asked = join(folder, 'asked');
      writeFileSync(
        program,
        `#!/bin/bash\nprintf '<%s>' "$@" > ${asked}\nif [[ $2 == files ]]; then echo :0; else printf 'status\\tshow\\nstop\\n:4\\n'; fi\n`,
      );
      chmodSync(program, 0o755);
      writeFileSync(join(folder, 'a file'), '');
      const reply = (words: string, index: number): string =>
        execFileSync(
          'bash',
          [
            '-c',
            `${COMPLETION_SCRIPTS.bash}\nCOMP_WORDS=(${words}); COMP_CWORD=${index}; _quorate_complete; printf '<%s>' "\${COMPREPLY[@]}"`,
          ],
          {
            cwd: folder,
            encoding: 'utf8',
          },
        );
      expect(reply(`${program} sta`, 1)).toBe('<status>');
      expect(execFileSync('cat', [asked], { encoding: 'utf8' })).toBe('<__complete><sta>');
      expect(reply(`${program} ''`, 1)).toBe('<status><stop>');
      expect(execFileSync('cat', [asked], { encoding: 'utf8' })).toBe('<__complete><>');
      expect(reply(`${program} files 'a f'`, 2)).toBe('<a file>');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

test('each shell has its script, and no other shell has one', async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, out } = await runWords(['completion', shell]);
    expect(code).toBe(0);
    expect(out).toContain('__complete');
  }
  const { code, err } = await runWords(['completion', 'csh']);
  expect(code).toBe(2);
  expect(err).toContain('bash, zsh, fish');
});
