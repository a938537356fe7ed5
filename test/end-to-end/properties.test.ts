import type { SegmentEvent } from '@segment/actions-core'
import fc from 'fast-check'
import { connect, SEED } from './support'

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
  fc.dictionary(key, value, { maxKeys: 15 }),
  fc.dictionary(fc.string(), scalar, { minKeys: 95, maxKeys: 120 })
)

const userId = fc.oneof(fc.constantFrom('u1', 'u2', 'u3'), fc.string({ maxLength: 30 }))
const email = fc.oneof(fc.constantFrom('a@example.com', 'A@Example.com', 'b@example.com'), fc.emailAddress(), text)
const phone = fc.oneof(fc.constantFrom('5550100', '+1 555 010 0200', '15550100200'), text)
const anonymousId = fc.constantFrom('visitor', 'tablet', undefined)

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
const common = { userId: fc.option(userId, { nil: undefined }), anonymousId, context, timestamp: date }

const event = fc.oneof(
  fc.record({ type: fc.constant('identify'), traits, ...common }),
  fc.record({ type: fc.constant('track'), event: text, properties, ...common }),
  fc.record({
    type: fc.constantFrom('page', 'screen'),
    name: fc.option(text, { nil: undefined }),
    properties,
    ...common
  })
) as fc.Arbitrary<Partial<SegmentEvent>>

/** Statuses that the sandbox refuses a request with; a customer that is not there is no refusal. */
const REFUSED = / (?:400|401|403|409|415|422|429|5\d\d)$/

it('sends nothing that the sandbox refuses, for 1,000 random events', async () => {
  const connection = connect()
  const outcomes = { delivered: 0, refusedByUs: 0 }
  await fc.assert(
    fc.asyncProperty(event, async (sent) => {
      connection.sandbox.reset()
      const error: unknown = await connection.send(sent).then(
        () => undefined,
        (reason: unknown) => reason
      )
      expect(connection.requests().filter((line) => REFUSED.test(line))).toEqual([])
      // What is not sent says so without a request: it names nobody, or has no name.
      expect([undefined, 400]).toContain((error as { status?: number } | undefined)?.status)
      outcomes[error === undefined ? 'delivered' : 'refusedByUs'] += 1
    }),
    { numRuns: 1000, endOnFailure: true, seed: SEED }
  )
  expect(outcomes.delivered).toBeGreaterThan(outcomes.refusedByUs)
})

const statusOf = (error: unknown): unknown => (error as { status: number }).status

it('neither loses nor merges anyone, whatever identifiers people share', async () => {
  const person = fc.record(
    {
      userId: fc.constantFrom('ann', 'bob', 'carl'),
      email: fc.constantFrom('a@example.com', 'A@Example.com', 'b@example.com', 'c@example.com'),
      phone: fc.constantFrom('5550100', '555-0100', '5550199')
    },
    { requiredKeys: [] }
  )
  await fc.assert(
    fc.asyncProperty(fc.array(person, { minLength: 1, maxLength: 8 }), async (people) => {
      const connection = connect()
      const company = '5f00000000000000000000cc'
      await connection.call('POST', '/v1/customers', {
        company,
        emails: [{ email: 'a@example.com' }],
        phones: [{ phone: '5550199' }]
      })
      for (const { userId: id, ...contacts } of people) {
        const traits = contacts as Record<string, string>
        const answer: unknown = await connection.send({ type: 'identify', userId: id, traits }).catch(statusOf)
        // Only an event that names nobody fails.
        expect(typeof answer).toBe(id ?? traits.email ?? traits.phone ? 'object' : 'number')
      }
      const customers = connection.sandbox.customers()
      const values = (names: string[], item: string) =>
        customers.flatMap(({ attributes }) =>
          names.flatMap((name) => (attributes[name] as Array<Record<string, string>>).map((entry) => entry[item] ?? ''))
        )
      const externalIds = customers.flatMap(({ attributes }) => attributes.externalId ?? [])
      expect(externalIds.sort()).toEqual([...new Set(people.flatMap(({ userId: id }) => id ?? []))].sort())
      const emails = values(['emails', 'sharedEmails'], 'email').map((mail) => mail.toLowerCase())
      expect(emails).toEqual(expect.arrayContaining(people.flatMap(({ email: mail }) => mail?.toLowerCase() ?? [])))
      const phones = values(['phones', 'sharedPhones'], 'phone').map((number) => number.replace('-', ''))
      expect(phones).toEqual(
        expect.arrayContaining(people.flatMap(({ phone: number }) => number?.replace('-', '') ?? []))
      )
      expect(customers.filter(({ relationships }) => relationships.company?.data.id === company)).toHaveLength(1)
    }),
    { numRuns: 200, seed: SEED }
  )
})
