import destination from '../../src/destinations/kustomer'
import type { Sent } from '../../src/tester/server/answers'
import { ServerUnderTest } from './server-support'

const tester = new ServerUnderTest()
const { post } = tester

describe('what the page asks', () => {
  const identify = { type: 'identify', userId: 'u1' }
  const preview = async (event: unknown, setup = {}) =>
    (await post('/workbench/preview', { text: JSON.stringify(event), ...setup })).json

  it('resolves the mapping of the preset for an event', async () => {
    expect(await preview({ type: 'page', name: 'Pricing', userId: 'u1' })).toMatchObject({
      entries: [{ number: 1, event: { type: 'page' } }],
      preview: {
        action: 'trackEvent',
        preset: 'Track Page',
        values: { eventName: 'Viewed Pricing Page', externalId: 'u1' },
        problems: {}
      }
    })
  })

  it('reads NDJSON, and tells what is no event', async () => {
    const text = `${JSON.stringify(identify)}\n{"type":`
    const { json } = await post('/workbench/preview', { text, entry: 0 })
    expect(json).toMatchObject({
      entries: [
        { number: 1, event: identify },
        { number: 2, problem: expect.stringContaining('JSON') }
      ],
      preview: { preset: 'Upsert Customer' }
    })
  })

  it('tells the fields that an event would be refused for', async () => {
    expect(await preview({ type: 'track', userId: 'u1' })).toMatchObject({
      preview: { values: { externalId: 'u1' }, problems: { eventName: expect.any(String) } }
    })
  })

  it('tells what is wrong with a mapping, and sends nothing by it', async () => {
    const mappings = { 'Track Event': { eventName: { '@nothing': 1 } } }
    const event = { type: 'track', event: 'Seen', userId: 'u1' }
    const words = expect.stringContaining('@nothing')
    expect(await preview(event, { mappings })).toMatchObject({
      preview: { mappingProblems: { eventName: words }, values: { externalId: 'u1' } }
    })
    const sent = await post('/workbench/deliver', { payload: event, mappings })
    expect(sent).toMatchObject({ status: 400, json: { error: words } })
  })

  it('refuses a mapping of a field that the action does not have', async () => {
    const event = { type: 'track', event: 'Seen', userId: 'u1' }
    const mappings = { 'Track Event': { eventNam: { '@path': '$.event' } } }
    expect(await post('/workbench/deliver', { payload: event, mappings })).toMatchObject({
      status: 400,
      json: { error: 'trackEvent has no field eventNam.' }
    })
    const internal = { 'Track Event': { __segment_internal_sync_mode: 'add' } }
    expect(await post('/workbench/deliver', { payload: event, mappings: internal })).toMatchObject({ status: 200 })
  })

  it('tells which conditions an event meets, and goes by those that were edited', async () => {
    const conditions = { 'Upsert Customer': 'type = "group"', 'Track Event': 'nonsense(' }
    expect(await preview({ type: 'group', userId: 'u1' }, { conditions })).toMatchObject({
      preview: {
        preset: 'Upsert Customer',
        conditions: [
          { preset: 'Audience Entered', isOn: false },
          { preset: 'Audience Exited', isOn: false },
          { preset: 'Audience Membership Changed', isOn: false },
          { preset: 'Journeys Step Entered', isOn: false },
          { preset: 'Associated Entity Added', isOn: false },
          { preset: 'Associated Entity Removed', isOn: false },
          { preset: 'Upsert Customer', subscribe: 'type = "group"', isMet: true },
          { preset: 'Upsert Company', subscribe: 'type = "group"', isMet: true },
          { preset: 'Track Event', isMet: false, problem: expect.stringContaining('condition') },
          { preset: 'Track Page', isMet: false },
          { preset: 'Track Screen', isMet: false }
        ]
      }
    })
    const edited = { conditions: { 'Upsert Customer': 'type = "group"' } }
    const ignored = await post('/workbench/deliver', { payload: identify, ...edited })
    expect(ignored.json).toMatchObject({ verdict: 'ignored', outcome: 'no preset subscribes to identify' })
  })

  it('lets a preset of Engage take what it stands for once it is switched on', async () => {
    const personas = { computation_class: 'audience', computation_key: 'high_value' }
    const entered = { type: 'track', event: 'Audience Entered', userId: 'u1', properties: { high_value: true } }
    const payload = { ...entered, context: { personas } }
    expect(await preview(payload)).toMatchObject({ preview: { preset: 'Track Event' } })
    const presets = ['Audience Entered', 'Audience Membership Changed']
    expect(await preview({ ...payload, event: 'Audience Exited' }, { presets })).toMatchObject({
      preview: { preset: 'Track Event' }
    })
    const { json } = await post('/workbench/deliver', { payload, presets })
    expect(json).toMatchObject({ preset: 'Audience Entered', outcome: 'created' })
    expect(tester.kustomer.sandbox.customers()[0]?.attributes.custom).toEqual({ highValueBool: true })
    const trait = { ...identify, traits: { orders: 3 }, context: { personas: { computation_key: 'orders' } } }
    expect(await preview(trait, { presets })).toMatchObject({ preview: { preset: 'Upsert Customer' } })
    const conditions = { 'Audience Membership Changed': 'type = "identify"' }
    expect(await preview(trait, { presets, conditions })).toMatchObject({
      preview: {
        preset: 'Audience Membership Changed',
        values: { computation: { key: 'orders', values: { orders: 3 } } }
      }
    })
  })

  it.each(['nope', '__proto__', 5])('refuses the action %s', async (action) => {
    const { status, json } = await post('/workbench/deliver', { payload: identify, action })
    expect({ status, json }).toEqual({
      status: 400,
      json: {
        error: `There is no action ${action}. The actions are ${Object.keys(destination.actions).join(', ')}.`
      }
    })
  })

  it.each([undefined, 'identify', { userId: 'u1' }, []])('refuses %j, which is no event', async (payload) => {
    expect(await post('/workbench/deliver', { payload })).toMatchObject({ status: 400 })
  })

  it('fills in its own settings, and tells each that is wrong', async () => {
    expect((await post('/workbench/deliver', { payload: identify })).json).toMatchObject({ verdict: 'delivered' })
    expect((await post('/workbench/authenticate', {})).json).toMatchObject({ isWorking: true })
    expect((await post('/workbench/authenticate', { apiKey: 'not-the-key' })).json).toMatchObject({
      isWorking: false,
      fields: { apiKey: expect.stringContaining('401') }
    })
  })

  it('tells what a field offers, or why it offers nothing', async () => {
    tester.kustomer.sandbox.defineAttributes('company', { tierStr: { displayName: 'Tier', enumeration: ['gold'] } })
    const ask = async (field: string, setup = {}) =>
      (await post('/workbench/choices', { action: 'upsertCompany', field, ...setup })).json
    expect(await ask('customAttributes.__keys__')).toEqual({
      choices: [{ value: 'tierStr', label: 'Tier', description: 'text' }]
    })
    expect(await ask('customAttributes.tierStr')).toEqual({ choices: [{ value: 'gold', label: 'gold' }] })
    const nothing = (code: string) => ({ choices: [], error: { code, message: expect.any(String) } })
    expect(await ask('name')).toMatchObject(nothing('404'))
    expect(await ask('customAttributes.__keys__', { settings: { apiKey: '' } })).toEqual(nothing('400'))
    expect(await ask('customAttributes.__keys__', { action: '__proto__' })).toEqual(nothing('404'))
  })

  it('tells what was left out of an event, and of each event of a batch', async () => {
    const bad = { ...identify, traits: { email: 'not-an-email' } }
    const { json } = await post('/workbench/deliver', { payload: bad })
    const leftOut = [{ field: 'email', reason: 'not a valid email address' }]
    expect(json).toMatchObject({ outcome: 'created', preset: 'Upsert Customer', leftOut })
    const batch = await post('/workbench/deliver', { payload: [bad, { type: 'identify', userId: 'u2' }] })
    expect(batch.json).toMatchObject({
      results: [
        { outcome: 'unchanged', userId: 'u1', leftOut },
        { outcome: 'created', userId: 'u2', leftOut: [] }
      ]
    })
  })

  it('splits events as the command does with --batch', async () => {
    const track = { type: 'track', event: 'Seen', userId: 'u1' }
    const payload = [identify, track, { type: 'delete', userId: 'u1' }, { type: 'alias' }, identify]
    expect((await post('/workbench/parts', { payload })).json).toEqual({
      parts: [...[1, 2, 3].map((place) => ({ places: [place], isBatch: false })), { places: [0, 4], isBatch: true }]
    })
    const many = Array.from({ length: 101 }, () => identify)
    const { parts } = (await post('/workbench/parts', { payload: many })).json as { parts: Array<{ places: number[] }> }
    expect(parts.map(({ places }) => places.length)).toEqual([100, 1])
    expect(await post('/workbench/parts', { payload: ['identify'] })).toMatchObject({ status: 400 })
    const hasBatches = async (events: unknown[], setup = {}) =>
      ((await preview(events, setup)) as { hasBatches: boolean }).hasBatches
    expect([
      await hasBatches(payload),
      await hasBatches([track, track]),
      await hasBatches([track, track], { action: 'upsertCustomer' }),
      await hasBatches([identify, identify], { action: 'trackEvent' })
    ]).toEqual([true, false, true, false])
  })

  it('refuses a batch of events that Segment would never send together', async () => {
    const payload = [identify, { type: 'track', event: 'Seen', userId: 'u1' }, { type: 'alias' }]
    expect(await post('/workbench/deliver', { payload })).toMatchObject({
      status: 400,
      json: {
        error: 'A batch goes one way: event 1 goes to Upsert Customer, event 2 to Track Event. Send them one by one.'
      }
    })
    expect(tester.kustomer.sandbox.customers()).toEqual([])
    expect(await post('/workbench/deliver', { payload: [payload[1]] })).toMatchObject({
      status: 400,
      json: { error: 'trackEvent takes no batches, and Segment sends none. Send them one by one.' }
    })
    const deletions = [{ type: 'delete', userId: 'u1' }]
    expect(await post('/workbench/deliver', { payload: deletions })).toMatchObject({
      status: 400,
      json: { error: 'A deletion goes alone. Send them one by one.' }
    })
    expect(await post('/workbench/deliver', { payload, action: 'upsertCustomer' })).toMatchObject({ status: 200 })
  })

  it('tells the customers that an event changed, before and after it', async () => {
    await post('/workbench/deliver', { payload: { ...identify, traits: { name: 'Peter' } } })
    await post('/workbench/deliver', { payload: { type: 'identify', userId: 'u2' } })
    const { json } = await post('/workbench/deliver', { payload: { ...identify, traits: { name: 'Paul' } } })
    expect(json).toMatchObject({ changes: [{ before: { name: 'Peter' }, after: { name: 'Paul' } }] })
    const track = { type: 'track', event: 'Seen', userId: 'u1' }
    const tracked = (await post('/workbench/deliver', { payload: track })).json
    expect(tracked).toMatchObject({
      changes: [{ before: { sessions: [] }, after: { sessions: [{ events: [{ name: 'Seen' }] }] } }]
    })
    const people = (await (await tester.app.request('/workbench/records')).json()) as {
      count: number
      latest: Array<{ id: string; name: string }>
    }
    expect(people).toMatchObject({ count: 2, latest: [{ name: expect.any(String) }, { name: expect.any(String) }] })
    const paul = people.latest.find(({ name }) => name === 'Paul')
    expect(await (await tester.app.request(`/workbench/records/${String(paul?.id)}`)).json()).toMatchObject({
      name: 'Paul'
    })
    expect((await tester.app.request('/workbench/records/nobody')).status).toBe(404)
  })

  it('tells the company that a group call changed, with its customers, and what they show of it', async () => {
    await post('/workbench/deliver', { payload: { ...identify, traits: { name: 'Peter' } } })
    const group = { type: 'group', userId: 'u1', groupId: 'initech', traits: { name: 'Initech', employees: 329 } }
    const { json } = await post('/workbench/deliver', { payload: group })
    expect(json).toMatchObject({
      outcome: 'company created',
      preset: 'Upsert Company',
      changes: [
        {
          after: {
            kind: 'company',
            name: 'Initech',
            attributes: [
              ['External ID', 'initech'],
              ['Customers', 'Peter'],
              ['Employees', '329']
            ]
          }
        },
        {
          before: { kind: 'customer', name: 'Peter' },
          after: { attributes: [expect.any(Array), ['Company', 'Initech']] }
        }
      ]
    })
    const [company] = tester.kustomer.sandbox.companies()
    const [peter] = tester.kustomer.sandbox.customers()
    expect(await (await tester.app.request(`/workbench/records/${String(company?.id)}`)).json()).toMatchObject({
      kind: 'company',
      name: 'Initech'
    })
    expect(await (await tester.app.request('/workbench/records')).json()).toMatchObject({ count: 2 })
    expect((await post('/workbench/deliver', { payload: group })).json).toMatchObject({
      outcome: 'company unchanged',
      changes: []
    })
    // Whom a company loses, without a change of its own.
    tester.kustomer.sandbox.linkCompany(String(peter?.id), null)
    const [relinked] = ((await post('/workbench/deliver', { payload: group })).json as Sent).changes
    expect(relinked?.before?.attributes).toEqual([
      ['External ID', 'initech'],
      ['Employees', '329']
    ])
    expect(relinked?.after?.attributes).toContainEqual(['Customers', 'Peter'])
  })
})
