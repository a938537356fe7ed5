import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { resolveConfig } from 'prettier'
import destination from '../destinations/kustomer'
import { generateDefinition } from './definition'
import { generateTypes } from './types'

const root = path.resolve(__dirname, '../..')

/** Writes every generated file, or with `--check` exits 1 and names those that are stale. */
async function main(): Promise<void> {
  const files = await generatedFiles()
  if (!process.argv.includes('--check')) {
    await Promise.all([...files].map(([file, content]) => writeFile(path.join(root, file), content)))
    return
  }
  const stale: string[] = []
  for (const [file, content] of files) {
    if ((await readFile(path.join(root, file), 'utf8').catch(() => '')) !== content) {
      stale.push(file)
    }
  }
  if (stale.length > 0) {
    console.error(`Stale generated files, run npm run generate:\n${stale.map((file) => `  ${file}`).join('\n')}`)
    process.exitCode = 1
  }
}

async function generatedFiles(): Promise<Map<string, string>> {
  const style = (await resolveConfig(path.join(root, 'definition.json'))) ?? {}
  const types = await generateTypes(destination, style)
  const folder = 'src/destinations/kustomer'
  return new Map([
    ...[...types].map(([file, content]): [string, string] => [`${folder}/${file}`, content]),
    ['definition.json', generateDefinition(destination, style)]
  ])
}

void main()
