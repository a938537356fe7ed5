import { attributesOf, newEventsOf } from '../../src/tester/page/agent/difference'
import { jsonMistakes } from '../../src/tester/page/event/lint'
import { curlOf } from '../../src/tester/page/result/curl'
import { differencesOf, stepOf } from '../../src/tester/page/result/steps'
import { wordsOf } from '../../src/tester/page/setup/mapping-words'
import { FIRST_DRAFT, mistakesIn } from '../../src/tester/page/state/draft'
import { knownDraft } from '../../src/tester/page/state/known-draft'
import { draftIn, linkTo } from '../../src/tester/page/state/link'
import { mappingOf, textOf } from '../../src/tester/page/state/mapping-text'
import { changesOf, outcomesOf, verdictOf } from '../../src/tester/page/state/run'
import type { Run } from '../../src/tester/page/state/run'
import type { Change, AgentRecord, Sent, SentExchange } from '../../src/tester/server/answers'

describe('the text of a mapping', () => {
  it.each([
    [{ '@path': '$.traits.email' }, '$.traits.email'],
    [{ '@template': 'Viewed {{name}}' }, 'Viewed {{name}}'],
    ['plain', 'plain'],
    [false, 'false'],
    [null, '']
  ])('%j is %j, and back', (mapping, text) => {
    expect(textOf(mapping)).toBe(text)
    expect(mappingOf(text)).toEqual(mapping)
  })

  it('is JSON over several lines where it is long, with each path on one', () => {
    const mapping = {
      '@if': { exists: { '@path': '$.traits.email' }, then: { '@path': '$.traits.email' }, else: ['a', 'b'] }
    }
    const text = textOf(mapping)
    expect(text.split('\n')).toEqual([
      '{',
      '  "@if": {',
      '    "exists": {"@path":"$.traits.email"},',
      '    "then": {"@path":"$.traits.email"},',
      '    "else": ["a","b"]',
      '  }',
      '}'
    ])
    expect(mappingOf(text)).toEqual(mapping)
  })

  it('is a mistake where it begins as JSON and is none', () => {
    const draft = { ...FIRST_DRAFT, mappings: { 'Track Event': { eventName: '{"@path":', sessionId: '$.id' } } }
    const preview = { conditions: [], mapping: {}, values: {}, problems: {}, mappingProblems: { phone: 'No.' } }
    expect(mistakesIn(draft, { ...preview, route: 'Track Event' })).toEqual({
      eventName: 'Invalid JSON.',
      phone: 'No.'
    })
  })
})

it('takes nothing over that the destination does not have', () => {
  const fields = {
    eventName: { label: '', description: '', type: 'string' },
    batch_size: { label: '', description: '', type: 'number', unsafe_hidden: true }
  }
  const manifest = {
    actions: { trackEvent: { title: '', description: '', fields } },
    authentication: { fields: {} },
    presets: [{ name: 'Track Event', partnerAction: 'trackEvent' }]
  }
  const known = {
    ...FIRST_DRAFT,
    action: 'trackEvent',
    presets: ['Track Event'],
    mappings: { 'Track Event': { eventName: 'a' }, trackEvent: { eventName: 'b' } },
    conditions: { 'Track Event': 'type = "page"' }
  }
  expect(knownDraft(known, manifest)).toEqual({ draft: known, lost: [] })
  const unknown = {
    ...known,
    action: 'constructor',
    presets: ['Track Event', 'Off'],
    mappings: { 'Track Event': { eventName: 'a', toString: 'b', batch_size: '5' }, Gone: { field: 'c' } },
    conditions: { Gone: 'x' }
  }
  expect(knownDraft(unknown, manifest)).toEqual({
    draft: { ...known, action: '', mappings: { 'Track Event': { eventName: 'a' }, Gone: {} }, conditions: {} },
    lost: ['toString', 'batch_size', 'field', 'Off', 'Gone', 'constructor']
  })
})

describe('a link', () => {
  const draft = {
    ...FIRST_DRAFT,
    text: '{"type":"track","event":"שלום & #1"}',
    sample: '',
    action: 'trackEvent',
    presets: ['Audience Entered'],
    mappings: { trackEvent: { eventName: 'Saw {{name}}' } },
    conditions: { 'Track Page': 'type = "page"' }
  }

  it('carries the event and what takes it', () => {
    const link = linkTo(draft, 'http://127.0.0.1:3000/#old')
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:3000\/#event=/)
    expect(draftIn(new URL(link).hash)).toEqual(draft)
  })

  it('is read as far as it is one', () => {
    expect(draftIn('#agent-title')).toBeUndefined()
    expect(
      draftIn('#event=x&setup={"mappings":{"a":{"b":1,"c":"d"}},"conditions":3,"action":[],"presets":[5]}')
    ).toEqual({
      ...{ ...FIRST_DRAFT, text: 'x', sample: '', mappings: { a: { c: 'd' } } }
    })
    expect(draftIn('#event=x&setup=[')).toEqual({ ...FIRST_DRAFT, text: 'x', sample: '' })
  })
})

it('finds what is no JSON in a document, and in each line of NDJSON', () => {
  expect(jsonMistakes('{"a":1}\n{"b":')).toMatchObject([{ from: 12 }])
  expect(jsonMistakes('{\n"a" 1}')).toMatchObject([{ from: 6, to: 7 }])
  expect(jsonMistakes('{"a":1}\n\n{"b":2}')).toEqual([])
  expect(jsonMistakes('')).toEqual([])
})

it('makes a request a curl command that goes where it went', () => {
  const headers = { authorization: '<redacted>', host: 'api.kustomerapp.com', 'content-type': 'application/json' }
  const request = {
    method: 'POST',
    url: 'https://api.kustomerapp.com/v1/customers?a=b',
    headers,
    body: `{"name":"O'Neil"}`
  }
  expect(curlOf(request)).toBe(
    [
      "curl -X POST 'https://api.kustomerapp.com/v1/customers?a=b'",
      '-H "authorization: Bearer $KUSTOMER_API_KEY"',
      "-H 'content-type: application/json'",
      `-d '{"name":"O'\\''Neil"}'`
    ].join(' \\\n  ')
  )
  const local = curlOf(request, { origin: 'http://127.0.0.1:3000', apiKey: 'local-sandbox-key' })
  expect(local).toContain("'http://127.0.0.1:3000/v1/customers?a=b'")
  expect(local).toContain("-H 'authorization: Bearer local-sandbox-key'")
})

describe('a run', () => {
  const sent = (verdict: Sent['verdict'], part: Partial<Sent> = {}): Sent => ({
    ...{ verdict, outcome: 'so', leftOut: [], fields: {}, exchanges: [], changes: [], milliseconds: 1 },
    ...part
  })
  const runOf = (...all: Sent[]): Run => ({
    ...{ at: '2026-03-02T09:00:00.000Z', draft: FIRST_DRAFT, total: all.length, isDryRun: false },
    items: all.map((each, index) => ({ places: [index], numbers: [String(index + 1)], title: 'track', sent: each }))
  })

  it.each([
    ['good', 'Created customer Ann', runOf(sent('delivered', { outcome: 'created', about: { name: 'Ann' } }))],
    ['bad', 'Failed with 429', runOf(sent('retried', { status: 429 }))],
    ['idle', 'Ignored', runOf(sent('ignored'))],
    ['good', '2 of 2 delivered', runOf(sent('delivered'), sent('delivered'))],
    ['mixed', '1 of 2 delivered', runOf(sent('delivered'), sent('dropped'))],
    ['bad', '0 of 2 delivered', runOf(sent('retried'), sent('dropped'))],
    ['mixed', '1 of 3 delivered', { ...runOf(sent('delivered')), total: 3 }],
    ['bad', 'Not sent', runOf()],
    ['good', 'Would create customer', { ...runOf(sent('delivered', { outcome: 'created' })), isDryRun: true }],
    ['mixed', '1 of 2 would be delivered', { ...runOf(sent('delivered'), sent('ignored')), isDryRun: true }]
  ])('is %s: %s', (tone, words, run) => {
    expect(verdictOf(run)).toEqual({ tone, words })
  })

  it('tells its events in the order of the text, by their numbers there, however they were sent', () => {
    const result = { ...sent('delivered'), verdict: 'delivered' as const, number: 1, type: 'identify' }
    const batch = sent('delivered', { results: [result, { ...result, number: 2, userId: 'u2' }] })
    const run = {
      ...runOf(),
      items: [
        { places: [1], numbers: ['2'], title: 'track Seen', sent: sent('delivered') },
        { places: [0, 2], numbers: ['1.1', '4'], title: 'identify', sent: batch }
      ]
    }
    expect(outcomesOf(run).map(({ place, number, title }) => [place, number, title])).toEqual([
      [0, '1.1', 'identify'],
      [1, '2', 'track Seen'],
      [2, '4', 'identify u2']
    ])
  })

  it('tells of each customer what was before all of it, and what is after', () => {
    const person = (name: string): AgentRecord => ({ id: 'one', kind: 'customer', name, attributes: [], sessions: [] })
    const changes = (...all: Change[]) => sent('delivered', { changes: all })
    const run = runOf(
      changes({ after: person('a') }),
      changes({ before: person('a'), after: person('b') }),
      changes({ before: { ...person('x'), id: 'two' } })
    )
    expect(changesOf(run)).toEqual([{ before: { ...person('x'), id: 'two' } }, { after: person('b') }])
  })
})

it('tells what changed of a customer', () => {
  const event = { name: 'Seen', meta: {} }
  const session = { id: null, startedAt: '', endedAt: '' }
  const seen = { ...event }
  const change: Change = {
    before: {
      id: '1',
      kind: 'customer',
      name: 'a',
      attributes: [['Emails', 'a@b.de']],
      sessions: [{ ...session, events: [event] }]
    },
    after: {
      id: '1',
      kind: 'customer',
      name: 'a',
      attributes: [['Phones', '1']],
      sessions: [{ ...session, events: [{ ...event }, seen] }]
    }
  }
  expect(attributesOf(change)).toEqual([
    { label: 'Phones', before: undefined, after: '1' },
    { label: 'Emails', before: 'a@b.de', after: undefined }
  ])
  expect([...newEventsOf(change)]).toEqual([seen])
})

describe('a mapping in words', () => {
  const trimmed = (path: string) => ({ '@replace': { pattern: ' ', replacement: '', value: { '@path': path } } })

  it.each([
    [undefined, 'not mapped'],
    [false, 'off'],
    [{ '@path': '$.traits.email' }, 'traits.email'],
    [{ '@template': 'Viewed {{name}}' }, 'Viewed {{name}}'],
    [
      {
        '@if': {
          exists: { '@path': '$.traits.email' },
          then: { '@path': '$.traits.email' },
          else: { '@path': '$.context.traits.email' }
        }
      },
      'traits.email, else context.traits.email'
    ],
    [
      { '@if': { blank: trimmed('$.name'), then: 'Viewed Page', else: { '@template': 'Viewed {{name}} Page' } } },
      'Viewed Page if name is set, else Viewed {{name}} Page'
    ],
    [{ city: { '@path': '$.traits.address.city' }, state: { '@path': '$.traits.address.state' } }, 'traits.address'],
    [{ planStr: 'pro', ownerBool: true }, 'planStr: pro; ownerBool: true']
  ])('says %j', (mapping, words) => {
    expect(wordsOf(mapping)).toBe(words)
  })
})

describe('a request', () => {
  const exchangeOf = (method: string, path: string, body: unknown, answer: unknown = {}): SentExchange => ({
    request: { method, url: `https://api.kustomerapp.com${path}`, headers: {}, body: body ? JSON.stringify(body) : '' },
    response: { statusCode: 200, statusMessage: 'OK', headers: {}, body: answer },
    milliseconds: 1,
    isSent: true
  })

  it.each([
    ['GET', '/v1/customers/externalId=a%2Fb', undefined, 'Find the customer by external ID'],
    ['GET', '/v1/customers/phone=+15550107788', undefined, 'Find the customer by phone'],
    ['GET', '/v1/companies?externalId=initech', undefined, 'Find the company by external ID'],
    ['GET', '/v1/companies?name=Initech', undefined, 'Find the company by name'],
    ['GET', '/v1/klasses/order/externalId=o1', undefined, 'Find the custom object by external ID'],
    ['POST', '/v1/klasses/order', {}, 'Create the custom object'],
    ['POST', '/v1/customers/merges', {}, 'Merge two customers'],
    ['POST', '/v1/customers/bulk', [{}, {}], 'Start a bulk job for 2 records'],
    ['GET', '/v1/bulk/b1/batches', undefined, 'Read the results of the bulk job'],
    ['POST', '/v1/tracking/identityEvent', { event: { name: 'Seen' } }, 'Add Seen to the customer’s timeline'],
    ['PATCH', '/v1/customers/c1', {}, 'Update the customer'],
    ['DELETE', '/v1/customers/c1', undefined, 'Delete the customer'],
    ['POST', '/v1/other', {}, undefined]
  ])('says what %s %s is for', (method, path, body, words) => {
    expect(stepOf(exchangeOf(method, path, body))).toBe(words)
  })

  it('shows what a write changes of what was read before it', () => {
    const attributes = {
      name: 'Ann',
      locale: 'en',
      emails: [{ email: 'ann@initech.com' }],
      custom: { planStr: 'free' }
    }
    const read = exchangeOf('GET', '/v1/customers/externalId=u1', undefined, { data: { id: 'c1', attributes } })
    const body = { rev: 3, name: 'Anna', locale: 'en', custom: { planStr: 'pro' } }
    expect(differencesOf(exchangeOf('PATCH', '/v1/customers/c1', body), [read])).toEqual([
      { label: 'name', before: 'Ann', after: 'Anna' },
      { label: 'custom.planStr', before: 'free', after: 'pro' }
    ])
  })
})
