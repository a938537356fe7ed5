import { mkdir, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Refusal } from './refusal'
import { register } from './registration'

export const DESTINATIONS = 'packages/destination-actions/src/destinations'
export const FOLDER = `${DESTINATIONS}/kustomer`
export const LIST = `${DESTINATIONS}/index.ts`
const SLUG = 'actions-kustomer'

/** A file of the checkout that is to be written, or without a content removed. Its path is from the root, with `/`. */
export interface Change {
  kind: 'added' | 'updated' | 'removed'
  file: string
  content?: string
}

/** Every file of a folder and of those in it: contents by path from there, with `/`. Empty where there is no folder. */
export async function readFolder(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
  const read = files.map(async (file): Promise<[string, string]> => {
    return [path.relative(folder, file).split(path.sep).join('/'), await readFile(file, 'utf8')]
  })
  return new Map((await Promise.all(read)).sort(([one], [other]) => (one < other ? -1 : 1)))
}

/**
 * What has to change in a checkout of the Segment Actions monorepo.
 *
 * @param root where the monorepo is
 * @param destination every file that its folder is to hold: contents by path
 * @param id the ID to register it with; without one the list of destinations stays as it is
 * @throws {Refusal} where the root is no such checkout, or something else is where the destination goes
 */
export async function changesTo(root: string, destination: Map<string, string>, id?: string): Promise<Change[]> {
  const list = await readFile(path.join(root, LIST), 'utf8').catch(() => {
    throw new Refusal(`${root} is not a checkout of the Segment Actions monorepo: ${LIST} is missing.`)
  })
  const there = await readFolder(path.join(root, FOLDER))
  if (there.size > 0 && !there.get('metadata.json')?.includes(`"slug": "${SLUG}"`)) {
    throw new Refusal(`${FOLDER} is another destination: it has no metadata.json with the slug ${SLUG}.`)
  }
  const changes: Change[] = []
  for (const name of there.keys()) {
    if (!destination.has(name)) {
      changes.push({ kind: 'removed', file: `${FOLDER}/${name}` })
    }
  }
  for (const [name, content] of destination) {
    if (there.get(name) !== content) {
      changes.push({ kind: there.has(name) ? 'updated' : 'added', file: `${FOLDER}/${name}`, content })
    }
  }
  const registered = id === undefined ? list : register(list, id)
  if (registered !== list) {
    changes.push({ kind: 'updated', file: LIST, content: registered })
  }
  return changes
}

/** Makes changes, removals first, so that a folder can come where a file was. */
export async function apply(root: string, changes: Change[]): Promise<void> {
  for (const { file, content } of changes) {
    const absolute = path.join(root, file)
    if (content === undefined) {
      await rm(absolute)
      await removeEmpty(path.dirname(absolute))
    } else {
      await mkdir(path.dirname(absolute), { recursive: true })
      await writeFile(absolute, content)
    }
  }
}

async function removeEmpty(folder: string): Promise<void> {
  if ((await readdir(folder)).length === 0) {
    await rmdir(folder)
    await removeEmpty(path.dirname(folder))
  }
}
