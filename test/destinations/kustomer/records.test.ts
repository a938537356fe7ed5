import { bulkJobIn, bulkResultsIn, customerIn, customersIn } from '../../../src/destinations/kustomer/records'

it.each([
  [{ data: { id: '1', attributes: { name: 'Ann' }, relationships: { company: { data: { id: '2' } } } } }, '2'],
  [{ data: { id: '1', attributes: { name: 'Ann' }, relationships: { company: { data: null } } } }, undefined],
  [{ data: { id: '1', attributes: { name: 'Ann' } } }, undefined]
])('reads a customer of %j', (body, companyId) => {
  expect(customerIn(body)).toEqual({ id: '1', attributes: { name: 'Ann' }, companyId })
})

it.each([
  undefined,
  {},
  { data: null },
  { data: {} },
  { data: { id: 1 } },
  { data: { id: '1', attributes: { deleted: true } } },
  '<html>'
])('reads no customer of %j', (body) => {
  expect(customerIn(body)).toBeUndefined()
})

it('reads a customer without attributes', () => {
  expect(customerIn({ data: { id: '1' } })).toEqual({ id: '1', attributes: {} })
})

it.each([
  [{ data: [{ id: '1', attributes: { deleted: true } }, { id: '2' }, null] }, ['2']],
  [{ data: 'none' }, []],
  [[], []],
  [undefined, []]
])('reads the customers of %j', (body, ids) => {
  expect(customersIn(body).map(({ id }) => id)).toEqual(ids)
})

it.each([
  [{ data: { id: '1', attributes: { status: 'queued' } } }, { id: '1', status: 'queued' }],
  [{ data: { id: '1', status: 'complete' } }, { id: '1', status: 'complete' }],
  [{ data: { id: '1', attributes: {}, status: 'complete' } }, { id: '1', status: 'complete' }],
  [{ data: {} }, {}],
  [undefined, {}]
])('reads the job of %j', (body, job) => {
  expect(bulkJobIn(body)).toEqual(job)
})

it.each([
  [
    { _clientRef: 'a', status: 'success', id: '1' },
    { clientRef: 'a', id: '1' }
  ],
  [
    { _clientRef: 'a', status: 'done', id: '1', error: null },
    { clientRef: 'a', id: '1' }
  ],
  [{ _clientRef: 'a' }, { clientRef: 'a' }],
  [
    { _clientRef: 'a', error: 'Taken' },
    { clientRef: 'a', failure: { status: 400, words: 'Taken' } }
  ],
  [
    { _clientRef: 'a', id: '1', error: { status: '409', title: 'Taken' } },
    { clientRef: 'a', failure: { status: 409, words: 'Taken' } }
  ],
  [
    { _clientRef: 'a', error: { errors: [{ status: 429, message: 'Slow down' }] } },
    { clientRef: 'a', failure: { status: 429, words: 'Slow down' } }
  ],
  [
    { _clientRef: 'a', error: { status: 400, code: 'badparam' } },
    { clientRef: 'a', failure: { status: 400, words: 'badparam' } }
  ],
  [
    { _clientRef: 'a', error: { status: 200, message: 'Odd' } },
    { clientRef: 'a', failure: { status: 400, words: 'Odd' } }
  ]
])('reads what became of %j', (result, outcome) => {
  for (const batch of [{ results: [result] }, { attributes: { results: [result] } }]) {
    expect(bulkResultsIn({ data: [batch] })).toEqual([outcome])
  }
})

it.each([undefined, {}, { data: [null] }, { data: [{}] }, { data: [{ results: [null, {}] }] }])(
  'reads no outcome of %j',
  (body) => {
    expect(bulkResultsIn(body)).toEqual([])
  }
)
