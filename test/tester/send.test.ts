import path from 'node:path'
import type { JsonLine } from '../../src/tester/sending/json-output'
import { fileOf, runHere } from './in-process'

const EXAMPLES = path.join(__dirname, '../../examples')
const EXAMPLE = path.join(EXAMPLES, 'quickstart.ndjson')

/** Runs `send --json`; all lines must have the same keys. */
async function linesOf(...args: string[]): Promise<{ lines: JsonLine[]; last: JsonLine; status: number | null }> {
  const { stdout, status } = await runHere(['send', ...args, '--json'])
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as JsonLine)
  expect(new Set(lines.map((line) => Object.keys(line).join())).size).toBe(1)
  const last = lines.pop()
  if (!last) {
    throw new Error('Nothing was printed')
  }
  return { lines, last, status }
}

it.each(['send', 'serve', 'sandbox', 'check', 'definition'])(
  'teaches %s by example, and which can be live',
  async (name) => {
    const { status, stdout } = await runHere([name, '--help'])
    expect(stdout).toMatch(/Examples:\n {2}\$ /)
    expect(/^ {2}--live /m.test(stdout)).toBe(['send', 'serve', 'check'].includes(name))
    expect(status).toBe(0)
  }
)

it('tells every key of its JSON in its help', async () => {
  const { stdout } = await runHere(['send', '--help'])
  const help = stdout.slice(stdout.indexOf('Each line of --json'))
  const { lines } = await linesOf(EXAMPLE)
  const keys = [...Object.keys(lines[0] ?? {}), ...Object.keys(lines[0]?.requests[0] ?? {})]
  expect(keys.length).toBeGreaterThan(20)
  expect(keys.filter((key) => !new RegExp(`\\b${key}\\b`).test(help))).toEqual([])
})

it('prints what each event became, and a summary', async () => {
  const { status, stdout } = await runHere(['send', EXAMPLE])
  expect(stdout).toMatch(
    /^ {2}1 {2}page Pricing +Track Page \(trackEvent\)\n {5}POST +\/v1\/tracking\/event +204 +[\d.]+ ms\n/
  )
  expect(stdout.slice(stdout.indexOf('5 of 5')).replace(/[\d.]+ ms/g, '1 ms')).toBe(
    [
      '5 of 5 events delivered',
      '  Outcomes   2 tracked anonymously, 1 created, 1 tracked, 1 updated',
      '  Presets    1 Track Page, 1 Track Screen, 2 Upsert Customer, 1 Track Event',
      '  Requests   9, 1.8 per event',
      '  Rate limit 991 of 1000 requests left this minute',
      '  Time       p50 1 ms, p95 1 ms per event\n'
    ].join('\n')
  )
  expect(status).toBe(0)
})

it('says how to begin if there is no file', async () => {
  const { status, stdout, stderr } = await runHere(['send'])
  expect(stderr).toContain('npm run tester -- send examples/quickstart.ndjson')
  expect([status, stdout]).toEqual([2, ''])
})

it('shows the bodies of requests, and what an agent sees', async () => {
  const { stdout } = await runHere(['send', EXAMPLE, '--show', 'body,agent'])
  expect(stdout).toMatch(/\/v1\/customers +201 +[\d.]+ ms\n {12}\{\n {14}"externalId": "97980cfea0067",\n/)
  expect(stdout).toMatch(/What an agent sees\n\nPeter Gibbons\n {2}External ID {4}97980cfea0067\n/)
  const { last } = await linesOf(EXAMPLE, '--show', 'agent')
  expect(last.agent).toMatchObject([{ name: 'Peter Gibbons', sessions: [{}, {}] }])
})

it('tells what was left out in a line each, with the value', async () => {
  const { stdout } = await runHere(['send', path.join(EXAMPLES, 'left-out.ndjson')])
  expect(stdout).toContain(
    [
      '     Delivered: created',
      '     email "not-an-email": not a valid email address',
      '     phone "call me": not a valid phone number\n'
    ].join('\n')
  )
})

it('fills fields by a mapping, such as custom attributes', async () => {
  const mapping = path.join(EXAMPLES, 'custom-attributes.json')
  const { lines } = await linesOf(path.join(EXAMPLES, 'custom-attributes.ndjson'), '--mapping', mapping)
  expect(lines[0]?.requests[1]?.body).toMatchObject({ custom: { planStr: 'business', seatsNum: 25, ownerBool: true } })
})

it('tells as JSON all that became of each event, and goes on after what fails', async () => {
  const events = fileOf(
    'events.ndjson',
    { type: 'track', event: 'Seen', userId: 'u1' },
    '{"type":',
    { type: 'track', userId: 'u1' },
    { type: 'alias' },
    { type: 'identify', userId: 'u1', traits: { email: 'not-an-email' } },
    { batch: [{ type: 'page', name: 'Home', userId: 5 }] }
  )
  const { lines, last, status } = await linesOf(events)
  expect(lines.map(({ number, part, verdict, status: code }) => [number, part, verdict, code])).toEqual([
    [1, null, 'delivered', 200],
    [2, null, 'malformed', null],
    [3, null, 'dropped', 400],
    [4, null, 'ignored', null],
    [5, null, 'delivered', 200],
    [6, 1, 'delivered', 200]
  ])
  expect(lines[0]).toMatchObject({
    type: 'track',
    name: 'Seen',
    userId: 'u1',
    action: 'trackEvent',
    requests: [
      {
        method: 'POST',
        path: '/v1/tracking/identityEvent',
        body: { identity: { externalId: 'u1' }, event: { name: 'Seen', meta: {} } },
        isSent: true,
        status: 201,
        sharedBy: 1
      }
    ]
  })
  expect(lines[2]?.fields).toEqual({ eventName: expect.stringContaining('required') })
  expect(lines[4]).toMatchObject({
    outcome: 'unchanged',
    customerId: expect.any(String),
    leftOut: [{ field: 'email', reason: 'not a valid email address', value: 'not-an-email' }]
  })
  expect(last.summary).toMatchObject({ events: 6, delivered: 3, malformed: 1, dropped: 1, ignored: 1, retried: 0 })
  expect(status).toBe(1)
})

it('sends the events of an action that takes batches together, and names each of them', async () => {
  const people = ['ann', 'bob', 'cid'].map((userId) => ({ type: 'identify', userId }))
  const events = fileOf('events.json', [
    people[0],
    { type: 'track', event: 'Seen', userId: 'ann' },
    people[1],
    people[2]
  ])
  const { lines, last, status } = await linesOf(events, '--batch', '2')
  expect(lines.map(({ number, userId, batch, outcome }) => [number, userId, batch, outcome])).toEqual([
    [2, 'ann', null, 'tracked'],
    [1, 'ann', 1, 'unchanged'],
    [3, 'bob', 1, 'created'],
    [4, 'cid', 2, 'created']
  ])
  expect(lines[2]?.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /v1/customers/externalId=bob',
    'POST /v1/customers'
  ])
  expect(last.summary?.delivered).toBe(4)
  expect(status).toBe(0)
  const { stdout } = await runHere(['send', events, '--batch'])
  expect(stdout).toContain('  3  identify, userId bob               Upsert Customer (upsertCustomer), batch 1\n')
})

it('tells what a group call became, and the company that an agent sees', async () => {
  const events = fileOf(
    'groups.ndjson',
    { type: 'identify', userId: 'u1', traits: { name: 'Peter' } },
    { type: 'group', userId: 'u1', groupId: 'initech', traits: { name: 'Initech', website: 'https://initech.com' } }
  )
  const { stdout } = await runHere(['send', events, '--show', 'agent'])
  expect(stdout).toMatch(/ {5}GET +\/v1\/companies\?externalId=initech +200 /)
  expect(stdout).toContain('2 of 2 events delivered\n  Outcomes   1 created, 1 company created\n')
  expect(stdout).toMatch(/\nPeter\n {2}External ID {4}u1\n {2}Company {8}Initech\n/)
  expect(stdout).toMatch(
    /\nInitech, company\n {2}External ID {4}initech\n {2}Customers {6}Peter\n {2}Domains +initech.com\n/
  )
  const { lines, last } = await linesOf(events, '--show', 'agent')
  expect(lines[1]).toMatchObject({ companyId: expect.stringMatching(/^[0-9a-f]{24}$/), customerId: null })
  expect(last.agent).toMatchObject([{ kind: 'customer' }, { kind: 'company', sessions: [] }])
})

it('tells of each group call of a batch which requests were for it', async () => {
  const group = (traits: object, groupId?: string) => ({ type: 'group', groupId, traits })
  const all = [group({ name: 'The one' }, 'one'), group({ name: 'Bare' })]
  const person = { type: 'identify', userId: 'u1' }
  const changed = [{ ...group({ employees: 3 }, 'one'), userId: 'u1' }, group({ name: 'Bare', employees: 4 })]
  const { lines } = await linesOf(fileOf('groups.ndjson', ...all, person, person, ...changed), '--batch', '2')
  const told = lines
    .filter(({ type }) => type === 'group')
    .map(({ requests }) => requests.map(({ method, path, sharedBy }) => `${method} ${path} ${sharedBy}`))
  expect(told).toEqual([
    ['GET /v1/companies?externalId=one 1', 'GET /v1/companies?filter=The one 1', 'POST /v1/companies 1'],
    ['GET /v1/companies?filter=Bare 1', 'POST /v1/companies 1', 'GET /v1/companies?filter=Bare 1'],
    [
      ...['GET /v1/companies?externalId=one 1', expect.stringMatching(/^PUT \/v1\/companies\/[0-9a-f]{24} 1$/)],
      ...['GET /v1/customers/externalId=u1 1', expect.stringMatching(/^PATCH \/v1\/customers\/[0-9a-f]{24} 1$/)]
    ],
    ['GET /v1/companies?filter=Bare 1', expect.stringMatching(/^PUT \/v1\/companies\/[0-9a-f]{24} 1$/)]
  ])
})

it('sends what Engage makes by its presets, where they are switched on', async () => {
  const audience = path.join(EXAMPLES, 'audience.ndjson')
  const byAutomatic = await linesOf(audience)
  expect(byAutomatic.lines.map(({ action }) => action)).toEqual(['trackEvent', 'trackEvent', 'upsertCustomer'])
  const names = ['Audience Entered', 'Audience Exited', 'Audience Membership Changed']
  const { lines } = await linesOf(audience, '--preset', ...names)
  expect(lines.map(({ action }) => action)).toEqual(['upsertCustomer', 'upsertCustomer', 'upsertCustomer'])
  expect(lines.map(({ preset }) => preset)).toEqual(names)
  const written = lines.map(({ requests }) => requests.map(({ body }) => body).pop())
  expect(written).toMatchObject([true, false, true].map((highValueBool) => ({ custom: { highValueBool } })))
  expect((await linesOf(audience, '--preset', 'Audience Exited')).lines.map(({ action }) => action)).toEqual([
    ...['trackEvent', 'upsertCustomer', 'upsertCustomer']
  ])
})

it('ignores what no preset takes, unless it is strict', async () => {
  const events = fileOf('events.ndjson', { type: 'alias' }, { type: 'page', name: 'Home', userId: 'u1' })
  const { status, stdout } = await runHere(['send', events])
  expect(stdout).toContain('Ignored: no preset subscribes to alias\n')
  expect(stdout).toContain('1 of 2 events delivered\n  Outcomes   1 tracked\n  Others     1 ignored\n')
  expect(status).toBe(0)
  expect((await runHere(['send', events, '--strict'])).status).toBe(1)
  const { last } = await linesOf(fileOf('alias.json', { type: 'alias' }))
  expect(last.summary).toMatchObject({ ignored: 1, rateLimit: null, presets: {}, latency: { p50: null, p95: null } })
})

it('shows what would be written, and writes nothing', async () => {
  const events = fileOf(
    'events.ndjson',
    { type: 'identify', userId: 'u1' },
    { type: 'page', name: 'Home', userId: 'u1' }
  )
  const { status, stdout } = await runHere(['send', events, '--dry-run', '--show', 'agent'])
  expect(stdout).toMatch(/GET +\/v1\/customers\/externalId=u1 +404 +[\d.]+ ms\n {5}POST +\/v1\/customers +not sent\n/)
  expect(stdout).toMatch(/\/v1\/tracking\/identityEvent +not sent\n {5}Would be delivered: tracked\n/)
  expect(stdout).toContain('2 of 2 events would be delivered')
  expect(stdout).toMatch(/What an agent sees\n\n? *Nobody\n/)
  expect(status).toBe(0)
})

it('tells of each call of a batch the record of a bulk job that is its own', async () => {
  const events = ['ann', 'bob', 'cid', 'dee'].map((userId) => ({ type: 'identify', userId }))
  const { lines } = await linesOf(fileOf('events.ndjson', ...events), '--batch')
  const bulk = lines.map(({ requests }) =>
    requests.filter(({ path }) => path.endsWith('/customers/bulk')).map(({ body }) => body)
  )
  expect(bulk).toEqual(events.map(({ userId }) => [[expect.objectContaining({ externalId: userId })]]))
})

it('shows the records of a bulk job that would be written', async () => {
  const events = ['ann', 'bob', 'cid', 'dee', 'eve', 'fay'].map((userId) => ({ type: 'identify', userId }))
  const { lines, last } = await linesOf(fileOf('events.ndjson', ...events), '--batch', '--dry-run')
  const bulk = lines[1]?.requests.find(({ path }) => path.endsWith('/bulk'))
  expect(bulk).toMatchObject({ isSent: false, status: null, body: [{ externalId: 'bob' }], sharedBy: 6 })
  expect(lines[1]?.requests.map(({ method, path, isSent }) => [method, path, isSent])).toEqual([
    ['GET', '/v1/customers/externalId=bob', true],
    ['POST', '/v1/customers/bulk', false],
    ['GET', '/v1/bulk/dry-run-1', false],
    ['GET', '/v1/bulk/dry-run-1/batches', false]
  ])
  expect(last.summary?.outcomes).toEqual({ created: 6 })
})

const example = fileOf('event.json', { type: 'track', event: 'Seen', userId: 'u1' })

it.each([
  ['no file to send', ['send']],
  ['cannot read nowhere.json', ['send', 'nowhere.json']],
  ['there is no event in ', ['send', fileOf('empty.ndjson', '')]],
  ['there is no event in ', ['send', fileOf('empty.json', [])]],
  ['there is no event in ', ['send', fileOf('malformed.ndjson', '{"type":')]],
  [
    'Allowed choices are upsertCustomer, upsertCompany, upsertCustomObject, trackEvent',
    ['send', example, '--action', 'dance']
  ],
  [
    'Allowed choices are upsertCustomer, upsertCompany, upsertCustomObject, trackEvent',
    ['send', example, '--action', '__proto__']
  ],
  ['maps fields that no action has: type, event', ['send', example, '--mapping', example]],
  ['is not a mapping: it is an object', ['send', example, '--mapping', fileOf('a.json', [])]],
  ['is not a mapping: ', ['send', example, '--mapping', fileOf('a.json', '{"eventName":')]],
  [
    '@path: A mapping is an object whose keys are fields.',
    ['send', example, '--mapping', fileOf('a.json', { '@path': '$.properties' })]
  ],
  [
    'eventName: The mapping has an invalid',
    ['send', example, '--mapping', fileOf('a.json', { eventName: { '@nope': 1 } })]
  ],
  [
    'maps fields that trackEvent does not have: gender',
    ['send', example, '--action', 'trackEvent', '--mapping', fileOf('a.json', { gender: 'f' })]
  ],
  ['a whole number from 1 to 100', ['send', example, '--concurrency', '0']],
  ['a whole number from 1 to 1000', ['send', example, '--batch', '1001']],
  ['a whole number from 1 to 20', ['send', example, '--retry', 'often']],
  ['a list of body and agent', ['send', example, '--show', 'everything']],
  ["unknown command 'dance'", ['dance']],
  ['The variants are duplicateAnswers400, ', ['send', example, '--variant', 'dance']],
  ['--variant works only in the sandbox', ['serve', '--live', '--variant', 'jobsSlow']],
  ['Remove --live', ['--live', 'sandbox']]
])('exits 2 and says: %s', async (words, args) => {
  const { status, stderr } = await runHere(args)
  expect(stderr).toContain(words)
  expect(status).toBe(2)
})
