/** From the words after `quorate` to an exit code: finds the command, prints help, refuses what no command takes, runs the rest. */
import { refuse, succeed } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { nearest, parseArguments } from './arguments.ts';
import { EXIT_DONE, EXIT_FAILED, EXIT_USAGE, UsageError } from './command.ts';
import type { Command, CommandContext, ExitCode } from './command.ts';
import { commandHelp, groupHelp, overview } from './help.ts';

const HELP_WORDS = ['--help', '-h'];

/** Never rejects: what a command throws is printed to stderr, with its stack when QUORATE_LOG_LEVEL is debug or trace. */
export async function runCommandLine(
  commands: readonly Command[],
  words: readonly string[],
  context: CommandContext,
): Promise<ExitCode> {
  const [first, ...rest] = words;
  if (first === undefined) {
    context.stderr.write(overview(commands));
    return EXIT_USAGE;
  }
  if (first === 'help' || HELP_WORDS.includes(first)) return printHelp(commands, rest, context);
  const found = findCommand(commands, words);
  if (!found.ok) {
    const wantsHelp = words.some((word) => HELP_WORDS.includes(word)) && groupOf(commands, first).length > 0;
    if (wantsHelp) return printHelp(commands, [first], context);
    context.stderr.write(`quorate: ${found.reason}\n`);
    return EXIT_USAGE;
  }
  const { command, given } = found.value;
  const options = given.includes('--') ? given.slice(0, given.indexOf('--')) : given;
  if (options.some((word) => HELP_WORDS.includes(word))) {
    context.stdout.write(commandHelp(command));
    return EXIT_DONE;
  }
  return runCommand(command, given, context);
}

async function runCommand(command: Command, words: readonly string[], context: CommandContext): Promise<ExitCode> {
  const fail = (message: string, code: ExitCode): ExitCode => {
    context.stderr.write(`quorate ${command.name}: ${message}\n`);
    return code;
  };
  const hint = `\n\`quorate ${command.name} --help\` says what it takes`;
  const given = parseArguments(command, words);
  if (!given.ok) return fail(given.reason + hint, EXIT_USAGE);
  try {
    return await command.run(given.value, context);
  } catch (error) {
    if (error instanceof UsageError) return fail(error.message + hint, EXIT_USAGE);
    if (!(error instanceof Error)) throw error;
    const level = context.env['QUORATE_LOG_LEVEL'];
    return fail(level === 'debug' || level === 'trace' ? (error.stack ?? error.message) : error.message, EXIT_FAILED);
  }
}

function printHelp(commands: readonly Command[], words: readonly string[], context: CommandContext): ExitCode {
  const [first] = words;
  if (first === undefined) {
    context.stdout.write(overview(commands));
    return EXIT_DONE;
  }
  const group = groupOf(commands, first);
  const found = findCommand(commands, words);
  if (!found.ok && group.length === 0) {
    context.stderr.write(`quorate: ${found.reason}\n`);
    return EXIT_USAGE;
  }
  context.stdout.write(found.ok ? commandHelp(found.value.command) : groupHelp(first, group));
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
