import type { SegmentEvent } from '@segment/actions-core'
import { SANDBOX_API_KEY } from '../src/sandbox'
import type { Sandbox } from '../src/sandbox'

const BULK = 100

/** The identify call of one of many people, each with an email and a phone, on a device of their own where told so. */
export function identifyCall(index: number, name: string, isOnDevice = false): SegmentEvent {
  return {
    type: 'identify',
    userId: `user-${index}`,
    ...(isOnDevice ? { anonymousId: `device-${index}` } : {}),
    traits: { name, email: emailOf(index), phone: phoneOf(index) }
  }
}

function emailOf(index: number): string {
  return `user-${index}@example.com`
}

function phoneOf(index: number): string {
  return `+1555${String(index).padStart(7, '0')}`
}

/** Makes a sandbox know the customers of the first identify calls, each named Ann. */
export async function settle(sandbox: Sandbox, customers: number): Promise<void> {
  for (let start = 0; start < customers; start += BULK) {
    const size = Math.min(BULK, customers - start)
    const records = Array.from({ length: size }, (_, offset) => ({
      externalId: `user-${start + offset}`,
      name: 'Ann',
      emails: [{ email: emailOf(start + offset) }],
      phones: [{ phone: phoneOf(start + offset) }]
    }))
    await sandbox.fetch(
      new Request('https://api.kustomerapp.com/v1/customers/bulk', {
        method: 'POST',
        headers: { authorization: `Bearer ${SANDBOX_API_KEY}`, 'content-type': 'application/json' },
        body: JSON.stringify(records)
      })
    )
  }
}

/** A track call of 20 properties, of the kinds that a shop sends. */
export const trackCall = {
  type: 'track',
  event: 'Order Completed',
  userId: '97980cfea0067',
  anonymousId: '507f191e810c19729de860ea',
  messageId: 'ajs-next-1700000000000-2b6c1d',
  timestamp: '2026-03-02T09:05:12.000Z',
  context: { locale: 'en-US', timezone: 'America/New_York', library: { name: 'analytics.js', version: 'next-1.70.0' } },
  properties: {
    checkout_id: 'fksdjfsdjfisjf9sdfjsd9f',
    order_id: '50314b8e9bcf000000000000',
    affiliation: 'Google Store',
    total: 27.5,
    subtotal: 22.5,
    revenue: 25,
    shipping: 3,
    tax: 2,
    discount: 2.5,
    coupon: 'hasbros',
    currency: 'USD',
    payment_method: 'card',
    is_first_order: true,
    item_count: 3,
    channel: 'web',
    referrer: 'https://www.google.com/',
    ordered_at: '2026-03-02T09:05:10.000Z',
    delivery_city: 'Austin',
    delivery_country: 'US',
    gift: false
  }
} as unknown as SegmentEvent

/** The same call with other properties. */
export function trackCallWith(properties: Record<string, string>): SegmentEvent {
  return { ...trackCall, properties }
}

/** Short properties: 2,500 of them fill the 32 KB that Segment accepts at most. */
export function shortProperties(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, 'x']))
}

/** An identify call of 12 traits. */
export const identify12 = {
  type: 'identify',
  userId: '97980cfea0067',
  messageId: 'ajs-next-1700000000000-2b6c1e',
  timestamp: '2026-03-02T09:02:00.000Z',
  context: { locale: 'en-US', timezone: 'America/New_York' },
  traits: {
    name: 'Peter Gibbons',
    firstName: 'Peter',
    lastName: 'Gibbons',
    email: 'peter@initech.com',
    phone: '+1 (555) 010-7788',
    username: 'peterg',
    avatar: 'https://initech.com/avatars/peter.png',
    birthday: '1971-02-19',
    createdAt: '2026-03-02T09:02:00.000Z',
    gender: 'male',
    website: 'https://initech.com',
    address: { street: '4120 Freidrich Lane', city: 'Austin', state: 'TX', postalCode: '78744', country: 'US' }
  }
} as unknown as SegmentEvent
