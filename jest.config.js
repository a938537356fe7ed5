/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // Properties over a thousand events take a while on a busy machine.
  testTimeout: 60_000,
  roots: ['<rootDir>/test'],
  transform: { '^.+\\.ts$': 'ts-jest' },
  collectCoverageFrom: ['src/**/*.ts', '!**/generated-types.ts']
}
