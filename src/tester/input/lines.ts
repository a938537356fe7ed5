import { isUtf8 } from 'node:buffer'
import type { Readable } from 'node:stream'

/** A line of an input, or what is wrong with its bytes. */
export interface Line {
  /** How many bytes of the input have been read once it has. */
  end: number
  text: string
  /** Why its text cannot be trusted. */
  problem?: string
}

const LINE_FEED = 0x0a

const BYTE_ORDER_MARKS = ['fffe', 'feff']

/**
 * The lines of UTF-8, of any length; the last may end without a line feed.
 *
 * An input in UTF-16 is one line with a problem. A line with a byte that is no UTF-8 has a problem that names it, counted
 * from 1.
 */
export async function* readLines(input: Readable): AsyncGenerator<Line> {
  let rest: Buffer[] = []
  let start = 0
  for await (const chunk of input as AsyncIterable<Buffer>) {
    let from = 0
    if (start === 0 && rest.length === 0 && beginsUtf16(chunk)) {
      yield { end: chunk.length, text: '', problem: `${byteOf(chunk, 0, 0)} begins UTF-16; events are read as UTF-8` }
      return
    }
    for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, from)) {
      const bytes = Buffer.concat([...rest, chunk.subarray(from, at)])
      yield lineOf(bytes, start, start + bytes.length + 1)
      start += bytes.length + 1
      rest = []
      from = at + 1
    }
    rest.push(chunk.subarray(from))
  }
  const bytes = Buffer.concat(rest)
  if (bytes.length > 0) {
    yield lineOf(bytes, start, start + bytes.length)
  }
}

/** JSON has no zeros, and UTF-16 has one beside the first character. */
function beginsUtf16(bytes: Buffer): boolean {
  const first = bytes.subarray(0, 2)
  return BYTE_ORDER_MARKS.includes(first.toString('hex')) || first.includes(0)
}

function lineOf(bytes: Buffer, start: number, end: number): Line {
  const text = bytes.toString('utf8').replace(/\r$/, '')
  if (isUtf8(bytes)) {
    return { end, text: start === 0 ? text.replace(/^\uFEFF/, '') : text }
  }
  return { end, text, problem: `${byteOf(bytes, wrongByte(bytes), start)} is no UTF-8` }
}

function byteOf(bytes: Buffer, at: number, start: number): string {
  const value = (bytes[at] ?? 0).toString(16).padStart(2, '0').toUpperCase()
  return `byte ${start + at + 1} of the input (0x${value})`
}

/** Decoding replaces what is no UTF-8; up to there, the text has as many bytes as it was decoded from. */
function wrongByte(bytes: Buffer): number {
  const text = bytes.toString('utf8')
  for (let at = text.indexOf('\uFFFD'); at !== -1; at = text.indexOf('\uFFFD', at + 1)) {
    const place = Buffer.byteLength(text.slice(0, at))
    if (bytes.toString('latin1', place, place + 3) !== '\xEF\xBF\xBD') {
      return place
    }
  }
  return 0
}
