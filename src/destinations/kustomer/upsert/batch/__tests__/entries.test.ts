import { APIError, PayloadValidationError, RetryableError } from '@segment/actions-core'
import { record } from '../../../__tests__/__helpers__/answers'
import type { LeftOut } from '../../../values/left-out'
import type { Upserted } from '../../subject'
import { entriesOf, fail, failPending, readable, responseOf, settle } from '../entries'
import type { Entry } from '../entries'

const UPSERTED: Upserted = { outcome: 'updated', record: record(), leftOut: [] }
const GENDER: LeftOut = { field: 'gender', reason: 'not m or f' }

const entry = (index = 0, more: Partial<Entry> = {}): Entry => ({ index, event: `event ${index}`, ...more })

describe('entriesOf', () => {
  const error = new PayloadValidationError('No customer to upsert')
  const entries = entriesOf(['a', 'bad', 'c'], (payload) => {
    if (payload === 'bad') {
      throw error
    }
    return payload.toUpperCase()
  })

  it('knows the place of each event, and why one cannot be read', () => {
    expect(entries).toEqual([{ index: 0, event: 'A' }, error, { index: 2, event: 'C' }])
  })

  it('goes on with those that can be', () => {
    expect(readable(entries)).toEqual([
      { index: 0, event: 'A' },
      { index: 2, event: 'C' }
    ])
  })
})

it('settles and fails events together', () => {
  const entries = [entry(0), entry(1)]
  settle(entries, UPSERTED)
  expect(entries.map(({ result }) => result)).toEqual([{ upserted: UPSERTED }, { upserted: UPSERTED }])
  const error = new Error('No')
  fail(entries.slice(1), error)
  expect(entries.map(({ result }) => result)).toEqual([{ upserted: UPSERTED }, { error }])
})

describe('failPending', () => {
  it('makes whatever has yet to be tried again fail, and nothing else', () => {
    const pending = new RetryableError('Later')
    const no = new Error('No')
    const entries = [
      entry(0, { result: { upserted: { ...UPSERTED, pending } } }),
      entry(1, { result: { upserted: UPSERTED } }),
      entry(2, { result: { error: no } }),
      entry(3)
    ]
    failPending(entries)
    expect(entries.map(({ result }) => result)).toEqual([
      { error: pending },
      { upserted: UPSERTED },
      { error: no },
      undefined
    ])
  })
})

describe('responseOf', () => {
  type Event = { wanted: { name: string }; leftOut: LeftOut[] }
  const event = (name: string, leftOut: LeftOut[] = []): Event => ({ wanted: { name }, leftOut })
  const responses = (...entries: Array<Entry<Event> | Error>) =>
    responseOf(entries, ({ wanted }, { outcome }) => ({ outcome, of: wanted.name }))
      .getAllResponses()
      .map((each) => each.value())

  it('tells what was sent, and what the action answers with', () => {
    expect(responses({ index: 0, event: event('Ann'), result: { upserted: UPSERTED } })).toEqual([
      { status: 200, sent: { name: 'Ann' }, body: { outcome: 'updated', of: 'Ann' } }
    ])
  })

  it.each<[string, Error, number, string]>([
    ['of the payload', new PayloadValidationError('No'), 400, 'PAYLOAD_VALIDATION_FAILED'],
    ['of Kustomer', new APIError('No', 403), 403, 'FORBIDDEN'],
    ['that is retryable', new RetryableError('No', 423), 423, 'LOCKED'],
    ['without a status', new TypeError('No'), 500, 'INTERNAL_SERVER_ERROR']
  ])('tells the status and the message of a failure %s', (_what, error, status, errortype) => {
    const told = { status, errormessage: 'No', errortype }
    const result = { error }
    const [unread, failed] = responses(error, { index: 1, event: event('Ann'), result })
    expect(unread).toMatchObject(told)
    expect(unread).not.toHaveProperty('sent')
    expect(failed).toMatchObject({ ...told, sent: { name: 'Ann' }, body: { leftOut: [] } })
  })

  it('tells in a failure what was left out besides, and that a job was given it', () => {
    const result = { error: new RetryableError('No.', 408) }
    expect(responses({ index: 0, event: event('Ann', [GENDER]), result, isTaken: true })).toMatchObject([
      {
        status: 408,
        errormessage:
          'No. Kustomer has accepted the change in a bulk job, and its outcome is not known yet. Not sent as given: gender (not m or f).',
        body: { leftOut: [GENDER] }
      }
    ])
  })
})
