import {
  briefCompany,
  companies,
  company,
  COMPANY_ID,
  companyRecord,
  OTHER_ID
} from '../../../__tests__/__helpers__/answers'
import { kustomerOf } from '../../../__tests__/__helpers__/conversation'
import type { Answer } from '../../../__tests__/__helpers__/conversation'
import { kustomerWith } from '../../../__tests__/__helpers__/routes'
import { keysOf } from '../../../companies/find'
import { groupsOf } from '../../../upsert/batch/groups'
import type { Wanted } from '../../../upsert/difference'
import { readCompanies } from '../companies'
import type { CompanyEntry } from '../companies'

const byId = (id: string): string => `GET companies?externalId=${id}`
const byName = (name: string): string => `GET companies?filter=${name}`
const found = (attributes: Record<string, unknown>, id = COMPANY_ID): Answer => [
  200,
  companies([company(attributes, id)])
]

/** The events of a batch, each about the company that an ID and a name give: `c1 Acme`, `c1 -`, `- Acme`. */
function entriesOf(...events: Array<string | [string, Wanted]>): CompanyEntry[] {
  return events.map((event, index) => {
    const [named, more] = typeof event === 'string' ? [event, {}] : event
    const [externalId, name] = named.split(' ').map((text) => (text === '-' ? undefined : text))
    const reference = { externalId, name }
    return { index, event: { reference, wanted: { ...reference, ...more }, leftOut: [] } }
  })
}

async function read(routes: Record<string, Answer>, ...events: Array<string | [string, Wanted]>) {
  const kustomer = kustomerWith(routes)
  const entries = entriesOf(...events)
  const groups = groupsOf(entries, ({ event }) => keysOf(event.reference))
  const { known, contending } = await readCompanies(kustomer.client(), groups)
  return {
    calls: kustomer.sent.map(([call]) => call),
    entries,
    companies: known,
    known: known.map((each) => ({ events: each.entries.map(({ index }) => index), id: each.record?.id })),
    contending: contending.map(({ index }) => index).sort()
  }
}

it('reads each company once, whatever the number of its events', async () => {
  const acme = { externalId: 'c1', name: 'Acme', employeeCount: 5 }
  const {
    calls,
    known,
    contending,
    companies: read0
  } = await read({ [byId('c1')]: found(acme) }, ['c1 Acme', { employeeCount: 4 }], 'c2 Other', [
    'c1 Acme',
    { employeeCount: 5 }
  ])
  expect(calls).toEqual([byId('c1'), byId('c2'), byName('Other')])
  expect(known).toEqual([
    { events: [0, 2], id: COMPANY_ID },
    { events: [1], id: undefined }
  ])
  expect(contending).toEqual([])
  expect(read0[0]?.record).toEqual(companyRecord(acme))
  expect(await read0[0]?.subject.wishFor()).toMatchObject({ wanted: { name: 'Acme', employeeCount: 5 } })
})

it('reads ten at a time', async () => {
  let atOnce = 0
  let mostAtOnce = 0
  const kustomer = kustomerOf(async (call) => {
    mostAtOnce = Math.max(mostAtOnce, (atOnce += 1))
    await Promise.resolve()
    await Promise.resolve()
    atOnce -= 1
    return [200, companies([company({ externalId: call.split('=')[1] }, call)])]
  })
  const entries = entriesOf(...Array.from({ length: 25 }, (_, index) => `c${index} -`))
  await readCompanies(
    kustomer.client(),
    entries.map((entry) => [entry])
  )
  expect(kustomer.sent).toHaveLength(25)
  expect(mostAtOnce).toBe(10)
})

it('reads whole what a list shows a part of, where something differs', async () => {
  const listed: Answer = [200, companies([briefCompany('Acme', 'c1')])]
  expect((await read({ [byId('c1')]: listed }, 'c1 Acme')).calls).toEqual([byId('c1')])
  const whole = { externalId: 'c1', name: 'Acme', employeeCount: 5 }
  const { calls, companies: known } = await read(
    { [byId('c1')]: listed, [`GET companies/${COMPANY_ID}`]: [200, company(whole)] },
    ['c1 Acme', { employeeCount: 6 }]
  )
  expect(calls).toEqual([byId('c1'), `GET companies/${COMPANY_ID}`])
  expect(known[0]?.record?.attributes).toMatchObject(whole)
})

describe('events that contend', () => {
  it.each<[string, Record<string, Answer>, string[], number[]]>([
    ['two IDs with one name', {}, ['c1 Acme', 'c2 Acme', 'c3 Other'], [0, 1]],
    ['a bare name that another event gives an ID', {}, ['- Acme', 'c1 Acme', 'c3 Other'], [0, 1]],
    [
      'a bare name of the company that another event gives the ID of',
      {
        [byId('c1')]: found({ externalId: 'c1', name: 'Acme' }),
        [byName('Acme')]: found({ externalId: 'c1', name: 'Acme' })
      },
      ['c1 -', '- Acme', 'c3 Other'],
      [0, 1]
    ],
    [
      'a bare name that a company with another ID has too',
      {
        [byId('c1')]: found({ externalId: 'c1', name: 'Acme' }),
        [byName('Acme')]: found({ name: 'Acme' }, OTHER_ID)
      },
      ['c1 -', '- Acme', 'c3 Other'],
      [0, 1]
    ],
    [
      'a bare name of the company that has the ID of another event, which its own read has not found',
      { [byName('Acme')]: found({ externalId: 'c1', name: 'Acme' }) },
      ['c1 Beta', '- Acme', 'c3 Other'],
      [0, 1]
    ],
    ['a new company whose first event has no name', {}, ['c1 -', 'c1 Acme', 'c3 Other'], [0, 1]],
    ['a new company whose name Kustomer does not take', {}, ['c1 AB', 'c3 Other'], [0]]
  ])('go singly: %s', async (_why, routes, events, expected) => {
    const { known, contending } = await read(routes, ...events)
    expect(contending).toEqual(expected)
    expect(known.map(({ events: [index] }) => index)).toEqual([events.length - 1])
  })

  it('go singly where together they are more than one write holds', async () => {
    const domains = (from: number) => Array.from({ length: 6 }, (_, index) => ({ domain: `${from + index}.example` }))
    const { contending } = await read({}, ['c1 Acme', { domains: domains(0) }], ['c1 Acme', { domains: domains(6) }])
    expect(contending).toEqual([0, 1])
  })

  it('are not looked up together where no read could tell whose they are', async () => {
    expect((await read({}, 'c1 Acme', 'c2 Acme')).calls).toEqual([])
  })
})

it('takes a company that an agent has named briefly for one that can be updated', async () => {
  const { known } = await read({ [byId('c1')]: found({ externalId: 'c1', name: 'AB' }) }, 'c1 -')
  expect(known).toEqual([{ events: [0], id: COMPANY_ID }])
})

it('does not take companies of one name for one, of which only one has an ID', async () => {
  const both: Answer = [
    200,
    companies([company({ name: 'Acme' }), company({ externalId: 'c1', name: 'Acme' }, OTHER_ID)])
  ]
  const { known } = await read({ [byName('Acme')]: both }, '- Acme')
  expect(known).toEqual([{ events: [0], id: COMPANY_ID }])
})

it('makes a failed read the result of its events alone', async () => {
  const { known, entries } = await read({ [byId('c1')]: [500] }, 'c1 Acme', 'c2 Other', 'c1 Acme')
  expect(known.map(({ events }) => events)).toEqual([[1]])
  expect(entries.map(({ result }) => (result && 'error' in result ? result.error.message : result))).toEqual([
    'Could not look up the company by externalId: Kustomer answered 500.',
    undefined,
    'Could not look up the company by externalId: Kustomer answered 500.'
  ])
})
