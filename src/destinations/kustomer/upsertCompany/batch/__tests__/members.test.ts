import { COMPANY_ID, companyRecord, customer, JOB_ID, OTHER_ID } from '../../../__tests__/__helpers__/answers'
import { pause, setTime } from '../../../__tests__/__helpers__/clock'
import type * as FakeClock from '../../../__tests__/__helpers__/clock'
import type { Answer } from '../../../__tests__/__helpers__/conversation'
import { inTurn, jobRoutes, kustomerWith } from '../../../__tests__/__helpers__/routes'
import type { Route } from '../../../__tests__/__helpers__/routes'
import { LINKED_ELSEWHERE } from '../../../upsert/difference'
import type { LeftOut } from '../../../values/left-out'
import type { CompanyEntry } from '../companies'
import { linkMembers } from '../members'

jest.mock('../../../api/clock', () => jest.requireActual<typeof FakeClock>('../../../__tests__/__helpers__/clock'))

const EMAIL: LeftOut = { field: 'email', reason: 'x' }
const UNKNOWN_USER = { field: 'userId', reason: 'not linked: Kustomer knows no customer with this External ID' }
const UNKNOWN_COMPANY = { field: 'userId', reason: 'not linked: Kustomer did not tell the ID of the company' }

const idOf = (number: number): string => `5f0000000000000000000${String(number).padStart(3, '0')}`
const byId = (number: number): string => `GET customers/externalId=u${number}`
const user = (number: number, companyId?: string, rev = 1): Answer => [
  200,
  customer({ externalId: `u${number}`, rev }, idOf(number), companyId)
]

/** An event whose company was written, with the user who is to be linked to it. */
function written(index: number, userNumber?: number, companyId = COMPANY_ID, mayMove = false): CompanyEntry {
  const member = userNumber === undefined ? undefined : { externalId: `u${userNumber}`, mayMove }
  return {
    index,
    event: { reference: {}, wanted: {}, member, leftOut: [] },
    result: { upserted: { outcome: 'updated', record: companyRecord({}, companyId), leftOut: [EMAIL] } }
  }
}

async function linked(entries: CompanyEntry[], routes: Record<string, Route> = {}) {
  const kustomer = kustomerWith(routes)
  await linkMembers(kustomer.client(), entries)
  return {
    sent: kustomer.sent,
    calls: kustomer.sent.map(([call]) => call),
    told: entries.map(({ result }) => {
      if (!result) {
        return undefined
      }
      return 'error' in result ? result.error.message : result.upserted.leftOut
    })
  }
}

beforeEach(() => {
  setTime(0)
  pause.mockClear()
})

it('reads each user once, and writes nothing where they are linked already', async () => {
  const entries = [written(0, 0), written(1, 1), written(2, 0)]
  const { calls, told } = await linked(entries, { [byId(0)]: user(0, COMPANY_ID), [byId(1)]: user(1, COMPANY_ID) })
  expect(calls).toEqual([byId(0), byId(1)])
  expect(told).toEqual([[EMAIL], [EMAIL], [EMAIL]])
})

it('leaves the outcome of the company as it is', async () => {
  const entries = [written(0, 0)]
  await linked(entries, { [byId(0)]: user(0) })
  expect(entries[0]?.result).toEqual({
    upserted: { outcome: 'updated', record: companyRecord(), leftOut: [EMAIL] }
  })
})

it('links a few singly, with the company and the rev', async () => {
  const { sent } = await linked([written(0, 0), written(1, 1, OTHER_ID)], { [byId(0)]: user(0), [byId(1)]: user(1) })
  expect(sent.slice(2)).toEqual([
    [`PATCH customers/${idOf(0)}`, { company: COMPANY_ID, rev: 1 }],
    [`PATCH customers/${idOf(1)}`, { company: OTHER_ID, rev: 1 }]
  ])
})

it('links many in one job', async () => {
  const numbers = [0, 1, 2, 3]
  const { sent, calls, told } = await linked(
    numbers.map((number) => written(number, number)),
    { ...Object.fromEntries(numbers.map((number) => [byId(number), user(number)])), ...jobRoutes('update') }
  )
  expect(sent[4]).toEqual([
    'PUT customers/bulk',
    numbers.map((number) => ({ id: idOf(number), _clientRef: String(number), company: COMPANY_ID, rev: 1 }))
  ])
  expect(calls.slice(4)).toEqual(['PUT customers/bulk', `GET bulk/${JOB_ID}`, `GET bulk/${JOB_ID}/batches`])
  expect(told).toEqual(numbers.map(() => [EMAIL]))
})

it('links singly, read fresh, what a job does not', async () => {
  const numbers = [0, 1, 2, 3]
  const users = Object.fromEntries(numbers.map((number) => [byId(number), user(number)]))
  const { calls, sent, told } = await linked(
    numbers.map((number) => written(number, number)),
    {
      ...users,
      ...jobRoutes('update', (ref) => (ref === '2' ? { error: 'rev is stale' } : {})),
      [byId(2)]: inTurn(user(2), user(2, undefined, 2))
    }
  )
  expect(calls.slice(-2)).toEqual([byId(2), `PATCH customers/${idOf(2)}`])
  expect(sent[sent.length - 1]?.[1]).toEqual({ company: COMPANY_ID, rev: 2 })
  expect(told).toEqual(numbers.map(() => [EMAIL]))
})

it('tells who is not known, and who stays with another company', async () => {
  const { calls, told } = await linked([written(0, 0), written(1, 1), written(2, 0)], { [byId(1)]: user(1, OTHER_ID) })
  expect(calls).toEqual([byId(0), byId(1)])
  expect(told).toEqual([
    [EMAIL, UNKNOWN_USER],
    [EMAIL, { field: 'company', reason: LINKED_ELSEWHERE }],
    [EMAIL, UNKNOWN_USER]
  ])
})

it('moves who may be moved', async () => {
  const { sent } = await linked([written(0, 0, COMPANY_ID, true)], { [byId(0)]: user(0, OTHER_ID) })
  expect(sent[1]).toEqual([`PATCH customers/${idOf(0)}`, { company: COMPANY_ID, rev: 1 }])
})

it('links whoever belongs to several companies to one after the other, in the order of the batch', async () => {
  const entries = [written(0, 0, COMPANY_ID, true), written(1, 1), written(2, 0, OTHER_ID, true)]
  const { sent } = await linked(entries, {
    [byId(0)]: inTurn(user(0), user(0, COMPANY_ID, 2)),
    [byId(1)]: user(1, COMPANY_ID)
  })
  expect(sent).toEqual([
    [byId(1)],
    [byId(0)],
    [`PATCH customers/${idOf(0)}`, { company: COMPANY_ID, rev: 1 }],
    [byId(0)],
    [`PATCH customers/${idOf(0)}`, { company: OTHER_ID, rev: 2 }]
  ])
})

it('takes two events that differ in whether they may move somebody for two', async () => {
  const entries = [written(0, 0), written(1, 0, COMPANY_ID, true)]
  const { sent, told } = await linked(entries, { [byId(0)]: user(0, OTHER_ID) })
  expect(sent).toEqual([[byId(0)], [byId(0)], [`PATCH customers/${idOf(0)}`, { company: COMPANY_ID, rev: 1 }]])
  expect(told).toEqual([[EMAIL, { field: 'company', reason: LINKED_ELSEWHERE }], [EMAIL]])
})

it('makes what fails the result of its events alone, though their company is written', async () => {
  const { told } = await linked([written(0, 0), written(1, 1), written(2, 0), written(3, 2)], {
    [byId(0)]: [500],
    [byId(1)]: user(1),
    [byId(2)]: user(2),
    [`PATCH customers/${idOf(2)}`]: [503]
  })
  expect(told).toEqual([
    'Could not look up the customer by externalId: Kustomer answered 500.',
    [EMAIL],
    'Could not look up the customer by externalId: Kustomer answered 500.',
    'Could not update the customer: Kustomer answered 503.'
  ])
})

describe('nobody is looked for', () => {
  it.each<[string, CompanyEntry, unknown]>([
    ['whose company was not written', { ...written(0, 0), result: { error: new Error('No') } }, 'No'],
    ['whose company has no outcome', { ...written(0, 0), result: undefined }, undefined],
    ['where an event has no user', written(0), [EMAIL]],
    ['whose company Kustomer does not tell the ID of', written(0, 0, ''), [EMAIL, UNKNOWN_COMPANY]]
  ])('%s', async (_who, entry, told) => {
    expect(await linked([entry])).toEqual({ sent: [], calls: [], told: [told] })
  })
})
