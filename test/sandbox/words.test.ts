import { start } from './support'

const MANY = Array.from({ length: 11 }, (_, index) => ({ email: `a${index}@x.org` }))

it.each<[string, string, unknown, Array<[field: string, words: string]>]>([
  ['POST', '/v1/customers', { name: 5 }, [['name', 'must be a string, not a number']]],
  ['POST', '/v1/customers', { name: 'x'.repeat(2000) }, [['name', 'must have at most 256 characters']]],
  ['POST', '/v1/customers', { externalId: '' }, [['externalId', 'must have at least 1 character']]],
  ['POST', '/v1/customers', { emails: MANY }, [['emails', 'must have at most 10 items']]],
  ['POST', '/v1/customers', { emails: {} }, [['emails', 'must be a list, not an object']]],
  ['POST', '/v1/customers', { emails: [{}] }, [['emails.0.email', 'is missing']]],
  ['POST', '/v1/customers', { emails: [true] }, [['emails.0', 'must be an object, not true']]],
  ['POST', '/v1/customers', { gender: 'x' }, [['gender', 'must be "m" or "f"']]],
  [
    'POST',
    '/v1/customers',
    { sentiment: { polarity: 0, confidence: 2 } },
    [['sentiment.confidence', 'must be at most 1']]
  ],
  ['POST', '/v1/customers', [], [['body', 'must be an object, not a list']]],
  ['POST', '/v1/customers/search', { and: 'x' }, [['and', 'must be an object or a list, not a string']]],
  ['GET', '/v1/customers/0123456789abcdef01234567/sessions?page=x', undefined, [['page', 'must be a number']]],
  ['GET', '/v1/customers/0123456789abcdef01234567/sessions?page=1.5', undefined, [['page', 'must be a whole number']]]
])('%s %s refuses what breaks a rule in words of its own (%#)', async (method, path, json, expected) => {
  const { status, body } = await start().call(method, path, json)
  const told = body?.errors?.map(({ source, title }) => [(source as { parameter: string }).parameter, title])
  expect([status, told]).toEqual([400, expected])
})

it('names the field before the words where the shape of an error has no place for it', async () => {
  const { body } = await start().call('POST', '/v1/tracking/identityEvent', {
    identity: { externalId: 'u1' },
    event: {}
  })
  expect(body?.errors?.map(({ message }) => message)).toEqual(['event.name: is missing'])
})
