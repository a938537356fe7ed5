import { createTestIntegration } from '@segment/actions-core'
import { kustomerOf, SETTINGS } from './__helpers__/conversation'
import { eventOf, online } from './__helpers__/network'
import { PAYLOADS } from './__helpers__/payloads'
import destination from '../index'

describe.each(['upsertCustomer', 'upsertCompany', 'upsertCustomObject', 'trackEvent'] as const)('%s', (slug) => {
  it.each(['required', 'all'] as const)('sends %s fields to a Kustomer that answers with nothing', async (fields) => {
    const kustomer = online(kustomerOf(() => [200]))
    const responses = await createTestIntegration(destination).testAction(slug, {
      event: eventOf({}),
      mapping: PAYLOADS[slug][fields],
      settings: SETTINGS
    })
    expect(kustomer.sent).toMatchSnapshot()
    expect(responses[0]?.request.headers).toMatchSnapshot()
  })
})
