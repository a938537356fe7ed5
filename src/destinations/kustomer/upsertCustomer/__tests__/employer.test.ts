import { employerOf } from '../employer'

const ID_LIMIT = 'left out: Kustomer takes 1 to 255 characters of well-formed text'

describe('employerOf', () => {
  it.each<[string, Record<string, unknown> | undefined, unknown]>([
    ['an ID and a name', { id: 'c1', name: 'Acme' }, { externalId: 'c1', name: 'Acme' }],
    ['an ID alone', { id: 'c1' }, { externalId: 'c1' }],
    ['a bare name', { name: ' Acme ' }, { name: 'Acme' }],
    ['numbers', { id: 42, name: 7 }, { externalId: '42', name: '7 (42)' }],
    ['a name of 255 characters', { name: 'x'.repeat(255) }, { name: 'x'.repeat(255) }],
    ['blanks', { id: ' ', name: '' }, undefined],
    ['anything else that a trait of the name holds', { id: true, name: { first: 'Acme' } }, undefined],
    ['lists', { id: ['c1'], name: ['Acme'] }, undefined],
    ['null', { id: null, name: null }, undefined],
    ['nothing', {}, undefined],
    ['no company', undefined, undefined]
  ])('reads %s', (_what, company, reference) => {
    expect(employerOf({ company })).toEqual({
      employer: reference && { company: reference, mayMove: false },
      leftOut: []
    })
  })

  it('lets a customer be moved only where the switch is on', () => {
    expect(employerOf({ company: { name: 'Acme' }, moveCustomer: true }).employer?.mayMove).toBe(true)
    expect(employerOf({ company: { name: 'Acme' }, moveCustomer: false }).employer?.mayMove).toBe(false)
  })

  it('leaves out what Kustomer cannot hold, tells it, and goes on with the other', () => {
    const long = 'x'.repeat(256)
    expect(employerOf({ company: { id: long, name: 'Acme' } })).toEqual({
      employer: { company: { name: 'Acme' }, mayMove: false },
      leftOut: [{ field: 'company.id', reason: ID_LIMIT }]
    })
    expect(employerOf({ company: { id: 'c1', name: long } })).toEqual({
      employer: { company: { externalId: 'c1', name: long.slice(1) }, mayMove: false },
      leftOut: [{ field: 'company.name', reason: 'cut to 255 characters' }]
    })
    expect(employerOf({ company: { id: long, name: 'AB' } })).toMatchObject({
      leftOut: [{ field: 'company.id' }, { field: 'company.name' }]
    })
    expect(employerOf({ company: { id: long, name: 'AB' } }).employer).toBeUndefined()
  })
})
