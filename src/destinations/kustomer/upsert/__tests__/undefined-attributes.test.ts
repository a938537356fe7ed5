import { companyRecord, metadata, record } from '../../__tests__/__helpers__/answers'
import { conversation } from '../../__tests__/__helpers__/conversation'
import type { Answer, Step } from '../../__tests__/__helpers__/conversation'
import type { KustomerClient } from '../../api/client'
import { learnFrom, withoutUndefined, withoutUndefinedOf } from '../undefined-attributes'

const CUSTOM = { planStr: 'pro', seatsNum: 3, oldStr: null }
const REASON = "left out: your organization has not defined it. Define it in Kustomer's settings, in the Klass customer"

const list = (answer: Answer, kind = 'customer'): Step => [`GET metadata/${kind}`, answer]
const defined = (...names: string[]): Answer => [200, metadata(Object.fromEntries(names.map((name) => [name, {}])))]
const named = (name: string) => new Error(`Could not create the customer: not allowed (${name}): /properties/custom.`)

/** A client that knows what is defined for customers. */
function knowing(...names: string[]): KustomerClient {
  const client = conversation().client()
  client.undefinedAttributes.customer.learnDefined(names)
  return client
}

describe('withoutUndefined', () => {
  it('leaves everything as long as nothing is known', () => {
    const wanted = { name: 'Ann', custom: CUSTOM }
    expect(withoutUndefined(conversation().client(), 'customer', wanted)).toEqual({ wanted, leftOut: [] })
    expect(withoutUndefined(knowing(), 'customer', { name: 'Ann' })).toEqual({ wanted: { name: 'Ann' }, leftOut: [] })
  })

  it('leaves out what is not defined, and tells where to define it', () => {
    expect(withoutUndefined(knowing('planStr'), 'customer', { name: 'Ann', custom: CUSTOM })).toEqual({
      wanted: { name: 'Ann', custom: { planStr: 'pro' } },
      leftOut: [
        { field: 'customAttributes.seatsNum', reason: REASON },
        { field: 'customAttributes.oldStr', reason: REASON }
      ]
    })
  })

  it('sends no custom attributes at all where none is defined', () => {
    const { wanted } = withoutUndefined(knowing(), 'customer', { name: 'Ann', custom: CUSTOM })
    expect(wanted).toStrictEqual({ name: 'Ann', custom: undefined })
  })

  it('knows customers from companies', () => {
    const client = knowing('planStr')
    const wanted = { custom: { seatsNum: 3 } }
    expect(withoutUndefined(client, 'company', wanted)).toEqual({ wanted, leftOut: [] })
    client.undefinedAttributes.company.learnDefined([])
    expect(withoutUndefined(client, 'company', wanted).leftOut).toEqual([
      { field: 'customAttributes.seatsNum', reason: REASON.replace('customer', 'company') }
    ])
  })
})

describe('withoutUndefinedOf', () => {
  it('is a record without what is not defined any more', () => {
    const shown = record({ name: 'Ann', custom: CUSTOM })
    expect(withoutUndefinedOf(knowing('planStr', 'oldStr'), 'customer', shown)).toEqual({
      ...shown,
      attributes: { ...shown.attributes, custom: { planStr: 'pro', oldStr: null } }
    })
    expect(shown.attributes).toMatchObject({ custom: CUSTOM })
    const acme = companyRecord({ custom: CUSTOM })
    expect(withoutUndefinedOf(knowing('planStr'), 'company', acme)).toEqual(acme)
  })

  it.each([undefined, null, 'none'])('leaves a record whose custom attributes are %j', (custom) => {
    expect(withoutUndefinedOf(knowing(), 'customer', record({ custom }))).toEqual(record({ custom }))
  })
})

describe('learnFrom', () => {
  const undefinedOf = (client: KustomerClient, ...names: string[]) =>
    names.filter((name) => client.undefinedAttributes.customer.has(name))

  it('reads once what is defined, after the first refusal that names an attribute', async () => {
    const client = conversation(list(defined('planStr'))).client()
    expect(await learnFrom(client, 'customer', CUSTOM, named('oldStr'))).toBe(true)
    expect(undefinedOf(client, 'planStr', 'seatsNum', 'oldStr', 'otherStr')).toEqual(['seatsNum', 'oldStr', 'otherStr'])
    expect(await learnFrom(client, 'customer', { planStr: 'pro' }, named('planStr'))).toBe(true)
  })

  it('asks for each kind of record for itself', async () => {
    const client = conversation(list(defined()), list(defined('planStr'), 'company')).client()
    expect(await learnFrom(client, 'customer', CUSTOM, named('planStr'))).toBe(true)
    expect(await learnFrom(client, 'company', { planStr: 'pro' }, new Error('custom'))).toBe(false)
    expect(client.undefinedAttributes.company.has('planStr')).toBe(false)
  })

  it('reads what is defined where the words are of custom attributes, and name none', async () => {
    const words = new Error('Could not create the customer: Kustomer answered 400. /properties/custom/x.')
    const client = conversation(list(defined('planStr'))).client()
    expect(await learnFrom(client, 'customer', CUSTOM, words)).toBe(true)
    expect(undefinedOf(client, 'planStr', 'seatsNum')).toEqual(['seatsNum'])
  })

  it('takes the name of an attribute for words enough', async () => {
    const client = conversation(list([403])).client()
    expect(await learnFrom(client, 'customer', CUSTOM, new Error('planStr is not allowed'))).toBe(true)
    expect(undefinedOf(client, 'planStr', 'seatsNum')).toEqual(['planStr'])
  })

  it('has learned nothing where all that the write says is defined', async () => {
    const client = conversation(list(defined('planStr', 'seatsNum', 'oldStr'))).client()
    expect(await learnFrom(client, 'customer', CUSTOM, new Error('custom'))).toBe(false)
  })

  it.each<[string, Record<string, null> | undefined, string]>([
    ['the write has no custom attributes', undefined, 'not allowed (planStr): /properties/custom'],
    ['it has none any more', {}, 'not allowed (planStr): /properties/custom'],
    ['the refusal is of something else', { planStr: null }, 'duplicate email'],
    ['another word holds the name', { planStr: null }, 'planStream is a customer of ours']
  ])('asks nothing where %s', async (_why, custom, words) => {
    expect(await learnFrom(conversation().client(), 'customer', custom, new Error(words))).toBe(false)
  })

  it.each<[string, Answer]>([
    ['without the role', [403]],
    ['where the list fails', [500]]
  ])('leaves out what is named %s, three at most, then all, and asks once', async (_why, answer) => {
    const client = conversation(list(answer)).client()
    const custom = { aStr: '', bStr: '', cStr: '', dStr: '', eStr: '' }
    for (const [name, left] of [
      ['aStr', ['aStr']],
      ['bStr', ['aStr', 'bStr']],
      ['cStr', ['aStr', 'bStr', 'cStr']],
      ['dStr', Object.keys(custom)]
    ] as const) {
      expect(await learnFrom(client, 'customer', custom, named(name))).toBe(true)
      expect(undefinedOf(client, ...Object.keys(custom))).toEqual(left)
    }
  })

  describe('of an attribute that is defined', () => {
    const all = defined('planStr', 'seatsNum', 'oldStr')

    it('learns that its value is not taken, and takes any other', async () => {
      const client = conversation(list(all)).client()
      expect(await learnFrom(client, 'customer', CUSTOM, named('planStr'))).toBe(true)
      expect(withoutUndefined(client, 'customer', { custom: CUSTOM })).toEqual({
        wanted: { custom: { seatsNum: 3, oldStr: null } },
        leftOut: [{ field: 'customAttributes.planStr', reason: 'left out: Kustomer does not take this value of it' }]
      })
      const wanted = { custom: { planStr: 'free' } }
      expect(withoutUndefined(client, 'customer', wanted)).toEqual({ wanted, leftOut: [] })
      const shown = record({ custom: CUSTOM })
      expect(withoutUndefinedOf(client, 'customer', shown).attributes.custom).toEqual({ seatsNum: 3, oldStr: null })
    })

    it('learns nothing from the refusal of several records, of which nobody tells whose value it was', async () => {
      const client = conversation(list(all)).client()
      expect(await learnFrom(client, 'customer', CUSTOM, named('planStr'), false)).toBe(false)
      expect(withoutUndefined(client, 'customer', { custom: CUSTOM }).leftOut).toEqual([])
    })
  })
})
