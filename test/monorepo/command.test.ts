import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { FOLDER, LIST, readFolder } from '../../src/monorepo/checkout'

const ID = '6b1a2c3d4e5f60718293a4b5'
const HERE = path.join(__dirname, '../../src/destinations/kustomer')

function monorepo(...args: string[]) {
  // Node may warn of its own doings beside the command's words.
  const env = { ...process.env, NODE_OPTIONS: '--no-warnings' }
  return spawnSync('npm', ['--silent', 'run', 'monorepo', '--', ...args], { encoding: 'utf8', env })
}

function checkout(): string {
  const root = mkdtempSync(path.join(tmpdir(), 'monorepo-'))
  mkdirSync(path.join(root, path.dirname(LIST)), { recursive: true })
  writeFileSync(path.join(root, LIST), "register('64c031541451bb784943f809', './attio')\n")
  return root
}

it('changes nothing in a dry run, then puts the destination there, then has nothing to change', async () => {
  const root = checkout()
  const dry = monorepo(root, '--register', ID, '--dry-run')
  expect(dry.stdout).toContain(`To change in ${root}:`)
  expect(existsSync(path.join(root, FOLDER))).toBe(false)

  const first = monorepo(root, '--register', ID)
  expect(first.stdout).toContain(`  added    ${FOLDER}/upsertCustomer/index.ts\n`)
  const metadata = readFileSync(path.join(HERE, '../../../definition.json'), 'utf8')
  expect(await readFolder(path.join(root, FOLDER))).toEqual((await readFolder(HERE)).set('metadata.json', metadata))
  expect(readFileSync(path.join(root, LIST), 'utf8')).toContain(ID)

  const second = monorepo(root, '--register', ID)
  expect(second.stdout).toContain(`Nothing to change in ${root}: the destination there is up to date.\n`)
  expect([dry.status, first.status, second.status]).toEqual([0, 0, 0])
})

it('refuses in one line, and exits 1', () => {
  const root = checkout()
  const { status, stderr } = monorepo(path.dirname(path.join(root, LIST)))
  expect(stderr).toMatch(/^\S+ is not a checkout of the Segment Actions monorepo: \S+ is missing\.\n$/)
  expect(status).toBe(1)
})
