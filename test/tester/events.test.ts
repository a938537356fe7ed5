import { Readable } from 'node:stream'
import { readEvents } from '../../src/tester/input/events'

async function read(...chunks: Array<string | Buffer>) {
  const all: string[] = []
  for await (const item of readEvents(Readable.from(chunks.map((chunk) => Buffer.from(chunk as string))))) {
    const place = item.part === undefined ? item.number : `${item.number}.${item.part}`
    all.push(`${place} ${'event' in item ? item.event.type : item.problem}`)
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
  ['a batch', ['{"batch":[{"type":"track"},{"type":"page"}]}'], ['1.1 track', '1.2 page']],
  ['a batch over several lines', ['{\n"batch": [\n{"type":"track"},{"type":"page"}]\n}'], ['1 track', '2 page']],
  ['batches, line by line', ['{"batch":[{"type":"track"}]}\n{"type":"page"}'], ['1.1 track', '2 page']],
  [
    'events as they are copied from the debugger',
    ['{\n  "type": "track",\n  "properties": {\n  }\n}\n\n{\n  "type": "page"\n}\n'],
    ['1 track', '2 page']
  ],
  ['an empty array', ['[]'], []],
  ['nothing', [''], []]
])('reads %s', async (_what, chunks, expected) => {
  expect(await read(...chunks)).toEqual(expected)
})

it('gives each event of a batch the context and the integrations of the batch', async () => {
  const batch = {
    batch: [{ type: 'track', context: { locale: 'de' } }, 5],
    context: { ip: '1.2.3.4', locale: 'en' },
    integrations: { All: false }
  }
  const items: unknown[] = []
  for await (const item of readEvents(Readable.from([Buffer.from(JSON.stringify(batch))]))) {
    items.push('event' in item ? item.event : item.problem)
  }
  expect(items).toEqual([
    { type: 'track', context: { ip: '1.2.3.4', locale: 'de' }, integrations: { All: false } },
    'not a JSON object'
  ])
})

it.each([
  ['Latin-1', Buffer.from('{"type":"track","event":"Gr\u00fcn"}', 'latin1')],
  ['UTF-16', Buffer.from('\ufeff{"type":"track"}', 'utf16le')],
  ['a character that is cut short', Buffer.from('{"type":"é').subarray(0, -1)]
])('reads no more once an input is not UTF-8: %s', async (_what, bytes) => {
  expect(await read('{"type":"page"}\n', bytes, '\n{"type":"page"}')).toEqual([
    '1 page',
    '2 not UTF-8 text: save the file as UTF-8'
  ])
})

it('reads a replacement character that somebody else has written', async () => {
  expect(await read('{"type":"page","name":"J\ufffdrgen"}')).toEqual(['1 page'])
})

it('tells malformed lines by their number and goes on', async () => {
  expect(await read('{"type":"track"}\n{"type":\n[1]\n5\n{"event":"x"}\n{"type":"page"}')).toEqual([
    '1 track',
    expect.stringMatching(/^2 .*JSON/),
    '3 not a JSON object',
    '4 not a JSON object',
    '5 type is missing, such as "track"',
    '6 page'
  ])
})

it('goes on after a first line that is cut short', async () => {
  expect(await read('{"type":"tra\n{"type":"page"}')).toEqual([expect.stringMatching(/^1 .*JSON/), '2 page'])
})

it('sends nothing of an array that is not UTF-8', async () => {
  const email = Buffer.from('"email": "\xff",\n', 'latin1')
  expect(await read('[{\n"type": "identify",\n', email, '"userId": "u1"\n}]')).toEqual([
    '3 not UTF-8 text: save the file as UTF-8'
  ])
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
