/** docs/TRAPS.md names the tests that hold us out of each trap: they exist, in the file that is given. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import ts from 'typescript';

const TRAPS = 24;

interface Row {
  readonly cells: readonly string[];
  readonly held: string;
}

const rows: readonly Row[] = readFileSync('docs/TRAPS.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && line.includes('`test/'))
  .map((line) => line.split(' | '))
  .map((cells) => ({ cells, held: cells.at(-1) ?? '' }));

interface Reference {
  readonly file: string;
  /** Null for a transcript, which is one story. */
  readonly name: string | null;
}

function referencesIn(held: string): Reference[] {
  return held.split('<br>').map((each) => {
    const [, file = each, name = null] = /`(test\/[^`]+)`(?: “(.+)”)?/.exec(each) ?? [];
    return { file, name };
  });
}

const namesByFile = new Map<string, Set<string>>();

/** The names of the tests in a file, as they are written: those of a table with its placeholders. */
function testsIn(file: string): Set<string> {
  const known = namesByFile.get(file);
  if (known) return known;
  const names = new Set<string>();
  namesByFile.set(file, names);
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^test\b/.test(node.expression.getText())) {
      const [first] = node.arguments;
      if (first && ts.isStringLiteralLike(first)) names.add(first.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2023, true));
  return names;
}

function isThere({ file, name }: Reference): boolean {
  if (!existsSync(file)) return false;
  return name === null ? file.startsWith('test/transcripts/raft/') : testsIn(file).has(name);
}

test(`traps 1 to ${TRAPS} are all there, each once, and others' bugs beside them`, () => {
  const numbers = rows.map(({ cells }) => Number(cells[0]?.slice(2))).filter((number) => !Number.isNaN(number));
  expect(numbers).toEqual(Array.from({ length: TRAPS }, (_, position) => position + 1));
  expect(rows.length).toBeGreaterThan(TRAPS + 10);
});

describe('every row names how it is met, and tests that are there', () => {
  test.each(rows.map(({ cells, held }) => [cells.slice(0, 2).join(' ').slice(2, 80), cells, held] as const))(
    '%s',
    (_, cells, held) => {
      expect(cells).toHaveLength(4);
      const references = referencesIn(held);
      expect(references.length).toBeGreaterThan(0);
      expect(references.filter((each) => !isThere(each))).toEqual([]);
    },
  );
});

test('a test that there is not is missed', () => {
  expect(isThere({ file: 'test/tidy/traps.test.ts', name: 'a test that there is not is missed' })).toBe(true);
  expect(isThere({ file: 'test/tidy/traps.test.ts', name: 'a test that there is not' })).toBe(false);
  expect(isThere({ file: 'test/tidy/nowhere.test.ts', name: 'a test' })).toBe(false);
});
