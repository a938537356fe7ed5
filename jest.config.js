/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // Properties over a thousand events take a while on a busy machine.
  testTimeout: 60_000,
  // By default one core is left to others, which is half of CI's machine.
  maxWorkers: '100%',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testPathIgnorePatterns: ['/node_modules/', '/__helpers__/'],
  transform: { '^.+\\.ts$': 'ts-jest' },
  // The destination's snapshots travel to a monorepo whose jest 27 prints them so.
  snapshotFormat: { escapeString: true, printBasicPrototype: true },
  collectCoverageFrom: ['src/**/*.ts', '!**/generated-types.ts', '!**/__tests__/**']
}
