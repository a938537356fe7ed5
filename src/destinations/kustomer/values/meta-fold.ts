import { lengthInText, startWithin } from './body-size'
import type { PartNames } from './meta-names'
import { MAX_TEXT } from './texts'

/** A property in the parts that it has to be sent in: one of a single part can be folded. */
export interface Foldable {
  name: string
  parts: Array<string | number>
  /** As it stands in an object's JSON, where it has a single part. */
  entry: string
}

/** A text is continued in the next object only where a part this long is left for it in the present one. */
const SHORTEST_PART = 256

/**
 * The last of some properties of a single part, folded into as few JSON objects as make room for all, each of at most 1,024 characters.
 *
 * @param most how many properties and objects there may be together
 * @param parts names for a text that goes on in the next object
 * @returns none where all have room, and undefined where not even folding makes enough
 */
export function foldLast(properties: Foldable[], most: number, parts: () => PartNames): string[] | undefined {
  if (properties.length <= most) {
    return []
  }
  for (let count = 1; count <= most; ) {
    const folded = fold(properties.slice(most - count), parts())
    if (folded.length === count) {
      return folded
    }
    // One more object leaves one more property to fold, so that no count between the two can do.
    count = folded.length
  }
  return undefined
}

/** An entry of an object's JSON. */
export function entryOf(name: string, value: string | number): string {
  return `${JSON.stringify(name)}:${JSON.stringify(value)}`
}

function fold(properties: Foldable[], parts: PartNames): string[] {
  const objects: string[] = []
  let entries: string[] = []
  let room = MAX_TEXT - 2
  const close = (): void => {
    objects.push(`{${entries.join(',')}}`)
    entries = []
    room = MAX_TEXT - 2
  }
  for (const property of properties) {
    let { name, entry } = property
    // A number is too short to be broken.
    let text = String(property.parts[0])
    while (entry.length > room) {
      const start = startWithin(text, room - entryOf(name, '').length, lengthInText)
      if (entries.length === 0 || start.length >= SHORTEST_PART) {
        entries.push(entryOf(name, start))
        text = text.slice(start.length)
        name = parts.next(property.name)
        entry = entryOf(name, text)
      }
      close()
    }
    entries.push(entry)
    room -= entry.length + 1
  }
  close()
  return objects
}
