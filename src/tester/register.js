// The tester runs from its TypeScript sources, from whatever folder it is called in, without checking their types.
const { readFileSync } = require('node:fs')
const process = require('node:process')
const { transformSync } = require('esbuild')

process.setSourceMapsEnabled(true)
require.extensions['.ts'] = (module, filename) => {
  const options = {
    loader: 'ts',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    sourcefile: filename,
    // A dynamic import is a require, too, so that it comes here.
    supported: { 'dynamic-import': false }
  }
  module._compile(transformSync(readFileSync(filename, 'utf8'), options).code, filename)
}
