import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { generatedFiles } from './files'

/** Writes every generated file, or with `--check` exits 1 and names those that are stale. */
async function main(): Promise<void> {
  const files = [...(await generatedFiles())]
  if (!process.argv.includes('--check')) {
    await Promise.all(files.map(([file, content]) => writeFile(file, content)))
    return
  }
  for (const [file, content] of files) {
    if ((await readFile(file, 'utf8').catch(() => '')) !== content) {
      console.error(`${path.relative('', file)} is stale. Run npm run generate.`)
      process.exitCode = 1
    }
  }
}

void main()
