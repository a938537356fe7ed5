import { connect } from './support'
import type { Connection, Event } from './support'
import { worldsFor } from './worlds'

const ACME = { name: 'Acme', website: 'https://acme.example', employees: 120, custom: { tier: 'gold' } }

const group = (traits: object, more: Event = {}): Event => ({
  type: 'group',
  groupId: 'a1',
  traits: { ...traits },
  ...more
})
const identify = (traits: object, userId = 'u1'): Event => ({ type: 'identify', userId, traits: { ...traits } })

/** The companies that are there, as a person would describe them. */
const companiesOf = (kustomer: Connection) =>
  kustomer.sandbox.companies().map(({ attributes: { name, externalId, custom } }) => ({
    name,
    externalId: externalId ?? undefined,
    ...(custom as object)
  }))

const idOf = (kustomer: Connection, name: string) =>
  kustomer.sandbox.companies().find(({ attributes }) => attributes.name === name)?.id

describe.each(worldsFor('companies', 'companyListsLag'))('a company, %s,', (_name, world) => {
  it('is created once, updated where it differs, and left alone where it does not', async () => {
    const kustomer = connect(world)
    expect(await kustomer.deliver(group(ACME))).toMatchObject({
      status: 200,
      body: { outcome: 'created', leftOut: [] }
    })
    expect(await kustomer.deliver(group(ACME))).toMatchObject({ status: 200, body: { outcome: 'unchanged' } })
    expect(await kustomer.deliver(group({ ...ACME, name: 'Acme Inc' }))).toMatchObject({
      status: 200,
      body: { outcome: 'updated', companyId: idOf(kustomer, 'Acme Inc') }
    })
    expect(companiesOf(kustomer)).toEqual([{ name: 'Acme Inc', externalId: 'a1', tierStr: 'gold' }])
  })

  it('keeps what an agent has given it', async () => {
    const kustomer = connect(world)
    await kustomer.deliver(group(ACME))
    const { id = '' } = kustomer.sandbox.companies()[0] ?? {}
    kustomer.sandbox.editCompany(id, {
      emails: [{ email: 'sales@acme.example' }],
      whatsapps: [{ phone: '+15550100200' }],
      custom: { tierStr: 'gold', ownerStr: 'Bob' },
      defaultLang: 'de'
    })
    expect(await kustomer.deliver(group({ ...ACME, email: 'info@acme.example' }))).toMatchObject({ status: 200 })
    expect(kustomer.sandbox.companies()[0]?.attributes).toMatchObject({
      name: 'Acme',
      externalId: 'a1',
      employeeCount: 120,
      emails: [{ email: 'sales@acme.example' }, { email: 'info@acme.example' }],
      whatsapps: [{ phone: '+15550100200' }],
      urls: [{ url: 'https://acme.example' }],
      domains: [{ domain: 'acme.example' }],
      custom: { tierStr: 'gold', ownerStr: 'Bob' },
      defaultLang: 'de'
    })
  })

  it('that has the name and no external ID is given the one of the event', async () => {
    const kustomer = connect(world)
    kustomer.sandbox.addCompany({ name: 'Acme Incorporated' })
    kustomer.sandbox.addCompany({ name: 'Acme' })
    await kustomer.deliver(group(ACME))
    expect(companiesOf(kustomer)).toEqual([
      { name: 'Acme Incorporated', externalId: undefined },
      { name: 'Acme', externalId: 'a1', tierStr: 'gold' }
    ])
  })

  it('without a name is called by its external ID, until a name comes', async () => {
    const kustomer = connect(world)
    await kustomer.deliver(group({}, { groupId: 'acme-1' }))
    expect(companiesOf(kustomer)).toEqual([{ name: 'acme-1', externalId: 'acme-1' }])
    await kustomer.deliver(group({ name: 'Acme' }, { groupId: 'acme-1' }))
    await kustomer.deliver(group({}, { groupId: 'acme-1' }))
    const [outcome] = await kustomer.deliverBatch([group({}, { groupId: 'acme-2' })])
    expect(outcome).toMatchObject({ status: 200 })
    expect(companiesOf(kustomer)).toEqual([
      { name: 'Acme', externalId: 'acme-1' },
      { name: 'acme-2', externalId: 'acme-2' }
    ])
  })

  it('with a short name is completed by its external ID, or by its domain', async () => {
    const kustomer = connect(world)
    for (const outcome of ['created', 'unchanged']) {
      expect(await kustomer.deliver(group({ name: 'HP' }, { groupId: 'org-77' }))).toMatchObject({ body: { outcome } })
    }
    await kustomer.deliver(group({ name: '3M', website: '3m.com' }, { groupId: undefined }))
    expect(companiesOf(kustomer)).toMatchObject([
      { name: 'HP (org-77)', externalId: 'org-77' },
      { name: '3M (3m.com)' }
    ])
    expect(await kustomer.deliver(group({ name: 'GE' }, { groupId: undefined }))).toMatchObject({
      status: 400,
      errormessage: expect.stringContaining('at least 3 characters')
    })
  })

  it('that somebody makes between the look-up and the creation is not made twice', async () => {
    const kustomer = connect(world)
    kustomer.before(/^POST \/v1\/companies$/, () => kustomer.sandbox.addCompany({ name: 'Acme', externalId: 'a1' }))
    expect(await kustomer.deliver(group(ACME))).toMatchObject({ status: 200, body: { outcome: 'updated' } })
    expect(companiesOf(kustomer)).toEqual([{ name: 'Acme', externalId: 'a1', tierStr: 'gold' }])
  })

  it('is linked to its user, who is created unless the mapping says otherwise', async () => {
    const kustomer = connect(world)
    await kustomer.deliver(identify({ name: 'Ann' }))
    await kustomer.deliver(group(ACME, { userId: 'u1' }))
    await kustomer.deliver(group(ACME, { userId: 'u2' }))
    const unknown = await kustomer.deliver(group({ ...ACME, creates: false }, { userId: 'u3' }))
    expect(unknown.body?.leftOut).toMatchObject([{ field: 'userId' }])
    const company = idOf(kustomer, 'Acme')
    expect(kustomer.people()).toMatchObject([
      { externalId: 'u1', name: 'Ann', company },
      { externalId: 'u2', company }
    ])
  })

  it('is one, however many calls create it by its name at the same moment', async () => {
    const kustomer = connect(world)
    const users = ['u1', 'u2', 'u3', 'u4', 'u5']
    const outcomes = await Promise.all(users.map((user) => kustomer.deliver(identify({ company: 'Acme' }, user))))
    expect(outcomes.map(({ status }) => status)).toEqual(users.map(() => 200))
    const visible = kustomer.sandbox.companies().filter(({ attributes }) => attributes.deleted !== true)
    expect(visible).toHaveLength(1)
    expect(kustomer.people().map(({ company }) => company)).toEqual(users.map(() => visible[0]?.id))
  })

  it('is the one with the ID for a user whom both calls name at the same moment', async () => {
    const kustomer = connect(world)
    await Promise.all([
      kustomer.deliver(identify({ name: 'Ann', company: 'Acme' })),
      kustomer.deliver(group({ name: 'Acme' }, { userId: 'u1' }))
    ])
    await kustomer.deliver(group({ name: 'Acme' }, { userId: 'u1' }))
    const linked = kustomer.sandbox.companies().find(({ id }) => id === kustomer.person(0).company)
    expect(kustomer.people()).toMatchObject([{ externalId: 'u1', name: 'Ann' }])
    expect(linked?.attributes).toMatchObject({ name: 'Acme', externalId: 'a1' })
  })

  it('links somebody whom support knows by email, and who is one customer in the end', async () => {
    const kustomer = connect(world)
    await kustomer.create({ emails: [{ email: 'ann@example.com' }], name: 'A.' })
    await kustomer.deliver(group(ACME, { userId: 'u1' }))
    await kustomer.deliver(identify({ email: 'ann@example.com' }))
    expect(kustomer.people()).toMatchObject([{ externalId: 'u1', company: idOf(kustomer, 'Acme') }])
  })

  it('does not take somebody from another one, unless it may', async () => {
    const kustomer = connect(world)
    const id = await kustomer.create({ externalId: 'u1' })
    const other = kustomer.sandbox.addCompany({ name: 'Initech' })
    kustomer.sandbox.linkCompany(id, other.id)
    const stays = await kustomer.deliver(group(ACME, { userId: 'u1' }))
    expect(stays.body?.leftOut).toMatchObject([{ field: 'company' }])
    expect(kustomer.people()).toMatchObject([{ company: other.id }])
    await kustomer.deliver(group({ ...ACME, moves: true }, { userId: 'u1' }))
    expect(kustomer.people()).toMatchObject([{ company: idOf(kustomer, 'Acme') }])
  })
})

describe.each(worldsFor('companies', 'companyListsLag'))("a customer's company, %s,", (_name, world) => {
  it.each<[string, unknown, object]>([
    ['a bare name', 'Acme', { name: 'Acme', externalId: undefined }],
    ['an ID and a name', { id: 'a1', name: 'Acme' }, { name: 'Acme', externalId: 'a1' }]
  ])('is created and linked: %s', async (_what, company, wanted) => {
    const kustomer = connect(world)
    for (const userId of ['u1', 'u2', 'u1']) {
      const outcome = await kustomer.deliver(identify({ name: 'Ann', company }, userId))
      expect(outcome).toMatchObject({ status: 200, body: { leftOut: [] } })
    }
    expect(companiesOf(kustomer)).toEqual([wanted])
    const company1 = idOf(kustomer, 'Acme')
    expect(kustomer.people()).toMatchObject([{ company: company1 }, { company: company1 }])
  })

  it('is the one that group calls know, whichever comes first', async () => {
    for (const events of [
      [group(ACME), identify({ company: 'Acme' })],
      [identify({ company: 'Acme' }), group(ACME)]
    ]) {
      const kustomer = connect(world)
      for (const event of events) {
        expect(await kustomer.deliver(event)).toMatchObject({ status: 200 })
      }
      expect(companiesOf(kustomer)).toEqual([{ name: 'Acme', externalId: 'a1', tierStr: 'gold' }])
      expect(kustomer.people()).toMatchObject([{ company: idOf(kustomer, 'Acme') }])
    }
  })

  it('does not take the place of one that an agent has linked, unless it may', async () => {
    const kustomer = connect(world)
    const id = await kustomer.create({ externalId: 'u1', name: 'Ann' })
    const other = kustomer.sandbox.addCompany({ name: 'Initech' })
    kustomer.sandbox.linkCompany(id, other.id)
    const stays = await kustomer.deliver(identify({ name: 'Ann Lee', company: { id: 'a1', name: 'Acme' } }))
    expect(stays).toMatchObject({ status: 200, body: { outcome: 'updated', leftOut: [{ field: 'company' }] } })
    expect(kustomer.people()).toMatchObject([{ name: 'Ann Lee', company: other.id }])
    await kustomer.deliver(identify({ company: { id: 'a1', name: 'Acme' }, moves: true }))
    expect(kustomer.people()).toMatchObject([{ company: idOf(kustomer, 'Acme') }])
  })

  it('never sinks the rest where it cannot be used', async () => {
    const kustomer = connect(world, { without: ['org.permission.company.read', 'org.permission.company.create'] })
    const outcome = await kustomer.deliver(identify({ name: 'Ann', company: { id: 'a1', name: 'Acme' } }))
    expect(outcome).toMatchObject({ status: 200, body: { outcome: 'created', leftOut: [{ field: 'company' }] } })
    const short = await kustomer.deliver(identify({ name: 'Bob', company: 'HP' }, 'u2'))
    expect(short).toMatchObject({ status: 200, body: { leftOut: [{ field: 'company.name' }] } })
    expect(kustomer.people()).toMatchObject([{ name: 'Ann' }, { name: 'Bob' }])
  })

  it('is linked once Kustomer is well again, and the rest has been written', async () => {
    const kustomer = connect(world)
    kustomer.sandbox.setFaults({ responses: [{ status: 500, path: '/v1/companies', times: 1 }] })
    const outcome = await kustomer.deliver(identify({ name: 'Ann', company: 'Acme' }))
    expect(outcome).toMatchObject({ status: 200 })
    expect(kustomer.people()).toMatchObject([{ name: 'Ann', company: idOf(kustomer, 'Acme') }])
  })
})

describe.each(worldsFor('companies', 'companyListsLag'))('a batch, %s,', (_name, world) => {
  it('of group calls does what they would do one by one', async () => {
    const events = [
      group(ACME, { userId: 'u1' }),
      group({ name: 'Acme Inc', phone: '+15550100200' }, { userId: 'u2' }),
      group({ name: 'Initech' }, { groupId: 'i1', userId: 'u3' }),
      group({ name: 'Umbrella' }, { groupId: undefined, userId: 'u1' }),
      group({ name: 'HP' }, { groupId: 'h1' }),
      ...Array.from({ length: 5 }, (_, index) =>
        group({ name: `Company ${index}` }, { groupId: `c${index}`, userId: 'u4' })
      )
    ]
    const outcomes: unknown[] = []
    for (const isBatch of [false, true]) {
      const kustomer = connect(world)
      for (const userId of ['u1', 'u2', 'u3', 'u4']) {
        await kustomer.create({ externalId: userId })
      }
      if (isBatch) {
        const results = await kustomer.deliverBatch(events)
        outcomes.push(results.map(({ status }) => status))
      } else {
        const statuses: number[] = []
        for (const event of events) {
          statuses.push((await kustomer.deliver(event)).status)
        }
        outcomes.push(statuses)
      }
      const nameOf = (id?: string) => kustomer.sandbox.companies().find((each) => each.id === id)?.attributes.name
      outcomes.push(companiesOf(kustomer).sort((one, other) => String(one.name).localeCompare(String(other.name))))
      outcomes.push(kustomer.people().map(({ company }) => nameOf(company)))
    }
    expect(outcomes.slice(3)).toEqual(outcomes.slice(0, 3))
    expect(outcomes[0]).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 200, 200])
  })

  it('of identify calls looks each company up once', async () => {
    const kustomer = connect(world)
    const events = Array.from({ length: 12 }, (_, index) =>
      identify({ name: `Name ${index}`, company: { id: `a${index % 2}`, name: `Acme ${index % 2}` } }, `u${index}`)
    )
    const outcomes = await kustomer.deliverBatch(events)
    expect(outcomes.every(({ status }) => status === 200)).toBe(true)
    expect(companiesOf(kustomer)).toHaveLength(2)
    expect(new Set(kustomer.people().map(({ company }) => company)).size).toBe(2)
    const looked = kustomer.requests().filter((line) => line.startsWith('GET /v1/companies'))
    expect(looked.length).toBeLessThanOrEqual(4)
  })
})

describe.each(worldsFor('attributes', 'companyListsLag'))(
  'custom attributes that are not defined, %s,',
  (_name, world) => {
    const custom = { plan: 'pro', seats: 3, region: 'EU', size: 9, color: 'red' }

    it.each<[string, string[]]>([
      ['with the role for metadata', []],
      ['without it', ['org.permission.metadata.read']]
    ])('are left out and told, %s', async (_what, without) => {
      const kustomer = connect(world, { without })
      kustomer.sandbox.defineAttributes('customer', { planStr: {}, seatsNum: {} })
      kustomer.sandbox.defineAttributes('company', { planStr: {}, seatsNum: {} })
      for (const event of [
        identify({ name: 'Ann', custom }),
        identify({ name: 'Ann Lee', custom }),
        group({ ...ACME, custom })
      ]) {
        const { status, body } = await kustomer.deliver(event)
        expect({ status, fields: body?.leftOut?.map(({ field }) => field) }).toEqual({
          status: 200,
          fields: expect.arrayContaining([
            'customAttributes.regionStr',
            'customAttributes.sizeNum',
            'customAttributes.colorStr'
          ])
        })
      }
      expect(kustomer.people()).toMatchObject([{ name: 'Ann Lee' }])
      const known = { planStr: 'pro', seatsNum: 3 }
      expect(kustomer.sandbox.customers()[0]?.attributes.custom).toEqual(known)
      expect(kustomer.sandbox.companies()[0]?.attributes.custom).toEqual(known)
    })

    it('are written under the type in which their names are defined', async () => {
      const kustomer = connect(world)
      kustomer.sandbox.defineAttributes('customer', { zipStr: {}, seatsNum: {}, accountIdStr: {} })
      const outcome = await kustomer.send(identify({ custom: { zip: 94107, seats: '25', accountId: 'acc_1' } }))
      expect(outcome).toMatchObject({ status: 200, body: { leftOut: [] } })
      const custom = { zipStr: '94107', seatsNum: 25, accountIdStr: 'acc_1' }
      expect(kustomer.sandbox.customers()[0]?.attributes.custom).toEqual(custom)
    })

    it('are not taken for undefined where a drop-down lacks a value of them', async () => {
      for (const isBatch of [false, true]) {
        const kustomer = connect(world)
        kustomer.sandbox.defineAttributes('customer', { planStr: { enumeration: ['free', 'pro'] }, seatsNum: {} })
        const plans = ['pro', 'gold', 'free', 'gold', 'pro', 'free']
        const events = plans.map((plan, index) => identify({ custom: { plan, seats: 3 } }, `u${index}`))
        const outcomes = isBatch ? await kustomer.deliverBatch(events) : []
        for (const event of isBatch ? [] : events) {
          outcomes.push(await kustomer.deliver(event))
        }
        expect(outcomes.map(({ status }) => status)).toEqual(plans.map(() => 200))
        const held = kustomer.sandbox.customers().map(({ attributes }) => [attributes.externalId, attributes.custom])
        const wanted = plans.map((plan) => (plan === 'gold' && !world.dropDownsOpen ? {} : { planStr: plan }))
        expect(Object.fromEntries(held)).toEqual(
          Object.fromEntries(wanted.map((custom, index) => [`u${index}`, { ...custom, seatsNum: 3 }]))
        )
      }
    })

    it('are learned once in a batch', async () => {
      const kustomer = connect(world)
      kustomer.sandbox.defineAttributes('customer', { planStr: {} })
      const events = Array.from({ length: 12 }, (_, index) =>
        identify({ name: `Name ${index}`, custom: { plan: 'pro', size: index } }, `u${index}`)
      )
      const outcomes = await kustomer.deliverBatch(events)
      for (const { status, body } of outcomes) {
        expect(status).toBe(200)
        expect(body?.leftOut).toMatchObject([{ field: 'customAttributes.sizeNum' }])
      }
      expect(kustomer.requests().filter((line) => line.includes('/metadata/'))).toHaveLength(1)
      expect(kustomer.sandbox.customers().map(({ attributes }) => attributes.custom)).toEqual(
        events.map(() => ({ planStr: 'pro' }))
      )
    })
  }
)

describe("Engage's presets", () => {
  const personas = { computation_class: 'audience', computation_key: 'high_value', computation_id: 'aud_1' }

  it.each<[string, Event, object]>([
    [
      'Audience Entered',
      { type: 'track', event: 'Audience Entered', properties: { audience_key: 'high_value', high_value: true } },
      { highValueBool: true }
    ],
    [
      'Audience Exited',
      { type: 'track', event: 'Audience Exited', properties: { audience_key: 'high_value', high_value: false } },
      { highValueBool: false }
    ],
    ['Audience Membership Changed', { type: 'identify', traits: { high_value: true } }, { highValueBool: true }]
  ])('%s writes the attribute of its key', async (preset, event, custom) => {
    const kustomer = connect({})
    const outcome = await kustomer.sendBy(preset, { userId: 'u1', context: { personas }, ...event })
    expect(outcome).toMatchObject({ status: 200, body: { outcome: 'created', leftOut: [] } })
    expect(kustomer.sandbox.customers()[0]?.attributes).toMatchObject({ externalId: 'u1', custom })
  })

  it('create nobody if the event has no value for its audience, as a journey sends it', async () => {
    const kustomer = connect({})
    const event = { type: 'track' as const, event: 'Audience Entered', userId: 'u1', context: { personas } }
    const outcome = await kustomer.sendBy('Audience Entered', { ...event, properties: { audience_key: 'high_value' } })
    expect(outcome).toMatchObject({ status: 400, errormessage: expect.stringContaining('no value for its audience') })
    expect(kustomer.requests()).toEqual([])
  })

  it('do no harm beside the others', async () => {
    const kustomer = connect({})
    const event: Event = {
      type: 'identify',
      userId: 'u1',
      traits: { high_value: true },
      context: { personas }
    }
    await kustomer.send(event)
    await kustomer.sendBy('Audience Membership Changed', event)
    await kustomer.send(event)
    expect(kustomer.sandbox.customers()).toHaveLength(1)
    expect(kustomer.sandbox.customers()[0]?.attributes.custom).toEqual({ highValueBool: true })
  })
})

it('of a batch, attributes that are not defined cost 4 requests: the list of those that are, and another job', async () => {
  const kustomer = connect({})
  kustomer.sandbox.defineAttributes('customer', { planStr: {} })
  const events = Array.from({ length: 20 }, (_, index) =>
    identify({ custom: { plan: 'pro', size: index } }, `u${index}`)
  )
  kustomer.requests()
  await kustomer.sendBatch(events)
  expect(kustomer.requests()).toHaveLength(20 + 3 + 1 + 3)
})

describe('the requests of companies', () => {
  const count = async (kustomer: Connection, event: Event) => {
    kustomer.requests()
    expect(await kustomer.send(event)).toMatchObject({ status: 200 })
    return kustomer.requests().length
  }

  it('of a group call: 3 for a new one, 1 for one unchanged, 2 for one changed, and 1 or 2 for its user', async () => {
    const kustomer = connect({})
    await kustomer.create({ externalId: 'u1' })
    expect(await count(kustomer, group(ACME))).toBe(3)
    expect(await count(kustomer, group(ACME))).toBe(1)
    expect(await count(kustomer, group({ ...ACME, name: 'Acme Inc' }))).toBe(2)
    expect(await count(kustomer, group({}, { userId: 'u1' }))).toBe(3)
    expect(await count(kustomer, group({}, { userId: 'u1' }))).toBe(2)
    expect(await count(kustomer, group({ name: 'Initech' }, { groupId: undefined }))).toBe(3)
  })

  it('of an identify call: none more for a bare name that is linked, 1 more for an ID that is', async () => {
    const kustomer = connect({})
    expect(await count(kustomer, identify({ company: { id: 'a1', name: 'Acme' } }))).toBe(5)
    expect(await count(kustomer, identify({ company: { id: 'a1', name: 'Acme' } }))).toBe(2)
    expect(await count(kustomer, identify({ company: 'Acme' }))).toBe(1)
  })

  it('of 100 group calls of one company: 1 look-up of it, and 1 of each user', async () => {
    const kustomer = connect({})
    const events = Array.from({ length: 100 }, (_, index) => group(ACME, { userId: `u${index}` }))
    await Promise.all(events.map((_, index) => kustomer.create({ externalId: `u${index}` })))
    kustomer.requests()
    await kustomer.sendBatch(events)
    const first = kustomer.requests()
    expect(first).toHaveLength(2 + 1 + 100 + 3)
    await kustomer.sendBatch(events)
    expect(kustomer.requests()).toHaveLength(1 + 100)
  })
})
