import type { Sandbox } from '../../src/sandbox'
import { start } from './support'

it('shows a customer anew only where they have changed', async () => {
  const { call, create, sandbox } = start()
  const ids = [await create({ externalId: 'u1' }), await create({ externalId: 'u2' })]
  const changes: Array<[string, (id: string) => unknown]> = [
    ['an update', (id) => call('PATCH', `/v1/customers/${id}`, { name: 'Ann' })],
    ['a conversation', (id) => call('POST', `/sandbox/customers/${id}/conversations`)]
  ]
  for (const [name, change] of changes) {
    const [one, other] = recordsOf(sandbox, ids)
    await change(ids[0] ?? '')
    const [oneNow, otherNow] = recordsOf(sandbox, ids)
    expect([name, one === oneNow, other === otherNow]).toEqual([name, false, true])
    expect(oneNow).toEqual((await call('GET', `/v1/customers/${ids[0] ?? ''}`)).body?.data)
  }
  expect(sandbox.customers()).toMatchObject([{ attributes: { name: 'Ann', conversationCounts: { all: 1 } } }, {}])
  sandbox.markDeleted(ids[0] ?? '')
  expect((await call('GET', `/v1/customers/${ids[0] ?? ''}`)).body?.data?.attributes.deleted).toBe(true)
})

function recordsOf(sandbox: Sandbox, ids: string[]) {
  return ids.map((id) => sandbox.customers().find((customer) => customer.id === id))
}
