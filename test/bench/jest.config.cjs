/** Measures in a real browser: `npm run bench:web`, on a machine with nothing else to do. */
const swc = JSON.parse(require('node:fs').readFileSync('.swcrc', 'utf8'));
module.exports = {
  rootDir: '../..',
  displayName: 'bench',
  testEnvironment: 'node',
  testTimeout: 600_000,
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false }] },
  moduleFileExtensions: ['ts', 'js', 'json'],
  testMatch: ['<rootDir>/test/bench/**/*.spec.ts'],
  globalSetup: '<rootDir>/test/setup/global-setup.ts',
  globalTeardown: '<rootDir>/test/setup/global-teardown.ts',
  maxWorkers: 1,
};
