import { PayloadValidationError, RetryableError } from '@segment/actions-core'
import type { SegmentEvent } from '@segment/actions-core'
import { body, CUSTOMER_ID, kustomer, NOT_FOUND, record, run } from '../support'

const ANOTHER_ID = '5f0000000000000000000002'
const COMPANY = '5f00000000000000000000cc'
const BY_EXTERNAL_ID = '/v1/customers/externalId=u1'
const BY_EMAIL = '/v1/customers/email=ann%40example.com'
const BY_PHONE = '/v1/customers/phone=%2B15550100200'
const CONFLICT = { errors: [{ status: 409, code: 'conflict', title: 'Email is already in use' }] }

const ann = { email: 'ann@example.com' }
const annWithPhone = { ...ann, phone: '+15550100200' }
const created = { data: { type: 'customer', id: CUSTOMER_ID, attributes: {} } }

function identify(event: Partial<SegmentEvent>, mapping = {}): Promise<unknown> {
  return run('upsertCustomer', { type: 'identify', ...event }, mapping)
}

describe('finding the customer', () => {
  it('asks for the externalId, then the email, then the phone', async () => {
    kustomer().get(BY_EXTERNAL_ID).reply(404, NOT_FOUND)
    kustomer().get(BY_EMAIL).reply(404, NOT_FOUND)
    kustomer().get(BY_PHONE).reply(404, NOT_FOUND)
    kustomer()
      .post('/v1/customers', body({ externalId: 'u1', emails: [ann], phones: [{ phone: '+15550100200' }] }))
      .reply(201, created)
    expect(await identify({ userId: 'u1', traits: annWithPhone })).toEqual({
      outcome: 'created',
      customerId: CUSTOMER_ID
    })
  })

  it('stops at the first hit, and writes nothing where nothing differs', async () => {
    kustomer()
      .get(BY_EXTERNAL_ID)
      .reply(200, record({ externalId: 'u1', emails: [{ id: 'x', type: 'home', email: 'Ann@Example.com' }] }))
    expect(await identify({ userId: 'u1', traits: ann })).toEqual({ outcome: 'unchanged', customerId: CUSTOMER_ID })
  })

  it('creates a customer known by a userId alone with two requests', async () => {
    kustomer().get(BY_EXTERNAL_ID).reply(404, NOT_FOUND)
    kustomer()
      .post('/v1/customers', body({ externalId: 'u1' }))
      .reply(201, created)
    await identify({ userId: 'u1' })
  })

  it('percent-encodes the identifier', async () => {
    kustomer()
      .get('/v1/customers/externalId=a%2Fb%3Fc%23d%20%E8%B3%BC')
      .reply(200, record({ externalId: 'a/b?c#d 購' }))
    await identify({ userId: 'a/b?c#d 購' })
  })

  it.each([
    ['email', ann, BY_EMAIL],
    ['phone', { phone: '+15550100200' }, BY_PHONE]
  ])('gives its externalId to a customer found by %s who has none', async (_by, traits, path) => {
    kustomer().get(BY_EXTERNAL_ID).reply(404, NOT_FOUND)
    kustomer()
      .get(path)
      .reply(200, record({ emails: [ann], phones: [{ phone: '15550100200' }] }, COMPANY))
    kustomer()
      .patch(`/v1/customers/${CUSTOMER_ID}`, body({ externalId: 'u1', company: COMPANY }))
      .reply(200, created)
    expect(await identify({ userId: 'u1', traits })).toEqual({ outcome: 'updated', customerId: CUSTOMER_ID })
  })

  it('leaves a customer found by email alone who carries another externalId, and shares the email', async () => {
    kustomer().get(BY_EXTERNAL_ID).reply(404, NOT_FOUND)
    kustomer()
      .get(BY_EMAIL)
      .reply(200, record({ externalId: 'someone else', emails: [ann] }))
    kustomer()
      .post('/v1/customers', body({ externalId: 'u1', sharedEmails: [ann] }))
      .reply(201, created)
    await identify({ userId: 'u1', traits: ann })
  })

  it('shares the phone as well where the same other person holds it', async () => {
    kustomer().get(BY_EXTERNAL_ID).reply(404, NOT_FOUND)
    kustomer()
      .get(BY_EMAIL)
      .reply(200, record({ externalId: 'someone else', emails: [ann], phones: [{ phone: '1 555 010 0200' }] }))
    kustomer()
      .post('/v1/customers', body({ externalId: 'u1', sharedEmails: [ann], sharedPhones: [{ phone: '+15550100200' }] }))
      .reply(201, created)
    await identify({ userId: 'u1', traits: annWithPhone })
  })

  it('shares a phone that another person holds', async () => {
    kustomer().get(BY_EXTERNAL_ID).reply(404, NOT_FOUND)
    kustomer().get(BY_EMAIL).reply(404, NOT_FOUND)
    kustomer()
      .get(BY_PHONE)
      .reply(200, record({ externalId: 'someone else', phones: [{ phone: '+15550100200' }] }))
    kustomer()
      .post('/v1/customers', body({ externalId: 'u1', emails: [ann], sharedPhones: [{ phone: '+15550100200' }] }))
      .reply(201, created)
    await identify({ userId: 'u1', traits: annWithPhone })
  })

  it('finds nothing new in an email that is shared already', async () => {
    kustomer()
      .get(BY_EXTERNAL_ID)
      .reply(200, record({ externalId: 'u1', sharedEmails: [{ id: 'x', ...ann }] }))
    expect(await identify({ userId: 'u1', traits: ann })).toMatchObject({ outcome: 'unchanged' })
  })

  it('updates a customer with an externalId for an event that names none', async () => {
    kustomer()
      .get(BY_EMAIL)
      .reply(200, record({ externalId: 'u1', emails: [ann] }))
    kustomer()
      .patch(`/v1/customers/${CUSTOMER_ID}`, body({ name: 'Ann' }))
      .reply(200, created)
    await identify({ traits: { ...ann, name: 'Ann' } })
  })

  it('takes a customer marked as deleted for none', async () => {
    kustomer()
      .get(BY_EXTERNAL_ID)
      .reply(200, record({ externalId: 'u1', deleted: true }))
    kustomer()
      .post('/v1/customers', body({ externalId: 'u1' }))
      .reply(201, created)
    expect(await identify({ userId: 'u1' })).toMatchObject({ outcome: 'created' })
  })

  it('keeps the externalId of a customer whom Kustomer also knows by ours', async () => {
    kustomer()
      .get(BY_EXTERNAL_ID)
      .reply(200, record({ externalId: 'merged from', name: 'Ann' }))
    expect(await identify({ userId: 'u1', traits: { name: 'Ann' } })).toMatchObject({ outcome: 'unchanged' })
  })
})

describe('races', () => {
  it('finds again, once, and updates after a creation that conflicts', async () => {
    kustomer().get(BY_EXTERNAL_ID).reply(404, NOT_FOUND)
    kustomer().post('/v1/customers').reply(409, CONFLICT)
    kustomer()
      .get(BY_EXTERNAL_ID)
      .reply(200, record({ externalId: 'u1' }))
    kustomer()
      .patch(`/v1/customers/${CUSTOMER_ID}`, body({ name: 'Ann' }))
      .reply(200, created)
    expect(await identify({ userId: 'u1', traits: { name: 'Ann' } })).toMatchObject({ outcome: 'updated' })
  })

  it.each([400, 422])('reads a %d that says so as the same conflict', async (status) => {
    kustomer().get(BY_EXTERNAL_ID).reply(404, NOT_FOUND)
    kustomer().post('/v1/customers').reply(status, CONFLICT)
    kustomer()
      .get(BY_EXTERNAL_ID)
      .reply(200, record({ externalId: 'u1' }))
    expect(await identify({ userId: 'u1' })).toMatchObject({ outcome: 'unchanged' })
  })

  it('is retryable where nobody is found after a conflict', async () => {
    kustomer().get(BY_EXTERNAL_ID).twice().reply(404, NOT_FOUND)
    kustomer().post('/v1/customers').reply(409, CONFLICT)
    const error: unknown = await identify({ userId: 'u1' }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(RetryableError)
    expect(error).toMatchObject({ message: expect.stringContaining('Email is already in use') })
  })

  it('goes past a different person after a conflict, to whom holds the phone', async () => {
    const bob = record({ externalId: 'bob', emails: [ann] })
    kustomer().get(BY_EXTERNAL_ID).twice().reply(404, NOT_FOUND)
    kustomer().get(BY_EMAIL).twice().reply(200, bob)
    kustomer().post('/v1/customers').reply(409, CONFLICT)
    kustomer()
      .get(BY_PHONE)
      .reply(200, record({ externalId: 'carl', phones: [{ phone: '+15550100200' }] }))
    kustomer()
      .post('/v1/customers', body({ externalId: 'u1', sharedEmails: [ann], sharedPhones: [{ phone: '+15550100200' }] }))
      .reply(201, created)
    expect(await identify({ userId: 'u1', traits: annWithPhone })).toMatchObject({ outcome: 'created' })
  })

  it('shares an email that somebody else holds after an update that conflicts', async () => {
    const other = record({ externalId: 'bob', emails: [ann] })
    other.data.id = ANOTHER_ID
    kustomer()
      .get(BY_EXTERNAL_ID)
      .reply(200, record({ externalId: 'u1' }, COMPANY))
    kustomer()
      .patch(`/v1/customers/${CUSTOMER_ID}`, body({ emails: [ann], company: COMPANY }))
      .reply(409, CONFLICT)
    kustomer().get(BY_EMAIL).reply(200, other)
    kustomer()
      .patch(`/v1/customers/${CUSTOMER_ID}`, body({ sharedEmails: [ann], company: COMPANY }))
      .reply(200, created)
    expect(await identify({ userId: 'u1', traits: ann })).toMatchObject({ outcome: 'updated' })
  })

  it('is retryable where an update conflicts and nobody else is found', async () => {
    kustomer()
      .get(BY_EXTERNAL_ID)
      .reply(200, record({ externalId: 'u1' }))
    kustomer().patch(`/v1/customers/${CUSTOMER_ID}`).reply(409, CONFLICT)
    kustomer().get(BY_EMAIL).reply(404, NOT_FOUND)
    await expect(identify({ userId: 'u1', traits: ann })).rejects.toBeInstanceOf(RetryableError)
  })

  it('looks into a conflict once: a second one is retryable', async () => {
    kustomer().get(BY_EXTERNAL_ID).reply(404, NOT_FOUND)
    kustomer().get(BY_EMAIL).reply(404, NOT_FOUND)
    kustomer().post('/v1/customers').reply(409, CONFLICT)
    kustomer()
      .get(BY_EXTERNAL_ID)
      .reply(200, record({ externalId: 'u1' }))
    kustomer().patch(`/v1/customers/${CUSTOMER_ID}`).reply(409, CONFLICT)
    await expect(identify({ userId: 'u1', traits: ann })).rejects.toBeInstanceOf(RetryableError)
  })

  it('creates a customer who was deleted between two of its requests', async () => {
    kustomer()
      .get(BY_EXTERNAL_ID)
      .reply(200, record({ externalId: 'u1' }))
    kustomer().patch(`/v1/customers/${CUSTOMER_ID}`).reply(404, NOT_FOUND)
    kustomer()
      .post('/v1/customers', body({ externalId: 'u1', name: 'Ann' }))
      .reply(201, created)
    expect(await identify({ userId: 'u1', traits: { name: 'Ann' } })).toMatchObject({ outcome: 'created' })
  })
})

describe('anonymous history', () => {
  it.each([
    [{ userId: 'u1', traits: annWithPhone }, { externalId: 'u1' }, BY_EXTERNAL_ID],
    [{ traits: annWithPhone }, ann, BY_EMAIL],
    [{ traits: { phone: '+15550100200' } }, { phone: '+15550100200' }, BY_PHONE]
  ])('is claimed by the strongest identifier alone', async (event, identity, path) => {
    kustomer()
      .get(path)
      .reply(200, record({ externalId: 'u1', emails: [ann], phones: [{ phone: '+15550100200' }] }))
    kustomer()
      .post('/v1/tracking/identity', body({ trackingId: 'visitor', ...identity }))
      .reply(201, created)
    await identify({ ...event, anonymousId: 'visitor' })
  })

  it('names what failed, once the customer is there', async () => {
    kustomer()
      .get(BY_EXTERNAL_ID)
      .reply(200, record({ externalId: 'u1' }))
    kustomer()
      .post('/v1/tracking/identity')
      .reply(403, { errors: [{ code: 'forbidden', message: 'Forbidden' }] })
    await expect(identify({ userId: 'u1', anonymousId: 'visitor' })).rejects.toMatchObject({
      status: 403,
      message:
        'Could not claim the anonymous history: Kustomer answered 403. Forbidden. Check the roles of the API Key: it needs org.tracking.'
    })
  })
})

describe('bad input', () => {
  it.each([
    ['nobody', {}],
    ['a blank userId', { userId: '  ' }],
    ['an email that is none', { traits: { email: 'ann' } }],
    ['a visitor alone', { anonymousId: 'visitor' }]
  ])('refuses %s without a request', async (_who, event) => {
    const error: unknown = await identify(event).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(PayloadValidationError)
    expect(error).toMatchObject({
      status: 400,
      message:
        'No customer to upsert: none of External ID, Email and Phone has a usable value. Map at least one of them.'
    })
  })

  it('leaves out what Kustomer would refuse and sends the rest', async () => {
    kustomer().get(BY_EXTERNAL_ID).reply(404, NOT_FOUND)
    kustomer()
      .post('/v1/customers', body({ externalId: 'u1', name: 'Ann' }))
      .reply(201, created)
    await identify({
      userId: 'u1',
      context: { locale: 'x'.repeat(17), timezone: 'x'.repeat(65) },
      traits: {
        name: 'Ann',
        email: 'not an email',
        phone: 'not a phone',
        website: 'not a website',
        avatar: 'javascript:alert(1)',
        birthday: 'someday',
        createdAt: 'once',
        gender: 'unknown',
        username: 'x'.repeat(257),
        address: { country: 'x'.repeat(65), city: '' }
      }
    })
  })

  it('takes an address that is no object for none', async () => {
    kustomer()
      .get(BY_EXTERNAL_ID)
      .reply(200, record({ externalId: 'u1' }))
    const address = '1 Main Street' as unknown as NonNullable<SegmentEvent['traits']>['address']
    expect(await identify({ userId: 'u1', traits: { address } })).toMatchObject({ outcome: 'unchanged' })
  })

  it.each([
    ['name', { name: { first: 'Ann' } }, 'Name must be a string but it was an object.'],
    ['email', { email: ['a@example.com', 'b@example.com'] }, 'Email must be a string but it was an array.']
  ])('names the field of a %s of the wrong type', async (_field, traits, message) => {
    await expect(identify({ userId: 'u1', traits: traits })).rejects.toThrow(message)
  })

  it('takes null and blank traits for none, and a number for its text', async () => {
    kustomer().get('/v1/customers/externalId=42').reply(404, NOT_FOUND)
    kustomer()
      .post('/v1/customers', body({ externalId: '42' }))
      .reply(201, created)
    await identify({
      userId: 42 as unknown as string,
      traits: { email: null, name: '' }
    })
  })
})
