/** From the words after `quorate` to an exit code: finds the command, prints help, refuses what no command takes, runs the rest. */
import { refuse, succeed } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { nearest, optionWordsOf, parseArguments } from './arguments.ts';
import { CommandError, EXIT_DONE, EXIT_FAILED, EXIT_USAGE, UsageError } from './command.ts';
import type { Command, CommandContext, ExitCode } from './command.ts';
import { commandHelp, groupHelp, overview } from './help.ts';

const HELP_WORDS = ['--help', '-h'];

/** Never rejects: what a command throws is printed to stderr, with its stack when QUORATE_LOG_LEVEL is debug or trace. */
export async function runCommandLine(
  commands: readonly Command[],
  typed: readonly string[],
  context: CommandContext,
): Promise<ExitCode> {
  const words = commandFirst(commands, typed);
  const [first, ...rest] = words;
  const program = programOf(context);
  if (first === undefined) {
    context.stderr.write(overview(commands, program));
    return EXIT_USAGE;
  }
  if (first === 'help' || HELP_WORDS.includes(first)) return printHelp(commands, rest, context);
  const found = findCommand(commands, words);
  if (!found.ok) {
    const wantsHelp = words.some((word) => HELP_WORDS.includes(word)) && groupOf(commands, first).length > 0;
    if (wantsHelp) return printHelp(commands, [first], context);
    context.stderr.write(`${program}: ${found.reason}\n`);
    return EXIT_USAGE;
  }
  const { command, given } = found.value;
  if (asksForHelp(command, given)) {
    context.stdout.write(commandHelp(command, program));
    return EXIT_DONE;
  }
  return runCommand(command, given, context);
}

function programOf({ program = 'quorate' }: CommandContext): string {
  return program;
}

/** `-h` is help unless the command has another use for it; words that belong to somebody else are not looked at. */
function asksForHelp(command: Command, given: readonly string[]): boolean {
  const isTaken = Object.values(command.options).some(({ short }) => short === 'h');
  const asking = isTaken ? ['--help'] : HELP_WORDS;
  return optionWordsOf(command, given).some((word) => asking.includes(word));
}

/** `-n shop status` is `status -n shop`: options that every command of the plugin takes may stand before its name. */
function commandFirst(commands: readonly Command[], words: readonly string[]): readonly string[] {
  const plugin = commands.filter(({ isPlugin }) => isPlugin === true);
  const shared = plugin[0] === undefined ? [] : Object.entries(plugin[0].options);
  const isShared = (name: string): boolean => plugin.every(({ options }) => Object.hasOwn(options, name));
  let at = 0;
  for (let word = words[at]; word?.startsWith('-') === true; word = words[at]) {
    const [written = ''] = word.split('=');
    const option = shared.find(
      ([name, { short }]) => written === `--${name}` || (short !== undefined && written === `-${short}`),
    );
    if (option === undefined || !isShared(option[0])) break;
    at += option[1].value !== null && word === written ? 2 : 1;
  }
  const name = words[at];
  return at === 0 || name === undefined ? words : [name, ...words.slice(0, at), ...words.slice(at + 1)];
}

async function runCommand(command: Command, words: readonly string[], context: CommandContext): Promise<ExitCode> {
  const program = programOf(context);
  const fail = (message: string, code: ExitCode): ExitCode => {
    context.stderr.write(`${program} ${command.name}: ${message}\n`);
    return code;
  };
  const hint = `\n\`${program} ${command.name} --help\` says what it takes`;
  const given = parseArguments(command, words);
  if (!given.ok) return fail(given.reason + hint, EXIT_USAGE);
  try {
    return await command.run(given.value, context);
  } catch (error) {
    if (error instanceof UsageError) return fail(error.message + hint, EXIT_USAGE);
    if (!(error instanceof Error)) throw error;
    const code = error instanceof CommandError ? error.exitCode : EXIT_FAILED;
    const level = context.env['QUORATE_LOG_LEVEL'];
    return fail(level === 'debug' || level === 'trace' ? (error.stack ?? error.message) : error.message, code);
  }
}

function printHelp(commands: readonly Command[], words: readonly string[], context: CommandContext): ExitCode {
  const [first] = words;
  if (first === undefined) {
    context.stdout.write(overview(commands, programOf(context)));
    return EXIT_DONE;
  }
  const group = groupOf(commands, first);
  const found = findCommand(commands, words);
  if (!found.ok && group.length === 0) {
    context.stderr.write(`${programOf(context)}: ${found.reason}\n`);
    return EXIT_USAGE;
  }
  const program = programOf(context);
  context.stdout.write(found.ok ? commandHelp(found.value.command, program) : groupHelp(first, group, program));
  return EXIT_DONE;
}

function groupOf(commands: readonly Command[], first: string): readonly Command[] {
  return commands.filter(({ name }) => name.startsWith(`${first} `));
}

/** A command is named by one word or by two: `recover`, `snapshot save`. */
function findCommand(
  commands: readonly Command[],
  words: readonly string[],
): Result<{ readonly command: Command; readonly given: readonly string[] }, string> {
  const [first = '', second] = words;
  for (const count of [2, 1]) {
    const name = words.slice(0, count).join(' ');
    const command = commands.find((candidate) => candidate.name === name);
    if (command) return succeed({ command, given: words.slice(name.split(' ').length) });
  }
  const group = groupOf(commands, first);
  if (group.length > 0) {
    const names = group.map(({ name }) => name.slice(first.length + 1));
    const what = second === undefined || second.startsWith('-') ? 'needs a command' : `has no command "${second}"`;
    return refuse(`${first} ${what}: ${names.join(', ')}`);
  }
  const hint = nearest(first, [...new Set(commands.map(({ name }) => name.split(' ')[0] ?? name)), 'help']);
  return refuse(`unknown command "${first}"${hint}\n\`quorate help\` lists the commands`);
}
