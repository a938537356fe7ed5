import { ALL_ROLES, createSandbox, SANDBOX_API_KEY, VARIANTS } from '../../src/sandbox'
import type { Sandbox, VariantName } from '../../src/sandbox'
import type { Reach } from '../../src/tester/check/api'
import { check, isComplete } from '../../src/tester/check/check'
import type { Finding, Report } from '../../src/tester/check/check'
import { simulatedClock } from '../../src/tester/clock'
import { asJson, asMarkdown, asText } from '../../src/tester/check/report'

const LIMITED_KEY = 'key-without-roles'
const NAMES = Object.keys(VARIANTS) as VariantName[]

/** Each of these has a stronger one that would hide it. */
const HIDDEN: VariantName[] = [
  'duplicateAnswers400',
  'revIgnored',
  'mergeFreesExternalId',
  'deletedCompaniesStayLinked'
]

interface Checked {
  sandbox: Sandbox
  reach: Reach
  /** What was asked, as `METHOD path`. */
  requests: string[]
  /** The bodies of what was asked. */
  bodies: string[]
}

/** Stands in for the sandbox, and may leave the answer to it. */
type Answer = (request: string, ofSandbox: () => Promise<Response>) => Promise<Response>

function sandboxWith(
  variants: VariantName[] = [],
  roles: string[] = ALL_ROLES,
  answer: Answer = (_request, ofSandbox) => ofSandbox()
): Checked {
  const clock = simulatedClock()
  const sandbox = createSandbox({
    now: () => new Date(clock.now()),
    tokens: { [SANDBOX_API_KEY]: { roles, pod: 'prod1' }, [LIMITED_KEY]: { roles: [], pod: 'prod1' } },
    variants: Object.fromEntries(variants.map((name) => [name, true]))
  })
  sandbox.defineAttributes('customer', {
    planStr: {},
    cityStr: {},
    storyTxt: {},
    tierStr: { enumeration: ['gold'] },
    formerStr: { deleted: true }
  })
  sandbox.defineAttributes('kobject.order', {})
  const requests: string[] = []
  const bodies: string[] = []
  const fetch = async (request: Request): Promise<Response> => {
    const line = `${request.method} ${new URL(request.url).pathname}`
    requests.push(line)
    bodies.push(await request.clone().text())
    return answer(line, () => sandbox.fetch(request))
  }
  const reach = { host: 'api.kustomerapp.com', apiKey: SANDBOX_API_KEY, clock, fetch }
  return { sandbox, reach, requests, bodies }
}

function holding({ findings }: Report): string[] {
  return findings.flatMap(({ variants }) => Object.entries(variants).flatMap(([name, holds]) => (holds ? name : [])))
}

/** What could not be told, by the first variant that it is about, with the reason. */
function untold({ findings }: Report): Record<string, string> {
  const all = findings.filter(({ means }) => means === null)
  return Object.fromEntries(all.map(({ variants, saw }) => [Object.keys(variants)[0] ?? '', saw]))
}

function json(status: number, body: unknown): Promise<Response> {
  return Promise.resolve(new Response(JSON.stringify(body), { status }))
}

it.each([
  [[]],
  // One by one they take a while: `npm run test:all`.
  ...(process.env.TEST_ALL === 'yes' ? NAMES.map((name) => [[name]]) : []),
  [NAMES.filter((name) => !HIDDEN.includes(name))],
  [HIDDEN],
  [['duplicateWordsVary', 'phonesComparedAsWritten', 'jobsSlow', 'bulkKeepsCompany', 'mergeFreesExternalId']],
  [['lookUpFindsShared', 'updateMergesLists', 'revIgnored', 'bulkErrorsAsObjects', 'mergedReadsAsDeleted']]
] as Array<[VariantName[]]>)('tells %j and nothing else, and leaves nothing behind', async (variants) => {
  const { sandbox, reach } = sandboxWith(variants)
  const report = await check(reach, { limitedKey: LIMITED_KEY })
  expect(holding(report).sort()).toEqual([...variants].sort())
  expect(report.findings.flatMap((finding) => Object.keys(finding.variants)).sort()).toEqual([...NAMES].sort())
  expect(untold(report)).toEqual({})
  expect(isComplete(report)).toBe(true)
  expect(report.leftBehind).toEqual([])
  expect(sandbox.customers()).toEqual([])
  expect(sandbox.customObjects()).toEqual([])
  expect(sandbox.companies().filter(({ attributes }) => attributes.deleted === false)).toEqual([])
})

it('marks every customer that it makes, and gives them no phone or email that is anybody’s', async () => {
  const { reach, requests, bodies } = sandboxWith()
  await check(reach)
  const isCreation = (index: number): boolean => /^POST \/v1\/customers(?:\/bulk)?$/.test(requests[index] ?? '')
  const records = bodies.filter((_body, index) => isCreation(index)).flatMap((body) => JSON.parse(body) as unknown)
  expect(records.length).toBeGreaterThan(20)
  for (const record of records.map((each) => JSON.stringify(each))) {
    expect(record).toMatch(/segment-check-[0-9a-f]{8}-\d+/)
    const contacts = [...record.matchAll(/"(?:email|phone)":"([^"]*)"/g)].map(([, contact]) => contact)
    expect(contacts.filter((contact = '') => !/^segment-check-.*@example\.com$|555-?01\d\d$/.test(contact))).toEqual([])
  }
})

describe('whatever happens, it erases what it made:', () => {
  it('interrupted before any request', async () => {
    const { requests } = await interruptedAfter(Infinity, [])
    for (let count = 3; count < requests.length; count += 4) {
      const { report, sandbox } = await interruptedAfter(count, [])
      expect([count, sandbox.customers(), report.leftBehind]).toEqual([count, [], []])
      expect(isComplete(report)).toBe(false)
    }
  })

  it('interrupted while jobs and merges are under way', async () => {
    const variants: VariantName[] = ['jobsSlow', 'mergeUnfinished', 'mergedReadsAsDeleted']
    const { requests } = await interruptedAfter(Infinity, variants)
    const places = requests.flatMap((request, index) => (/^POST \S+\/(?:bulk|merges)$/.test(request) ? index + 1 : []))
    expect(places).toHaveLength(4)
    for (const count of places) {
      const { report, sandbox, reach } = await interruptedAfter(count, variants)
      await reach.clock.pause(120_000)
      expect([count, sandbox.customers(), report.leftBehind]).toEqual([count, [], []])
    }
  })

  it.each([1, 2, 3, 5])('the answer to every %d. creation lost on its way back', async (step) => {
    let count = 0
    const { sandbox, reach } = sandboxWith([], ALL_ROLES, async (request, ofSandbox) => {
      const response = await ofSandbox()
      count += request.startsWith('POST') ? 1 : 0
      if (request.startsWith('POST') && count % step === 0) {
        throw new TypeError('fetch failed', { cause: new Error('socket hang up') })
      }
      return response
    })
    const report = await check(reach, { limitedKey: LIMITED_KEY })
    expect([sandbox.customers(), sandbox.companies()]).toEqual([[], []])
    expect(report.leftBehind).toEqual([])
    expect(Object.values(untold(report))).toContainEqual(
      expect.stringMatching(/^Could not tell: no answer to POST .*: socket hang up$/)
    )
  })

  it('an error of its own', async () => {
    const { sandbox, reach, requests } = sandboxWith()
    const onQuestion = (assumption: string): void => {
      if (assumption === VARIANTS.searchShowsRecord.assumption) {
        throw new TypeError('a mistake')
      }
    }
    await expect(check(reach, { onQuestion })).rejects.toThrow('a mistake')
    expect(requests).toContain('POST /v1/customers')
    expect(sandbox.customers()).toEqual([])
  })

  it('nobody else’s, whoever Kustomer finds', async () => {
    const { sandbox, reach } = sandboxWith([], ALL_ROLES, async (request, ofSandbox) => {
      const response = await ofSandbox()
      if (request.startsWith('POST')) {
        throw new TypeError('fetch failed')
      }
      return request.startsWith('GET /v1/customers/externalId=')
        ? json(200, { data: sandbox.customers()[0] })
        : response
    })
    await call(sandbox, 'POST', 'customers', { externalId: 'somebody' })
    await check(reach)
    expect(sandbox.customers()).toContainEqual(
      expect.objectContaining({ attributes: expect.objectContaining({ externalId: 'somebody' }) })
    )
  })

  it('and says what it could not', async () => {
    const { reach } = sandboxWith([], ALL_ROLES, (request, ofSandbox) =>
      request.startsWith('DELETE') && !request.endsWith('0000') ? json(500, {}) : ofSandbox()
    )
    const report = await check(reach, { limitedKey: LIMITED_KEY })
    expect(report.leftBehind).toContainEqual(
      expect.stringMatching(/^the customer [0-9a-f]{24} \(DELETE .* answered 500\)$/)
    )
    expect(isComplete(report)).toBe(false)
    expect(asMarkdown('it', report)).toMatch(/\n\nLeft behind:\n- the customer /)
  })
})

describe('where it is not the sandbox', () => {
  it('names its companies for the check, and deletes each as Kustomer has it', async () => {
    const { sandbox, reach, requests, bodies } = sandboxWith()
    expect(isComplete(await check(reach, { limitedKey: LIMITED_KEY }))).toBe(true)
    const bodiesOf = (request: RegExp): string[] => bodies.filter((_body, index) => request.test(requests[index] ?? ''))
    const made = bodiesOf(/^POST \/v1\/companies$/)
    expect(made.length).toBeGreaterThan(5)
    expect(made.filter((body) => !/"name":"segment-check-[0-9a-f]{8}-\d+/.test(body))).toEqual([])
    const deletions = bodiesOf(/^PUT \/v1\/companies\//).filter((body) => body === '{"deleted":true}')
    expect(deletions.length).toBeGreaterThan(made.length)
    expect(sandbox.companies()).toEqual([])
  })

  it.each([
    [
      {
        planStr: {},
        tierStr: { enumeration: ['a'] },
        cityStr: {},
        storyTxt: {},
        oldStr: { deletedAt: '2026-01-01T00:00:00.000Z' }
      },
      {}
    ],
    [
      { planStr: {}, cityStr: { deletedAt: '2026-01-01T00:00:00.000Z' }, storyTxt: { sensitive: true } },
      {
        customReplaced: expect.stringContaining('two custom attributes'),
        customTxtUnlimited: expect.stringContaining('Txt'),
        dropDownsOpen: expect.stringContaining('a drop-down')
      }
    ]
  ])('writes custom attributes that are defined, of %j', async (properties, expected) => {
    const { sandbox, reach, bodies } = sandboxWith([], ALL_ROLES, (request, ofSandbox) =>
      request === 'GET /v1/metadata/customer' ? json(200, { data: { attributes: { properties } } }) : ofSandbox()
    )
    sandbox.defineAttributes('customer', null)
    expect(untold(await check(reach, { limitedKey: LIMITED_KEY }))).toEqual(expected)
    const written = [...bodies.join('').matchAll(/"custom":\{"(\w+)"/g)].map(([, name = '']) => name)
    expect(written.length).toBeGreaterThan(0)
    expect(written.filter((name) => !Object.keys(properties).includes(name))).toEqual([])
  })

  it('waits where a rate limit says so', async () => {
    const { sandbox, reach } = sandboxWith()
    sandbox.setFaults({ rateLimit: 30 })
    expect(untold(await check(reach, { limitedKey: LIMITED_KEY }))).toEqual({})
  })

  it('waits for an index that lags, and not for ever', async () => {
    const { sandbox, reach } = sandboxWith()
    sandbox.setFaults({ indexLags: true })
    expect(untold(await check(reach, { limitedKey: LIMITED_KEY }))).toEqual({
      searchShowsRecord: 'Could not tell: no search found a new customer within 90 seconds'
    })
  })
})

describe('roles', () => {
  it('tells everything but what takes a role that the key lacks, and names the role', async () => {
    const lacking = ['customer_merge.create', 'bulk.read', 'event.read'].map((role) => `org.permission.${role}`)
    const { sandbox, reach } = sandboxWith(
      [],
      ALL_ROLES.filter((role) => !lacking.includes(role))
    )
    const report = await check(reach)
    const words = (role: string): unknown =>
      expect.stringContaining(`Could not tell: the key lacks the role org.permission.${role}`)
    expect(untold(report)).toEqual({
      ...Object.fromEntries(
        ['bulkKeepsCompany', 'jobsSlow', 'bulkErrorsAsObjects', 'bulkResultsWithoutStatus', 'bulkRefusesWhole'].map(
          (name) => [name, words('bulk.read')]
        )
      ),
      ...Object.fromEntries(
        [
          'mergeUnfinished',
          'mergedReadsAsDeleted',
          'mergePassesExternalId',
          'mergeLeavesTimeline',
          'mergeLeavesObjects'
        ].map((name) => [name, words('customer_merge.create')])
      ),
      trackingIdStays: words('event.read')
    })
    expect(isComplete(report)).toBe(false)
    expect(sandbox.customers()).toEqual([])
  })

  it('tells what a missing role answers by the one that it lacks, or not at all', async () => {
    const withoutEvents = ALL_ROLES.filter((role) => role !== 'org.permission.event.read')
    expect(holding(await check(sandboxWith(['missingRoleAnswers401'], withoutEvents).reach))).toEqual([
      'missingRoleAnswers401'
    ])
    expect(untold(await check(sandboxWith().reach))).toEqual({
      missingRoleAnswers401: expect.stringContaining('KUSTOMER_LIMITED_API_KEY')
    })
    expect(untold(await check(sandboxWith().reach, { limitedKey: 'no-key' }))).toEqual({
      missingRoleAnswers401: expect.stringContaining('the limited key does not work here')
    })
    expect(untold(await check(sandboxWith().reach, { limitedKey: SANDBOX_API_KEY }))).toEqual({
      missingRoleAnswers401: expect.stringContaining('the limited key has the role')
    })
  })

  it.each([
    [
      'may not erase',
      ALL_ROLES.filter((role) => !role.endsWith('delete')),
      SANDBOX_API_KEY,
      'org.permission.customer.delete'
    ],
    ['is none', ALL_ROLES, 'no-key', 'the key does not work here (401: Unauthorized)']
  ])('writes nothing where the key %s', async (_what, roles, apiKey, words) => {
    const { reach, requests } = sandboxWith([], roles)
    await expect(check({ ...reach, apiKey })).rejects.toThrow(words)
    expect(requests.filter((request) => /^(?:POST|PATCH|PUT)/.test(request))).toEqual([])
  })
})

it('reports as a Markdown table of one row for each assumption, and as JSON', async () => {
  const { reach } = sandboxWith(['duplicateWordsVary', 'jobsSlow'])
  const report = await check(reach)
  const lines = asMarkdown('the local sandbox', report).split('\n')
  const rows = lines.slice(4, 4 + report.findings.length)
  expect(lines.slice(0, 4)).toEqual([
    'Checked the local sandbox: 38 of 39 questions answered, 2 differ from what we assume.',
    '',
    '| Assumption | What was seen | Variant | What that means for this destination |',
    '| --- | --- | --- | --- |'
  ])
  expect(rows.map((row) => row.match(/(?<!\\)\|/g)?.length)).toEqual(rows.map(() => 5))
  expect(rows).toContainEqual(
    expect.stringMatching(/^\| How long a bulk job takes \| complete after \d+\.\d s \| `jobsSlow` \| A batch waits 6/)
  )
  expect(rows).toContainEqual(
    expect.stringMatching(/^\| How phones are compared \| .* \| as assumed \| A customer is found/)
  )
  expect(rows).toContainEqual(
    expect.stringMatching(/^\| Status if the API key lacks a role \| Could not tell: .* \| unknown \| {2}\|$/)
  )
  expect(lines.slice(-2)).toEqual(['', 'Everything that the check created is deleted.'])
  expect(JSON.parse(asJson('the local sandbox', report))).toEqual({
    kustomer: 'the local sandbox',
    complete: false,
    findings: report.findings,
    leftBehind: [],
    interrupted: false
  })
})

it('tells in a terminal what is as assumed in a line, and the rest in full', () => {
  const finding = { assumption: 'One', variants: {}, saw: 'seen', means: 'Nothing.' }
  const findings: Finding[] = [
    finding,
    { ...finding, assumption: 'Two', variants: { jobsSlow: true }, means: 'A batch waits.' },
    { ...finding, assumption: 'Three', saw: 'Could not tell: \u001b', means: null }
  ]
  expect(asText('it', { findings, leftBehind: [], isInterrupted: false }, 60).split('\n')).toEqual([
    'Checked it: 2 of 3 questions answered, 1 differs from what',
    'we assume.',
    '',
    '  as assumed One',
    '  differs    Two',
    ...['seen', 'A batch waits.', 'Simulate it: --variant jobsSlow'].map((line) => `             ${line}`),
    '  unknown    Three',
    '             Could not tell: \ufffd',
    '',
    'Everything that the check created is deleted.',
    'To get a Markdown table of everything that was seen,',
    'redirect the output to a file.'
  ])
})

it('keeps what Kustomer says within its cell, and from the terminal', () => {
  const finding = { assumption: 'One', variants: { jobsSlow: false }, saw: 'a | b\n\u001b[2Jc', means: 'Nothing.' }
  const report = { findings: [finding], leftBehind: ['it (\u0007)'], isInterrupted: false }
  expect(asMarkdown('it', report)).toContain('\n| One | a \\| b\\n\ufffd[2Jc | as assumed | Nothing. |\n')
  expect(asMarkdown('it', report)).toMatch(/\n- it \(\ufffd\)$/)
})

async function interruptedAfter(count: number, variants: VariantName[]): Promise<Checked & { report: Report }> {
  const interruption = new AbortController()
  let seen = 0
  const checked = sandboxWith(variants, ALL_ROLES, async (_request, ofSandbox) => {
    const response = await ofSandbox()
    seen += 1
    if (seen === count) {
      interruption.abort()
    }
    return response
  })
  const report = await check(checked.reach, { limitedKey: LIMITED_KEY, signal: interruption.signal })
  return { ...checked, report }
}

function call(sandbox: Sandbox, method: string, path: string, body: unknown): Promise<Response> {
  const headers = { authorization: `Bearer ${SANDBOX_API_KEY}`, 'content-type': 'application/json' }
  return sandbox.fetch(
    new Request(`https://api.kustomerapp.com/v1/${path}`, { method, headers, body: JSON.stringify(body) })
  )
}
