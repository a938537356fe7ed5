/** @type {import('jest').Config} */
module.exports = {
  globalSetup: '<rootDir>/test/machine/setup.ts',
  testEnvironment: '<rootDir>/test/machine/environment.js',
  // Whatever a file leaves in the globals of its worker fails.
  testEnvironmentOptions: { globalsCleanup: 'on' },
  // Properties over a thousand events take a while on a busy machine.
  testTimeout: 60_000,
  // By default one core is left to others, which is half of CI's machine.
  maxWorkers: '100%',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testPathIgnorePatterns: ['/node_modules/', '/__helpers__/'],
  // Types are checked by `npm run typecheck`.
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }
    ]
  },
  // The destination's snapshots travel to a monorepo whose jest 27 prints them so.
  snapshotFormat: { escapeString: true, printBasicPrototype: true },
  collectCoverageFrom: ['src/**/*.ts', '!**/generated-types.ts', '!**/__tests__/**']
}
