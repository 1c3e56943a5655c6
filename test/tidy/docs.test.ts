/** What the pages show is run: every block of commands belongs to a session, and every session to a test. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { blocksIn, blocksOf, commandsOf, isAsShown, isOfCommands, pages } from '../docs/blocks.ts';
import { blocksOfSession, NOWHERE, SESSIONS } from '../docs/sessions.ts';

/** Shown, and nothing to run. */
const SHOWN: readonly string[] = ['yaml', 'json', 'mermaid', 'text'];

const blocks = pages().flatMap(blocksOf);
const place = ({ page, line }: { readonly page: string; readonly line: number }): string => `${page}:${line}`;

test('there are pages with commands', () => {
  expect(blocks.filter(isOfCommands).length).toBeGreaterThan(10);
});

test('every block says what it is: commands (console, sh), or something that is shown', () => {
  const others = blocks.filter((block) => !isOfCommands(block) && !SHOWN.includes(block.language));
  expect(others.map((block) => `${place(block)}: ${JSON.stringify(block.language)}`)).toEqual([]);
});

test('every block of commands is run by a test, or said to run nowhere, with the reason', () => {
  const run = new Set(SESSIONS.flatMap(blocksOfSession).map(place));
  const isExcused = ({ page, heading }: { readonly page: string; readonly heading: string }): boolean =>
    NOWHERE.some((each) => each.page === page && each.heading === heading && each.why !== '');
  expect(blocks.filter((block) => isOfCommands(block) && !run.has(place(block)) && !isExcused(block)).map(place)).toEqual([]);
});

test.each(SESSIONS)('$name: its sections are there, and its test reads it', ({ name, page, headings, test: file }) => {
  const found = blocksOf(page).filter(isOfCommands);
  expect(headings.filter((heading) => !found.some((block) => block.heading === heading))).toEqual([]);
  expect(readFileSync(file, 'utf8')).toContain(`'${name}'`);
});

test('no excuse for what is not there', () => {
  const isThere = ({ page, heading }: { readonly page: string; readonly heading: string }): boolean =>
    blocks.some((block) => isOfCommands(block) && block.page === page && block.heading === heading);
  expect(NOWHERE.filter((each) => !isThere(each))).toEqual([]);
});

describe('how a page is read', () => {
  test('blocks know their section, and commands their output', () => {
    const [block, script] = blocksIn('a.md', '# A\n\n```console\n$ one \\\n  two\nout\n\n$ three\n```\n## B\n```sh\nx\ny\n```\n');
    expect(block).toMatchObject({ heading: 'A', line: 3, language: 'console' });
    expect(block === undefined ? [] : commandsOf(block)).toEqual([
      { command: 'one \\\n  two', expected: 'out' },
      { command: 'three', expected: null },
    ]);
    expect(script === undefined ? [] : commandsOf(script)).toEqual([{ command: 'x\ny', expected: null }]);
    expect(script?.heading).toBe('B');
  });

  test.each([
    ['a', 'a\n', true],
    ['a', 'b\n', false],
    ['a', 'a\nb\n', false],
    ['NAME   AGE\nx      …', 'NAME     AGE\nx        3s\n', true],
    ['NAME   AGE\nx      …', 'NAMEAGE\nx        3s\n', false],
    ['first\n…\nlast', 'first\nlast\n', true],
    ['first\n…\nlast', 'first\n2\n3\nlast\n', true],
    ['first\n…\nlast', 'first\n2\n3\n', false],
    ['a.c (…)', 'a.c (7)\n', true],
    ['a.c', 'abc\n', false],
  ])('%j shows %j: %s', (expected, printed, is) => {
    expect(isAsShown(expected, printed)).toBe(is);
  });

  test('a console block that begins with output is refused', () => {
    expect(() => blocksIn('a.md', '```console\nout\n```\n').map(commandsOf)).toThrow('a.md:1');
  });
});
