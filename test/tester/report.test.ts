import { describeSent, inMs } from '../../src/tester/sending/report'
import type { Sent } from '../../src/tester/sending/sent'

const SENT: Sent = {
  read: { number: 3, part: 2, end: 0, event: { type: 'identify', userId: 'u1' } },
  action: 'upsertCustomer',
  attempts: 1,
  verdict: 'delivered',
  status: 200,
  outcome: 'created',
  fields: {},
  leftOut: [],
  exchanges: [],
  milliseconds: 1
}

it.each([
  [0.26, '0.3 ms'],
  [19.04, '19 ms'],
  [79.46, '79.5 ms'],
  [1234.5, '1235 ms'],
  [61_000, '61000 ms']
])('writes %d milliseconds so that nobody reads them as seconds', (milliseconds, text) => {
  expect(inMs(milliseconds)).toBe(text)
})

it.each([
  [{ field: 'email', reason: 'not a valid email address', value: 'a@b' }, 'email "a@b": not a valid email address'],
  [{ field: 'phone', reason: 'extension ignored', value: 5 }, 'phone 5: extension ignored'],
  [{ field: 'properties', reason: 'ignored: 12 values' }, 'properties: ignored: 12 values'],
  [
    { field: 'name', reason: 'cut to 1,024 characters', value: 'n'.repeat(2000) },
    `name "${'n'.repeat(99)}…" (2000 characters): cut to 1,024 characters`
  ],
  [{ field: 'a\u001b', reason: 'x', value: '\u202e' }, 'a\ufffd "\ufffd": x']
])('tells what was left out in a line (%#)', (omission, line) => {
  const lines = describeSent({ ...SENT, leftOut: [omission] }, { width: Infinity }).split('\n')
  expect(lines[2]).toBe(`     ${line}`)
})

it('writes line breaks and tabs as JSON does', () => {
  const leftOut = [{ field: 'note', reason: 'one\ntwo\tthree\r\nfour' }]
  expect(describeSent({ ...SENT, leftOut }, { width: Infinity })).toContain('one\\ntwo\\tthree\\nfour')
})

it('names the preset that took an event', () => {
  const text = describeSent({ ...SENT, preset: 'Upsert Customer' }, { width: Infinity })
  expect(text).toContain(' Upsert Customer (upsertCustomer)\n')
})

it('names an event of a batch by its line, its place and its userId, and says how often it was sent', () => {
  const text = describeSent({ ...SENT, batch: 4, attempts: 2, verdict: 'retried', status: 500 }, { width: Infinity })
  expect(text).toMatch(/^3\.2 {2}identify, userId u1 +upsertCustomer, batch 4\n {5}Segment retries it \(500\): created/)
  expect(text).toContain('\n     Sent 2 times')
})
