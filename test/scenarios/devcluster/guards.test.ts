/** What a cluster refuses, and how it stops (test/scenarios/guards.ts), on a devcluster. */
import { jest } from '@jest/globals';
import { guards } from '../guards.ts';
import { startedDevcluster } from './kubernetes.ts';

jest.setTimeout(300_000);

guards(startedDevcluster());
