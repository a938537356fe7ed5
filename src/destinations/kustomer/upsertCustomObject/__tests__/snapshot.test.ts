import { createTestIntegration } from '@segment/actions-core'
import { customObject, customer } from '../../__tests__/__helpers__/answers'
import { kustomerOf, MISSING, SETTINGS } from '../../__tests__/__helpers__/conversation'
import type { Answer } from '../../__tests__/__helpers__/conversation'
import { eventOf, online } from '../../__tests__/__helpers__/network'
import { PAYLOADS } from '../../__tests__/__helpers__/payloads'
import destination from '../../index'

const KNOWN = customObject({
  externalId: 'o-1059',
  title: 'Order 1059',
  images: ['https://cdn.example.com/koffee.png'],
  tags: ['5e0c1a2b3c4d5e6f70819207'],
  custom: { orderStatusStr: 'open', orderUpdatedAt: '2024-12-31T12:00:00.000Z', oldStr: 'x' },
  data: { products: [], carrier: 'UPS' },
  rev: 8
})

it.each<[string, Record<string, Answer>]>([
  ['creates', { 'GET klasses/order/externalId=o-1059': MISSING, 'POST klasses/order': [201, KNOWN] }],
  ['updates', { 'GET klasses/order/externalId=o-1059': [200, KNOWN] }]
])('%s a custom object with all fields', async (_verb, answers) => {
  const kustomer = online(kustomerOf((call) => answers[call] ?? [200, customer({ externalId: 'u-4711' })]))
  await createTestIntegration(destination).testAction('upsertCustomObject', {
    event: eventOf({}),
    mapping: PAYLOADS.upsertCustomObject.all,
    settings: SETTINGS
  })
  expect(kustomer.sent).toMatchSnapshot()
})
