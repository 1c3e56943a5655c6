/** What befalls a cluster after its first day (test/scenarios/operations.ts), on a devcluster. */
import { jest } from '@jest/globals';
import { operations } from '../operations.ts';
import { startedDevcluster } from './kubernetes.ts';

jest.setTimeout(300_000);

operations(startedDevcluster(), { writesMin: 300 });
