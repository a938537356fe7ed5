import { connect } from './support'
import type { Event } from './support'
import { worldsFor } from './worlds'

const EMAIL = 'ann@example.com'
const lead: Event = { type: 'identify', traits: { email: EMAIL } }
const tracked: Event = { type: 'track', event: 'Signed Up', userId: 'u1' }
const named: Event = { type: 'identify', userId: 'u1', traits: { name: 'Ann' } }
const whole: Event = { type: 'identify', userId: 'u1', traits: { email: EMAIL } }
const later: Event = { type: 'track', event: 'Order Completed', userId: 'u1' }
const renamed: Event = { type: 'identify', userId: 'u1', traits: { name: 'Ann Lee' } }

describe.each(worldsFor('merges'))('a lead who signs up, %s,', (_name, world) => {
  it.each<[string, Event[], string[]]>([
    ['tracked before their email is known', [lead, tracked, whole], ['Signed-Up', 'Order-Completed']],
    ['named before their email is known', [lead, named, whole], ['Order-Completed']],
    ['named, then tracked', [lead, named, tracked, whole], ['Signed-Up', 'Order-Completed']],
    ['tracked before the lead form arrives', [tracked, lead, whole], ['Signed-Up', 'Order-Completed']]
  ])('is one customer whose user ID works afterwards: %s', async (_order, events, timeline) => {
    const kustomer = connect(world)
    for (const event of [...events, later]) {
      expect(await kustomer.deliver(event)).toMatchObject({ status: 200 })
    }
    expect(await kustomer.deliver(renamed)).toMatchObject({ status: 200, body: { outcome: 'updated', leftOut: [] } })
    expect(kustomer.people()).toMatchObject([{ externalId: 'u1', name: 'Ann Lee', emails: [EMAIL], shared: [] }])
    // A merge may leave the stub's events where nobody sees them.
    const shown = timeline.filter((event) => event === 'Order-Completed' || !world.mergeLeavesTimeline)
    expect(kustomer.person(0).events.filter((event) => shown.includes(event))).toEqual(shown)
  })
})
