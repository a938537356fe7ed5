import type { Readable } from 'node:stream'

/** A line of an input. */
export interface Line {
  text: string
  /** How many bytes of the input have been read once it has. */
  end: number
}

/**
 * Returns the lines of UTF-8, of any length; the last may end without a line feed.
 *
 * @throws Error if the input is not UTF-8
 */
export async function* readLines(input: Readable): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let parts: string[] = []
  let end = 0
  const line = (): Line => {
    const text = parts.join('')
    end += Buffer.byteLength(text) + 1
    return { text, end }
  }
  for await (const chunk of input as AsyncIterable<Buffer>) {
    const [first = '', ...others] = decoded(() => decoder.decode(chunk, { stream: true })).split('\n')
    parts.push(first)
    for (const other of others) {
      yield line()
      parts = [other]
    }
  }
  parts.push(decoded(() => decoder.decode()))
  yield line()
}

function decoded(decode: () => string): string {
  try {
    return decode()
  } catch (error) {
    throw new Error('not UTF-8 text: save the file as UTF-8', { cause: error })
  }
}
