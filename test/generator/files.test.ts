import { readFileSync } from 'node:fs'
import path from 'node:path'
import { generatedFiles } from '../../src/generator/files'

it('finds every generated file current', async () => {
  const files = await generatedFiles()
  expect([...files.keys()].map((file) => path.relative('', file))).toEqual([
    'src/destinations/kustomer/generated-types.ts',
    'src/destinations/kustomer/upsertCustomer/generated-types.ts',
    'src/destinations/kustomer/trackEvent/generated-types.ts',
    'definition.json',
    'docs/reference.md'
  ])
  for (const [file, content] of files) {
    expect(readFileSync(file, 'utf8')).toBe(content)
  }
})
