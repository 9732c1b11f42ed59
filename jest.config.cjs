/** One runner, four projects: unit (pure); integration, e2e and browser (a real PostgreSQL cloned per file). */
const swc = JSON.parse(require('node:fs').readFileSync('.swcrc', 'utf8'));
const transform = { '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false }] };
const base = { testEnvironment: 'node', transform, moduleFileExtensions: ['ts', 'js', 'json'] };
/** What takes minutes by itself: `npm run test:long`, a step of .ci/run, runs these; `MATRIX=whole` asks every cell, too. */
const LONG =
  process.env.LONG === 'yes' || process.env.MATRIX === 'whole'
    ? []
    : [
        '/test/e2e/authorization/isolation.spec',
        '/test/e2e/robustness/malformed-input.spec',
        '/test/integration/embedded-postgres.spec',
        '/test/browser/(matter|sessions|worklist).spec',
      ];
module.exports = {
  // Jest would leave a core for itself and so, on two, run everything in one process that only grows.
  maxWorkers: '100%',
  workerIdleMemoryLimit: '1500MB',
  testTimeout: 60_000,
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/test/unit/**/*.spec.ts'] },
    {
      ...base,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/integration/**/*.spec.ts'],
      testPathIgnorePatterns: LONG,
      globalSetup: '<rootDir>/test/setup/global-setup.ts',
      globalTeardown: '<rootDir>/test/setup/global-teardown.ts',
    },
    {
      ...base,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/e2e/**/*.spec.ts'],
      testPathIgnorePatterns: LONG,
      globalSetup: '<rootDir>/test/setup/global-setup.ts',
      globalTeardown: '<rootDir>/test/setup/global-teardown.ts',
    },
    {
      ...base,
      displayName: 'browser',
      testMatch: ['<rootDir>/test/browser/**/*.spec.ts'],
      testPathIgnorePatterns: LONG,
      globalSetup: '<rootDir>/test/setup/global-setup.ts',
      globalTeardown: '<rootDir>/test/setup/global-teardown.ts',
    },
  ],
};
