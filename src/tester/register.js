// The tester runs from its TypeScript sources, from whatever folder it is called in, without checking their types.
require('ts-node').register({ swc: true, projectSearchDir: __dirname })
