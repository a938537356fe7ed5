import {
  company,
  COMPANY_ID,
  customer,
  ID,
  metadata,
  plainError,
  undefinedAttribute
} from '../../__tests__/__helpers__/answers'
import { conversation, failure } from '../../__tests__/__helpers__/conversation'
import type { Answer, Step } from '../../__tests__/__helpers__/conversation'
import { createAtOnce, createWithLess } from '../create'
import type { Wish } from '../subject'

const TOLD = { field: 'email', reason: 'left out: not an email address' }
const CREATED: Answer = [201, customer({}, ID)]
const REFUSED: Answer = [409, plainError('Conflict')]

const creation = (body: unknown, answer: Answer = CREATED): Step => ['POST customers', body, answer]
const refusedFor = (name: string): Answer => [400, undefinedAttribute(name)]
const wish = (wanted: Wish['wanted']): Wish => ({ wanted, leftOut: [TOLD] })
const leftOut = (...names: string[]) => [
  TOLD,
  ...names.map((name) => ({
    field: `customAttributes.${name}`,
    reason: "left out: your organization has not defined it. Define it in Kustomer's settings, in the Klass customer"
  }))
]

describe('createAtOnce', () => {
  it('creates with one request, with the company, and hands on what is to be told and tried again', async () => {
    const pending = new Error('later')
    const kustomer = conversation(creation({ name: 'Ann', company: COMPANY_ID }))
    const wanted = { nameIfNone: 'Ann', link: { id: COMPANY_ID, mayMove: false } }
    expect(await createAtOnce(kustomer.client(), 'customer', { ...wish(wanted), pending })).toEqual({
      outcome: 'created',
      record: { id: ID, attributes: { name: 'Ann', company: COMPANY_ID }, companyId: COMPANY_ID },
      leftOut: [TOLD],
      pending
    })
  })

  it('creates companies too, and knows no id where the answer tells none', async () => {
    const first = conversation(['POST companies', { name: 'Acme' }, [201, company({ name: 'Acme' })]])
    expect(await createAtOnce(first.client(), 'company', wish({ name: 'Acme' }))).toMatchObject({
      record: { id: COMPANY_ID }
    })
    const second = conversation(['POST companies', { name: 'Acme' }, [201]])
    expect(await createAtOnce(second.client(), 'company', wish({ name: 'Acme' }))).toMatchObject({ record: { id: '' } })
  })

  it('leaves out all attributes that are not defined, once one was refused', async () => {
    const kustomer = conversation(
      creation({ name: 'Ann', custom: { aStr: '1', bStr: '2', cStr: '3' } }, refusedFor('aStr')),
      ['GET metadata/customer', [200, metadata({ bStr: {} })]],
      creation({ name: 'Ann', custom: { bStr: '2' } })
    )
    const custom = { aStr: '1', bStr: '2', cStr: '3' }
    expect(await createAtOnce(kustomer.client(), 'customer', wish({ name: 'Ann', custom }))).toMatchObject({
      outcome: 'created',
      record: { attributes: { custom: { bStr: '2' } } },
      leftOut: leftOut('aStr', 'cStr')
    })
  })

  it('leaves out what is named without the role, three at most, and then all', async () => {
    const custom = { aStr: '1', bStr: '2', cStr: '3', dStr: '4', eStr: '5' }
    const { aStr: _a, ...four } = custom
    const { bStr: _b, ...three } = four
    const { cStr: _c, ...two } = three
    const kustomer = conversation(
      creation({ name: 'Ann', custom }, refusedFor('aStr')),
      ['GET metadata/customer', [403]],
      creation({ name: 'Ann', custom: four }, refusedFor('bStr')),
      creation({ name: 'Ann', custom: three }, refusedFor('cStr')),
      creation({ name: 'Ann', custom: two }, refusedFor('dStr')),
      creation({ name: 'Ann' })
    )
    expect(await createAtOnce(kustomer.client(), 'customer', wish({ name: 'Ann', custom }))).toMatchObject({
      outcome: 'created',
      leftOut: leftOut('aStr', 'bStr', 'cStr', 'dStr', 'eStr')
    })
  })

  it('sends at first what is known to be defined', async () => {
    const client = conversation(creation({ name: 'Ann', custom: { aStr: '1' } })).client()
    client.undefinedAttributes.customer.learnDefined(['aStr'])
    const created = await createAtOnce(client, 'customer', wish({ name: 'Ann', custom: { aStr: '1', bStr: '2' } }))
    expect(created).toMatchObject({ outcome: 'created', leftOut: leftOut('bStr') })
  })

  it.each<[string, unknown]>([
    ['without custom attributes', undefined],
    ['in words that are not of them', { aStr: '1' }]
  ])('hands a refusal back, %s', async (_what, custom) => {
    const kustomer = conversation(creation({ name: 'Ann', custom }, REFUSED))
    const given = wish({ name: 'Ann', custom: custom as { aStr: string } | undefined })
    expect(await createAtOnce(kustomer.client(), 'customer', given)).toEqual({
      outcome: 'refused',
      error: expect.objectContaining({ status: 409 })
    })
  })

  it('hands a refusal back where all that it may have been for is defined', async () => {
    const kustomer = conversation(creation({ custom: { aStr: '1' } }, [422, plainError('custom is wrong')]), [
      'GET metadata/customer',
      [200, metadata({ aStr: {} })]
    ])
    expect(await createAtOnce(kustomer.client(), 'customer', wish({ custom: { aStr: '1' } }))).toMatchObject({
      outcome: 'refused'
    })
  })
})

describe('createWithLess', () => {
  const all = { name: 'Ann', custom: { aStr: '1' }, link: { id: COMPANY_ID, mayMove: true } }
  const told = (field: string) => ({ field, reason: expect.stringMatching(/^left out: Kustomer refuses /) as string })

  it('gives up custom attributes first', async () => {
    const kustomer = conversation(creation({ name: 'Ann', company: COMPANY_ID }))
    expect(await createWithLess(kustomer.client(), 'customer', wish(all))).toMatchObject({
      outcome: 'created',
      leftOut: [TOLD, told('customAttributes')]
    })
  })

  it('gives up the company with them then', async () => {
    const kustomer = conversation(creation({ name: 'Ann', company: COMPANY_ID }, REFUSED), creation({ name: 'Ann' }))
    expect(await createWithLess(kustomer.client(), 'customer', wish(all))).toMatchObject({
      outcome: 'created',
      leftOut: [TOLD, told('customAttributes'), told('company')]
    })
  })

  it('gives up what there is alone', async () => {
    const kustomer = conversation(creation({ name: 'Ann' }))
    const { custom: _custom, ...linked } = all
    expect(await createWithLess(kustomer.client(), 'customer', wish(linked))).toMatchObject({
      leftOut: [TOLD, told('company')]
    })
  })

  it('sends nothing where there is nothing to give up', async () => {
    expect(await createWithLess(conversation().client(), 'customer', wish({ name: 'Ann' }))).toBeUndefined()
  })

  it('is none where everything is refused', async () => {
    const kustomer = conversation(
      creation({ name: 'Ann', company: COMPANY_ID }, REFUSED),
      creation({ name: 'Ann' }, REFUSED)
    )
    expect(await createWithLess(kustomer.client(), 'customer', wish(all))).toBeUndefined()
  })

  it('stops at any other failure', async () => {
    const kustomer = conversation(creation({ name: 'Ann', company: COMPANY_ID }, [500]))
    expect(await failure(createWithLess(kustomer.client(), 'customer', wish(all)))).toMatchObject({ status: 500 })
  })
})
