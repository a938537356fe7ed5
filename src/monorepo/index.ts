import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Command } from 'commander'
import { staleFiles } from '../generator/files'
import { apply, changesTo, readFolder } from './checkout'
import { Refusal } from './refusal'
import { describe } from './report'

const HERE = path.resolve(__dirname, '../..')

interface Options {
  register?: string
  dryRun?: boolean
}

const program = new Command('monorepo')
  .description('Copy the destination, with its tests and metadata, into a checkout of the Segment Actions monorepo.')
  .argument('<path>', 'where the monorepo is')
  .option(
    '--register <id>',
    'also register the destination with this ID, in a fork; in a pull request, Segment registers it'
  )
  .option('--dry-run', 'show what would change, and change nothing')
  .addHelpText(
    'after',
    `
Examples:
  $ npm run monorepo -- ../action-destinations --dry-run
  $ npm run monorepo -- ../action-destinations --register 0123456789abcdef01234567`
  )
  .showHelpAfterError('(--help shows how it is used)')
  .action(async (folder: string, { register, dryRun }: Options) => {
    const root = path.resolve(folder)
    try {
      const changes = await changesTo(root, await destination(), register)
      if (dryRun !== true) {
        await apply(root, changes)
      }
      console.log(describe(root, changes, dryRun === true))
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw error
      }
      console.error(error.message)
      process.exitCode = 1
    }
  })

/** Returns the files for the monorepo's folder: contents by path. @throws Refusal if generated files are stale */
async function destination(): Promise<Map<string, string>> {
  const stale = await staleFiles()
  if (stale.length > 0) {
    throw new Refusal(`Not up to date: ${stale.join(', ')}. Run npm run generate.`)
  }
  const metadata = await readFile(path.join(HERE, 'definition.json'), 'utf8')
  return (await readFolder(path.join(HERE, 'src/destinations/kustomer'))).set('metadata.json', metadata)
}

void program.parseAsync()
