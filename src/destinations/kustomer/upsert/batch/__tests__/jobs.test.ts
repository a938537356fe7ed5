import { batches, ID, job, JOB_ID, OTHER_ID } from '../../../__tests__/__helpers__/answers'
import { elapse, pause, setTime } from '../../../__tests__/__helpers__/clock'
import type * as FakeClock from '../../../__tests__/__helpers__/clock'
import { conversation, kustomerOf } from '../../../__tests__/__helpers__/conversation'
import type { Answer, Step } from '../../../__tests__/__helpers__/conversation'
import type { BulkRecord } from '../../../api/records'
import { portionsOf, runJob } from '../jobs'

jest.mock('../../../api/clock', () => jest.requireActual<typeof FakeClock>('../../../__tests__/__helpers__/clock'))

const RECORDS: BulkRecord[] = [
  { externalId: 'u1', _clientRef: '0' },
  { externalId: 'u2', _clientRef: '1' }
]
const start: Step = ['POST customers/bulk', RECORDS, [201, job()]]
const ask = (answer: Answer): Step => [`GET bulk/${JOB_ID}`, answer]
const results = (answer: Answer): Step => [`GET bulk/${JOB_ID}/batches`, answer]
const TOLD: Answer = [
  200,
  batches([
    { _clientRef: '1', objectId: OTHER_ID, status: 'created' },
    { _clientRef: '0', status: 'error', error: 'duplicate detected' }
  ])
]

beforeEach(() => {
  setTime(0)
  pause.mockClear()
})

describe('runJob', () => {
  it('takes three requests where the job has ended at the first question', async () => {
    const client = conversation(start, ask([200, job('complete')]), results(TOLD)).client()
    expect(await runJob(client, 'customer', 'create', RECORDS)).toEqual({
      isUnfinished: false,
      results: new Map([
        ['1', { clientRef: '1', isWritten: true, objectId: OTHER_ID }],
        ['0', { clientRef: '0', isWritten: false, error: 'duplicate detected' }]
      ])
    })
    expect(pause.mock.calls.map(([milliseconds]) => milliseconds)).toEqual([200])
  })

  it('updates with PUT', async () => {
    const records = [{ id: ID, name: 'Ann', _clientRef: '0' }]
    const kustomer = conversation(
      ['PUT customers/bulk', records, [201, job()]],
      ask([200, job('complete')]),
      results([200, ''])
    )
    expect(await runJob(kustomer.client(), 'customer', 'update', records)).toMatchObject({
      isUnfinished: false,
      results: new Map()
    })
  })

  it('asks five times within 6 seconds', async () => {
    const controller = new AbortController()
    const waiting = Array.from({ length: 5 }, () => ask([200, job('running')]))
    const client = conversation(start, ...waiting).client({ signal: controller.signal })
    expect(await runJob(client, 'customer', 'create', RECORDS)).toMatchObject({
      isUnfinished: true,
      results: new Map()
    })
    expect(pause.mock.calls).toEqual(
      [200, 400, 800, 1600, 3000].map((milliseconds) => [milliseconds, controller.signal])
    )
  })

  it('counts the time that its questions take among the 6 seconds', async () => {
    const kustomer = kustomerOf((call) => {
      elapse(call.startsWith('GET') ? 2000 : 0)
      return [200, job('running')]
    })
    expect(await runJob(kustomer.client(), 'customer', 'create', RECORDS)).toMatchObject({
      isUnfinished: true,
      results: new Map()
    })
    expect(pause.mock.calls.map(([milliseconds]) => milliseconds)).toEqual([200, 400, 800])
  })

  it('reads the results once the job has ended', async () => {
    const client = conversation(
      start,
      ask([200, job('queued')]),
      ask([200, job('running')]),
      ask([200, job('complete')]),
      results(TOLD)
    ).client()
    expect((await runJob(client, 'customer', 'create', RECORDS)).results.size).toBe(2)
    expect(pause.mock.calls.map(([milliseconds]) => milliseconds)).toEqual([200, 400, 800])
  })

  it.each([400, 401, 403, 404, 409, 413, 422, 429, 500])(
    'answers for nothing where it is not taken, at %d',
    async (status) => {
      const client = conversation(['POST customers/bulk', RECORDS, [status]]).client()
      expect(await runJob(client, 'customer', 'create', RECORDS)).toMatchObject({
        isUnfinished: false,
        results: new Map()
      })
    }
  )

  it.each<[string, Step[]]>([
    ['a question', [ask([500])]],
    ['a question without the role', [ask([403])]],
    ['the results', [ask([200, job('complete')]), results([502, '<html>'])]]
  ])('is unfinished where %s fails', async (_what, steps) => {
    const client = conversation(start, ...steps).client()
    expect(await runJob(client, 'customer', 'create', RECORDS)).toMatchObject({
      isUnfinished: true,
      results: new Map()
    })
  })

  it('is unfinished where the signal comes', async () => {
    const controller = new AbortController()
    pause.mockImplementationOnce(() => {
      controller.abort()
      return Promise.resolve()
    })
    const client = conversation(start).client({ signal: controller.signal })
    expect(await runJob(client, 'customer', 'create', RECORDS)).toMatchObject({
      isUnfinished: true,
      results: new Map()
    })
  })
})

describe('portionsOf', () => {
  const writes = (length: number, name: string) =>
    Array.from({ length }, (_, index) => ({ body: { name, _clientRef: String(index).padStart(3, '0') } }))
  const sizes = (portions: unknown[][]): number[] => portions.map(({ length }) => length)

  it.each([
    [0, []],
    [1, [1]],
    [100, [100]],
    [101, [100, 1]],
    [250, [100, 100, 50]]
  ])('cuts %d records', (length, expected) => {
    expect(sizes(portionsOf(writes(length, 'Ann')))).toEqual(expected)
  })

  it('keeps every record, in order', () => {
    const all = writes(250, 'Ann')
    expect(portionsOf(all).flat()).toEqual(all)
  })

  it('fills a body up to 100,000 bytes, and not a byte more', () => {
    const record = { name: 'x', _clientRef: '000' }
    const bytes = JSON.stringify(record).length
    const fitting = writes(10, 'x'.repeat(10_000 - 2 - bytes + 1))
    expect(sizes(portionsOf(fitting))).toEqual([10])
    expect(sizes(portionsOf(writes(10, 'x'.repeat(10_000 - 2 - bytes + 2))))).toEqual([9, 1])
  })

  it('counts bytes, not characters', () => {
    expect(sizes(portionsOf(writes(4, 'ц'.repeat(20_000))))).toEqual([2, 2])
    for (const portion of portionsOf(writes(30, 'ц'.repeat(4_000)))) {
      expect(Buffer.byteLength(JSON.stringify(portion.map(({ body }) => body)))).toBeLessThanOrEqual(100_000)
    }
  })

  it('gives a record that is too large a portion of its own', () => {
    expect(sizes(portionsOf([...writes(1, 'Ann'), ...writes(1, 'x'.repeat(100_000)), ...writes(2, 'Ann')]))).toEqual([
      1, 1, 2
    ])
  })
})
