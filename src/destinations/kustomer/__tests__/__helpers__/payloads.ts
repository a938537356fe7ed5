import type { JSONObject } from '@segment/actions-core'

/** Every field of each action filled, and those alone that it needs. */
export const PAYLOADS: Record<
  'upsertCustomer' | 'upsertCompany' | 'upsertCustomObject' | 'trackEvent',
  { required: JSONObject; all: JSONObject }
> = {
  upsertCustomer: {
    required: { externalId: 'Kf8(q)' },
    all: {
      externalId: 'u-4711',
      email: 'Ann.Lee@Example.com',
      phone: '+43 (316) 872-0',
      trackingId: 'f0e1d2c3',
      name: 'Ann Lee',
      firstName: 'Ann',
      lastName: 'Lee',
      username: 'ann.lee',
      avatarUrl: 'https://example.com/ann.png',
      birthdayAt: '1980-02-29',
      signedUpAt: '1704164645',
      gender: 'Female',
      website: 'example.com/ann',
      address: { street: '1 Main Street', city: 'Graz', state: 'ST', postalCode: '8010', country: 'Austria' },
      locale: 'de-AT',
      timeZone: 'Europe/Vienna',
      company: { id: 'c-42', name: 'Acme Inc.' },
      moveCustomer: true,
      customAttributes: { plan: 'pro', 'number of seats': 3, renewsAt: '2025-01-01', vip: true, oldStr: null },
      computation: { key: 'high_value', values: { high_value: true, email: 'ann.lee@example.com' } },
      enable_batching: true,
      batch_size: 100
    }
  },
  upsertCompany: {
    required: { externalId: 'Kf8(q)', name: 'Acme Inc.' },
    all: {
      externalId: 'c-42',
      name: 'Acme Inc.',
      website: 'www.acme.example',
      email: 'Office@Acme.example',
      phone: '+43 (316) 872-1',
      employees: '1,200',
      address: { street: '1 Main Street', city: 'Graz', state: 'ST', postalCode: '8010', country: 'Austria' },
      avatarUrl: 'https://acme.example/logo.png',
      customAttributes: { tier: 'gold', 'number of seats': 30, renewsAt: '2025-01-01', oldStr: null },
      userId: 'u-4711',
      linkCustomer: true,
      moveCustomer: true,
      enable_batching: true,
      batch_size: 100
    }
  },
  upsertCustomObject: {
    required: { klass: 'order', objectId: 'Kf8(q)', externalId: 'u-4711' },
    all: {
      klass: 'order',
      objectId: 'o-1059',
      title: 'Order 1059',
      description: 'Two items',
      icon: 'truck-delivery',
      images: ['https://cdn.example.com/hoodie.jpg'],
      tags: ['vip'],
      createdAt: '2025-01-01T12:00:00.000Z',
      externalId: 'u-4711',
      email: 'Ann.Lee@Example.com',
      phone: '+43 (316) 872-0',
      createCustomer: true,
      customAttributes: { orderStatusStr: 'fulfilled', totalPrice: 64.67, oldStr: null },
      data: { products: [{ sku: 'hoodie', quantity: 2 }], shipping: { city: 'Graz' } },
      updatedAtAttribute: 'orderUpdatedAt',
      timestamp: '2025-01-01T12:00:00.000Z',
      enable_batching: true,
      batch_size: 100
    }
  },
  trackEvent: {
    required: { eventName: 'Signed Up', externalId: 'Kf8(q)' },
    all: {
      eventName: 'Bestellung aufgegeben: Größe',
      externalId: 'u-4711',
      email: 'ann.lee@example.com',
      phone: '+43316872000',
      trackingId: 'f0e1d2c3',
      sessionId: 's-1',
      properties: {
        total: 12.5,
        currency: 'EUR',
        isGift: false,
        coupon: null,
        deliveredAt: '2025-01-02',
        shipping: { city: 'Graz', address: { zip: '8010' } },
        tags: ['new', 'sale'],
        products: [
          { sku: 'a', price: 10 },
          { sku: 'b', price: 2.5 }
        ]
      },
      timestamp: '2025-01-01T12:00:00.000Z'
    }
  }
}
