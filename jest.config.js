export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/support/strip-types.js' },
  coverageProvider: 'v8',
  testSequencer: '<rootDir>/test/support/longest-first.js',
  testTimeout: 120_000,
  maxWorkers: 3,
  maxConcurrency: 3,
};
