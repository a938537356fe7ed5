import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { resolveConfig } from 'prettier'
import destination from '../destinations/kustomer'
import { generateDefinition } from './definition'
import { generateReference } from './reference'
import { generateTypes } from './types'

const root = path.resolve(__dirname, '../..')

/** Every generated file of the project as it should be: contents by absolute path. */
export async function generatedFiles(): Promise<Map<string, string>> {
  const style = (await resolveConfig(__filename)) ?? {}
  const types = await generateTypes(destination, style)
  const folder = path.join(root, 'src/destinations/kustomer')
  return new Map([
    ...[...types].map(([file, content]): [string, string] => [path.join(folder, file), content]),
    [path.join(root, 'definition.json'), generateDefinition(destination, style)],
    [path.join(root, 'docs/reference.md'), generateReference(destination, style)]
  ])
}

/** The generated files that are not as they should be: paths from the project's folder. */
export async function staleFiles(): Promise<string[]> {
  const stale: string[] = []
  for (const [file, content] of await generatedFiles()) {
    if ((await readFile(file, 'utf8').catch(() => '')) !== content) {
      stale.push(path.relative(root, file))
    }
  }
  return stale
}
