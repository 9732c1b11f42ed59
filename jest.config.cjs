/** One runner, four projects: unit (pure); integration, e2e and browser (a real PostgreSQL cloned per file). */
const swc = JSON.parse(require('node:fs').readFileSync('.swcrc', 'utf8'));
const transform = { '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false }] };
const base = { testEnvironment: 'node', transform, moduleFileExtensions: ['ts', 'js', 'json'] };
/** What takes minutes by itself is left out of `npm test`; `npm run test:long`, a step of .ci/run, runs it. */
const LONG = [
  '/test/e2e/authorization/isolation.spec',
  '/test/e2e/robustness/malformed-input.spec',
  '/test/integration/embedded-postgres.spec',
  // Every page in every particular; whole journeys stay in `npm test`.
  '/test/browser/(?!journeys/|director|admin|shell|manual).*[.]spec[.]ts$',
];
/** Asks a sample in `npm test`, everybody in the long run. */
const BOTH = ['/test/e2e/sessions/rings.spec'];
/** Takes the pictures of the manual: `npm run docs:manual`, nothing else. */
const PICTURES = process.env.WRITE_DOCS === 'yes' ? [] : ['/test/browser/manual-pictures.spec'];
const isLong = process.env.LONG === 'yes';

/** A project on a real PostgreSQL; each file has a clone of the database. */
const onDatabase = (displayName) => ({
  ...base,
  displayName,
  ...(isLong
    ? { testRegex: [...LONG, ...BOTH].filter((path) => path.startsWith(`/test/${displayName}/`)) }
    : { testMatch: [`<rootDir>/test/${displayName}/**/*.spec.ts`], testPathIgnorePatterns: [...LONG, ...PICTURES] }),
  globalSetup: '<rootDir>/test/setup/global-setup.ts',
  globalTeardown: '<rootDir>/test/setup/global-teardown.ts',
});

module.exports = {
  // Jest would leave a core for itself and so, on two, run everything in one process that only grows.
  maxWorkers: '100%',
  workerIdleMemoryLimit: '1500MB',
  testTimeout: 60_000,
  projects: [
    ...(isLong
      ? []
      : [
          {
            ...base,
            displayName: 'unit',
            testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/test/unit/**/*.spec.ts'],
          },
        ]),
    ...['integration', 'e2e', 'browser'].map(onDatabase),
  ],
};
