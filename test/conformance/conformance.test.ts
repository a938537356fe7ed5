import { join } from 'node:path'
import { checkAnswers } from '../../conformance/answers'
import { breakagesOf, instanceOf } from '../../conformance/breakages'
import { readDocument } from '../../conformance/document'
import { report } from '../../conformance/finding'
import { misfits } from '../../conformance/readings'
import { checkRequests } from '../../conformance/requests'
import { checkRefusals, sharedOperations } from '../../conformance/refusals'
import type { Schema } from '../../conformance/schema'

const operations = readDocument(join(__dirname, 'document.json'))
const HOST = 'https://api.kustomerapp.com/v1'
const request = (method: string, path: string, body?: unknown) => ({
  method,
  url: `${HOST}${path}`,
  body: body === undefined ? '' : JSON.stringify(body)
})

describe('requests', () => {
  it.each([
    ['of an operation that is not there', request('GET', '/nothing'), /^the document has no such operation$/],
    ['whose path breaks its schema', request('GET', '/customers/externalId=longer'), /the path's externalId/],
    ['whose body has a custom object without title', request('POST', '/klasses/order', {}), /'title'/],
    ['whose external ID is too long', request('GET', `/klasses/order/externalId=${'x'.repeat(257)}`), /externalId/],
    ['whose query is not a number', request('GET', '/customers/externalId=u1?page=x'), /the query's page/],
    ['whose query is not there', request('GET', '/customers/externalId=u1?size=1'), /the query has size/],
    ['with a body where there is none', request('GET', '/customers/externalId=u1', {}), /has a body/],
    ['without the body', request('POST', '/tracking/event'), /^has no body$/],
    [
      'with an unknown key',
      request('POST', '/tracking/event', { name: 'Seen', planted: 1 }),
      /additional .*\(planted\)/
    ],
    ['without a key', request('POST', '/tracking/event', {}), /required property 'name'/],
    ['with a key of meta that is lost', request('POST', '/tracking/event', { name: 'Seen', meta: { a: 1 } }), /meta/]
  ])('%s deviate', (_name, sent, words) => {
    const [finding] = checkRequests(operations, [sent])
    expect(finding?.deviations).toEqual([expect.stringMatching(words)])
  })

  it('that fit do not deviate, nor do those that the document leaves out, and alike deviations are counted', () => {
    const event = request('POST', '/tracking/event', { name: 'Seen', meta: { planStr: 'pro', totalNum: 1 } })
    const findings = checkRequests(operations, [
      event,
      request('GET', '/customers/externalId=u1?page=2'),
      request('GET', '/bulk/5f0000000000000000000001/batches'),
      ...[1, 2].map(() => request('GET', '/customers/externalId=longer'))
    ])
    expect(findings).toEqual([
      { operation: 'GET /bulk/{id}/batches (not in the document)', tried: expect.any(String), deviations: [] },
      {
        operation: 'GET /customers/externalId={externalId}',
        tried: '3 requests of the destination',
        deviations: [expect.stringMatching(/\(2 times\)$/)]
      },
      { operation: 'POST /tracking/event', tried: '1 request of the destination', deviations: [] }
    ])
  })
})

describe('breakages', () => {
  const schema: Schema = {
    type: 'object',
    additionalProperties: false,
    required: ['kind'],
    properties: {
      kind: { type: 'string', enum: ['one', 'two'] },
      note: { type: 'string', nullable: true, maxLength: 8 },
      count: { type: 'number', minimum: 1, maximum: 2 },
      places: {
        type: 'array',
        maxItems: 2,
        uniqueItems: true,
        items: { type: 'object', properties: { url: { type: 'string', format: 'url' } }, required: ['url'] }
      }
    }
  }
  const hints = { count: () => 1 }

  it('are one for each rule of each place, and every one of them breaks the schema', () => {
    const body = instanceOf(schema, hints)
    expect(misfits(schema, body)).toEqual([])
    const breakages = breakagesOf(schema, body, hints)
    expect(breakages.map(({ where, how }) => `${where} ${how}`.trim()).sort()).toMatchInlineSnapshot(`
      Array [
        "count null",
        "count of the wrong type",
        "count too large",
        "count too small",
        "kind missing",
        "kind none of its words",
        "kind null",
        "kind of the wrong type",
        "note of the wrong type",
        "note one character too long",
        "null",
        "of the wrong type",
        "places null",
        "places of 3 items",
        "places of the wrong type",
        "places with one item twice",
        "places.0 null",
        "places.0 of the wrong type",
        "places.0.url missing",
        "places.0.url no url",
        "places.0.url null",
        "places.0.url of the wrong type",
        "with an unknown key",
      ]
    `)
    expect(breakages.filter((breakage) => misfits(schema, breakage.body).length === 0)).toEqual([])
  })
})

describe('the sandbox', () => {
  const refusalsOf = async (operation: string) =>
    checkRefusals((await sharedOperations(operations)).filter(({ name }) => name === operation))

  it('is found where it takes what the document refuses', async () => {
    expect(await refusalsOf('POST /tracking/event')).toEqual([
      {
        operation: 'POST /tracking/event',
        tried: expect.stringMatching(/^2 valid, \d\d broken$/),
        deviations: ['trackingId one character too long was answered 204']
      }
    ])
  })

  it('is found where it refuses what the document allows', async () => {
    const [finding] = await refusalsOf('POST /tracking/identity')
    expect(finding?.deviations).toEqual([
      expect.stringMatching(/^a valid request was answered 400 .*planted/),
      expect.stringMatching(/^a valid request with every null that may be was answered 400 .*planted/)
    ])
  })

  it.each([
    ['POST /klasses/{name}', [['POST /klasses/{name}', []]]],
    [
      'PUT /klasses/{name}/bulk',
      [
        ['PUT /klasses/{name}/bulk, refused as a whole', []],
        ['PUT /klasses/{name}/bulk, item by item', []]
      ]
    ],
    [
      'PUT /klasses/{name}/{id}',
      [['PUT /klasses/{name}/{id}', Array(2).fill(expect.stringMatching(/^a valid request.* 400 .*planted/))]]
    ]
  ])('is tried with custom objects: %s', async (operation, expected) => {
    const findings = await refusalsOf(operation)
    expect(findings.map(({ operation: name, deviations }) => [name, deviations])).toEqual(expected)
  })

  it('is asked for lists of custom objects', async () => {
    const keys = ['data.[].type', 'data.[].attributes.title', 'data.[].attributes.planted']
    const [finding] = await checkAnswers(operations, [{ operations: ['GET /klasses/{name}'], keys }])
    expect(finding?.deviations).toEqual(["data.[].attributes.planted is not in the sandbox's answer"])
  })

  it('is found where its answers lack a key that is read, and so is a key that no example has', async () => {
    const reads = {
      operations: ['GET /customers/externalId={externalId}'],
      keys: ['data.id', 'data.planted.[].key', 'x']
    }
    const [finding] = await checkAnswers(operations, [reads])
    expect(finding?.deviations).toEqual([
      "x is read, but not in the document's example",
      "data.planted.[].key is not in the sandbox's answer",
      "x is not in the sandbox's answer"
    ])
  })
})

it('reports in a table, and each deviation on a line of its own', () => {
  const text = report([
    { operation: 'GET /a', tried: '1 request', deviations: [] },
    { operation: 'POST /long', tried: '2 valid', deviations: ['one thing', 'another'] }
  ])
  expect(text.split('\n')).toEqual([
    'Operation   Tried      Result',
    'GET /a      1 request  as documented',
    'POST /long  2 valid    2 deviations',
    '',
    'POST /long: one thing',
    'POST /long: another'
  ])
})
