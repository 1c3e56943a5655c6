import { PassThrough } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { UsageError } from '../../../src/cli/command.ts';
import type { Command } from '../../../src/cli/command.ts';
import { runCommandLine } from '../../../src/cli/run.ts';

const copy: Command = {
  name: 'copy',
  summary: 'copy files',
  details: ['A paragraph about copies.'],
  positionals: [
    { name: 'FROM', required: true, summary: 'what is copied' },
    { name: 'TO', required: false, repeated: true, summary: 'where to' },
  ],
  options: {
    tag: { value: 'TEXT', repeated: true, summary: 'a tag' },
    mode: { value: 'MODE', summary: 'how' },
    json: { value: null, summary: 'print JSON' },
  },
  run: async (given, { stdout }) => {
    if (given.value('mode') === 'wrong') throw new UsageError('--mode wrong is no mode');
    if (given.value('mode') === 'broken') throw new Error('the disk is gone');
    const seen = {
      from: given.positional('FROM'),
      to: given.positionals('TO'),
      tags: given.values('tag'),
      mode: given.value('mode'),
      json: given.has('json'),
    };
    stdout.write(JSON.stringify(seen));
    return 0;
  },
};
const save: Command = {
  ...copy,
  name: 'snapshot save',
  positionals: [],
  options: { out: { value: 'FILE', required: true, summary: 'the file to write' } },
  run: async (given, { stdout }) => {
    stdout.write(given.required('out'));
    return 1;
  },
};

async function run(words: readonly string[], commands: readonly Command[] = [copy, save]) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const code = await runCommandLine(commands, words, { env: {}, stdin, stdout, stderr });
  const text = (stream: PassThrough) => (stream.read() as Buffer | null)?.toString() ?? '';
  return { code, out: text(stdout), err: text(stderr) };
}

describe('words in any order reach the command', () => {
  test.each([
    [['copy', 'a'], { from: 'a', to: [], tags: [], mode: null, json: false }],
    [['copy', '--json', 'a', '--mode', 'fast', 'b', 'c'], { from: 'a', to: ['b', 'c'], tags: [], mode: 'fast', json: true }],
    [['copy', '--tag=x', 'a', '--tag', '-y'], { from: 'a', to: [], tags: ['x', '-y'], mode: null, json: false }],
    [['copy', '--', '--json', '--help'], { from: '--json', to: ['--help'], tags: [], mode: null, json: false }],
    [['copy', '--mode=a=b', '-'], { from: '-', to: [], tags: [], mode: 'a=b', json: false }],
  ])('%j', async (words, seen) => {
    const { code, out } = await run(words);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(seen);
  });

  test('a command of two words', async () => {
    expect(await run(['snapshot', 'save', '--out', 'f'])).toEqual({ code: 1, out: 'f', err: '' });
  });
});

describe('wrong words are refused with exit code 2, on stderr, with what there is', () => {
  test.each([
    [[], 'Usage: quorate COMMAND'],
    [['cpy'], 'unknown command "cpy", did you mean copy?'],
    [['zebra'], 'unknown command "zebra"\n`quorate help` lists the commands'],
    [['snapshot'], 'snapshot needs a command: save'],
    [['snapshot', 'sve'], 'snapshot has no command "sve": save'],
    [['help', 'zebra'], 'unknown command "zebra"'],
    [['copy'], 'FROM is missing: what is copied'],
    [['copy', 'a', '--jsn'], 'unknown option --jsn, did you mean --json?'],
    [['copy', 'a', '-j'], 'unknown option -j'],
    [['copy', 'a', '--constructor', 'x'], 'unknown option --constructor'],
    [['copy', 'a', '--json=yes'], '--json takes no value'],
    [['copy', 'a', '--mode'], '--mode needs a value: --mode MODE'],
    [['copy', 'a', '--mode', '--json'], '--mode needs a value'],
    [['copy', 'a', '--mode='], '--mode needs a value'],
    [['copy', 'a', '--mode', 'x', '--mode', 'y'], '--mode is given twice'],
    [['copy', 'a', '--mode', 'wrong'], 'quorate copy: --mode wrong is no mode'],
    [['snapshot', 'save'], '--out FILE is missing: the file to write'],
    [['snapshot', 'save', '--out', 'f', 'x'], 'unexpected word "x"'],
  ])('%j', async (words, message) => {
    const { code, out, err } = await run(words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });
});

test('what a command throws is one line on stderr, with exit code 1', async () => {
  expect(await run(['copy', 'a', '--mode', 'broken'])).toEqual({ code: 1, out: '', err: 'quorate copy: the disk is gone\n' });
});

describe('help goes to stdout, with exit code 0', () => {
  test.each([
    [['help'], ['copy', 'copy files', 'snapshot save']],
    [['--help'], ['copy', 'snapshot save']],
    [
      ['help', 'copy'],
      ['Usage: quorate copy', '[--tag TEXT] …', '[--mode MODE]', 'FROM', '[TO …]', 'A paragraph about copies.'],
    ],
    [
      ['copy', '--help'],
      ['Usage: quorate copy', '--json', 'print JSON', 'a tag (may be repeated)'],
    ],
    [
      ['snapshot', '--help'],
      ['Usage: quorate snapshot COMMAND', 'snapshot save'],
    ],
    [
      ['help', 'snapshot'],
      ['Usage: quorate snapshot COMMAND', 'snapshot save'],
    ],
    [
      ['snapshot', 'save', '--out', 'x', '-h'],
      ['Usage: quorate snapshot save --out FILE', 'the file to write (required)'],
    ],
  ])('%j', async (words, parts) => {
    const { code, out, err } = await run(words);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const part of parts) expect(out).toContain(part);
  });
});

/** Those that people call: what the shell calls takes words that are not its own. */
const SHOWN = COMMANDS.filter(({ isHidden }) => isHidden !== true);

describe('what a command may ask of the parser', () => {
  const connect: Command = {
    ...copy,
    name: 'connect',
    isPlugin: true,
    endsOptionsAtFirstWord: true,
    options: {
      namespace: { short: 'n', value: 'NAMESPACE', summary: 'where' },
      host: { short: 'h', value: 'HOST', summary: 'host' },
      json: { short: '3', value: null, summary: 'print JSON' },
    },
    run: async (given, { stdout }) => {
      const options = [given.value('namespace'), given.value('host'), given.has('json')];
      stdout.write(JSON.stringify([...options, given.positional('FROM'), ...given.positionals('TO')]));
      return 0;
    },
  };

  test.each([
    [
      ['connect', '-n', 'shop', 'a'],
      ['shop', null, false, 'a'],
    ],
    [
      ['connect', '-nshop', 'a'],
      ['shop', null, false, 'a'],
    ],
    [
      ['connect', '-n=shop', 'a'],
      ['shop', null, false, 'a'],
    ],
    [
      ['connect', '-3', '-h', 'there', 'a'],
      [null, 'there', true, 'a'],
    ],
    // Options before the command, as kubectl users are used to.
    [
      ['-n', 'shop', 'connect', 'a'],
      ['shop', null, false, 'a'],
    ],
    [
      ['--namespace=shop', '-3', 'connect', 'a'],
      ['shop', null, true, 'a'],
    ],
    // From the first plain word on nothing is ours.
    [
      ['connect', 'a', '-n', '--help', '--'],
      [null, null, false, 'a', '-n', '--help', '--'],
    ],
    [
      ['connect', '--', '-n'],
      [null, null, false, '-n'],
    ],
  ])('%j', async (words, seen) => {
    const { code, out, err } = await run(words, [connect]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toEqual(seen);
  });

  test.each([
    [['connect', '-x', 'a'], 'unknown option -x'],
    [['connect', '-n'], '-n needs a value: -n NAMESPACE'],
    [['connect', '-3x', 'a'], '-3 takes no value'],
    [['-x', 'connect', 'a'], 'unknown command "-x"'],
  ])('%j is refused', async (words, message) => {
    const { code, err } = await run(words, [connect]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  test('-h is help unless the command has another use for it', async () => {
    expect((await run(['connect', '-h', '--help'], [connect])).out).toBe('');
    expect((await run(['connect', '--help'], [connect])).out).toContain('-h, --host HOST');
  });
});

describe('the table that ships', () => {
  test('names each command once, in at most two words', () => {
    const names = SHOWN.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[a-z]+( [a-z]+)?$/.test(name) || name.startsWith('help'))).toEqual([]);
  });

  test.each(SHOWN.map((command): [string, Command] => [command.name, command]))(
    'has help for `%s` that fits a terminal and names all it takes',
    async (name, command) => {
      const { code, out } = await run([...name.split(' '), '--help'], COMMANDS);
      expect(code).toBe(0);
      expect(out.split('\n').filter((line) => line.length > 100)).toEqual([]);
      for (const option of Object.keys(command.options)) expect(out).toContain(`--${option}`);
      for (const positional of command.positionals) expect(out).toContain(positional.name);
      // Only the last positional may take all that is left, and none may be required after one that is not.
      expect(command.positionals.slice(0, -1).filter(({ repeated }) => repeated === true)).toEqual([]);
      const required = command.positionals.map((positional) => positional.required);
      expect(required).toEqual([...required].sort((left, right) => Number(right) - Number(left)));
    },
  );

  test('refuses an unknown option of a command that takes none', async () => {
    const { code, err } = await run(['version', '--verbose'], COMMANDS);
    expect(code).toBe(2);
    expect(err).toContain('quorate version: unknown option --verbose');
  });
});
