/**
 * Fenced blocks of our Markdown, and how a block of commands is read:
 *
 * - `console`: a line that begins with `$ ` is a command (a `\` at its end goes on with the next line); the lines below, up to the next command,
 *   are what it prints. Where none are shown, anything goes. `…` stands for any text within a line, alone on a line for any number of lines,
 *   and columns may be as wide as they like.
 * - `sh`: a script, run whole; nothing is shown of what it prints.
 *
 * A block of another language shows something that is not run.
 */
import { readdirSync, readFileSync } from 'node:fs';

export interface Block {
  /** Path from the root of the repository. */
  readonly page: string;
  /** Of the section that it stands in; empty before the first. */
  readonly heading: string;
  /** 1-based: where its fence opens. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

export interface Command {
  readonly command: string;
  /** Null: not shown. */
  readonly expected: string | null;
}

const COMMAND_LANGUAGES: readonly string[] = ['console', 'sh'];

export function isOfCommands({ language }: Block): boolean {
  return COMMAND_LANGUAGES.includes(language);
}

/** Pages that people read: the README and those in docs/. */
export function pages(): readonly string[] {
  const names = readdirSync('docs').filter((name) => name.endsWith('.md'));
  return ['README.md', 'charts/quorate/README.md', ...names.sort().map((name) => `docs/${name}`)];
}

export function blocksOf(page: string): readonly Block[] {
  return blocksIn(page, readFileSync(page, 'utf8'));
}

export function blocksIn(page: string, markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  let heading = '';
  let open: { readonly line: number; readonly language: string; readonly lines: string[] } | null = null;
  for (const [index, line] of markdown.split('\n').entries()) {
    if (open !== null) {
      if (line.startsWith('```')) {
        blocks.push({ page, heading, line: open.line, language: open.language, text: open.lines.join('\n') });
        open = null;
      } else open.lines.push(line);
    } else if (line.startsWith('```')) open = { line: index + 1, language: line.slice(3).trim(), lines: [] };
    else heading = /^#+ (?<text>.*)$/.exec(line)?.groups?.['text'] ?? heading;
  }
  return blocks;
}

/** @throws when the block shows output before any command */
export function commandsOf(block: Block): readonly Command[] {
  if (block.language === 'sh') return [{ command: block.text, expected: null }];
  const commands: { command: string; expected: string[] }[] = [];
  let goesOn = false;
  for (const line of block.text.split('\n')) {
    const last = commands.at(-1);
    if (goesOn && last !== undefined) last.command += `\n${line}`;
    else if (line.startsWith('$ ')) commands.push({ command: line.slice(2), expected: [] });
    else if (last !== undefined) last.expected.push(line);
    else throw new Error(`${block.page}:${block.line}: a console block begins with a command: "$ …"`);
    goesOn = (goesOn || line.startsWith('$ ')) && line.endsWith('\\');
  }
  return commands.map(({ command, expected }) => {
    const text = expected.join('\n').trim();
    return { command, expected: text === '' ? null : text };
  });
}

/** Whether what was printed is what the page shows. */
export function isAsShown(expected: string, printed: string): boolean {
  const lines = expected.split('\n').map((line) => {
    if (line.trim() === '…') return '(?:.*\\n)*?';
    const parts = line.trimEnd().split('…');
    return `${parts.map((part) => escaped(part).replace(/ {2,}/g, ' {2,}')).join('.*')} *\\n`;
  });
  return new RegExp(`^${lines.join('')}$`).test(`${printed.trimEnd()}\n`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
