import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { SegmentEvent } from '@segment/actions-core'

/** An event of an input, or why there is none where one should be. */
export type Read = Place & ({ event: SegmentEvent } | { problem: string })

interface Place {
  /** The number of its line, or of its place in an array, counted from 1. */
  number: number
  /** How many bytes of the input have been dealt with once it is. */
  end: number
}

/**
 * The events of NDJSON, read line by line, or of one JSON document: an event, or an array of them, read as a whole.
 * Empty lines are passed over.
 */
export async function* readEvents(input: Readable): AsyncGenerator<Read> {
  let document: string[] | undefined
  let number = 0
  let end = 0
  for await (const text of createInterface({ input, crlfDelay: Infinity })) {
    number += 1
    end += Buffer.byteLength(text) + 1
    const line = number === 1 ? text.replace(/^\uFEFF/, '') : text
    if (document) {
      document.push(line)
    } else if (number === 1 && opensDocument(line)) {
      document = [line]
    } else if (line.trim() !== '') {
      yield readEvent({ number, end }, line)
    }
  }
  yield* readDocument(document ?? [], end)
}

/** Whether a first line begins JSON that goes on in the next lines, or holds an array. */
function opensDocument(line: string): boolean {
  const text = line.trim()
  return text.startsWith('[') || (text.startsWith('{') && !text.endsWith('}'))
}

function* readDocument(lines: string[], end: number): Generator<Read> {
  const text = lines.join('\n')
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (error) {
    if (text.trim().startsWith('[')) {
      yield { number: lineOf(error as Error, text), end, problem: (error as Error).message }
    } else {
      // NDJSON after all, with a first line that is cut short.
      yield* lines.flatMap((line, index) => (line.trim() === '' ? [] : [readEvent({ number: index + 1, end }, line)]))
    }
    return
  }
  const items: unknown[] = Array.isArray(document) ? document : [document]
  for (const [index, item] of items.entries()) {
    yield eventOf({ number: index + 1, end: Math.round((end * (index + 1)) / items.length) }, item)
  }
}

function readEvent(place: Place, line: string): Read {
  try {
    return eventOf(place, JSON.parse(line))
  } catch (error) {
    return { ...place, problem: (error as Error).message }
  }
}

function eventOf(place: Place, value: unknown): Read {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ...place, problem: 'an event is a JSON object' }
  }
  return 'type' in value && typeof value.type === 'string'
    ? { ...place, event: value as SegmentEvent }
    : { ...place, problem: 'an event has a type, such as track' }
}

function lineOf({ message }: Error, text: string): number {
  const position = Number(/position (\d+)/.exec(message)?.[1] ?? 0)
  return text.slice(0, position).split('\n').length
}
