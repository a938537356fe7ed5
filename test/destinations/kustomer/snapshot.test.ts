import { createTestEvent, createTestIntegration } from '@segment/actions-core'
import type { InputField, JSONObject, JSONValue } from '@segment/actions-core'
import fc from 'fast-check'
import nock from 'nock'
import destination from '../../../src/destinations/kustomer'
import { settings } from './support'

/** A value for a field, the same one in every run: text of all kinds, as unlike an email or a date as it may be. */
function valueFor(
  name: string,
  { type, properties }: Pick<InputField, 'type' | 'properties'>,
  seed: number
): JSONValue {
  if (properties) {
    return Object.fromEntries(Object.entries(properties).map(([key, field]) => [key, valueFor(key, field, seed)]))
  }
  if (type === 'object') {
    return { testType: text(seed) }
  }
  if (type === 'datetime') {
    return '2021-02-01T00:00:00.000Z'
  }
  if (type === 'boolean' || type === 'number') {
    return type === 'boolean' || seed
  }
  return name === 'email' ? 'test@example.com' : text(seed)
}

function text(seed: number): string {
  const [sample = ''] = fc.sample(fc.string({ minLength: 5, maxLength: 20 }), { seed, numRuns: 1 })
  return sample
}

/** Every request of an action whose fields are filled, where every answer is an empty 200. */
async function requestsOf(slug: string, requiredOnly: boolean): Promise<unknown[]> {
  nock(/.*/).persist().get(/.*/).reply(200)
  nock(/.*/).persist().post(/.*/).reply(200)
  nock(/.*/).persist().put(/.*/).reply(200)
  const fields = Object.entries<InputField>(destination.actions[slug]?.fields ?? {})
  const mapping: JSONObject = Object.fromEntries(
    fields
      .filter(([, field]) => !requiredOnly || field.required)
      .map(([name, field]) => [name, valueFor(name, field, slug.length)])
  )
  const integration = createTestIntegration(destination)
  const responses = await integration.testAction(slug, { event: createTestEvent(), mapping, settings })
  return Promise.all(
    responses.map(async ({ request }) => {
      const body = await request.text()
      return { method: request.method, url: request.url, body: body === '' ? body : (JSON.parse(body) as unknown) }
    })
  )
}

describe.each(Object.keys(destination.actions))('%s', (slug) => {
  afterEach(() => {
    nock.cleanAll()
  })

  it('sends required fields', async () => {
    expect(await requestsOf(slug, true)).toMatchSnapshot()
  })

  it('sends all fields', async () => {
    expect(await requestsOf(slug, false)).toMatchSnapshot()
  })
})
