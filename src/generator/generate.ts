import { writeFile } from 'node:fs/promises'
import { generatedFiles, staleFiles } from './files'

/** Writes every generated file, or with `--check` exits 1 and names those that are stale. */
async function main(): Promise<void> {
  if (!process.argv.includes('--check')) {
    await Promise.all([...(await generatedFiles())].map(([file, content]) => writeFile(file, content)))
    return
  }
  for (const file of await staleFiles()) {
    console.error(`${file} is stale. Run npm run generate.`)
    process.exitCode = 1
  }
}

void main()
