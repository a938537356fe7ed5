import { isoToUtc } from '../values/dates'
import { cut, jsonText, MAX_TEXT } from '../values/texts'
import type { Suffix } from './property-names'

/** A property's value as Kustomer accepts it. */
export interface PropertyValue {
  suffix: Suffix
  /** More than one if the text is longer than 1,024 characters. */
  parts: Array<string | number>
  isCut: boolean
  /** Whether something of it was nested too deeply. */
  isTooDeep: boolean
}

interface List {
  items: string[]
  open: string
  separator: string
  close: string
}

/**
 * Returns a value of any type, or undefined for a blank one. A list of scalars is joined, and any other list is JSON text.
 *
 * @param max how many characters of it can be used
 */
export function readPropertyValue(value: unknown, max: number): PropertyValue | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) {
    return { suffix: 'Num', parts: [value], isCut: false, isTooDeep: false }
  }
  if (Array.isArray(value)) {
    return readList(value, max)
  }
  const isScalar = typeof value === 'boolean' || typeof value === 'number'
  const text = typeof value === 'string' ? value : isScalar ? String(value) : ''
  if (text.trim() === '') {
    return typeof value === 'object' && value !== null
      ? { suffix: '', parts: [], isCut: false, isTooDeep: true }
      : undefined
  }
  const date = typeof value === 'string' ? isoToUtc(value) : undefined
  if (date !== undefined) {
    return { suffix: 'At', parts: [date], isCut: false, isTooDeep: false }
  }
  const parts = text.length <= MAX_TEXT ? [text] : slices(cut(text, max), MAX_TEXT)
  return { suffix: '', parts, isCut: text.length > max && text.length > MAX_TEXT, isTooDeep: false }
}

function readList(list: unknown[], max: number): PropertyValue | undefined {
  const given = list.filter((item) => item !== null && item !== undefined && item !== '')
  const isJson = given.some((item) => typeof item === 'object')
  const items = (isJson ? given.map(jsonText) : given.map(String)).filter((item): item is string => item !== undefined)
  const isTooDeep = items.length < given.length
  if (items.length === 0) {
    return isTooDeep ? { suffix: '', parts: [], isCut: false, isTooDeep } : undefined
  }
  const ends = isJson ? { open: '[', separator: ',', close: ']' } : { open: '', separator: ', ', close: '' }
  return { suffix: '', ...listParts({ items, ...ends }, max), isTooDeep }
}

/** A list breaks between its items. An item that is too long for one part breaks anywhere. */
function listParts({ items, open, separator, close }: List, max: number): { parts: string[]; isCut: boolean } {
  const most = MAX_TEXT - open.length - close.length
  const groups: string[] = []
  let [group, left] = ['', max]
  for (const item of items) {
    for (const slice of item.length <= most ? [item] : slices(cut(item, Math.max(0, left)), most)) {
      const longer = group === '' ? slice : group + separator + slice
      if (longer.length > most) {
        groups.push(group)
      }
      group = longer.length > most ? slice : longer
      left -= slice.length
    }
    if (left < 0) {
      break
    }
  }
  return { parts: [...groups, group].map((text) => open + text + close), isCut: left < 0 }
}

function slices(text: string, length: number): string[] {
  const found: string[] = []
  for (let start = 0; start < text.length; ) {
    const slice = cut(text.slice(start, start + length + 1), length)
    found.push(slice)
    start += slice.length
  }
  return found
}
