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
    'an event is a JSON object'
  ])
})

it.each([
  ['Latin-1', Buffer.from('{"type":"track","event":"Gr\u00fcn"}', 'latin1'), 'byte 28 of the input (0xFC) is no UTF-8'],
  [
    'a character that is cut short',
    Buffer.from('{"\ufffd":"é"}').subarray(0, 9),
    'byte 9 of the input (0xC3) is no UTF-8'
  ]
])('names the byte where a line is %s, and goes on', async (_what, line, problem) => {
  const first = Buffer.from('{"type":"page"}\n')
  const place = problem.replace(/\d+/, (byte) => String(Number(byte) + first.length))
  expect(await read(Buffer.concat([first, line]), '\n{"type":"page"}')).toEqual(['1 page', `2 ${place}`, '3 page'])
})

it.each([
  ['with a byte order mark', Buffer.from('\ufeff{"type":"track"}', 'utf16le'), '0xFF'],
  ['without one', Buffer.from('{"type":"track"}', 'utf16le'), '0x7B'],
  ['the other way around', Buffer.from('\ufeff{"type":"track"}', 'utf16le').swap16(), '0xFE']
])('names the byte where an input is UTF-16 %s, and reads no more of it', async (_what, input, byte) => {
  expect(await read(input, '\n{"type":"page"}')).toEqual([
    `1 byte 1 of the input (${byte}) begins UTF-16; events are read as UTF-8`
  ])
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

it('sends nothing of an event that one line of could not be read', async () => {
  const email = Buffer.from('"email": "\xff",\n', 'latin1')
  expect(await read('{\n"type": "identify",\n', email, '"userId": "u1"\n}')).toEqual([
    '3 byte 33 of the input (0xFF) is no UTF-8, so that nothing of the input is read'
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
