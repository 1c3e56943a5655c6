/** The pages that begin with Helm: it takes over the operator that was installed without it. */
import { test } from '@jest/globals';
import { readChart, readFiveMinutes, readTour } from '../docs/cluster-pages.ts';
import { readerIn } from './world.ts';

test("the chart's README", async () => {
  await readChart(await readerIn('docs-chart'));
});

test('README.md', async () => {
  await readFiveMinutes(await readerIn('docs-readme'));
});

test('docs/tour.md', async () => {
  await readTour(await readerIn('docs-tour'));
});
