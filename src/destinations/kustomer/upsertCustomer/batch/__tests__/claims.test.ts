import { record } from '../../../__tests__/__helpers__/answers'
import { kustomerWith } from '../../../__tests__/__helpers__/routes'
import type { Route } from '../../../__tests__/__helpers__/routes'
import { claimHistories } from '../claims'
import type { CustomerEntry } from '../people'

const CLAIM = 'POST tracking/identity'

/** An event that was delivered for a customer, of this visitor. */
function delivered(externalId: string, trackingId?: string): CustomerEntry {
  return {
    index: 0,
    event: { identifiers: [{ name: 'externalId', value: externalId }], wanted: {}, trackingId, leftOut: [] },
    result: { upserted: { outcome: 'unchanged', record: record({ externalId }), leftOut: [] } }
  }
}

async function claimed(entries: CustomerEntry[], route: Route = [201]) {
  const kustomer = kustomerWith({ [CLAIM]: route })
  await claimHistories(kustomer.client(), entries)
  return kustomer.sent.map(([, body]) => body)
}

const errorsOf = (entries: CustomerEntry[]) =>
  entries.map(({ result }) => (result && 'error' in result ? result.error.message : undefined))

it('claims for each visitor whose event was delivered', async () => {
  expect(await claimed([delivered('u1', 'v1'), delivered('u2'), delivered('u3', 'v3')])).toEqual([
    { trackingId: 'v1', externalId: 'u1' },
    { trackingId: 'v3', externalId: 'u3' }
  ])
})

it('claims nothing for what failed, what has no outcome, and what the customer does not hold', async () => {
  const failed: CustomerEntry = { ...delivered('u1', 'v1'), result: { error: new Error('No') } }
  const open: CustomerEntry = { ...delivered('u1', 'v1'), result: undefined }
  const stranger: CustomerEntry = { ...delivered('u1', 'v1'), result: delivered('u2').result }
  expect(await claimed([failed, open, stranger])).toEqual([])
})

it('claims once for events that say the same, in the order of those that do not', async () => {
  expect(
    await claimed([
      delivered('u1', 'v1'),
      delivered('u1', 'v1'),
      delivered('u2', 'v1'),
      delivered('u2', 'v1'),
      delivered('u1', 'v1'),
      delivered('u1', 'v2')
    ])
  ).toEqual([
    { trackingId: 'v1', externalId: 'u1' },
    { trackingId: 'v2', externalId: 'u1' },
    { trackingId: 'v1', externalId: 'u2' },
    { trackingId: 'v1', externalId: 'u1' }
  ])
})

it('makes what fails the result of the event, and of no other', async () => {
  const entries = [delivered('u1', 'v1'), delivered('u2', 'v2')]
  await claimed(entries, (body) => [(body as { trackingId: string }).trackingId === 'v1' ? 500 : 201])
  expect(errorsOf(entries)).toEqual(['Could not claim the anonymous history: Kustomer answered 500.', undefined])
})

it('tries again for the next event what has failed for the one before', async () => {
  const entries = [delivered('u1', 'v1'), delivered('u1', 'v1')]
  let isFirst = true
  const bodies = await claimed(entries, () => {
    const status = isFirst ? 500 : 201
    isFirst = false
    return [status]
  })
  expect(bodies).toHaveLength(2)
  expect(errorsOf(entries)).toEqual(['Could not claim the anonymous history: Kustomer answered 500.', undefined])
})

it('asks once for what the key may not do', async () => {
  const entries = [delivered('u1', 'v1'), delivered('u1', 'v1'), delivered('u2', 'v1')]
  expect(await claimed(entries, [403])).toHaveLength(1)
  expect(
    errorsOf(entries).every((message) => message?.includes('a new key with the role org.tracking is needed'))
  ).toBe(true)
})
