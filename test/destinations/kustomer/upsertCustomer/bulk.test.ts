import type { KustomerClient } from '../../../../src/destinations/kustomer/client'
import type { BulkResult } from '../../../../src/destinations/kustomer/records'
import { sendWrites } from '../../../../src/destinations/kustomer/upsertCustomer/bulk'
import type { PendingWrite } from '../../../../src/destinations/kustomer/upsertCustomer/staging'

const writes = ['a', 'b', 'c', 'd', 'e'].map(
  (customerId): PendingWrite => ({ kind: 'update', customerId, attributes: { name: 'Ann' } })
)

/** A client whose bulk job is complete at the nth question and ends like this. */
function clientOf(results: BulkResult[], completeAt = 1) {
  let questions = 0
  const startBulk = jest.fn(() => Promise.resolve('job'))
  const client = {
    startBulk,
    isBulkComplete: () => Promise.resolve(++questions >= completeAt),
    bulkResults: () => Promise.resolve(results)
  }
  return { startBulk, client: client as unknown as KustomerClient, questions: () => questions }
}

/** Sends, and lets all the time pass that it waits for. */
async function sent(client: KustomerClient, pending: PendingWrite[]) {
  const sending = sendWrites(client, pending)
  await jest.runAllTimersAsync()
  return sending
}

beforeEach(() => {
  jest.useFakeTimers()
})

afterEach(() => {
  jest.useRealTimers()
})

it("tells each record's outcome by its reference", async () => {
  const { client, startBulk } = clientOf([
    { clientRef: 'e', id: '5' },
    { clientRef: 'b', failure: { status: 409, words: 'Conflict' } },
    { clientRef: 'a', id: '1' },
    { clientRef: 'c', failure: { status: 404, words: '' } },
    { clientRef: 'd', failure: { status: 400, words: 'Name is too long' } }
  ])
  const outcomes = await sent(client, writes)
  expect(startBulk).toHaveBeenCalledWith('update', [
    { id: 'a', _clientRef: 'a', name: 'Ann' },
    ...['b', 'c', 'd', 'e'].map((id) => ({ id, _clientRef: id, name: 'Ann' }))
  ])
  expect(Object.fromEntries(outcomes)).toMatchObject({
    a: { outcome: 'written', customerId: '1' },
    b: { outcome: 'overtaken' },
    c: { outcome: 'overtaken' },
    d: {
      outcome: 'failed',
      error: { status: 400, message: 'Could not update the customer: Kustomer answered 400. Name is too long.' }
    },
    e: { outcome: 'written', customerId: '5' }
  })
})

it('takes a record that the job says nothing of for failed, to be sent again', async () => {
  const { client } = clientOf([{ clientRef: 'a' }])
  const outcomes = [...(await sent(client, writes)).values()]
  const error = { status: 502, message: 'Could not tell what became of the customer: the bulk job does not say.' }
  expect(outcomes).toMatchObject(writes.map(() => ({ outcome: 'failed', error })))
})

it('asks after a job five times at the most, with growing pauses', async () => {
  const { client, questions } = clientOf([], 6)
  const startedAt = Date.now()
  const outcomes = [...(await sent(client, writes)).values()]
  expect(outcomes).toEqual(writes.map(() => ({ outcome: 'accepted', jobId: 'job' })))
  expect(questions()).toBe(5)
  expect(Date.now() - startedAt).toBeGreaterThanOrEqual(6000)
  expect(Date.now() - startedAt).toBeLessThan(8000)
})

it('sends a few writes one by one', async () => {
  const client = {
    createCustomer: jest.fn(() => Promise.resolve({ outcome: 'created', id: '1' })),
    updateCustomer: jest.fn((id: string) => Promise.resolve({ outcome: id === 'b' ? 'missing' : 'updated' }))
  }
  const few: PendingWrite[] = [{ kind: 'create', customerId: 'new-1', attributes: {} }, ...writes.slice(1, 3)]
  const outcomes = await sent(client as unknown as KustomerClient, few)
  expect(Object.fromEntries(outcomes)).toEqual({
    'new-1': { outcome: 'written', customerId: '1' },
    b: { outcome: 'overtaken' },
    c: { outcome: 'written', customerId: 'c' }
  })
})
