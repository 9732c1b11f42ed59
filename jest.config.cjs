/** One runner, four projects: unit (pure); integration, e2e and browser (a real PostgreSQL cloned per file). */
const { availableParallelism } = require('node:os');
const swc = JSON.parse(require('node:fs').readFileSync('.swcrc', 'utf8'));
const transform = { '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false }] };
const base = { testEnvironment: 'node', transform, moduleFileExtensions: ['ts', 'js', 'json'] };
/** What takes minutes by itself is left out of `npm test`; `npm run test:long`, a step of .ci/run, runs it. */
const LONG = [
  '/test/unit/(structure-rules|house-templates|every-byte|deadline-oracle).spec',
  '/test/integration/(embedded-postgres|prepare|jobs|worklist-scale|search-scale).spec',
  '/test/e2e/authorization/(isolation|matrix).spec',
  '/test/e2e/demo/',
  // Every paper of the file from a record of its own; the papers of the journeys stay in `npm test`.
  '/test/e2e/documents/(notices-and-letters|printed-record|public-verification|center-templates|long-term-copies|paper-drafts).spec',
  '/test/e2e/(notifications/messages|dossiers/dossiers|agreements/(supplements|attendees|signing-images|court-and-receipts)|summons/(ladder|roster-and-scores)|meetings/case-d|organizations/hand-overs|reviews/reviews|subsidies/subsidies|score-cards/mediator-cards).spec',
  '/test/e2e/robustness/(malformed-input|races|strange-text).spec',
  '/test/e2e/(sessions/(rings|planning)|exchange/(imports|mappings)|attachments/attachments).spec',
  '/test/e2e/(authenticity/authenticity|calendar/deadline-rules|supervision/(deadline-ledger|open-clocks)).spec',
  '/test/e2e/reports/',
  '/test/e2e/statistics/(oracle|kept-figures|same-figures).spec',
  // Every page in every particular; whole journeys stay in `npm test`.
  '/test/browser/(?!journeys/|director|admin).*[.]spec[.]ts$',
];
const isLong = process.env.LONG === 'yes';
/** Takes the pictures of the manual: on purpose only (`npm run docs:manual`). */
const PICTURES = process.env.WRITE_DOCS === 'yes' ? [] : ['/test/browser/manual-pictures.spec'];

const project = (displayName, folders, setUp = {}) => ({
  ...base,
  ...setUp,
  displayName,
  ...(isLong
    ? { testPathIgnorePatterns: PICTURES, testRegex: LONG.filter((path) => path.startsWith(`/test/${displayName}/`)) }
    : {
        testMatch: folders.map((folder) => `<rootDir>/${folder}/**/*.spec.ts`),
        testPathIgnorePatterns: [...LONG, ...PICTURES],
      }),
});
/** On a real PostgreSQL; each file has a clone of the database. */
const onDatabase = {
  globalSetup: '<rootDir>/test/setup/global-setup.ts',
  globalTeardown: '<rootDir>/test/setup/global-teardown.ts',
};

module.exports = {
  // Jest would leave a core for itself and so, on two, run everything in one process that only grows. What takes long waits
  // for pages half of its time, so that one more has room beside it.
  maxWorkers: isLong ? Math.ceil(availableParallelism() * 1.5) : '100%',
  workerIdleMemoryLimit: '1500MB',
  testTimeout: 60_000,
  projects: [
    project('unit', ['src', 'test/unit']),
    project('integration', ['test/integration'], onDatabase),
    project('e2e', ['test/e2e'], onDatabase),
    project('browser', ['test/browser'], {
      ...onDatabase,
      testEnvironment: '<rootDir>/test/support/browser-environment.ts',
      setupFilesAfterEnv: ['<rootDir>/test/setup/browser-retry.ts'],
    }),
  ],
};
