import type { CustomerAttributes } from '../../../api/records'
import type { Identifier } from '../../../values/identifiers'
import { folded, isOnePerson, lookUpsOf } from '../people'
import type { CustomerEntry } from '../people'

/** An event of a batch that names somebody like this: `u1 ann@example.com +15550100200`. */
function entry(named: string, wanted: CustomerAttributes = {}, nameIfNone?: string, index = 0): CustomerEntry {
  const identifiers = named.split(' ').map((value): Identifier => {
    if (value.includes('@')) {
      return { name: 'email', value }
    }
    return { name: value.startsWith('+') ? 'phone' : 'externalId', value }
  })
  return { index, event: { identifiers, wanted, nameIfNone, leftOut: [] } }
}

const entries = (...named: string[]): CustomerEntry[] => named.map((each) => entry(each))

describe('isOnePerson', () => {
  it.each<[boolean, string[]]>([
    [true, ['u1']],
    [true, ['u1', 'u1']],
    [true, ['u1 a@x.example', 'a@x.example']],
    [true, ['u1 a@x.example', 'A@x.example +15550100', '+15550100']],
    [true, ['a@x.example +15550100', '+15550100']],
    [true, ['u1', 'u1 a@x.example', 'a@x.example']],
    [false, ['u1 a@x.example', 'u2 a@x.example']],
    [false, ['a@x.example', 'u1 a@x.example']],
    [false, ['+15550100', 'a@x.example +15550100']],
    [false, ['u1', 'a@x.example', 'u1 a@x.example']],
    [false, ['u1 a@x.example', 'u1 b@x.example', 'u2 b@x.example']]
  ])('is %s of %j', (isOne, people) => {
    expect(isOnePerson(entries(...people))).toBe(isOne)
  })

  it('is false of an event that names nobody', () => {
    const { event } = entry('u1')
    expect(isOnePerson([{ index: 0, event: { ...event, identifiers: [] } }])).toBe(false)
  })
})

describe('lookUpsOf', () => {
  const lookUps = (...people: string[]) =>
    lookUpsOf(entries(...people)).map(({ identifiers }) => identifiers.map(({ value }) => value).join(' '))

  it.each<[string[], string[]]>([
    [['u1'], ['u1']],
    [['u1', 'u1 a@x.example', 'u1'], ['u1']],
    [
      ['u1 a@x.example', 'A@x.example +15550100', 'a@x.example'],
      ['u1 a@x.example', 'A@x.example +15550100']
    ],
    [
      ['a@x.example', '+15550100'],
      ['a@x.example', '+15550100']
    ]
  ])('of %j are %j', (people, expected) => {
    expect(lookUps(...people)).toEqual(expected)
  })
})

describe('folded', () => {
  const wantedOf = (...group: CustomerEntry[]) => folded(group)?.wanted
  const emails = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => ({ email: `${from + index}@x.example` }))

  it('is what one event says', () => {
    expect(folded([entry('u1', { name: 'Ann Lee' }, 'Ann')])).toEqual({
      identifiers: [{ name: 'externalId', value: 'u1' }],
      wanted: { name: 'Ann Lee', nameIfNone: 'Ann' }
    })
  })

  it('lets the later event win, and keeps what it does not say', () => {
    expect(wantedOf(entry('u1', { name: 'Ann', locale: 'en' }), entry('u1', { name: 'Ann Lee' }))).toEqual({
      name: 'Ann Lee',
      locale: 'en'
    })
  })

  it('keeps the first half of a name, which is there when the second comes', () => {
    expect(wantedOf(entry('u1', {}, 'Ann'), entry('u1', {}, 'Bea'))).toEqual({ nameIfNone: 'Ann' })
    expect(wantedOf(entry('u1', {}), entry('u1', {}, 'Bea'))).toEqual({ nameIfNone: 'Bea' })
    expect(wantedOf(entry('u1', { name: 'Ann Lee' }), entry('u1', {}, 'Bea'))).toEqual({
      name: 'Ann Lee',
      nameIfNone: 'Bea'
    })
  })

  it('unites lists and custom attributes', () => {
    expect(
      wantedOf(
        entry('u1', { emails: emails(0, 1), custom: { planStr: 'free', aNum: 1 } }),
        entry('u1', {
          emails: [{ email: '0@X.example' }, ...emails(1, 2)],
          phones: [{ phone: '+15550100' }],
          custom: { planStr: 'pro' }
        }),
        entry('u1', { urls: [{ url: 'https://x.example' }] })
      )
    ).toEqual({
      emails: emails(0, 2),
      phones: [{ phone: '+15550100' }],
      urls: [{ url: 'https://x.example' }],
      custom: { planStr: 'pro', aNum: 1 }
    })
  })

  it('names the person by each identifier once, the strongest first', () => {
    expect(folded(entries('+15550100', 'a@x.example +15550100', 'u1 A@x.example', 'b@x.example'))?.identifiers).toEqual(
      [
        { name: 'externalId', value: 'u1' },
        { name: 'email', value: 'A@x.example' },
        { name: 'email', value: 'b@x.example' },
        { name: 'phone', value: '+15550100' }
      ]
    )
  })

  it('works for the company that its events name, unless they name several', () => {
    const working = (name: string, mayMove = false): CustomerEntry => {
      const { index, event } = entry('u1')
      return { index, event: { ...event, employer: { company: { name }, mayMove } } }
    }
    const acme = { company: { name: 'Acme' }, mayMove: false }
    expect(folded([entry('u1'), working('Acme'), working('Acme'), entry('u1')])?.employer).toEqual(acme)
    expect(folded([working('Acme'), working('Other')])).toBeUndefined()
    expect(folded([working('Acme'), working('Acme', true)])).toBeUndefined()
    expect(folded([entry('u1')])?.employer).toBeUndefined()
  })

  it.each<[string, CustomerAttributes, CustomerAttributes, boolean]>([
    ['ten emails', { emails: emails(0, 9) }, { emails: emails(9, 10) }, true],
    ['eleven emails', { emails: emails(0, 9) }, { emails: emails(9, 11) }, false],
    ['a hundred custom attributes', custom(0, 60), custom(50, 100), true],
    ['a hundred and one', custom(0, 60), custom(50, 101), false]
  ])('fits into one write, or not: %s', (_what, first, second, fits) => {
    expect(folded([entry('u1', first), entry('u1', second)]) !== undefined).toBe(fits)
  })
})

function custom(from: number, to: number): CustomerAttributes {
  return { custom: Object.fromEntries(Array.from({ length: to - from }, (_, index) => [`a${from + index}Num`, index])) }
}
