import { bytesInText, cutToBytes, MAX_BODY } from './body-size'
import { cut, jsonText, MAX_TEXT } from './texts'

/** A text that breaks between its items, each part of it framed for itself. A text of one item breaks anywhere. */
export interface MetaText {
  open: string
  items: string[]
  separator: string
  close: string
}

/** A text as it is. */
export function plain(text: string): MetaText {
  return { open: '', items: [text], separator: '', close: '' }
}

/** A list of scalars joined, any other list as JSON, or undefined where it is nested too deeply for that. */
export function listed(list: unknown[]): MetaText | undefined {
  const items = list.filter((item) => item !== null && item !== undefined)
  if (!items.some((item) => typeof item === 'object')) {
    return { open: '', items: items.map(String), separator: ', ', close: '' }
  }
  const texts = items.map(jsonText)
  return texts.every(isText) ? { open: '[', items: texts, separator: ',', close: ']' } : undefined
}

/** The text in one. */
export function whole({ open, items, separator, close }: MetaText): string {
  return `${open}${items.join(separator)}${close}`
}

/** What of a text could fit in a body at all, so that no more is tried. */
export function withinBody(text: MetaText): MetaText {
  return keepWhile(text, MAX_BODY, (item) => item.length) ?? plain(cut(whole(text), MAX_BODY))
}

/** The first items that take at most so many bytes within JSON, or else the start of the first. */
export function withinBytes(text: MetaText, bytes: number): MetaText {
  return keepWhile(text, bytes, bytesInText) ?? plain(cutToBytes(whole(text), bytes))
}

/** A text in as many parts of at most 1,024 characters as it takes. */
export function partsOf({ open, items, separator, close }: MetaText): string[] {
  const most = MAX_TEXT - open.length - close.length
  const parts: string[] = []
  let group: string[] = []
  let length = 0
  const closeGroup = (): void => {
    parts.push(`${open}${group.join(separator)}${close}`)
    group = []
    length = 0
  }
  for (const item of items.flatMap((text) => slicesOf(text, most))) {
    if (group.length > 0 && length + separator.length + item.length > most) {
      closeGroup()
    }
    length += (group.length > 0 ? separator.length : 0) + item.length
    group.push(item)
  }
  closeGroup()
  return parts
}

/** The text itself where all of it is kept, and undefined where not even its first item is. */
function keepWhile(text: MetaText, most: number, sizeOf: (text: string) => number): MetaText | undefined {
  const { open, items, separator, close } = text
  let left = most - open.length - close.length
  let count = 0
  for (const item of items) {
    left -= (count > 0 ? separator.length : 0) + item.length
    // Nothing takes less than its length, so that what is far too long need not be measured.
    left -= left < 0 ? 0 : sizeOf(item) - item.length
    if (left < 0) {
      return count > 0 ? { ...text, items: items.slice(0, count) } : undefined
    }
    count += 1
  }
  return text
}

function slicesOf(text: string, length: number): string[] {
  const slices: string[] = []
  let start = 0
  do {
    const slice = cut(text.slice(start), length)
    slices.push(slice)
    start += slice.length
  } while (start < text.length)
  return slices
}

function isText(text: string | undefined): text is string {
  return text !== undefined
}
