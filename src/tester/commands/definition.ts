import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Command } from 'commander'
import { refuseLive } from './options'

const FILE = 'definition.json'

export function addDefinition(program: Command): void {
  program
    .command('definition')
    .summary('print the definition of the destination')
    .description("Prints the destination's public definition, as definition.json holds it.")
    .option('--check', 'say whether definition.json is current; exits 1 if it is not')
    .addHelpText(
      'after',
      `
Examples:
  $ npm run --silent tester -- definition | jq '.actions | keys'
  $ npm run tester -- definition --check`
    )
    .action(async ({ check }: { check?: boolean }, command: Command) => {
      refuseLive(command)
      // Its tools are slow to load, and no other command needs them.
      const { generatedFiles } = await import('../../generator/files')
      const [file, definition] = [...(await generatedFiles())].find(([name]) => path.basename(name) === FILE) ?? [
        '',
        ''
      ]
      if (check !== true) {
        process.stdout.write(definition)
        return
      }
      const isCurrent = (await readFile(file, 'utf8').catch(() => '')) === definition
      console.log(isCurrent ? `${FILE} is current` : `${FILE} is stale. Run npm run generate.`)
      process.exitCode = isCurrent ? 0 : 1
    })
}
