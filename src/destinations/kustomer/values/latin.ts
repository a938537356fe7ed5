/** Letters that Unicode doesn't decompose into a Latin letter and an accent. */
const UNDECOMPOSED = new Map(
  'ß:ss Æ:AE æ:ae Œ:OE œ:oe Ø:O ø:o Đ:D đ:d Ð:D ð:d Þ:Th þ:th Ł:L ł:l ı:i'
    .split(' ')
    .map((pair) => [pair.charAt(0), pair.slice(2)])
)

const LOST = /(?![A-Za-z0-9])[\p{L}\p{N}]/u

// FNV-1a of 64 bits, in two halves since a number holds 53.
const OFFSET_BASIS_HIGH = 0xcbf29ce4
const OFFSET_BASIS_LOW = 0x84222325
/** The prime is 2^40 and this. */
const PRIME_LOW = 0x1b3
const HALF = 2 ** 32
const HIGH_BITS_KEPT = 0x1fffff

/** Returns the text without accents: `Café` becomes `Cafe`. Other scripts stay as they are. */
export function foldAccents(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßÆæŒœØøĐđÐðÞþŁłı]/g, (letter) => UNDECOMPOSED.get(letter) ?? letter)
}

/** Whether a text without accents has letters or digits that aren't Latin. */
export function losesLetters(folded: string): boolean {
  return LOST.test(folded)
}

/**
 * Returns ten lowercase letters and digits that stand for a text, in either of its Unicode forms. Two texts have the same
 * by a chance of 1 in 10^15. The framework has no hash.
 */
export function fingerprint(text: string): string {
  const composed = text.normalize('NFC')
  let high = OFFSET_BASIS_HIGH
  let low = OFFSET_BASIS_LOW
  for (let index = 0; index < composed.length; index++) {
    const mixed = (low ^ composed.charCodeAt(index)) >>> 0
    const product = mixed * PRIME_LOW
    high = (Math.imul(high, PRIME_LOW) + Math.floor(product / HALF) + (mixed << 8)) >>> 0
    low = product >>> 0
  }
  const number = (high & HIGH_BITS_KEPT) * HALF + low
  return number.toString(36).padStart(10, '0').slice(-10)
}
