import { readFileSync } from 'node:fs'
import path from 'node:path'
import destination from '../../src/destinations/kustomer'
import { generatedFiles } from '../../src/generator/files'

it('finds every generated file current', async () => {
  const files = await generatedFiles()
  expect([...files.keys()].map((file) => path.relative('', file))).toEqual([
    'src/destinations/kustomer/generated-types.ts',
    ...Object.keys(destination.actions).map((slug) => `src/destinations/kustomer/${slug}/generated-types.ts`),
    'definition.json',
    'docs/reference.md'
  ])
  for (const [file, content] of files) {
    expect(readFileSync(file, 'utf8')).toBe(content)
  }
})
