import type { Reading } from './left-out'

const GENDERS: Record<string, 'm' | 'f' | undefined> = { m: 'm', male: 'm', man: 'm', f: 'f', female: 'f', woman: 'f' }

/** Returns `m` or `f`, the two that Kustomer accepts, if the word is plainly one of them. */
export function readGender(word = ''): Reading<'m' | 'f'> {
  const plain = word.trim().toLowerCase()
  const value = Object.keys(GENDERS).includes(plain) ? GENDERS[plain] : undefined
  return plain === '' || value ? { value } : { reason: 'not m or f' }
}
