import { Readable } from 'node:stream'
import { readEvents } from '../../src/tester/events'

async function read(...chunks: string[]) {
  const all: string[] = []
  for await (const item of readEvents(Readable.from(chunks.map((chunk) => Buffer.from(chunk))))) {
    all.push(`${item.number} ${'event' in item ? item.event.type : item.problem}`)
  }
  return all
}

it.each([
  ['NDJSON', ['{"type":"track"}\n{"type":"page"}\n'], ['1 track', '2 page']],
  [
    'NDJSON with empty lines, a byte order mark and Windows line ends',
    ['\uFEFF{"type":"track"}\r\n\r\n{"type":"page"}'],
    ['1 track', '3 page']
  ],
  ['NDJSON that arrives in pieces', ['{"type":"tr', 'ack"}\n{"ty', 'pe":"page"}'], ['1 track', '2 page']],
  ['one event', ['{"type":"track"}'], ['1 track']],
  ['one event over several lines', ['{\n  "type": "track"\n}\n'], ['1 track']],
  ['an array', ['[{"type":"track"},\n{"type":"page"}]'], ['1 track', '2 page']],
  ['an empty array', ['[]'], []],
  ['nothing', [''], []]
])('reads %s', async (_what, chunks, expected) => {
  expect(await read(...chunks)).toEqual(expected)
})

it('tells malformed lines by their number and goes on', async () => {
  expect(await read('{"type":"track"}\n{"type":\n[1]\n5\n{"event":"x"}\n{"type":"page"}')).toEqual([
    '1 track',
    expect.stringMatching(/^2 .*JSON/),
    '3 an event is a JSON object',
    '4 an event is a JSON object',
    '5 an event has a type, such as track',
    '6 page'
  ])
})

it('goes on after a first line that is cut short', async () => {
  expect(await read('{"type":"tra\n{"type":"page"}')).toEqual([expect.stringMatching(/^1 .*JSON/), '2 page'])
})

it('tells the line where an array is broken', async () => {
  expect(await read('[\n{"type":"track"},\n{"type" "page"}\n]')).toEqual([expect.stringMatching(/^3 .*JSON/)])
})

it('tells how much of the input has been dealt with', async () => {
  const ends: number[] = []
  for await (const { end } of readEvents(Readable.from([Buffer.from('{"type":"é"}\n{"type":"page"}\n')]))) {
    ends.push(end)
  }
  expect(ends).toEqual([14, 30])
})
