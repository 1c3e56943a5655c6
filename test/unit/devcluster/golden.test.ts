/** The model answers each call of `test/golden` as the real API server did when the answers were recorded. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { linesOf, uncovered } from '../../support/golden/coverage.ts';
import { ModelServer } from '../../support/golden/model-server.ts';
import { goldenAnswers, play } from '../../support/golden/play.ts';
import { callLists, COVERAGE_PATH } from '../../support/golden/steps.ts';

test('the calls cover what operator, kubectl, plugin and Helm asked of the API server when that was recorded', () => {
  const recorded = linesOf(readFileSync(COVERAGE_PATH, 'utf8'));
  expect(recorded.length).toBeGreaterThan(500);
  expect(uncovered(recorded, callLists())).toEqual([]);
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
