import { createTestIntegration } from '@segment/actions-core'
import { companies, company, customer } from '../../__tests__/__helpers__/answers'
import { kustomerOf, SETTINGS } from '../../__tests__/__helpers__/conversation'
import { eventOf, online } from '../../__tests__/__helpers__/network'
import { PAYLOADS } from '../../__tests__/__helpers__/payloads'
import destination from '../../index'

const PAYLOAD = PAYLOADS.upsertCustomer.all

it('creates a customer with all fields', async () => {
  const kustomer = online(
    kustomerOf((call) => {
      if (call === 'POST companies') {
        return [201, company()]
      }
      return call.startsWith('GET') ? [404] : [201]
    })
  )
  await createTestIntegration(destination).testAction('upsertCustomer', {
    event: eventOf({}),
    mapping: PAYLOAD,
    settings: SETTINGS
  })
  expect(kustomer.sent).toMatchSnapshot()
})

it('updates a customer with all fields', async () => {
  const known = customer({ externalId: 'u-4711', name: 'Ann', emails: [{ email: 'lee@example.com' }], rev: 8 })
  const acme = companies([company({ externalId: 'c-42', name: 'Acme Inc.' })])
  const kustomer = online(kustomerOf((call) => [200, call.startsWith('GET companies') ? acme : known]))
  await createTestIntegration(destination).testAction('upsertCustomer', {
    event: eventOf({}),
    mapping: PAYLOAD,
    settings: SETTINGS
  })
  expect(kustomer.sent).toMatchSnapshot()
})

it('creates customers together', async () => {
  const kustomer = online(
    kustomerOf((call) => (call.startsWith('GET') ? [404] : [call === 'POST customers/bulk' ? 403 : 201]))
  )
  const integration = createTestIntegration(destination)
  await integration.testBatchAction('upsertCustomer', {
    events: [1, 2, 3, 4].map((number) => eventOf({ userId: `u-${number}` })),
    mapping: { externalId: { '@path': '$.userId' }, name: 'Ann Lee', customAttributes: { plan: 'pro', oldStr: null } },
    settings: SETTINGS
  })
  expect(kustomer.sent.filter(([call]) => call === 'POST customers/bulk')).toMatchSnapshot()
  expect(integration.results[0]?.multistatus).toMatchSnapshot()
})
