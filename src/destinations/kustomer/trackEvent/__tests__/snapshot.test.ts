import { createTestIntegration } from '@segment/actions-core'
import { kustomerOf, SETTINGS } from '../../__tests__/__helpers__/conversation'
import { eventOf, online } from '../../__tests__/__helpers__/network'
import { PAYLOADS } from '../../__tests__/__helpers__/payloads'
import destination from '../../index'

const { all } = PAYLOADS.trackEvent

it.each([
  ['of a customer', all],
  ['of a visitor', { ...all, externalId: null, email: null, phone: null }]
])('records the event %s with all fields', async (_whose, mapping) => {
  const kustomer = online(kustomerOf(() => [201]))
  await createTestIntegration(destination).testAction('trackEvent', { event: eventOf({}), mapping, settings: SETTINGS })
  expect(kustomer.sent).toMatchSnapshot()
})
