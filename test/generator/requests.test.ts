import { REQUESTS } from '../../src/generator/requests'
import { connect } from '../end-to-end/support'
import type { Connection, Event } from '../end-to-end/support'

const EMAIL = 'ann@example.com'
const PHONE = '+15550107788'
const ann: Event = { type: 'identify', userId: 'u1', anonymousId: 'visitor', traits: { email: EMAIL, phone: PHONE } }
const unnamed: Event = { ...ann, userId: null }
const tracked: Event = { type: 'track', event: 'Seen', userId: 'u1' }

type Scene = [call: string, before: (kustomer: Connection) => Promise<unknown>, event: Event]

/** A call of each row of the reference that tells what one costs, and what is there before it. */
const SCENES: Scene[] = [
  ['nothing differs', (kustomer) => kustomer.deliver(ann), ann],
  ['something differs', (kustomer) => kustomer.deliver({ ...ann, traits: {} }), ann],
  ['a new customer', () => Promise.resolve(), ann],
  ['a new customer with an email and a phone, but no External ID', () => Promise.resolve(), unnamed],
  [
    'a race, or a contact that somebody else holds',
    (kustomer) => kustomer.create({ externalId: 'u2', emails: [{ email: EMAIL }] }),
    ann
  ],
  [
    'a customer whose track calls came first and made a record of their own',
    async (kustomer) => {
      await kustomer.create({ emails: [{ email: EMAIL }] })
      await kustomer.deliver(tracked)
    },
    ann
  ]
]

const rows = REQUESTS.upsertCustomer?.table ?? []
const [, changed] = rows.find(([call]) => call === 'something differs') ?? []

/** The fewest and the most that a row of the reference says, such as `2`, `2 to 5 more` or `up to 8 more`. */
function promised(call: string): { fewest: number; most: number } {
  const requests = rows.find(([name]) => name === call)?.[1] ?? ''
  const base = requests.endsWith('more') ? Number(changed) : 0
  const numbers = (requests.match(/\d+/g) ?? []).map((number) => Number(number) + base)
  return { fewest: requests.startsWith('up to') ? base : Math.min(...numbers), most: Math.max(...numbers) }
}

it.each(SCENES)('%s costs what the reference says', async (call, before, event) => {
  const kustomer = connect({ mergeFreesExternalId: true })
  await before(kustomer)
  kustomer.requests()
  expect(await kustomer.send(event)).toMatchObject({ status: 200 })
  const count = kustomer.requests().length
  const { fewest, most } = promised(call)
  expect(count).toBeLessThanOrEqual(most)
  expect(count).toBeGreaterThanOrEqual(fewest)
})

it('an event costs one, a deletion two or one', async () => {
  const kustomer = connect({})
  await kustomer.send(tracked)
  expect(kustomer.requests()).toHaveLength(1)
  await kustomer.erase('u1')
  expect(kustomer.requests()).toHaveLength(2)
  await kustomer.erase('u1')
  expect(kustomer.requests()).toHaveLength(1)
})
