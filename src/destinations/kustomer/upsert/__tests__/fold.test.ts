import type { RecordKind } from '../../api/records'
import type { Wanted } from '../diff'
import { fold } from '../fold'

const domains = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => ({ domain: `${from + index}.example` }))
const custom = (from: number, to: number) =>
  Object.fromEntries(Array.from({ length: to - from }, (_, index) => [`a${from + index}Num`, index]))
const A = { email: 'a@example.com' }
const B = { email: 'b@example.com' }

describe('fold', () => {
  it.each<[string, RecordKind, Wanted[], Wanted]>([
    ['one event', 'company', [{ name: 'Acme', nameIfNone: 'A' }], { name: 'Acme', nameIfNone: 'A' }],
    [
      'a later one that wins, and does not say all',
      'company',
      [{ name: 'Acme', employeeCount: 5 }, { name: 'Acme Inc' }, { externalId: 'c1' }],
      { externalId: 'c1', name: 'Acme Inc', employeeCount: 5 }
    ],
    ['halves of a name', 'customer', [{}, { nameIfNone: 'Ann' }, { nameIfNone: 'Bea' }], { nameIfNone: 'Ann' }],
    [
      'lists of a company',
      'company',
      [
        { domains: domains(0, 2), emails: [A] },
        { domains: [{ domain: '1.Example' }, { domain: '2.example' }] },
        { urls: [{ url: 'https://a.example' }] }
      ],
      { domains: domains(0, 3), emails: [A], urls: [{ url: 'https://a.example' }] }
    ],
    [
      'lists of a customer',
      'customer',
      [
        { emails: [A], sharedEmails: [A] },
        { emails: [B], sharedEmails: [B] }
      ],
      { emails: [A, B], sharedEmails: [A, B] }
    ],
    [
      'custom attributes',
      'company',
      [{ custom: { tierStr: 'gold', seatsNum: 1 } }, { custom: { tierStr: null } }, { name: 'Acme' }],
      { name: 'Acme', custom: { tierStr: null, seatsNum: 1 } }
    ],
    [
      'links, of which the last counts',
      'customer',
      [{ link: { id: '1', mayMove: false } }, { link: { id: '2', mayMove: true } }, { name: 'Ann' }],
      { name: 'Ann', link: { id: '2', mayMove: true } }
    ]
  ])('makes one of %s', (_what, kind, all, wanted) => {
    expect(fold(kind, all)).toEqual(wanted)
  })

  it.each<[string, Wanted, Wanted, boolean]>([
    ['ten domains', { domains: domains(0, 9) }, { domains: domains(8, 10) }, true],
    ['eleven domains', { domains: domains(0, 9) }, { domains: domains(8, 11) }, false],
    ['a hundred custom attributes', { custom: custom(0, 60) }, { custom: custom(50, 100) }, true],
    ['a hundred and one', { custom: custom(0, 60) }, { custom: custom(50, 101) }, false]
  ])('fits into one write, or not: %s', (_what, first, second, fits) => {
    expect(fold('company', [first, second]) !== undefined).toBe(fits)
  })
})
