/** What may stand at the cursor: pure, from the table of commands. Names that only the cluster knows are asked for by whoever can. */
import type { Command, OptionSpec } from '../command.ts';

export interface Candidate {
  readonly word: string;
  readonly summary: string;
}

/** `names`: of this kind, to be looked up. `files`: the shell's own. */
export type Completion =
  | { readonly type: 'words'; readonly words: readonly Candidate[] }
  | { readonly type: 'names'; readonly kind: NameKind; readonly command: Command; readonly given: readonly string[] }
  | { readonly type: 'files' };

export const NAME_KINDS = ['CLUSTER', 'MEMBER', 'TARGET', 'NAMESPACE', 'CONTEXT'] as const;
export type NameKind = (typeof NAME_KINDS)[number];

const fixed: Readonly<Partial<Record<string, readonly string[]>>> = {
  FORMAT: ['json', 'yaml'],
  SHELL: ['bash', 'zsh', 'fish'],
};

/** @param words after the program's name; the last one is the one at the cursor, and may be empty */
export function completionOf(commands: readonly Command[], typed: readonly string[]): Completion {
  const words = withoutEqualSigns(typed);
  const current = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const shown = commands.filter(({ isHidden }) => isHidden !== true);
  const command = commandIn(shown, before);
  if (command === null) return wordsOf(commandWords(shown, before), current);
  const given = before.slice(command.name.split(' ').length);
  const pending = pendingOption(command, given);
  if (pending !== null) return valueOf(pending.value ?? '', current, command, given);
  if (isAfterPlainWords(command, given)) return { type: 'words', words: [] };
  if (current.startsWith('-')) return wordsOf(optionWords(command, given), current);
  const positional =
    command.positionals[plainWords(command, given).length] ?? command.positionals.findLast(({ repeated }) => repeated === true);
  return positional === undefined ? wordsOf([], current) : valueOf(positional.name, current, command, given);
}

/** Bash breaks `--output=json` into three words. */
function withoutEqualSigns(words: readonly string[]): readonly string[] {
  const kept = words.filter((word, at) => word !== '=' || words[at - 1]?.startsWith('--') !== true);
  return words.at(-1) === '=' ? [...kept, ''] : kept;
}

function commandIn(commands: readonly Command[], words: readonly string[]): Command | null {
  const twoWords = words.slice(0, 2).join(' ');
  return commands.find(({ name }) => name === twoWords) ?? commands.find(({ name }) => name === words[0]) ?? null;
}

function commandWords(commands: readonly Command[], before: readonly string[]): readonly Candidate[] {
  const [group] = before;
  if (group === 'help') return before.length === 1 ? firstWords(commands) : [];
  if (group === undefined) return [...firstWords(commands), { word: 'help', summary: 'what a command takes' }];
  return commands
    .filter(({ name }) => before.length === 1 && name.startsWith(`${group} `))
    .map(({ name, summary }) => ({ word: name.slice(group.length + 1), summary }));
}

/** A group of commands, such as `snapshot`, is offered once. */
function firstWords(commands: readonly Command[]): readonly Candidate[] {
  const words = new Map<string, string>();
  for (const { name, summary } of commands) {
    const [first = name] = name.split(' ');
    if (!words.has(first)) words.set(first, first === name ? summary : `${first} commands`);
  }
  return [...words].map(([word, summary]) => ({ word, summary }));
}

function specOf(command: Command, word: string): OptionSpec | null {
  const found = Object.entries(command.options).find(([name, { short }]) => word === `--${name}` || word === `-${short ?? ''}`);
  return found?.[1] ?? null;
}

/** The option whose value is at the cursor. */
function pendingOption(command: Command, given: readonly string[]): OptionSpec | null {
  const last = given.at(-1);
  const spec = last?.startsWith('-') === true ? specOf(command, last) : null;
  return spec === null || spec.value === null ? null : spec;
}

function plainWords(command: Command, given: readonly string[]): readonly string[] {
  return given.filter((word, at) => {
    const spec = specOf(command, given[at - 1] ?? '');
    return !word.startsWith('-') && (spec === null || spec.value === null);
  });
}

/** The words of a command for a storage node are not ours to complete. */
function isAfterPlainWords(command: Command, given: readonly string[]): boolean {
  const ownPositionals = command.positionals.filter(({ repeated }) => repeated !== true).length;
  return command.endsOptionsAtFirstWord === true && plainWords(command, given).length >= Math.max(ownPositionals, 1);
}

function optionWords(command: Command, given: readonly string[]): readonly Candidate[] {
  return Object.entries(command.options)
    .filter(
      ([name, { repeated, short }]) =>
        repeated === true || !given.some((word) => word === `--${name}` || word === `-${short ?? ''}`),
    )
    .map(([name, { summary }]) => ({ word: `--${name}`, summary }));
}

function valueOf(name: string, current: string, command: Command, given: readonly string[]): Completion {
  const kind = NAME_KINDS.find((known) => known === name) ?? (name === 'NAME' ? 'CONTEXT' : undefined);
  if (kind !== undefined) return { type: 'names', kind, command, given };
  const words = fixed[name];
  if (words !== undefined)
    return wordsOf(
      words.map((word) => ({ word, summary: '' })),
      current,
    );
  return name === 'FILE' ? { type: 'files' } : { type: 'words', words: [] };
}

function wordsOf(words: readonly Candidate[], current: string): Completion {
  return { type: 'words', words: words.filter(({ word }) => word.startsWith(current)) };
}

/** As shells and kubectl (`kubectl_complete-quorate`) read it: a word a line with its summary, and last what the shell may add. */
export function completionText(words: readonly Candidate[], files: boolean): string {
  const lines = words.map(({ word, summary }) => (summary === '' ? word : `${word}\t${summary}`));
  return `${[...lines, files ? ':0' : ':4'].join('\n')}\n`;
}
