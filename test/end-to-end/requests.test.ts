import fc from 'fast-check'
import { connect } from './support'
import type { Event } from './support'
import { SEED, worldsFor } from './worlds'

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ minLength: 1000, maxLength: 1100 }),
  fc.constantFrom(
    '',
    ' ',
    'Num',
    'At',
    'kustomer_session_id',
    '__proto__',
    'constructor',
    'Ünïcödé',
    '購入完了',
    'שלום'
  )
)
const key = fc.oneof(text, fc.constantFrom('a', 'a_b', 'revenue', 'revenueNum', 'dueAt', 'due'))
const date = fc.date({ noInvalidDate: true }).map((value) => value.toISOString())
const scalar = fc.oneof(text, fc.integer(), fc.double(), fc.boolean(), date, fc.constant(null))
const { tree: value } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(key, tie('tree'), { maxKeys: 4 })
  )
}))
const properties = fc.oneof(
  { arbitrary: fc.dictionary(key, value, { maxKeys: 15 }), weight: 9 },
  { arbitrary: fc.dictionary(fc.string(), scalar, { minKeys: 95, maxKeys: 120 }), weight: 1 }
)
const email = fc.oneof(fc.constantFrom('a@example.com', 'A@Example.com'), fc.emailAddress(), text)
const phone = fc.oneof(fc.constantFrom('5550100', '+1 555 010 0200', '15550100200', '0555 0100'), text)
const traits = fc.record(
  {
    email,
    phone,
    name: text,
    firstName: text,
    lastName: text,
    username: text,
    avatar: fc.oneof(fc.webUrl(), text),
    birthday: fc.oneof(date, fc.integer().map(String), text),
    createdAt: fc.oneof(date, fc.integer(), text),
    gender: fc.oneof(fc.constantFrom('male', 'F'), text),
    website: fc.oneof(fc.webUrl(), text),
    address: fc.oneof(
      fc.record({ street: text, city: text, state: text, postalCode: text, country: text }, { requiredKeys: [] }),
      text
    )
  },
  { requiredKeys: [] }
)
const context = fc.record({ locale: text, timezone: text, traits: fc.record({ email, phone }) }, { requiredKeys: [] })
const anonymousId = fc.constantFrom('visitor', 'tablet', undefined)

const identifies = fc.array(
  fc.record({ type: fc.constant('identify'), userId: fc.constant('u1'), traits, anonymousId, context }),
  { minLength: 2, maxLength: 2 }
) as fc.Arbitrary<Event[]>

const seen = fc.oneof(
  fc.record({ type: fc.constant('track'), event: text, properties, anonymousId, context, timestamp: date }),
  fc.record({
    type: fc.constantFrom('page', 'screen'),
    name: fc.option(text, { nil: undefined }),
    properties,
    anonymousId,
    context,
    timestamp: date
  })
) as fc.Arbitrary<Event>

/** Statuses that the sandbox refuses a request with; a customer who is not there is no refusal. */
const REFUSED = / (?:400|401|403|409|413|415|422|429|5\d\d)$/

describe.each(worldsFor('contracts', 'revRefused'))('random events, %s,', (_name, world) => {
  const numRuns = Object.keys(world).length === 0 ? 60 : 3
  const options = { numRuns, endOnFailure: true, seed: SEED }

  it('of somebody never make a request that the sandbox refuses, singly or in a batch', async () => {
    const kustomer = connect(world)
    await fc.assert(
      fc.asyncProperty(identifies, async ([first, second]) => {
        kustomer.sandbox.reset()
        expect(await kustomer.send(first as Event)).toMatchObject({ status: 200 })
        expect(await kustomer.sendBatch([second as Event])).toMatchObject([{ status: 200 }])
        expect(kustomer.requests().filter((line) => REFUSED.test(line))).toEqual([])
        expect(kustomer.people()).toHaveLength(1)
      }),
      options
    )
  })

  it('that were seen are delivered, or name nobody, and nothing is refused', async () => {
    const kustomer = connect(world)
    await fc.assert(
      fc.asyncProperty(seen, async (event) => {
        kustomer.sandbox.reset()
        const { status } = await kustomer.send(event)
        expect([200, 400]).toContain(status)
        const requests = kustomer.requests()
        expect(requests.filter((line) => REFUSED.test(line))).toEqual([])
        expect(requests).toHaveLength(status === 200 ? 1 : 0)
      }),
      options
    )
  })
})
