/** Letters that Unicode does not decompose into a Latin letter and an accent. */
const UNDECOMPOSED: Record<string, string> = {
  ß: 'ss',
  Æ: 'AE',
  æ: 'ae',
  Œ: 'OE',
  œ: 'oe',
  Ø: 'O',
  ø: 'o',
  Đ: 'D',
  đ: 'd',
  Ð: 'D',
  ð: 'd',
  Þ: 'Th',
  þ: 'th',
  Ł: 'L',
  ł: 'l',
  ı: 'i'
}

const FNV_OFFSET_BASIS = BigInt('14695981039346656037')
const FNV_PRIME = BigInt('1099511628211')

/** The text with its accents folded, `Café` to `Cafe`, and other scripts left as they are. */
export function foldAccents(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßÆæŒœØøĐđÐðÞþŁłı]/g, (letter) => UNDECOMPOSED[letter] ?? letter)
}

/**
 * Ten lower-case letters and digits that stand for a text: the same ones for the same text at any time, and, but for
 * one chance in 10^15, others for another text. FNV-1a over UTF-16 units, since the framework offers no hash.
 */
export function fingerprint(text: string): string {
  let hash = FNV_OFFSET_BASIS
  for (let index = 0; index < text.length; index++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(index))) * FNV_PRIME)
  }
  return hash.toString(36).padStart(10, '0').slice(-10)
}
