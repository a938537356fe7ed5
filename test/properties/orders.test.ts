import fc from 'fast-check'
import { connect } from '../end-to-end/support'
import type { Connection, Event } from '../end-to-end/support'
import { SEED } from '../end-to-end/worlds'
import type { World } from '../end-to-end/worlds'
import { VARIANTS } from '../../src/sandbox'
import type { VariantName } from '../../src/sandbox'

/** `npm run test:all` tries more. */
const RUNS = process.env.TEST_ALL === 'yes' ? 200 : 20

const MAPPING = {
  klass: 'order',
  customAttributes: { orderStatusStr: { '@path': '$.properties.status' } },
  updatedAtAttribute: 'orderUpdatedAt'
}

/** What is not shown cannot be kept, and without `rev` the last of two writes at the same moment wins. */
const EXCEPTED: VariantName[] = ['objectDuplicatesTaken', 'objectsHideData', 'revIgnored', 'revRefused']
const VARIANT_NAMES = (Object.keys(VARIANTS) as VariantName[]).filter((each) => !EXCEPTED.includes(each))

const world: fc.Arbitrary<World> = fc
  .oneof(fc.constant<VariantName[]>([]), fc.subarray(VARIANT_NAMES, { maxLength: 6 }))
  .map((names) => Object.fromEntries(names.map((each) => [each, true])))

const TAG = 'fragile'

/** Events in the order in which they happen; they arrive in another one. */
const happenings = fc.array(
  fc.record({
    object: fc.constantFrom('o1', 'o2'),
    user: fc.constantFrom('u1', 'u2'),
    status: fc.constantFrom('open', 'shipped', 'refunded'),
    total: fc.option(fc.nat()),
    arrives: fc.nat(1000),
    how: fc.constantFrom('singly' as const, 'at once' as const, 'in a batch' as const),
    before: fc.oneof(
      { weight: 3, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constant('note' as const) },
      { weight: 1, arbitrary: fc.constantFrom(429, 500, 503) },
      { weight: 1, arbitrary: fc.constantFrom('dropConnections' as const, 'dropAnswers' as const) }
    )
  }),
  { minLength: 1, maxLength: 8 }
)

type Happening = typeof happenings extends fc.Arbitrary<Array<infer Each>> ? Each & { minute: number } : never

const momentOf = ({ minute }: Happening): string => `2026-03-02T10:0${minute}:00.000Z`

const eventOf = (each: Happening): Event => ({
  type: 'track',
  event: 'Order Updated',
  userId: each.user,
  timestamp: momentOf(each),
  properties: { order_id: each.object, status: each.status, total: each.total }
})

/** Writes a note and a tag to the first object, as an agent does; whatever else it has is repeated. */
async function note(kustomer: Connection): Promise<boolean> {
  const [object] = kustomer.sandbox.customObjects()
  if (object) {
    const path = `/v1/klasses/order/${object.id}`
    const { title, externalId, data, custom } = (await kustomer.call('GET', path)).attributes
    const noted = { ...(custom as object), noteStr: 'fragile' }
    await kustomer.call('PUT', path, { title, externalId, data, custom: noted, tags: [TAG] })
  }
  return object !== undefined
}

/** Delivers events that arrive together in the way of the first one. */
async function deliver(kustomer: Connection, together: Happening[]): Promise<number[]> {
  const events = together.map(eventOf)
  if (together[0]?.how === 'in a batch') {
    return (await kustomer.deliverBatch(events)).map(({ status }) => status)
  }
  return (await Promise.all(events.map((event) => kustomer.deliver(event)))).map(({ status }) => status)
}

/** Events that arrive one after the other in the same way arrive together, unless that is singly. */
function arrivalsOf(given: Happening[]): Happening[][] {
  const groups: Happening[][] = []
  for (const each of [...given].sort((one, other) => one.arrives - other.arrives)) {
    const last = groups[groups.length - 1]
    if (last && each.how !== 'singly' && last[0]?.how === each.how && each.before === undefined) {
      last.push(each)
    } else {
      groups.push([each])
    }
  }
  return groups
}

it('an order is one card of one customer with what its newest event says, however its events arrive', async () => {
  await fc.assert(
    fc.asyncProperty(world, happenings, async (given, found) => {
      const all = found.map((each, minute) => ({ ...each, minute }))
      const kustomer = connect(given, { objectMapping: MAPPING })
      kustomer.sandbox.defineAttributes('kobject.order', { orderStatusStr: {}, orderUpdatedAt: {}, noteStr: {} })
      const owners = new Map<string, string | undefined>()
      let isNoted = false
      for (const together of arrivalsOf(all)) {
        const before = together[0]?.before
        if (before === 'note') {
          isNoted = (await note(kustomer)) || isNoted
        } else if (before !== undefined) {
          kustomer.sandbox.setFaults(
            typeof before === 'number' ? { responses: [{ status: before, times: 2 }] } : { [before]: 1 }
          )
        }
        expect(await deliver(kustomer, together)).toEqual(together.map(() => 200))
        for (const { attributes, relationships } of kustomer.sandbox.customObjects()) {
          const id = String(attributes.externalId)
          const owner = relationships.customer?.data.id
          expect(owner).toBe(owners.get(id) ?? owner)
          owners.set(id, owner)
        }
      }
      const objects = kustomer.sandbox.customObjects()
      const newest = new Map(all.map((each) => [each.object as string, each]))
      expect(objects.map(({ attributes }) => attributes.externalId).sort()).toEqual([...newest.keys()].sort())
      for (const { attributes } of objects) {
        const last = newest.get(String(attributes.externalId))
        expect(attributes.custom).toMatchObject({
          orderStatusStr: last?.status,
          orderUpdatedAt: last && momentOf(last)
        })
      }
      const { custom, tags = [] } = (isNoted ? objects[0]?.attributes : undefined) ?? {}
      expect(isNoted && (custom as { noteStr?: unknown }).noteStr).toBe(isNoted && 'fragile')
      // Tags are written by name and shown by ID, so that an update that replaces all loses them.
      expect((tags as unknown[]).length).toBeGreaterThanOrEqual(isNoted && !given.objectPutReplaces ? 1 : 0)
      const users = kustomer.people().map(({ externalId }) => externalId)
      expect(new Set(users).size).toBe(users.length)
    }),
    { seed: SEED, numRuns: RUNS }
  )
}, 120_000)
