import { UndefinedAttributes } from '../undefined-attributes'

describe('of the custom attributes that are not defined', () => {
  it('none is known at first', () => {
    expect(new UndefinedAttributes().has('planStr')).toBe(false)
  })

  it('are all but those that are defined', () => {
    const attributes = new UndefinedAttributes()
    attributes.learnDefined(['planStr', 'seatsNum'])
    expect(['planStr', 'seatsNum', 'oddStr'].map((name) => attributes.has(name))).toEqual([false, false, true])
  })

  it('are all where none is defined', () => {
    const attributes = new UndefinedAttributes()
    attributes.learnDefined([])
    expect(attributes.has('planStr')).toBe(true)
  })

  it('are those that Kustomer refuses, at most three, and then all', () => {
    const attributes = new UndefinedAttributes()
    for (const name of ['aStr', 'bStr', 'cStr']) {
      expect(attributes.has(name)).toBe(false)
      attributes.learnUndefined(name)
      attributes.learnUndefined(name)
      expect(attributes.has(name)).toBe(true)
      expect(attributes.has('planStr')).toBe(false)
    }
    attributes.learnUndefined('dStr')
    expect(attributes.has('planStr')).toBe(true)
  })

  it('are not those that are defined, whatever Kustomer refuses', () => {
    const attributes = new UndefinedAttributes()
    const names = ['aStr', 'bStr', 'cStr', 'dStr']
    names.forEach((name) => {
      attributes.learnUndefined(name)
    })
    attributes.learnDefined(names)
    expect([...names, 'planStr'].map((name) => attributes.has(name))).toEqual([false, false, false, false, true])
  })
})

describe('of the values of a custom attribute', () => {
  it('those that Kustomer refuses are known, and no others', () => {
    const attributes = new UndefinedAttributes()
    attributes.learnValue('planStr', 'pro')
    attributes.learnValue('seatsNum', 3)
    expect(attributes.hasValue('planStr', 'pro')).toBe(true)
    expect(attributes.hasValue('planStr', 'free')).toBe(false)
    expect(attributes.hasValue('tierStr', 'pro')).toBe(false)
    expect(attributes.hasValue('seatsNum', 3)).toBe(true)
    expect(attributes.hasValue('seatsNum', '3')).toBe(false)
    expect(attributes.has('planStr')).toBe(false)
  })
})
