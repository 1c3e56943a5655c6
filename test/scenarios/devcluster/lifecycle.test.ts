/** The life of one StorageCluster (test/scenarios/lifecycle.ts) on a devcluster. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, jest } from '@jest/globals';
import { lifecycle } from '../lifecycle.ts';
import { startedDevcluster } from './kubernetes.ts';

jest.setTimeout(300_000);

const histories = mkdtempSync(join(tmpdir(), 'quorate-histories-'));
afterAll(() => rmSync(histories, { recursive: true, force: true }));

lifecycle(startedDevcluster(), { writesMin: 1000, histories });
