/** COMMAND: what this member answers. The words of documentation are left to clients: DOCS is empty, and redis-cli falls back to its own. */
import type { CommandInformation } from '../../keyspace/command-table.ts';
import { matchesGlob } from '../../keyspace/glob.ts';
import { NULL_ARRAY, arrayReply, bulkReply, errorReply, integerReply } from '../../shared/reply.ts';
import type { Reply } from '../../shared/reply.ts';
import { SYNTAX_ERROR, container, fitsArity, helpReply } from './local-command.ts';
import type { Handler } from './local-command.ts';

export type CommandCatalogue = ReadonlyMap<string, CommandInformation>;

const PATTERN_BYTES_MAX = 1024;

/** As Redis 7 describes a command; categories, tips, key specifications and subcommands are left empty. */
function description(command: CommandInformation): Reply {
  const simple = (text: string): Reply => ({ type: 'simple', text });
  const nothing = { type: 'set', items: [] } as const;
  return arrayReply([
    bulkReply(command.name),
    integerReply(command.arity),
    { type: 'set', items: command.flags.map(simple) },
    integerReply(command.firstKey),
    integerReply(command.lastKey),
    integerReply(command.step),
    nothing,
    nothing,
    nothing,
    nothing,
  ]);
}

function nameOf(word: Buffer | undefined): string {
  return word?.toString('latin1', 0, 128).toLowerCase() ?? '';
}

function keysOf(catalogue: CommandCatalogue, words: readonly Buffer[]): Reply {
  const command = catalogue.get(nameOf(words[0]));
  if (!command) return errorReply('ERR Invalid command specified');
  if (command.firstKey === 0) return errorReply('ERR The command has no key arguments');
  if (!fitsArity(command.arity, words.length)) return errorReply('ERR Invalid number of arguments specified for command');
  const last = command.lastKey >= 0 ? command.lastKey : words.length + command.lastKey;
  const keys: Reply[] = [];
  for (let at = command.firstKey; at <= last; at += command.step) {
    const key = words[at];
    if (key !== undefined) keys.push(bulkReply(key));
  }
  return arrayReply(keys);
}

function list(catalogue: CommandCatalogue, words: readonly Buffer[]): Reply {
  let names = [...catalogue.keys()];
  const [, , filterBy, kind, value] = words;
  if (filterBy !== undefined) {
    if (nameOf(filterBy) !== 'filterby' || value === undefined || words.length > 5) return SYNTAX_ERROR;
    const wanted = value.toString('latin1', 0, PATTERN_BYTES_MAX).toLowerCase();
    // There are no modules, and no access lists beside the one user: nothing is in a category.
    if (nameOf(kind) === 'pattern') names = names.filter((name) => matchesGlob(wanted, name));
    else if (nameOf(kind) === 'module' || nameOf(kind) === 'aclcat') names = [];
    else return SYNTAX_ERROR;
  }
  return arrayReply(names.map((name) => bulkReply(name)));
}

const helpLines = [
  '(no subcommand)',
  '    Return details about all commands.',
  'COUNT',
  '    Return the total number of commands.',
  'DOCS [<command-name> ...]',
  '    Return an empty map: clients have their own documentation.',
  'GETKEYS <full-command>',
  '    Return the keys from a full command.',
  'INFO [<command-name> ...]',
  '    Return details about multiple commands.',
  'LIST [FILTERBY (MODULE <name>|ACLCAT <category>|PATTERN <pattern>)]',
  '    Return the names of all commands.',
];

/** @param catalogue asked at each call, because COMMAND stands in it as well */
export function commandCommand(catalogue: () => CommandCatalogue): Handler {
  const describeAll = (): Reply => arrayReply([...catalogue().values()].map(description));
  const describe: Handler = (_context, words) => {
    if (words.length === 2) return describeAll();
    const found = words.slice(2).map((word) => catalogue().get(nameOf(word)));
    return arrayReply(found.map((command) => (command ? description(command) : NULL_ARRAY)));
  };
  const subcommands: Handler = container(
    'command',
    new Map<string, { readonly arity: number; readonly run: Handler }>([
      ['count', { arity: 2, run: () => integerReply(catalogue().size) }],
      ['docs', { arity: -2, run: () => ({ type: 'map', entries: [] }) }],
      ['getkeys', { arity: -4, run: (_context, words) => keysOf(catalogue(), words.slice(2)) }],
      ['help', { arity: 2, run: () => helpReply('command', helpLines) }],
      ['info', { arity: -2, run: describe }],
      ['list', { arity: -2, run: (_context, words) => list(catalogue(), words) }],
    ]),
  );
  return (context, words) => (words.length === 1 ? describeAll() : subcommands(context, words));
}
