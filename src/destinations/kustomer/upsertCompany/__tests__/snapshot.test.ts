import { createTestIntegration } from '@segment/actions-core'
import { companies, company, customer } from '../../__tests__/__helpers__/answers'
import { kustomerOf, SETTINGS } from '../../__tests__/__helpers__/conversation'
import { eventOf, online } from '../../__tests__/__helpers__/network'
import { PAYLOADS } from '../../__tests__/__helpers__/payloads'
import destination from '../../index'

const PAYLOAD = PAYLOADS.upsertCompany.all

it('creates a company with all fields', async () => {
  const kustomer = online(
    kustomerOf((call) => {
      if (call.startsWith('GET companies')) {
        return [200, companies()]
      }
      return call === 'POST companies' ? [201, company()] : [200, customer({ externalId: 'u-4711' })]
    })
  )
  await createTestIntegration(destination).testAction('upsertCompany', {
    event: eventOf({}),
    mapping: PAYLOAD,
    settings: SETTINGS
  })
  expect(kustomer.sent).toMatchSnapshot()
})

it('updates a company with all fields, and moves its customer', async () => {
  const known = company({
    externalId: 'c-42',
    name: 'Acme',
    defaultLang: 'de',
    emails: [{ id: 'x', email: 'lee@acme.example' }],
    socials: [{ type: 'linkedin', username: 'acme' }],
    custom: { oldStr: 'x', ownerStr: 'Lee' },
    rev: 8
  })
  const kustomer = online(
    kustomerOf((call) =>
      call.includes('companies')
        ? [200, companies([known])]
        : [200, customer({ externalId: 'u-4711' }, undefined, '5e0c1a2b3c4d5e6f70819299')]
    )
  )
  await createTestIntegration(destination).testAction('upsertCompany', {
    event: eventOf({}),
    mapping: PAYLOAD,
    settings: SETTINGS
  })
  expect(kustomer.sent).toMatchSnapshot()
})
