// The tester runs from its TypeScript sources, from whatever folder it is called in.
require('ts-node').register({ transpileOnly: true, projectSearchDir: __dirname })
