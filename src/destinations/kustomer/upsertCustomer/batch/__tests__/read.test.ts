import { customer, ID, OTHER_ID, record } from '../../../__tests__/__helpers__/answers'
import { kustomerOf, MISSING } from '../../../__tests__/__helpers__/conversation'
import type { Answer } from '../../../__tests__/__helpers__/conversation'
import { kustomerWith } from '../../../__tests__/__helpers__/routes'
import { groupsOf } from '../../../upsert/batch/groups'
import type { Identifier } from '../../../values/identifiers'
import { keysOf } from '../people'
import type { CustomerEntry } from '../people'
import { readPeople } from '../read'

const EMAIL: Identifier = { name: 'email', value: 'ann@example.com' }
const OTHER_EMAIL: Identifier = { name: 'email', value: 'lee@example.com' }
const PHONE: Identifier = { name: 'phone', value: '+15550100200' }
const OTHER_PHONE: Identifier = { name: 'phone', value: '+15550100299' }
const id = (value: string): Identifier => ({ name: 'externalId', value })

const BY_EMAIL = 'GET customers/email=ann%40example.com'
const BY_OTHER_EMAIL = 'GET customers/email=lee%40example.com'
const BY_PHONE = 'GET customers/phone=%2B15550100200'
const BY_OTHER_PHONE = 'GET customers/phone=%2B15550100299'
const found = (attributes: Record<string, unknown>, customerId = ID): Answer => [200, customer(attributes, customerId)]

/** The events of a batch, each named by these identifiers. */
const entriesOf = (...people: Identifier[][]): CustomerEntry[] =>
  people.map((identifiers, index) => ({
    index,
    event: {
      identifiers,
      wanted: { emails: identifiers.filter(({ name }) => name === 'email').map(({ value }) => ({ email: value })) },
      leftOut: []
    }
  }))

async function read(routes: Record<string, Answer>, ...people: Identifier[][]) {
  const kustomer = kustomerWith(routes)
  const entries = entriesOf(...people)
  const { known, contending } = await readPeople(kustomer.client(), groupsOf(entries, keysOf))
  return {
    calls: kustomer.sent.map(([call]) => call),
    entries,
    known: known.map((each) => ({ events: each.entries.map(({ index }) => index), id: each.record?.id })),
    contending: contending.map(({ index }) => index),
    people: known
  }
}

it('reads each person once, whatever the number of their events', async () => {
  const { calls, known, contending, people } = await read(
    { 'GET customers/externalId=u1': found({ externalId: 'u1' }) },
    [id('u1')],
    [id('u2')],
    [id('u1')]
  )
  expect(calls).toEqual(['GET customers/externalId=u1', 'GET customers/externalId=u2'])
  expect(known).toEqual([
    { events: [0, 2], id: ID },
    { events: [1], id: undefined }
  ])
  expect(contending).toEqual([])
  expect(people[0]?.record).toEqual(record({ externalId: 'u1' }))
})

it('reads ten at a time', async () => {
  let atOnce = 0
  let mostAtOnce = 0
  const kustomer = kustomerOf(async () => {
    mostAtOnce = Math.max(mostAtOnce, (atOnce += 1))
    await Promise.resolve()
    await Promise.resolve()
    atOnce -= 1
    return MISSING
  })
  const entries = entriesOf(...Array.from({ length: 25 }, (_, index) => [id(`u${index}`)]))
  await readPeople(kustomer.client(), groupsOf(entries, keysOf))
  expect(kustomer.sent).toHaveLength(25)
  expect(mostAtOnce).toBe(10)
})

it('takes events whose reads find the same record for one person, in the order of the batch', async () => {
  const ann = found({ emails: [{ email: 'ann@example.com' }], phones: [{ phone: '+15550100200' }] })
  const { known, contending } = await read({ [BY_EMAIL]: ann, [BY_PHONE]: ann }, [PHONE], [id('u9')], [EMAIL], [PHONE])
  expect(known).toEqual([
    { events: [0, 2, 3], id: ID },
    { events: [1], id: undefined }
  ])
  expect(contending).toEqual([])
})

it('does not take two who are both unknown for one person', async () => {
  const { known } = await read({}, [id('u1')], [EMAIL], [PHONE])
  expect(known.map(({ events }) => events)).toEqual([[0], [1], [2]])
})

describe('events that contend', () => {
  it.each<[string, Record<string, Answer>, Identifier[][], string[], number[]]>([
    [
      'for an email, by two externalIds',
      {},
      [
        [id('u1'), EMAIL],
        [id('u2'), EMAIL]
      ],
      [],
      [0, 1]
    ],
    [
      'because their reads find two customers',
      {
        'GET customers/externalId=u1': found({ externalId: 'u1' }),
        [BY_EMAIL]: found({ emails: [{ email: 'ann@example.com' }] }, OTHER_ID)
      },
      [[id('u1'), EMAIL], [EMAIL]],
      ['GET customers/externalId=u1', BY_EMAIL],
      [0, 1]
    ],
    [
      'because one of their reads finds nobody',
      { [BY_EMAIL]: found({ emails: [{ email: 'ann@example.com' }] }) },
      [[id('u1'), EMAIL], [EMAIL]],
      ['GET customers/externalId=u1', BY_EMAIL],
      [0, 1]
    ]
  ])('go singly: %s', async (_why, routes, people, calls, contending) => {
    const result = await read(routes, ...people)
    expect(result).toMatchObject({ calls, contending, known: [] })
  })

  it('go singly where one gives what the other one is known by', async () => {
    const result = await read(
      { 'GET customers/externalId=u1': found({ externalId: 'u1', emails: [{ email: 'ann@example.com' }] }) },
      [id('u1')],
      [id('u2'), EMAIL]
    )
    expect(result).toMatchObject({ known: [], contending: [0, 1] })
  })

  it('go one after the other, in the order of the batch, whatever they contend for', async () => {
    const result = await read(
      {},
      [id('u1'), PHONE],
      [id('u2'), EMAIL],
      [id('u3'), PHONE],
      [id('u4'), EMAIL],
      [id('u5')]
    )
    expect(result).toMatchObject({ known: [{ events: [4] }], contending: [0, 1, 2, 3] })
  })

  it('go singly where whoever was found by phone gives another email', async () => {
    const office = found({ phones: [{ phone: '+15550100200' }, { phone: '+15550100299' }] })
    const result = await read(
      { [BY_PHONE]: office, [BY_OTHER_PHONE]: office },
      [EMAIL, PHONE],
      [OTHER_EMAIL, OTHER_PHONE]
    )
    expect(result.calls).toEqual([BY_EMAIL, BY_OTHER_EMAIL, BY_PHONE, BY_OTHER_PHONE])
    expect(result).toMatchObject({ known: [], contending: [0, 1] })
  })

  it('go singly where the first is found by a phone and the next gives an email that is merely shared', async () => {
    const ann = found({ sharedEmails: [{ email: 'ann@example.com' }], phones: [{ phone: '+15550100200' }] })
    const result = await read({ [BY_PHONE]: ann }, [EMAIL, PHONE], [EMAIL])
    expect(result).toMatchObject({ calls: [BY_EMAIL, BY_PHONE], known: [], contending: [0, 1] })
  })

  it('go singly where two customers hold the same digits', async () => {
    const result = await read(
      {
        'GET customers/externalId=u1': found({ externalId: 'u1', phones: [{ phone: '+15550100200' }] }),
        'GET customers/externalId=u2': found({ externalId: 'u2', phones: [{ phone: '1 555 010 0200' }] }, OTHER_ID)
      },
      [id('u1')],
      [id('u2')]
    )
    expect(result).toMatchObject({ known: [], contending: [0, 1] })
  })

  it('go singly together with whoever finds the same record as one of them', async () => {
    const ann = found({ externalId: 'u1', emails: [{ email: 'ann@example.com' }], phones: [{ phone: '+15550100200' }] })
    const result = await read(
      { 'GET customers/externalId=u1': ann, [BY_EMAIL]: MISSING, [BY_PHONE]: ann },
      [id('u1'), EMAIL],
      [EMAIL],
      [PHONE]
    )
    expect(result).toMatchObject({ known: [], contending: [0, 1, 2] })
  })

  it('go singly where together they are more than one write holds', async () => {
    const emails = Array.from(
      { length: 11 },
      (_, index): Identifier => ({ name: 'email', value: `${index}@example.com` })
    )
    const result = await read({}, ...emails.map((email) => [id('u1'), email]))
    expect(result).toMatchObject({ known: [], contending: emails.map((_, index) => index) })
  })
})

it('makes a failed read the result of its events alone', async () => {
  const { known, entries } = await read({ 'GET customers/externalId=u1': [500] }, [id('u1')], [id('u2')], [id('u1')])
  expect(known.map(({ events }) => events)).toEqual([[1]])
  expect(entries.map(({ result }) => (result && 'error' in result ? result.error.message : result))).toEqual([
    'Could not look up the customer by externalId: Kustomer answered 500.',
    undefined,
    'Could not look up the customer by externalId: Kustomer answered 500.'
  ])
})
