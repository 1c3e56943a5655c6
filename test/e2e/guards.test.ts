/** What a cluster refuses, and how it stops (test/scenarios/guards.ts), on a real cluster. */
import { jest } from '@jest/globals';
import { guards } from '../scenarios/guards.ts';
import { KIND } from './support/kubernetes.ts';

jest.setTimeout(300_000);

guards(KIND);
