import type { SegmentEvent } from '@segment/actions-core'
import { sharesOf } from '../../src/tester/delivery/batch-shares'
import type { Exchange } from '../../src/tester/kustomer/transport'

function exchange(method: string, path: string, body?: unknown, found?: string): Exchange {
  const text = body === undefined ? '' : JSON.stringify(body)
  const answer = JSON.stringify({ data: { id: found } })
  return {
    method,
    path: `/v1/${path}`,
    status: 200,
    milliseconds: 1,
    request: { url: `https://api.kustomerapp.com/v1/${path}`, headers: {}, body: text },
    response: { statusText: '', headers: {}, body: answer }
  }
}

function identify(userId: string): SegmentEvent {
  return { type: 'identify', userId }
}

it('gives whoever is found by what another says of themselves their own requests alone', () => {
  const exchanges = [
    exchange('GET', 'customers/email=bob@x.com', undefined, 'B'),
    exchange('PATCH', 'customers/B', { name: 'Bob' }),
    exchange('PATCH', 'customers/A', { sharedEmails: [{ email: 'bob@x.com' }] })
  ]
  const [ann, bob] = sharesOf(exchanges, [
    { event: identify('ann'), sent: { externalId: 'ann', emails: [{ email: 'bob@x.com' }] }, customerId: 'A' },
    { event: identify('bob'), sent: { externalId: 'bob', emails: [{ email: 'bob@x.com' }] }, customerId: 'B' }
  ])
  expect(ann?.map(({ path, sharedBy }) => [path, sharedBy])).toEqual([
    ['/v1/customers/email=bob@x.com', 2],
    ['/v1/customers/A', 1]
  ])
  expect(bob?.map(({ path, sharedBy }) => [path, sharedBy])).toEqual([
    ['/v1/customers/email=bob@x.com', 2],
    ['/v1/customers/B', 1]
  ])
})

it('gives an event that failed the requests to the customer who was found for it', () => {
  const exchanges = [
    exchange('GET', 'customers/externalId=ann', undefined, 'A'),
    exchange('PATCH', 'customers/A', { name: 'Ann' })
  ]
  const [ann] = sharesOf(exchanges, [{ event: identify('ann'), sent: { externalId: 'ann' } }])
  expect(ann?.map(({ path }) => path)).toEqual(['/v1/customers/externalId=ann', '/v1/customers/A'])
})

it('gives nothing to an event that was refused before any request, and none to whose name only begins alike', () => {
  const exchanges = [exchange('GET', 'customers/externalId=u1'), exchange('POST', 'customers', { externalId: 'u1' })]
  const [first, refused, other] = sharesOf(exchanges, [
    { event: identify('u1'), sent: { externalId: 'u1' } },
    { event: identify('u1') },
    { event: identify('u10'), sent: { externalId: 'u10' } }
  ])
  expect(first?.map(({ sharedBy }) => sharedBy)).toEqual([1, 1])
  expect([refused, other]).toEqual([[], []])
})
