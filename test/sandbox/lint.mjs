import process from 'node:process'
import { text } from 'node:stream/consumers'
import { createConfig, lintFromString } from '@redocly/openapi-core'

// Prints what the recommended rules find in the document on standard input. A process of its own, since the linter is a
// module that jest cannot load.
const config = await createConfig({ extends: ['recommended'] })
const problems = await lintFromString({ source: await text(process.stdin), config })
process.stdout.write(
  JSON.stringify(
    problems.map(({ severity, ruleId, message, location: [at] }) => [severity, ruleId, message, at?.pointer])
  )
)
