import { SCENARIOS } from './scenarios/all.ts';
import { testSampled } from './sampled.ts';

testSampled(SCENARIOS.filter((_, at) => at % 2 === 1));
