/** Kills real processes: run by `npm run test:faults` and by .ci/run, not by `npm test`. */
const swc = JSON.parse(require('node:fs').readFileSync('.swcrc', 'utf8'));
module.exports = {
  rootDir: '../..',
  displayName: 'faults',
  testEnvironment: 'node',
  testTimeout: 120_000,
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false }] },
  moduleFileExtensions: ['ts', 'js', 'json'],
  testMatch: ['<rootDir>/test/faults/**/*.spec.ts'],
  maxWorkers: 2,
};
