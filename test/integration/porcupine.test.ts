/** Two judges of histories, written apart, in two languages: ours, and porcupine with a model in Go. They must agree. */
import { expect, jest, test } from '@jest/globals';
import { KNOWN_HISTORIES } from '../support/history/known-histories.ts';
import { buildPorcupine, compareJudges } from '../support/history/porcupine.ts';
import { assortedHistories } from '../support/history/random-history.ts';

/** The first build fetches and compiles porcupine. */
jest.setTimeout(300_000);

test('the Go program builds', async () => {
  await buildPorcupine();
});

test('both judges know the named histories, good and bad', async () => {
  const good = KNOWN_HISTORIES.filter(({ isLinearizable }) => isLinearizable);
  expect(await compareJudges(KNOWN_HISTORIES.map(({ history }) => history))).toEqual({
    linearizable: good.length,
    notLinearizable: KNOWN_HISTORIES.length - good.length,
    disagreements: [],
  });
});

test('both judges agree on histories drawn at random, of which both kinds occur', async () => {
  const { linearizable, notLinearizable, disagreements } = await compareJudges(assortedHistories(200));
  expect(disagreements).toEqual([]);
  expect(linearizable).toBeGreaterThan(50);
  expect(notLinearizable).toBeGreaterThan(30);
});
