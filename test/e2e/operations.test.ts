/** What befalls a cluster after its first day (test/scenarios/operations.ts), on a real cluster. */
import { jest } from '@jest/globals';
import { operations } from '../scenarios/operations.ts';
import { KIND } from './support/kubernetes.ts';

jest.setTimeout(600_000);

operations(KIND, { writesMin: 500 });
