import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { METRIC_NAMES } from '../../../src/node/metrics.ts';

test('docs/metrics.md explains every metric of the node, and no other', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../../docs/metrics.md'), 'utf8');
  const [, section = ''] = page.split(/^## /m);
  const explained = [...section.matchAll(/`(quorate_[a-z_]*[a-z])[`{]/g)]
    .map(([, name]) => name)
    .filter((name) => name !== 'quorate_raft');
  expect([...new Set(explained)].sort()).toEqual([...METRIC_NAMES].sort());
});
