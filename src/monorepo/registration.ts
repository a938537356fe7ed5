import { Refusal } from './refusal'

const REGISTERED = /^register\('(?<id>[^']*)', '(?<folder>[^']*)'\)(?<end>\r?\n)/gm
const FOLDER = './kustomer'

/**
 * The monorepo's list of destinations with Kustomer in it. The list is kept in the order in which destinations came, so
 * a new one goes below the last.
 *
 * @param list the text of the monorepo's `src/destinations/index.ts`
 * @param id Segment's ID of the destination, 24 hexadecimal digits
 * @throws {Refusal} where the ID is none or another destination's, or Kustomer has another ID
 */
export function register(list: string, id: string): string {
  if (!/^[0-9a-f]{24}$/.test(id)) {
    throw new Refusal(`'${id}' is no ID of a destination: Segment's have 24 hexadecimal digits, in lower case.`)
  }
  const lines = [...list.matchAll(REGISTERED)]
  const last = lines.at(-1)
  if (!last) {
    throw new Refusal('The list of destinations has no line to put the registration below.')
  }
  for (const { groups } of lines) {
    if (groups?.id === id && groups.folder === FOLDER) {
      return list
    }
    if (groups?.id === id) {
      throw new Refusal(`'${id}' is the ID of ${groups.folder}.`)
    }
    if (groups?.folder === FOLDER) {
      throw new Refusal(`${FOLDER} is registered already, as '${groups.id}'.`)
    }
  }
  const below = last.index + last[0].length
  return `${list.slice(0, below)}register('${id}', '${FOLDER}')${last.groups?.end}${list.slice(below)}`
}
