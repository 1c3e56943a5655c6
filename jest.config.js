// What keeps the loop alive keeps the run alive, and is seen. Once nothing does, the process ends here: the teardown of Node 20 that would follow can spin
// for ever over what its child processes left (a test may have let an esbuild service go), after every report is written.
process.once('beforeExit', () => process.exit());

/** One project a tier: `make test` runs `unit`, `integration`, `scenarios` and, where there is a kubectl, `pages`; `make e2e` runs `e2e`, which needs a cluster. */
const common = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/scripts/jest-esbuild.cjs' },
  testEnvironment: 'node',
};

export default {
  coverageProvider: 'v8',
  // Only to tell a hang from a wait: a busy machine is no failure.
  testTimeout: 60_000,
  collectCoverageFrom: ['src/**/*.ts'],
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/{unit,tidy,transcripts,simulation,operator-simulation}/**/*.test.ts'],
    },
    { ...common, displayName: 'integration', testMatch: ['<rootDir>/test/integration/**/*.test.ts'] },
    { ...common, displayName: 'scenarios', testMatch: ['<rootDir>/test/scenarios/devcluster/**/*.test.ts'] },
    { ...common, displayName: 'pages', testMatch: ['<rootDir>/test/pages/**/*.test.ts'] },
    { ...common, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.test.ts'] },
    { ...common, displayName: 'e2e-features', testMatch: ['<rootDir>/test/e2e-features/**/*.test.ts'] },
    { ...common, displayName: 'endurance', testMatch: ['<rootDir>/test/endurance/**/*.test.ts'] },
  ],
};
