import type { Reading } from './left-out'

const GENDERS = new Map<string, 'm' | 'f'>([
  ['m', 'm'],
  ['male', 'm'],
  ['man', 'm'],
  ['f', 'f'],
  ['female', 'f'],
  ['woman', 'f']
])

/** `m` or `f`, the two that Kustomer knows, where the word is plain. */
export function readGender(word: string | undefined): Reading<'m' | 'f'> {
  const plain = word?.trim().toLowerCase() ?? ''
  const value = GENDERS.get(plain)
  return plain === '' || value ? { value } : { told: 'left out: Kustomer knows m and f' }
}
