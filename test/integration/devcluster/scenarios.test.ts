/** The scenarios of `make e2e` (test/scenarios), on a devcluster: the operator and the members as they ship, without kubectl, Helm or an engine. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, jest } from '@jest/globals';
import { guards } from '../../scenarios/guards.ts';
import { lifecycle } from '../../scenarios/lifecycle.ts';
import { operations } from '../../scenarios/operations.ts';
import { DevclusterKubernetes } from '../../support/devcluster-kubernetes.ts';

jest.setTimeout(300_000);

const kubernetes = new DevclusterKubernetes();
const histories = mkdtempSync(join(tmpdir(), 'quorate-histories-'));

beforeAll(() => kubernetes.start(), 120_000);
afterAll(async () => {
  await kubernetes.stop();
  rmSync(histories, { recursive: true, force: true });
}, 60_000);

lifecycle(kubernetes, { writesMin: 1000, histories });
operations(kubernetes, { writesMin: 300 });
guards(kubernetes);
