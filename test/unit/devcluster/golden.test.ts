/** The model answers each call of `test/golden` as the real API server did when the answers were recorded. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { coveredBy, linesOf, notCompared, uncovered } from '../../support/golden/coverage.ts';
import { ModelServer } from '../../support/golden/model-server.ts';
import { goldenAnswers, play } from '../../support/golden/play.ts';
import { callLists, USED_FOLDER } from '../../support/golden/steps.ts';

const recorded = new Map(
  readdirSync(USED_FOLDER).map((file) => [file, linesOf(readFileSync(join(USED_FOLDER, file), 'utf8'))] as const),
);

describe('the calls cover what operator, kubectl, plugin and Helm asked of the API server when that was recorded', () => {
  test.each([...recorded])('in the tests of %s', (file, lines) => {
    expect(lines.length).toBeGreaterThan(file === 'e2e.txt' ? 500 : 20);
    expect(uncovered(lines, callLists())).toEqual([]);
  });

  test('or it is an exception, which the programs need, which no call covers, and which a test asks of a devcluster', () => {
    const used = new Set([...recorded.values()].flat());
    const covered = coveredBy(callLists());
    for (const { lines, tests } of notCompared()) {
      expect(lines.filter((line) => !used.has(line) || covered.has(line))).toEqual([]);
      for (const { file, name } of tests) expect(readFileSync(file, 'utf8').replaceAll('\\', '')).toContain(`test('${name}'`);
    }
  });
});

describe('golden answers', () => {
  test.each(callLists().map((list) => [list.name, list] as const))('the model answers %s as the real one', async (name, list) => {
    const server = await ModelServer.start();
    try {
      expect(await play(server, list)).toEqual(goldenAnswers(name));
    } finally {
      server.stop();
    }
  });
});
