/** The commands that README and docs show: those of our own are read by the program's own parser, and those of others name what is there. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { optionWordsOf, parseArguments } from '../../../src/cli/arguments.ts';
import { filesUnder } from '../../tidy/source-files.ts';

const root = new URL('../../../', import.meta.url);
const pages = [
  { path: 'README.md', text: readFileSync(new URL('README.md', root), 'utf8') },
  ...filesUnder('docs', ['.md']).filter(({ path }) => path.startsWith('docs/')),
];

interface Shown {
  readonly path: string;
  readonly line: string;
}

/** Lines of blocks without a language, or of a console, where they are typed after `$ `. */
function commandsIn({ path, text }: { readonly path: string; readonly text: string }): readonly Shown[] {
  const blocks = [...text.matchAll(/^```(console|sh|bash)?\n(.*?)^```$/gms)];
  return blocks.flatMap(([, language, block = '']) =>
    block
      .split('\n')
      .filter((line) => language !== 'console' || line.startsWith('$ '))
      .map((line) => ({
        path,
        line: line
          .replace(/^\$ /, '')
          .replace(/\s+#.*$/, '')
          .trim(),
      }))
      .filter(({ line }) => line !== ''),
  );
}

/** As a shell splits them, as far as our pages go: words, and quotes around words. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, plain]) => double ?? single ?? plain ?? '');
}

const shown = pages.flatMap(commandsIn);
const inline = pages.flatMap(({ path, text }) =>
  [...text.matchAll(/`((?:kubectl )?quorate [a-z][^`<…]*)`/g)].map(([, line = '']) => ({ path, line })),
);

const own = [...shown, ...inline].flatMap(({ path, line }) => {
  const words = /^(?:source <\()?(?:kubectl )?quorate ([^>)|]*)/.exec(line)?.[1];
  return words === undefined ? [] : [{ path, words: words.trim() }];
});

describe('commands of ours', () => {
  test('are shown', () => {
    expect(own.length).toBeGreaterThan(20);
  });

  test.each(own.map(({ path, words }): [string, string] => [path, words]))('%s: quorate %s', (_, text) => {
    const words = wordsOf(text);
    const [first = '', second = ''] = words;
    const known = (name: string) => COMMANDS.find((command) => command.name === name);
    if (first === 'help') {
      if (second !== '') expect(COMMANDS.some(({ name }) => name.split(' ')[0] === second)).toBe(true);
      return;
    }
    const command = known(`${first} ${second}`) ?? known(first);
    if (command === undefined) {
      // The name of a group, or of the program's part, stands alone.
      expect([text, COMMANDS.some(({ name }) => name.startsWith(`${first} `)) && words.length === 1]).toEqual([text, true]);
      return;
    }
    const given = words.slice(command.name.split(' ').length);
    // A name in running text may stand without its arguments; what is given has to be right.
    const isBare = given.length === 0 || optionWordsOf(command, given).includes('--help');
    const parsed = parseArguments(command, given);
    expect([text, isBare || parsed.ok, parsed.ok ? '' : parsed.reason]).toEqual([
      text,
      true,
      isBare && !parsed.ok ? parsed.reason : '',
    ]);
  });
});

test('`make` is asked for targets that it has', () => {
  const makefile = readFileSync(new URL('Makefile', root), 'utf8');
  const targets = new Set([...makefile.matchAll(/^([a-z0-9-]+):/gm)].map(([, target]) => target));
  const asked = shown.flatMap(({ path, line }) =>
    (/^make ([a-z0-9-]+)/.exec(line)?.[1] ?? []).length === 0 ? [] : [[path, /^make ([a-z0-9-]+)/.exec(line)?.[1]]],
  );
  expect(asked.length).toBeGreaterThan(1);
  for (const [path, target] of asked) expect([path, target, targets.has(target)]).toEqual([path, target, true]);
});

test('files and pages that are named are there', () => {
  const files = shown.flatMap(({ path, line }) =>
    [...line.matchAll(/\b(?:examples|charts|docs)\/[\w./-]+/g)].map(([file]) => [path, file]),
  );
  const links = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => [
      path,
      new URL(target, new URL(path, root)).pathname,
    ]),
  );
  expect(links.length).toBeGreaterThan(20);
  for (const [path, file = ''] of [...files, ...links]) {
    expect([path, file, existsSync(new URL(file, root))]).toEqual([path, file, true]);
  }
});

test('links to a heading lead to one that is there', () => {
  const anchors = (text: string): ReadonlySet<string> =>
    new Set(
      [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
        title
          .toLowerCase()
          .replaceAll(/[^\w\s-]/g, '')
          .trim()
          .replaceAll(' ', '-'),
      ),
    );
  for (const { path, text } of pages) {
    for (const [, target = '', anchor = ''] of text.matchAll(/\]\((?!https?:)([^)#]*)#([^)]+)\)/g)) {
      const page = target === '' ? text : readFileSync(new URL(target, new URL(path, root)), 'utf8');
      expect([path, `${target}#${anchor}`, anchors(page).has(anchor)]).toEqual([path, `${target}#${anchor}`, true]);
    }
  }
});
