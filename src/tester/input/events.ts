import type { Readable } from 'node:stream'
import type { SegmentEvent } from '@segment/actions-core'
import { readLines } from './lines'

/** An event of an input, or why there is none where one should be. */
export type Read = EventRead | ProblemRead

export interface EventRead extends Place {
  event: SegmentEvent
}

export interface ProblemRead extends Place {
  problem: string
}

interface Place {
  /** The number of its line, or of its place in an array or a batch, counted from 1. */
  number: number
  /** Its place in the batch that its line holds, counted from 1; undefined where the line holds one event. */
  part?: number
  /** How many bytes of the input have been dealt with once it is. */
  end: number
}

type JsonObject = Record<string, unknown>

/**
 * The events of NDJSON, read line by line, or of JSON, read as a whole: an event, an array of them, what a source posts
 * (`{"batch":[…]}`), or events one after the other over several lines each, as they are copied from Segment's debugger.
 * Empty lines are passed over.
 */
export async function* readEvents(input: Readable): AsyncGenerator<Read> {
  let document: string[] | undefined
  let number = 0
  let end = 0
  try {
    for await (const { text, ...line } of readLines(input)) {
      number += 1
      end = line.end
      if (document) {
        document.push(text)
      } else if (number === 1 && opensDocument(text)) {
        document = [text]
      } else if (text.trim() !== '') {
        yield* readLine({ number, end }, text)
      }
    }
  } catch (error) {
    yield { number: number + 1, end, problem: (error as Error).message }
    return
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
  let items: unknown[]
  try {
    items = itemsOf(parse(text))
  } catch (error) {
    const several = documentsIn(lines)
    if (several) {
      items = several.flatMap(itemsOf)
    } else if (text.trim().startsWith('[')) {
      yield { number: lineOf(error as Error, text), end, problem: (error as Error).message }
      return
    } else {
      // NDJSON after all, with a first line that is cut short.
      for (const [index, line] of lines.entries()) {
        yield* line.trim() === '' ? [] : readLine({ number: index + 1, end }, line)
      }
      return
    }
  }
  for (const [index, item] of items.entries()) {
    yield eventOf({ number: index + 1, end: Math.round((end * (index + 1)) / items.length) }, item)
  }
}

/** JSON documents one after the other, each of which ends in a line that begins with its last bracket. */
function documentsIn(lines: string[]): unknown[] | undefined {
  const texts = lines.join('\n').split(/(?<=^[}\]]),?\s*$/m)
  try {
    return texts.filter((text) => text.trim() !== '').map(parse)
  } catch {
    return undefined
  }
}

function* readLine(place: Place, line: string): Generator<Read> {
  let value: unknown
  try {
    value = parse(line)
  } catch (error) {
    yield { ...place, problem: (error as Error).message }
    return
  }
  if (isObject(value) && Array.isArray(value.batch)) {
    yield* itemsOf(value).map((item, index) => eventOf({ ...place, part: index + 1 }, item))
  } else {
    yield eventOf(place, value)
  }
}

/** The items of an array or a batch. As with Segment, the context and the integrations of a batch are those of each event. */
function itemsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) {
    return value
  }
  if (!isObject(value) || !Array.isArray(value.batch)) {
    return [value]
  }
  const shared = ['context', 'integrations'].filter((key) => isObject(value[key]))
  return value.batch.map((item: unknown) => {
    const merged = shared.map((key) => [key, { ...(value[key] as object), ...((item as JsonObject)[key] as object) }])
    return isObject(item) ? { ...item, ...(Object.fromEntries(merged) as JsonObject) } : item
  })
}

/** @throws an error that says where text is not JSON */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`not valid JSON: ${(error as Error).message}`, { cause: error })
  }
}

function eventOf(place: Place, value: unknown): Read {
  if (!isObject(value)) {
    return { ...place, problem: 'not a JSON object' }
  }
  return typeof value.type === 'string'
    ? { ...place, event: value as unknown as SegmentEvent }
    : { ...place, problem: 'type is missing, such as "track"' }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function lineOf({ message }: Error, text: string): number {
  const position = Number(/position (\d+)/.exec(message)?.[1] ?? 0)
  return text.slice(0, position).split('\n').length
}
