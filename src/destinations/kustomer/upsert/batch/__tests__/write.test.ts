import {
  batches,
  COMPANY_ID,
  companyRecord,
  job,
  JOB_ID,
  metadata,
  OTHER_ID,
  plainError,
  record,
  undefinedAttribute
} from '../../../__tests__/__helpers__/answers'
import { pause, setTime } from '../../../__tests__/__helpers__/clock'
import type * as FakeClock from '../../../__tests__/__helpers__/clock'
import type { Answer } from '../../../__tests__/__helpers__/conversation'
import { inTurn, kustomerWith } from '../../../__tests__/__helpers__/routes'
import type { Route } from '../../../__tests__/__helpers__/routes'
import type { RecordKind, StoredRecord } from '../../../api/records'
import type { Wanted } from '../../difference'
import type { Subject, Wish } from '../../subject'
import type { Entry } from '../entries'
import { writeAll } from '../write'
import type { Known } from '../write'

jest.mock('../../../api/clock', () => jest.requireActual<typeof FakeClock>('../../../__tests__/__helpers__/clock'))

const PENDING = new Error('later')
const UNEXPECTED = () => Promise.reject(new Error('Nobody expected it'))

const idOf = (number: number): string => `5f0000000000000000000${String(number).padStart(3, '0')}`

function subjectOf(kind: RecordKind, wish: () => Promise<Wish>): Subject {
  return {
    kind,
    wishFor: wish,
    isAbout: () => true,
    create: UNEXPECTED,
    canGoOn: false,
    afterRefusedCreation: UNEXPECTED,
    findMadeMeanwhile: () => Promise.resolve(undefined),
    settleContest: () => Promise.resolve({ contested: [] })
  }
}

/** Events, each about a record of its own: what it says, and the record as it was read. */
function knownOf(
  kind: RecordKind,
  each: Array<{ wanted: Wanted; record?: StoredRecord; wish?: Partial<Wish> }>
): Array<Known<string>> {
  return each.map(({ wanted, record: found, wish }, index) => ({
    entries: [{ index, event: `event ${index}` }],
    subject: subjectOf(kind, () => Promise.resolve({ wanted, leftOut: [], ...wish })),
    record: found
  }))
}

const times = <Value>(length: number, of: (number: number) => Value): Value[] =>
  Array.from({ length }, (_, number) => of(number))

/** Routes for jobs, each complete at the first question, and what each tells of its records. */
function jobsOf(call: string, ...tell: Array<(ref: string) => Record<string, unknown>>): Record<string, Route> {
  let refs: string[] = []
  let count = -1
  return {
    [call]: (body) => {
      refs = (body as Array<{ _clientRef: string }>).map(({ _clientRef }) => _clientRef)
      count += 1
      return [201, job()]
    },
    [`GET bulk/${JOB_ID}`]: [200, job('complete')],
    [`GET bulk/${JOB_ID}/batches`]: () => [
      200,
      batches(refs.map((ref) => ({ _clientRef: ref, ...(tell[count] ?? (() => ({ objectId: `new-${ref}` })))(ref) })))
    ]
  }
}

async function written(kind: RecordKind, known: Array<Known<string>>, routes: Record<string, Route>) {
  const kustomer = kustomerWith(routes)
  const rest = await writeAll(kustomer.client(), kind, known)
  const results = known.flatMap(({ entries }) => entries.map((entry: Entry) => entry.result))
  return {
    rest,
    calls: kustomer.sent.map(([call]) => call),
    bodiesOf: (call: string) => kustomer.sent.filter(([sent]) => sent === call).map(([, body]) => body),
    upserted: results.map((result) => (result && 'upserted' in result ? result.upserted : undefined)),
    errors: results.map((result) => (result && 'error' in result ? result.error : undefined))
  }
}

beforeEach(() => {
  setTime(0)
  pause.mockClear()
})

describe('updates of companies in a job', () => {
  const PUT = 'PUT companies/bulk'
  const whatsapps = [{ phone: '+15550100200' }]
  const acme = (number: number, more: Record<string, unknown> = {}) => ({
    wanted: { name: `Acme ${number}` },
    record: companyRecord({ name: 'Acme', rev: 3, ...more }, idOf(number))
  })

  it('have no rev, which is not published for them, and repeat what may be written', async () => {
    const { bodiesOf, upserted } = await written(
      'company',
      knownOf(
        'company',
        times(4, (number) => acme(number, { externalId: `c${number}`, defaultLang: 'en' }))
      ),
      jobsOf(PUT)
    )
    expect(bodiesOf(PUT)).toEqual([
      times(4, (number) => ({
        id: idOf(number),
        _clientRef: String(number),
        externalId: `c${number}`,
        defaultLang: 'en',
        name: `Acme ${number}`
      }))
    ])
    expect(upserted.map((each) => [each?.outcome, each?.record.id])).toEqual(
      times(4, (number) => ['updated', idOf(number)])
    )
  })

  it('are sent singly where they repeat whatsapps, which bulk updates do not take', async () => {
    const { calls, bodiesOf, upserted } = await written(
      'company',
      knownOf('company', [...times(4, (number) => acme(number)), acme(4, { whatsapps }), acme(5, { whatsapps })]),
      jobsOf(PUT)
    )
    expect(calls.filter((call) => call.startsWith('PUT'))).toEqual([
      `PUT companies/${idOf(4)}`,
      `PUT companies/${idOf(5)}`,
      PUT
    ])
    expect(bodiesOf(`PUT companies/${idOf(4)}`)).toEqual([{ name: 'Acme 4', whatsapps, rev: 3 }])
    expect(upserted.map((each) => each?.outcome)).toEqual(times(6, () => 'updated'))
  })

  it('are all sent singly where without those with whatsapps they are too few for a job', async () => {
    const { calls } = await written(
      'company',
      knownOf('company', [...times(3, (number) => acme(number)), acme(3, { whatsapps })]),
      {}
    )
    expect(calls.sort()).toEqual(times(4, (number) => `PUT companies/${idOf(number)}`))
  })
})

it('sends the rev in updates of customers in a job', async () => {
  const known = knownOf(
    'customer',
    times(4, (number) => ({ wanted: { name: 'Ann' }, record: record({ rev: number }, idOf(number)) }))
  )
  const { bodiesOf } = await written('customer', known, jobsOf('PUT customers/bulk'))
  expect(bodiesOf('PUT customers/bulk')).toEqual([
    times(4, (number) => ({ id: idOf(number), _clientRef: String(number), name: 'Ann', rev: number }))
  ])
})

describe('what is to be told and to be tried again', () => {
  const wish = { leftOut: [{ field: 'company', reason: 'left out: x' }], pending: PENDING }
  const expected = { leftOut: wish.leftOut, pending: PENDING }

  it('is handed on where nothing differs', async () => {
    const known = knownOf('customer', [{ wanted: { name: 'Ann' }, record: record({ name: 'Ann' }), wish }])
    const { upserted, calls } = await written('customer', known, {})
    expect(upserted).toEqual([{ outcome: 'unchanged', record: record({ name: 'Ann' }), ...expected }])
    expect(calls).toEqual([])
  })

  it.each<[string, 'POST' | 'PUT', StoredRecord | undefined]>([
    ['created', 'POST', undefined],
    ['updated', 'PUT', record({}, OTHER_ID, COMPANY_ID)]
  ])('is handed on where it is %s by a job', async (outcome, method, found) => {
    const link = { id: COMPANY_ID, mayMove: false }
    const known = knownOf(
      'customer',
      times(4, () => ({ wanted: { name: 'Ann', link }, record: found, wish }))
    )
    const { upserted } = await written('customer', known, jobsOf(`${method} customers/bulk`))
    expect(upserted[1]).toMatchObject({
      outcome,
      record: { id: found ? OTHER_ID : 'new-1', companyId: COMPANY_ID },
      ...expected
    })
  })

  it('is handed on where it is written singly', async () => {
    const known = knownOf('customer', [{ wanted: { name: 'Ann' }, record: record({}, OTHER_ID), wish }])
    const { upserted } = await written('customer', known, {})
    expect(upserted[0]).toMatchObject({ outcome: 'updated', ...expected })
  })
})

it('asks for what is wanted of all, in their order, ten at a time', async () => {
  const order: number[] = []
  let letFirstGoOn: () => void = () => undefined
  const others = new Promise<void>((resolve) => (letFirstGoOn = resolve))
  const known = times(
    12,
    (index): Known<string> => ({
      entries: [{ index, event: `event ${index}` }],
      subject: subjectOf('customer', async () => {
        await (index === 0 ? others : undefined)
        if (order.push(index) === 11) {
          letFirstGoOn()
        }
        return { wanted: { name: `Name ${index}` }, leftOut: [] }
      })
    })
  )
  const { bodiesOf } = await written('customer', known, jobsOf('POST customers/bulk'))
  expect(order[order.length - 1]).toBe(0)
  expect(bodiesOf('POST customers/bulk')).toEqual([
    times(12, (number) => ({ name: `Name ${number}`, _clientRef: String(number) }))
  ])
})

describe('an attribute that is not defined', () => {
  const POST = 'POST customers/bulk'
  const METADATA = 'GET metadata/customer'
  const LEFT_OUT = {
    field: 'customAttributes.aStr',
    reason: "left out: your organization has not defined it. Define it in Kustomer's settings, in the Klass customer"
  }
  const words = 'Additional properties not allowed (aStr): /properties/custom/additionalProperties'
  const customOf = (number: number): Record<string, string> =>
    number % 2 === 0 ? { aStr: '1', bStr: '2' } : { bStr: '2' }
  const wantedOf = (number: number): { wanted: Wanted } => ({
    wanted: { name: `Name ${number}`, custom: customOf(number) }
  })
  const evens = [0, 2, 4, 6]
  const refuseEvens = (ref: string) => (Number(ref) % 2 === 0 ? { error: words } : { objectId: `new-${ref}` })
  const body = (number: number, custom: unknown) => ({
    name: `Name ${number}`,
    custom,
    _clientRef: String(number)
  })

  it('is left out of a second job for those whom the first has refused for it', async () => {
    const { calls, bodiesOf, upserted, rest } = await written('customer', knownOf('customer', times(8, wantedOf)), {
      ...jobsOf(POST, refuseEvens),
      [METADATA]: [200, metadata({ bStr: {} })]
    })
    expect(calls).toEqual([
      ...[POST, `GET bulk/${JOB_ID}`, `GET bulk/${JOB_ID}/batches`],
      METADATA,
      ...[POST, `GET bulk/${JOB_ID}`, `GET bulk/${JOB_ID}/batches`]
    ])
    expect(bodiesOf(POST)).toEqual([
      times(8, (number) => body(number, customOf(number))),
      evens.map((number) => body(number, { bStr: '2' }))
    ])
    expect(upserted.map((each) => [each?.outcome, each?.record.id, each?.leftOut])).toEqual(
      times(8, (number) => ['created', `new-${number}`, number % 2 === 0 ? [LEFT_OUT] : []])
    )
    expect(rest).toEqual([])
  })

  it('is left out of a second job where the first was refused as a whole', async () => {
    let isFirst = true
    const jobs = jobsOf(POST) as Record<string, (sent: unknown) => Answer>
    const { bodiesOf, upserted } = await written('customer', knownOf('customer', times(4, wantedOf)), {
      ...jobs,
      [POST]: (sent) => {
        const answer: Answer = isFirst ? [400, undefinedAttribute('aStr')] : jobs[POST]?.(sent) ?? [599]
        isFirst = false
        return answer
      },
      [METADATA]: [200, metadata({ bStr: {} })]
    })
    expect(bodiesOf(POST)[1]).toEqual(times(4, (number) => body(number, { bStr: '2' })))
    expect(upserted.map((each) => each?.outcome)).toEqual(times(4, () => 'created'))
  })

  it('is none where it is defined: a job that is refused as a whole for a value is left to single writes', async () => {
    const { calls, rest } = await written('customer', knownOf('customer', times(4, wantedOf)), {
      [POST]: [400, undefinedAttribute('bStr')],
      [METADATA]: [200, metadata({ aStr: {}, bStr: {} })]
    })
    expect(calls).toEqual([POST, METADATA])
    expect(rest).toHaveLength(4)
  })

  it('is none where it is defined: only those go without it whose value a job has refused', async () => {
    const known = knownOf(
      'customer',
      times(8, (number) => ({ wanted: { name: `Name ${number}`, custom: { aStr: number < 4 ? 'bad' : 'good' } } }))
    )
    const { bodiesOf, upserted } = await written('customer', known, {
      ...jobsOf(POST, (ref) => (Number(ref) < 4 ? { error: words } : { objectId: `new-${ref}` })),
      [METADATA]: [200, metadata({ aStr: {} })]
    })
    expect(bodiesOf(POST)[1]).toEqual(times(4, (number) => ({ name: `Name ${number}`, _clientRef: String(number) })))
    expect(upserted.map((each) => each?.leftOut.length)).toEqual(times(8, (number) => (number < 4 ? 1 : 0)))
  })

  it('is left out of a second job of updates, and whoever has nothing else to write is unchanged', async () => {
    const PUT = 'PUT customers/bulk'
    const known = knownOf(
      'customer',
      times(5, (number) => ({
        wanted: { ...(number === 0 ? {} : { name: `Name ${number}` }), custom: { aStr: '1' } },
        record: record({ rev: 1 }, idOf(number))
      }))
    )
    const { bodiesOf, upserted, rest } = await written('customer', known, {
      ...jobsOf(PUT, () => ({ error: words })),
      [METADATA]: [200, metadata()]
    })
    expect(bodiesOf(PUT)[1]).toEqual(
      [1, 2, 3, 4].map((number) => ({ id: idOf(number), _clientRef: String(number), name: `Name ${number}`, rev: 1 }))
    )
    expect(upserted.map((each) => [each?.outcome, each?.leftOut])).toEqual(
      times(5, (number) => [number === 0 ? 'unchanged' : 'updated', [LEFT_OUT]])
    )
    expect(rest).toEqual([])
  })

  it('is not repeated in a job, though the records show it still', async () => {
    const PUT = 'PUT customers/bulk'
    const kustomer = kustomerWith(jobsOf(PUT))
    const client = kustomer.client()
    client.undefinedAttributes.customer.learnDefined(['bStr', 'cStr'])
    const known = knownOf(
      'customer',
      times(4, (number) => ({
        wanted: { custom: { bStr: '2' } },
        record: record({ rev: 1, custom: { aStr: '1', cStr: '3' } }, idOf(number))
      }))
    )
    await writeAll(client, 'customer', known)
    const custom = { bStr: '2', cStr: '3' }
    expect(kustomer.sent[0]).toEqual([
      PUT,
      times(4, (number) => ({ id: idOf(number), _clientRef: String(number), custom, rev: 1 }))
    ])
  })

  it('makes no second job where it was all that they were to write', async () => {
    const PUT = 'PUT customers/bulk'
    const known = knownOf(
      'customer',
      times(4, (number) => ({ wanted: { custom: { aStr: '1' } }, record: record({ rev: 1 }, idOf(number)) }))
    )
    const { calls, upserted, rest } = await written('customer', known, {
      ...jobsOf(PUT, () => ({ error: words })),
      [METADATA]: [200, metadata()]
    })
    expect(calls).toEqual([PUT, `GET bulk/${JOB_ID}`, `GET bulk/${JOB_ID}/batches`, METADATA])
    expect(upserted.map((each) => each?.outcome)).toEqual(times(4, () => 'unchanged'))
    expect(rest).toEqual([])
  })

  it('is left to single writes where fewer than four were refused', async () => {
    const { calls, rest } = await written('customer', knownOf('customer', times(7, wantedOf)), {
      ...jobsOf(POST, (ref) => (['0', '2', '4'].includes(ref) ? { error: words } : { objectId: `new-${ref}` }))
    })
    expect(calls.filter((call) => call === POST || call === METADATA)).toEqual([POST])
    expect(rest.map(({ entries }) => entries[0]?.index)).toEqual([0, 2, 4])
  })

  it('is left to single writes where the second job refuses them too', async () => {
    const { calls, rest } = await written('customer', knownOf('customer', times(4, wantedOf)), {
      ...jobsOf(
        POST,
        () => ({ error: words }),
        () => ({ error: words.replace('aStr', 'bStr') })
      ),
      [METADATA]: [403]
    })
    expect(calls.filter((call) => call === POST)).toHaveLength(2)
    expect(rest.map(({ verb, entries }) => [verb, entries[0]?.index])).toEqual(times(4, (number) => ['create', number]))
  })

  it('is not sent again with what the job has not answered for', async () => {
    const { bodiesOf, rest } = await written('customer', knownOf('customer', times(6, wantedOf)), {
      ...jobsOf(POST, (ref) => (ref === '5' ? {} : { error: words })),
      [METADATA]: [200, metadata({ bStr: {} })]
    })
    const refs = bodiesOf(POST).map((body) => (body as Array<{ _clientRef: string }>).map((each) => each._clientRef))
    expect(refs[1]).toEqual(['0', '1', '2', '3', '4'])
    expect(rest.map(({ entries }) => entries[0]?.index)).toEqual(expect.arrayContaining([5]))
  })

  it('is what no other refusal is taken for', async () => {
    const { calls, rest } = await written('customer', knownOf('customer', times(4, wantedOf)), {
      ...jobsOf(POST, () => ({ error: 'duplicate detected' }))
    })
    expect(calls.filter((call) => call === POST || call === METADATA)).toEqual([POST])
    expect(rest).toHaveLength(4)
  })

  it('is not sent again by the jobs that come after it, nor singly', async () => {
    const kustomer = kustomerWith({
      ...jobsOf(POST, () => ({ error: words })),
      [METADATA]: [200, metadata({ bStr: {} })]
    })
    const client = kustomer.client()
    await writeAll(client, 'customer', knownOf('customer', times(4, wantedOf)))
    const later = knownOf('customer', [{ ...wantedOf(0), record: record({ rev: 1 }, OTHER_ID) }])
    await writeAll(client, 'customer', later)
    expect(kustomer.sent[kustomer.sent.length - 1]).toEqual([
      `PATCH customers/${OTHER_ID}`,
      { name: 'Name 0', custom: { bStr: '2' }, rev: 1 }
    ])
  })
})

describe('what is written singly', () => {
  it('is the rest, one event for itself, where the update of several fails', async () => {
    const entries = times(2, (index): Entry<string> => ({ index, event: `event ${index}` }))
    const subject = subjectOf('customer', () => Promise.resolve({ wanted: { name: 'Ann' }, leftOut: [] }))
    const known = [{ entries, subject, record: record({ rev: 1 }, OTHER_ID) }]
    const { rest, errors } = await written('customer', known, { [`PATCH customers/${OTHER_ID}`]: [500] })
    expect(rest).toEqual([{ verb: 'update', entries }])
    expect(errors).toEqual([undefined, undefined])
  })

  it('fails for itself where it is of one event', async () => {
    const known = knownOf('customer', [{ wanted: { name: 'Ann' }, record: record({ rev: 1 }, OTHER_ID) }])
    const { rest, errors } = await written('customer', known, { [`PATCH customers/${OTHER_ID}`]: [500] })
    expect(rest).toEqual([])
    expect(errors).toEqual([expect.objectContaining({ status: 500 })])
  })

  it('creates several as one, without what is not defined', async () => {
    const entries = times(2, (index): Entry<string> => ({ index, event: `event ${index}` }))
    const wanted = { name: 'Ann', custom: { aStr: '1' } }
    const subject = subjectOf('customer', () => Promise.resolve({ wanted, leftOut: [] }))
    const { rest, bodiesOf } = await written('customer', [{ entries, subject }], {
      'POST customers': inTurn([400, undefinedAttribute('aStr')], [201]),
      'GET metadata/customer': [403, plainError('Forbidden')]
    })
    expect(bodiesOf('POST customers')).toEqual([])
    await rest[0]?.together?.()
    expect(entries.map(({ result }) => result)).toEqual(
      times(2, () => ({ upserted: expect.objectContaining({ outcome: 'created' }) as unknown }))
    )
  })
})
