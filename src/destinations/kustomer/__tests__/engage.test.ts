import { transform } from '@segment/actions-core'
import destination from '../index'
import upsertCustomer from '../upsertCustomer'

const computed = destination.presets?.find(({ name }) => name === 'Audience Entered')?.mapping ?? {}
const resolved = (event: Record<string, unknown>) => transform(computed, event)
const context = (key: string, more: Record<string, unknown> = {}) => ({
  ...more,
  personas: { computation_class: 'audience', computation_key: key }
})

describe('the mapping of what Engage computes', () => {
  it('takes the value of a track call from its properties, and the email from the context', () => {
    const event = {
      type: 'track',
      event: 'Audience Entered',
      userId: 'u1',
      context: context('high_value', { traits: { email: 'ann@example.com' } }),
      properties: { audience_key: 'high_value', high_value: true }
    }
    expect(resolved(event)).toEqual({
      externalId: 'u1',
      email: 'ann@example.com',
      computation: { key: 'high_value', values: { audience_key: 'high_value', high_value: true } },
      enable_batching: false,
      batch_size: 100
    })
  })

  it('takes the value of an identify call from its traits, and the email too', () => {
    const event = {
      type: 'identify',
      userId: 'u1',
      context: context('ltv', { traits: { email: 'old@example.com' } }),
      traits: { email: 'ann@example.com', ltv: 420.5 }
    }
    expect(resolved(event)).toMatchObject({
      externalId: 'u1',
      email: 'ann@example.com',
      computation: { key: 'ltv', values: { email: 'ann@example.com', ltv: 420.5 } }
    })
  })

  it('maps nothing else of the call', () => {
    const event = { userId: 'u1', anonymousId: 'v1', traits: { name: 'Ann', phone: '+15550100200', company: 'Acme' } }
    expect(Object.keys(resolved(event)).sort()).toEqual(['batch_size', 'computation', 'enable_batching', 'externalId'])
    expect(Object.keys(computed).filter((key) => !(key in upsertCustomer.fields))).toEqual([])
  })
})
