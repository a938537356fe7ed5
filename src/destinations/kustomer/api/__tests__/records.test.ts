import {
  batches,
  briefCompany,
  companies,
  company,
  COMPANY_ID,
  companyRecord,
  customer,
  ID,
  job,
  JOB_ID,
  merge,
  metadata,
  OTHER_ID
} from '../../__tests__/__helpers__/answers'
import { bulkResultsIn, definedAttributesIn, hasMore, jobIn, recordIn, recordsIn } from '../records'

describe('recordIn', () => {
  it('reads a customer with their company', () => {
    const answer = customer({ name: 'Ann' }, ID, COMPANY_ID)
    expect(recordIn(answer)).toEqual({ id: ID, attributes: answer.data.attributes, companyId: COMPANY_ID })
  })

  it('reads a customer who has no company', () => {
    expect(recordIn(customer())?.companyId).toBeUndefined()
    expect(recordIn({ data: { id: ID, relationships: { company: { data: null } } } })?.companyId).toBeUndefined()
    expect(recordIn({ data: { id: ID, relationships: { company: null } } })?.companyId).toBeUndefined()
  })

  it('reads a customer without attributes', () => {
    expect(recordIn({ data: { id: ID } })).toEqual({ id: ID, attributes: {}, companyId: undefined })
  })

  it('reads a company', () => {
    expect(recordIn(company({ name: 'Acme' }))).toEqual(companyRecord({ name: 'Acme' }))
  })

  it.each([undefined, null, '', 'text', {}, { data: null }, { data: [] }, { data: { id: 5 } }])(
    'finds none in %j',
    (body) => {
      expect(recordIn(body)).toBeUndefined()
    }
  )
})

describe('recordsIn', () => {
  it('reads companies, in their order, without those that are marked as deleted', () => {
    const brief = briefCompany('Acme', 'a', OTHER_ID)
    expect(recordsIn(companies([brief, company({ deleted: true }, ID), company()]))).toEqual([
      { id: OTHER_ID, attributes: brief.data.attributes },
      companyRecord()
    ])
  })

  it.each([
    undefined,
    null,
    'text',
    {},
    companies(),
    { data: {} },
    { data: 'text' },
    { data: [null, undefined, 'text', 5, {}, { id: 5 }, []] },
    company()
  ])('finds none in %j', (body) => {
    expect(recordsIn(body)).toEqual([])
  })
})

describe('hasMore', () => {
  it.each<[unknown, boolean]>([
    [companies([], '/v1/companies?filter=acme&page=2&pageSize=100'), true],
    [companies([]), false],
    [{ links: {} }, false],
    [{ links: { next: { href: '/v1/companies' } } }, false],
    [{ links: null }, false],
    [{}, false],
    ['text', false],
    [undefined, false]
  ])('tells of %j whether the list goes on: %j', (body, has) => {
    expect(hasMore(body)).toBe(has)
  })
})

describe('definedAttributesIn', () => {
  it('reads names, display names and the values of drop-downs, without what is deleted', () => {
    const defined = definedAttributesIn(
      metadata({
        shopifyCustomerIdNum: { type: 'number', displayName: 'Shopify Customer Id' },
        myCustomStr: { type: 'string', enumeration: ['option one', 'option two'], displayName: 'My Custom String!' },
        oldStr: { type: 'string', displayName: 'Old', deletedAt: '2024-03-01T08:00:00.000Z', deletedBy: ID },
        keptStr: { type: 'string', displayName: 'Kept', deletedAt: null },
        bareStr: {}
      })
    )
    expect(defined).toEqual([
      { name: 'shopifyCustomerIdNum', displayName: 'Shopify Customer Id' },
      { name: 'myCustomStr', displayName: 'My Custom String!', values: ['option one', 'option two'] },
      { name: 'keptStr', displayName: 'Kept' },
      { name: 'bareStr' }
    ])
  })

  it('leaves out what is not as it should be', () => {
    const defined = definedAttributesIn(
      metadata({
        nullStr: null,
        textStr: 'text',
        oneStr: { displayName: 5, enumeration: 'a' },
        twoStr: { enumeration: ['a', 5, null, 'b'] }
      })
    )
    expect(defined).toEqual([{ name: 'oneStr' }, { name: 'twoStr', values: ['a', 'b'] }])
  })

  it.each([undefined, 'text', {}, { data: { id: 'customer' } }, { data: { id: 'customer', attributes: {} } }])(
    'finds none in %j',
    (body) => {
      expect(definedAttributesIn(body)).toEqual([])
    }
  )
})

describe('jobIn', () => {
  it.each([
    ['a bulk job', job('queued'), { id: JOB_ID, status: 'queued' }],
    ['a bulk job that has ended', job('complete'), { id: JOB_ID, status: 'complete' }],
    ['a merge', merge(), { id: '5b0c1a2b3c4d5e6f70819207', status: 'success' }],
    ['a status beside the attributes', { data: { id: '1', status: 'running' } }, { id: '1', status: 'running' }],
    [
      'a status in both places',
      { data: { id: '1', status: 'running', attributes: { status: 'complete' } } },
      { id: '1', status: 'complete' }
    ],
    [
      'a blank status in the attributes',
      { data: { id: '1', status: 'running', attributes: { status: '' } } },
      { id: '1', status: 'running' }
    ],
    ['a status that is no text', { data: { id: 1, status: 2 } }, {}],
    [
      'attributes that are no object',
      { data: { id: '1', attributes: 'none', status: 'queued' } },
      { id: '1', status: 'queued' }
    ],
    ['a list', { data: [] }, {}],
    ['text', 'text', {}],
    ['nothing', undefined, {}]
  ])('reads %s', (_what, body, told) => {
    expect(jobIn(body)).toEqual({ id: undefined, status: undefined, ...told })
  })
})

describe('bulkResultsIn', () => {
  const written = (objectId?: string) => [{ clientRef: 'a', isWritten: true, objectId }]
  const failed = (error?: string, objectId?: string) => [{ clientRef: 'a', isWritten: false, objectId, error }]
  const DOUBLE = 'duplicate detected'

  it.each([
    ['created', { objectId: '1', status: 'created' }, written('1')],
    ['updated', { objectId: '1', status: 'updated' }, written('1')],
    ['created, without an id', { status: 'created' }, written()],
    ['an id alone', { objectId: '1' }, written('1')],
    ['a failure', { status: 'error', error: DOUBLE }, failed(DOUBLE)],
    ['a failure without words', { status: 'error' }, failed()],
    ['a failure without a status', { error: DOUBLE }, failed(DOUBLE)],
    ['a failure with an id', { objectId: '1', error: DOUBLE }, failed(DOUBLE, '1')],
    ['a failure that calls itself created', { objectId: '1', status: 'created', error: DOUBLE }, failed(DOUBLE, '1')],
    ['a failure as an object', { error: { status: 409 } }, failed('{"status":409}')],
    ['an error that is null', { objectId: '1', status: 'created', error: null }, written('1')],
    ['an error that is blank', { objectId: '1', status: 'updated', error: '' }, written('1')],
    ['another status', { objectId: '1', status: 'queued' }, []],
    ['neither', {}, []],
    ['a blank id alone', { objectId: '' }, []]
  ])('reads %s', (_what, result, outcome) => {
    expect(bulkResultsIn(batches([{ _clientRef: 'a', ...result }]))).toEqual(outcome)
  })

  it('reads every batch, in order', () => {
    const results = bulkResultsIn(
      batches(
        [
          { _clientRef: 'a', objectId: '1', status: 'created' },
          { _clientRef: 'b', status: 'error', error: 'duplicate detected' }
        ],
        [],
        [{ _clientRef: 'c', objectId: '3', status: 'created' }]
      )
    )
    expect(results).toEqual([
      { clientRef: 'a', isWritten: true, objectId: '1' },
      { clientRef: 'b', isWritten: false, error: DOUBLE },
      { clientRef: 'c', isWritten: true, objectId: '3' }
    ])
  })

  it('reads results that stand beside the attributes', () => {
    const results = [{ _clientRef: 'a', objectId: '1', status: 'created' }]
    expect(bulkResultsIn({ data: [{ id: 'x', results }] })).toEqual(written('1'))
  })

  it('leaves out what has no reference of ours', () => {
    expect(
      bulkResultsIn(
        batches([
          { objectId: '1', status: 'created' },
          { _clientRef: 5, objectId: '2' }
        ])
      )
    ).toEqual([])
  })

  it('reads an id that is no text as none', () => {
    expect(bulkResultsIn(batches([{ _clientRef: 'a', status: 'created', objectId: 5 }]))).toEqual(written())
  })

  it.each([
    undefined,
    null,
    'text',
    {},
    { data: {} },
    { data: [null, 'x', {}] },
    { data: [{ results: 'x' }] },
    { data: [{ results: [null] }] }
  ])('finds nothing in %j', (body) => {
    expect(bulkResultsIn(body)).toEqual([])
  })
})
