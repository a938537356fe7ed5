import { metadata } from '../../__tests__/__helpers__/answers'
import { conversation } from '../../__tests__/__helpers__/conversation'
import type { Answer, Step } from '../../__tests__/__helpers__/conversation'
import type { CustomAttributes, DefinedAttribute } from '../../api/records'
import { fitAttributes, knownAttributes, learnAttributes, withoutRefused } from '../attributes'

const DEFINED: DefinedAttribute[] = [
  { name: 'zipStr' },
  { name: 'planStr', values: ['free', 'pro'] },
  { name: 'vipBool' }
]
const fit = (custom: CustomAttributes, defined?: DefinedAttribute[], refused: string[] = []) =>
  fitAttributes({ defined, refused: new Set(refused) }, 'kobject.order', custom)

it.each<[string, CustomAttributes, CustomAttributes, string[]]>([
  ['one that is defined', { zipStr: '1' }, { zipStr: '1' }, []],
  ['one that is defined with another type', { zipNum: 94107 }, { zipStr: '94107' }, []],
  ['one that is cleared', { zipStr: null }, { zipStr: null }, []],
  ['one that is cleared and defined with another type', { zipNum: null }, { zipStr: null }, []],
  ['a value that cannot be read as the type', { vipStr: 'maybe' }, {}, ['not defined in Kustomer for the Klass order']],
  ['one that is not defined', { ageNum: 1 }, {}, ['not defined in Kustomer for the Klass order']],
  ['a value of a drop-down', { planStr: 'pro' }, { planStr: 'pro' }, []],
  ['a value that a drop-down lacks', { planStr: 'gold' }, {}, ['not one of the values of this attribute in Kustomer']],
  ['a drop-down that is cleared', { planStr: null }, { planStr: null }, []]
])('fits %s', (_what, given, custom, reasons) => {
  const fitted = fit(given, DEFINED)
  expect(fitted.custom).toEqual(custom)
  expect(fitted.leftOut).toEqual(
    reasons.map((reason) => ({ field: `customAttributes.${Object.keys(given)[0] ?? ''}`, reason }))
  )
})

it('leaves out nothing that is not known to be refused', () => {
  expect(fit({ ageNum: 1 })).toEqual({ custom: { ageNum: 1 }, leftOut: [] })
})

it('leaves out what was refused: by its name, or by its value if it is defined', () => {
  const leftOut = [{ field: 'customAttributes.zipStr', reason: 'rejected by Kustomer' }]
  expect(fit({ zipStr: 'a' }, undefined, ['zipStr'])).toEqual({ custom: {}, leftOut })
  expect(fit({ zipStr: 'a' }, DEFINED, [JSON.stringify(['zipStr', 'a'])])).toEqual({ custom: {}, leftOut })
  expect(fit({ zipStr: 'b' }, DEFINED, [JSON.stringify(['zipStr', 'a'])]).custom).toEqual({ zipStr: 'b' })
})

it('leaves out all after three were refused by their names', () => {
  const custom = { planStr: 'x' }
  expect(fit(custom, undefined, ['a', 'b', 'c']).custom).toEqual(custom)
  expect(fit(custom, undefined, ['a', 'b', 'c', 'd']).custom).toEqual({})
  expect(fit({ zipStr: 'x' }, DEFINED, ['a', 'b', 'c', 'd']).custom).toEqual({ zipStr: 'x' })
})

it('repeats nothing of a record that Kustomer no longer accepts', () => {
  const known = { defined: DEFINED, refused: new Set<string>() }
  const record = { id: '1', attributes: { name: 'Ann', custom: { zipStr: '1', ageNum: 2 } } }
  expect(withoutRefused(known, 'customer', record)).toEqual({
    id: '1',
    attributes: { name: 'Ann', custom: { zipStr: '1' } }
  })
  const bare = { id: '1', attributes: {} }
  expect(withoutRefused(known, 'customer', bare)).toBe(bare)
})

describe('a refusal', () => {
  const custom = { zipNum: 94107, planStr: 'pro' }
  const METADATA: Answer = [200, metadata({ zipStr: {}, planStr: {} })]
  const learn = async (message: string, ...steps: Step[]) => {
    const client = conversation(...steps).client()
    const hasLearned = await learnAttributes(client, 'customer', custom, new Error(message))
    return { client, hasLearned }
  }
  const read = (answer = METADATA): Step => ['GET metadata/customer', answer]

  it.each<[string, string, Step[], boolean]>([
    ['that names an attribute', 'Not allowed (zipNum): /properties/custom', [read()], true],
    ['that names custom attributes', 'Invalid: /properties/custom', [read()], true],
    ['that names nothing of them', 'Could not create the custom object: Taken', [], false],
    ['that names a part of a name', 'zipNumber is bad', [], false],
    ['of an attribute whose definitions cannot be read', 'planStr', [read([403])], true],
    ['of nothing that would be sent in another way', 'custom', [read([403])], false]
  ])('%s', async (_what, message, steps, expected) => {
    expect((await learn(message, ...steps)).hasLearned).toBe(expected)
  })

  it('is learned from by kind, with the definitions read once', async () => {
    const client = conversation(read(), ['GET metadata/company', METADATA]).client()
    for (const kind of ['customer', 'customer', 'company'] as const) {
      await learnAttributes(client, kind, custom, new Error('planStr'))
    }
    expect((await knownAttributes(client, 'customer')).refused).toEqual(new Set([JSON.stringify(['planStr', 'pro'])]))
    expect((await knownAttributes(client, 'kobject.order')).refused.size).toBe(0)
  })

  it('of a value that is sent in another way refuses nothing more', async () => {
    const { client } = await learn('zipNum', read())
    expect((await knownAttributes(client, 'customer')).refused.size).toBe(0)
  })

  it('by name without definitions', async () => {
    const { client } = await learn('planStr', read([403]))
    expect((await knownAttributes(client, 'customer')).refused).toEqual(new Set(['planStr']))
  })
})
