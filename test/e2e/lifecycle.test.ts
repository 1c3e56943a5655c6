/** The life of one StorageCluster (test/scenarios/lifecycle.ts) on a real cluster. */
import { jest } from '@jest/globals';
import { lifecycle } from '../scenarios/lifecycle.ts';
import { RECORDED_HISTORIES } from '../support/history/porcupine.ts';
import { KIND } from './support/kubernetes.ts';

jest.setTimeout(600_000);

lifecycle(KIND, { writesMin: 2000, histories: RECORDED_HISTORIES });
