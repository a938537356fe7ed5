const eslint = require('@eslint/js')
const jest = require('eslint-plugin-jest')
const tseslint = require('typescript-eslint')

/** Which folder may import which: the destination stands alone, the sandbox knows nothing of it. */
const onlyFrom = (files, patterns) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns }] }
})

const TESTS = ['test/**/*.ts', '**/__tests__/**/*.ts']

module.exports = tseslint.config(
  { ignores: ['node_modules', 'coverage', 'reports', '.stryker-tmp'] },
  eslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: __dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }]
    }
  },
  {
    files: ['**/*.js'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: {
        module: 'writable',
        require: 'readonly',
        __dirname: 'readonly',
        process: 'readonly',
        setTimeout: 'readonly'
      }
    }
  },
  { files: TESTS, ...jest.configs['flat/recommended'] },
  {
    files: TESTS,
    rules: {
      // A nock expectation that `body` checks, or that stays unmet, fails its test as well.
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect', 'fc.assert', 'body', 'kustomer'] }],
      'jest/no-standalone-expect': [
        'error',
        { additionalTestBlockFunctions: ['afterEach', 'itInTerminal', 'itInTerminal.each', 'itInAll.each'] }
      ],
      // jest types its matchers as any.
      '@typescript-eslint/no-unsafe-assignment': 'off'
    }
  },
  onlyFrom(
    ['src/destinations/kustomer/**/*.ts'],
    [
      {
        regex: '^(?!@segment/actions-core$|\\./|\\.\\./).*',
        message: 'The destination imports @segment/actions-core and its own files only.'
      },
      {
        regex: 'sandbox|tester|generator',
        message: 'The destination imports @segment/actions-core and its own files only.'
      }
    ]
  ),
  onlyFrom(
    ['src/destinations/kustomer/**/__tests__/**/*.ts'],
    [
      {
        regex: '^(?!@segment/actions-core$|nock$|\\./|\\.\\./).*',
        message: 'Tests travel with the destination: they import @segment/actions-core, nock and its own files only.'
      }
    ]
  ),
  {
    files: ['src/destinations/kustomer/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'process', message: 'The destination reads no environment.' },
        { name: 'fetch', message: "Requests go through the framework's client." }
      ]
    }
  },
  onlyFrom(
    ['src/sandbox/**/*.ts'],
    [{ regex: 'destinations|tester|generator', message: 'The sandbox knows nothing of the destination.' }]
  )
)
