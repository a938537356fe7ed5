import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { apply, changesTo, FOLDER, LIST, readFolder } from '../../src/monorepo/checkout'
import { describe as describeChanges } from '../../src/monorepo/report'

const ID = '6b1a2c3d4e5f60718293a4b5'
const METADATA = '{\n  "slug": "actions-kustomer"\n}\n'
const DESTINATION = new Map([
  ['index.ts', 'export default {}\n'],
  ['__tests__/index.test.ts', "it('runs', () => {})\n"],
  ['__tests__/__helpers__/client.ts', 'export {}\n'],
  ['metadata.json', METADATA]
])
const LINES = "register('64c031541451bb784943f809', './attio')\n"

/** A checkout shaped like the real one, with these files of an earlier copy. */
function checkout(earlier: Record<string, string> = {}): string {
  const root = mkdtempSync(path.join(tmpdir(), 'monorepo-'))
  const files = {
    'package.json': '{"name":"action-destinations"}\n',
    'packages/destination-actions/package.json': '{"name":"@segment/action-destinations"}\n',
    'packages/destination-actions/src/destinations/attio/index.ts': 'export default {}\n',
    'packages/destination-actions/src/destinations/attio/metadata.json': '{}\n',
    [LIST]: `${LINES}\nfunction register() {}\n`,
    ...Object.fromEntries(Object.entries(earlier).map(([name, content]) => [`${FOLDER}/${name}`, content]))
  }
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), content)
  }
  return root
}

async function place(root: string, id?: string): Promise<string[]> {
  const changes = await changesTo(root, DESTINATION, id)
  await apply(root, changes)
  return changes.map(({ kind, file }) => `${kind} ${file}`)
}

it('puts the folder with its tests and its metadata there, and registers nothing', async () => {
  const root = checkout()
  const before = await readFolder(root)
  expect(await place(root)).toEqual([
    `added ${FOLDER}/index.ts`,
    `added ${FOLDER}/__tests__/index.test.ts`,
    `added ${FOLDER}/__tests__/__helpers__/client.ts`,
    `added ${FOLDER}/metadata.json`
  ])
  const added = [...DESTINATION].map(([name, content]): [string, string] => [`${FOLDER}/${name}`, content])
  expect(await readFolder(root)).toEqual(new Map([...before, ...added]))
})

it('registers where it is asked to', async () => {
  const root = checkout()
  expect(await place(root, ID)).toContain(`updated ${LIST}`)
  expect(readFileSync(path.join(root, LIST), 'utf8')).toContain(`${LINES}register('${ID}', './kustomer')\n\n`)
})

it('changes nothing the second time', async () => {
  const root = checkout()
  await place(root, ID)
  expect(await place(root, ID)).toEqual([])
  expect(await place(root)).toEqual([])
})

it('updates an earlier copy, and removes what is gone here', async () => {
  const earlier = { 'metadata.json': METADATA, 'index.ts': 'export {}\n', 'old/deep/file.ts': '', __tests__: '' }
  const root = checkout(earlier)
  expect((await place(root)).sort()).toEqual([
    `added ${FOLDER}/__tests__/__helpers__/client.ts`,
    `added ${FOLDER}/__tests__/index.test.ts`,
    `removed ${FOLDER}/__tests__`,
    `removed ${FOLDER}/old/deep/file.ts`,
    `updated ${FOLDER}/index.ts`
  ])
  expect(await readFolder(path.join(root, FOLDER))).toEqual(DESTINATION)
  expect(await readFolder(path.join(root, FOLDER, 'old'))).toEqual(new Map())
  expect(() => readFileSync(path.join(root, FOLDER, 'old'))).toThrow('ENOENT')
})

it('rejects a folder that is not a checkout', async () => {
  const root = mkdtempSync(path.join(tmpdir(), 'monorepo-'))
  await expect(place(root)).rejects.toThrow(
    `${root} is not a checkout of the Segment Actions monorepo: packages/destination-actions/src/destinations/index.ts is missing.`
  )
  await expect(place(path.join(root, 'absent'))).rejects.toThrow('is not a checkout')
  expect(await readFolder(root)).toEqual(new Map())
})

it("leaves somebody else's destination of that name alone", async () => {
  const root = checkout({ 'index.ts': 'export {}\n', 'metadata.json': '{ "slug": "kustomer" }\n' })
  await expect(place(root)).rejects.toThrow(`${FOLDER} is another destination: it has no metadata.json with the slug`)
})

it('says what changed and what to run there', async () => {
  const root = checkout({ 'metadata.json': METADATA, 'index.ts': '', 'old.ts': '' })
  const changes = await changesTo(root, DESTINATION)
  expect(describeChanges('/repo', changes, false)).toMatchSnapshot()
  expect(describeChanges('/repo', changes, true)).toMatch(/^To change in \/repo:\n {2}removed/)
  expect(describeChanges('/repo', [], false)).toMatch(
    /^Nothing to change in \/repo: the destination there is up to date\.\n\nTo run there/
  )
})
