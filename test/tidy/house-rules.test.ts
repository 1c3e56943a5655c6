/** House rules that no linter knows. Each names the files that break it. */
import { describe, expect, test } from '@jest/globals';
import { filesUnder } from './source-files.ts';

const LINES_MAX = 450;

const shipped = filesUnder('src', ['.ts']);
const written = ['src', 'test', 'scripts', 'charts', 'crds', 'examples', 'docs', '.ci'].flatMap((folder) =>
  filesUnder(folder, ['']).filter(({ path }) => !path.endsWith('.sum') && !path.startsWith('test/tidy/')),
);

/** `path:line: text` of each line that matches. */
function linesWith(files: readonly { readonly path: string; readonly text: string }[], pattern: RegExp): readonly string[] {
  return files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );
}

test('there is something to look at', () => {
  expect(shipped.length).toBeGreaterThan(50);
  expect(written.length).toBeGreaterThan(shipped.length);
});

test(`a file fits an afternoon: at most ${LINES_MAX} lines`, () => {
  const long = shipped
    .map(({ path, text }) => ({ path, lines: text.split('\n').length }))
    .filter(({ lines }) => lines > LINES_MAX);
  expect(long).toEqual([]);
});

test('files are named in kebab-case', () => {
  expect(shipped.map(({ path }) => path).filter((path) => !/^([a-z0-9-]+\/)+[a-z0-9-]+\.ts$/.test(path))).toEqual([]);
});

test('only src/main.ts reads the environment', () => {
  const others = shipped.filter(({ path }) => path !== 'src/main.ts');
  expect(linesWith(others, /\bprocess\s*\.\s*env\b|\bimport\s*\{[^}]*\benv\b[^}]*\}\s*from\s*'(node:)?process'/)).toEqual([]);
});

describe('what is unfinished does not land', () => {
  test.each([
    ['promises', /\b(TODO|FIXME|XXX|HACK|TBD|WIP)\b/],
    ['stand-ins', /\b(not (yet )?implemented|placeholder|dummy implementation|coming soon)\b/i],
  ])('%s', (_, pattern) => {
    expect(linesWith(written, pattern)).toEqual([]);
  });

  test('tests that are skipped, focused or left for later', () => {
    const tests = filesUnder('test', ['.ts']).filter(({ path }) => !path.startsWith('test/tidy/'));
    expect(
      linesWith(tests, /\b(test|it|describe)\s*\.\s*(skip|only|todo|failing)\b|\b(xit|xtest|xdescribe|fit|fdescribe)\s*\(/),
    ).toEqual([]);
  });
});

describe('the compiler and the linter are never talked out of it', () => {
  test.each([
    ['directives', /@ts-(ignore|nocheck|expect-error)|eslint-disable/],
    ['double casts', /\bas unknown as\b/],
  ])('%s', (_, pattern) => {
    expect(linesWith(shipped, pattern)).toEqual([]);
  });
});
