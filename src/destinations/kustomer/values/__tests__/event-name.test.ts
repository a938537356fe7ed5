import { eventName } from '../event-name'
import { fingerprint } from '../latin'

const marked = (start: string, original: string): string => `${start}---${fingerprint(original)}`

describe('eventName', () => {
  it.each([
    'sign-up',
    'order_completed',
    'Order-Completed',
    'app.background',
    'a1',
    'A-',
    'x--y',
    'Cafe---3w5e11264s',
    'x'.repeat(255)
  ])('never changes %s', (name) => {
    expect(eventName(name)).toEqual({ legal: name })
  })

  it.each([
    ['Order Completed', 'Order-Completed'],
    ['Viewed Home Page', 'Viewed-Home-Page'],
    ['Order  Completed', 'Order-Completed'],
    ['Step 2.1 - done', 'Step-2.1---done'],
    ['Order Completed ', 'Order-Completed'],
    ['Viewed Pricing  Page', 'Viewed-Pricing-Page'],
    [`Order${' '.repeat(300)}Completed`, 'Order-Completed'],
    ['Signed\tup', 'Signed-up'],
    [`${'x'.repeat(200)} ${'y'.repeat(54)}`, `${'x'.repeat(200)}-${'y'.repeat(54)}`]
  ])('spells the spaces of %s as hyphens', (original, legal) => {
    expect(eventName(original)).toEqual({ legal })
  })

  it.each([
    ['Café Visité', 'Cafe-Visite'],
    ['Signed up!', 'Signed-up'],
    ['1st purchase', 'Event-1st-purchase'],
    ['_private', 'Event-_private'],
    ['Straße', 'Strasse'],
    ['é'.repeat(255), 'e'.repeat(255)]
  ])('folds accents and spells other signs of %s as hyphens', (original, legal) => {
    expect(eventName(original)).toEqual({ legal, original })
  })

  it.each([
    ['購入完了', 'Event'],
    ['Buy 購入', 'Buy'],
    ['A', 'A'],
    ['?!', 'Event'],
    ['', 'Event'],
    ['x'.repeat(256), 'x'.repeat(242)],
    ['ß'.repeat(128), 's'.repeat(242)],
    [`${'x '.repeat(127)}xx`, 'x-'.repeat(121)]
  ])('marks %s by a fingerprint', (original, start) => {
    const name = eventName(original)
    expect(name).toEqual({ legal: marked(start, original), original })
    expect(name.legal).toMatch(/^[a-zA-Z][a-zA-Z0-9-_.]{1,254}$/)
  })

  it('keeps apart those that lose letters', () => {
    const names = ['購入', '購買', 'Buy 購入', 'Buy 購買', 'Buy']
    expect(new Set(names.map((name) => eventName(name).legal)).size).toBe(names.length)
  })

  it('takes one name in two Unicode forms for one', () => {
    expect(eventName('Cafe\u0301')).toEqual(eventName('Caf\u00e9'))
    expect(eventName('Cafe\u0301').original).toBe('Caf\u00e9')
  })

  it('reads the start of a long name', () => {
    const original = `${'!'.repeat(999)}xy`
    expect(eventName(original)).toEqual({ legal: marked('x', original), original })
    expect(eventName('é'.repeat(1e6)).legal).toBe(marked('e'.repeat(242), 'é'.repeat(1e6)))
  })
})
