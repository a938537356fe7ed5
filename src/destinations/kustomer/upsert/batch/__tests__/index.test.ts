import { metadata, undefinedAttribute } from '../../../__tests__/__helpers__/answers'
import { kustomerOf } from '../../../__tests__/__helpers__/conversation'
import { jobRoutes, kustomerWith } from '../../../__tests__/__helpers__/routes'
import type { Route } from '../../../__tests__/__helpers__/routes'
import type { RecordKind, StoredRecord } from '../../../api/records'
import type { Wanted } from '../../diff'
import type { Subject } from '../../subject'
import type { Entry } from '../entries'
import { upsertBatch } from '../index'
import type { Plan } from '../index'

jest.mock('../../../api/clock', () => jest.requireActual<object>('../../../__tests__/__helpers__/clock'))

interface Event {
  keys: string[]
  name: string
  kind?: RecordKind
  custom?: Wanted['custom']
  isApart?: boolean
}

const event = (name: string, ...keys: string[]): Event => ({ name, keys })
const events = (count: number, given: Partial<Event> = {}): Event[] =>
  Array.from({ length: count }, (_, index) => ({ ...event(`n${index}`, `k${index}`), ...given }))

const record = (id: string): StoredRecord => ({ id, attributes: {} })

const subjectOf = ({ kind = 'customer', name, custom }: Event): Subject => ({
  kind,
  want: () => Promise.resolve({ wanted: { name, custom }, leftOut: [] }),
  isSame: () => true,
  findConflict: () => Promise.resolve(undefined),
  hasOtherIdentifier: () => true
})

/** Runs a batch whose records are found by the first key. Returns what was done, in order, and the results. */
async function run(
  given: Event[],
  found: Record<string, StoredRecord> = {},
  own: Partial<Plan<Event>> = {},
  client = kustomerOf(() => [200]).client()
) {
  const done: string[] = []
  const entries = given.map((each, index): Entry<Event> => ({ index, event: each }))
  await upsertBatch(client, entries, {
    keysOf: ({ keys }) => keys,
    fold: (all) => all[0] && { ...all[0], name: all.map(({ name }) => name).join('+') },
    find: ({ keys, name }) => {
      done.push(`find ${name}`)
      return Promise.resolve(found[keys[0] ?? ''])
    },
    isApart: ({ isApart = false }) => isApart,
    write: ({ name }, known) => {
      done.push(`write ${name}`)
      return Promise.resolve({ outcome: known ? 'updated' : 'created', record: known ?? record('new'), leftOut: [] })
    },
    settle: (settled) => {
      done.push(`settle ${settled.map((entry) => entry.event.name).join()}`)
      return Promise.resolve()
    },
    ...own
  })
  const resultOf = ({ result }: Entry<Event>) =>
    result && ('error' in result ? result.error.message : result.upserted.outcome)
  return { done, results: entries.map(resultOf) }
}

const REST = 'settle '

it('writes the events of one record once', async () => {
  const { done, results } = await run([event('a', '1'), event('b', '2'), event('c', '1')], { 1: record('r1') })
  expect(done).toEqual(['find a+c', 'find b', 'write a+c', 'write b', 'settle a,c,b', REST])
  expect(results).toEqual(['updated', 'created', 'updated'])
})

describe('events go last, one by one in order,', () => {
  const inOrder = (...names: string[]) => names.flatMap((name) => [`find ${name}`, `write ${name}`])

  it.each<[string, Event[], Partial<Plan<Event>>, string[]]>([
    [
      'if they share an identifier that is not the strongest',
      [event('a', '1', 'x'), event('b', '2', 'x'), event('c', '1')],
      {},
      [...inOrder('a', 'b', 'c'), 'settle a,b,c']
    ],
    [
      'if one of them depends on others',
      [event('a', '1'), { ...event('b', '1'), isApart: true }],
      {},
      [...inOrder('a', 'b'), 'settle a,b']
    ],
    [
      'if one write cannot say it all',
      [event('a', '1'), event('b', '1')],
      { fold: () => undefined },
      [...inOrder('a', 'b'), 'settle a,b']
    ],
    [
      'if their record holds an identifier of such events',
      [event('a', '3'), event('b', '1', 'x'), event('c', '2', 'x')],
      { keysIn: () => ['x'] },
      ['find a', 'settle ', ...inOrder('a', 'b', 'c'), 'settle a,b,c']
    ]
  ])('%s', async (_why, given, own, expected) => {
    expect((await run(given, { 3: record('r3') }, own)).done).toEqual(expected)
  })

  it.each<[string, Partial<Plan<Event>>, Record<string, StoredRecord>]>([
    ['if they found the same record', {}, { 1: record('r'), 2: record('r') }],
    ["if one of them gives another's identifier", { keysIn: () => ['2'] }, { 1: record('r') }]
  ])('%s', async (_why, own, found) => {
    const { done } = await run([event('a', '1'), event('b', '2'), event('c', '3')], found, own)
    expect(done).toEqual(['find a', 'find b', 'find c', 'write c', ...inOrder('a', 'b'), 'settle a,b,c', REST])
  })
})

it('reads, writes, and settles 100 records before the next are read', async () => {
  const { done } = await run(events(200))
  expect(done.map((each) => each.split(' ')[0])).toEqual([
    ...[...Array<string>(100).fill('find'), ...Array<string>(100).fill('write'), 'settle'],
    ...[...Array<string>(100).fill('find'), ...Array<string>(100).fill('write'), 'settle'],
    'settle'
  ])
})

it('sends the events of a record singly if they fail together', async () => {
  const write: Plan<Event>['write'] = ({ name }) =>
    name === 'a+b' || name === 'c'
      ? Promise.reject(new Error(`no ${name}`))
      : Promise.resolve({ outcome: 'created', record: record('new'), leftOut: [] })
  const { results } = await run([event('a', '1'), event('b', '1'), event('c', '2')], {}, { write })
  expect(results).toEqual(['created', 'created', 'no c'])
})

it('sends nothing once little is left of the rate limit', async () => {
  const client = kustomerOf(() => [200]).client()
  Object.defineProperty(client, 'isBudgetLow', { value: true })
  const { done, results } = await run(events(1), {}, {}, client)
  expect(done).toEqual(['settle n0', REST])
  expect(results).toEqual([expect.stringMatching(/^Not sent yet: less than a fifth/)])
})

describe('jobs', () => {
  const runJobs = async (
    given: Event[],
    found: Record<string, StoredRecord> = {},
    routes: Record<string, Route> = {},
    own: Partial<Plan<Event>> = {}
  ) => {
    const kustomer = kustomerWith(routes)
    const { done, results } = await run(given, found, { subjectOf, ...own }, kustomer.client())
    return { done: done.filter((each) => each.startsWith('write')), results, sent: kustomer.sent }
  }
  const known: Record<string, StoredRecord> = Object.fromEntries(
    events(5).map(({ keys }) => [keys[0], record(`r${keys[0] ?? ''}`)])
  )

  it.each<['create' | 'update', Record<string, StoredRecord>, string]>([
    ['create', {}, 'POST customers/bulk'],
    ['update', known, 'PUT customers/bulk']
  ])('%s four records or more', async (verb, found, path) => {
    const { done, results, sent } = await runJobs(events(4), found, jobRoutes(verb))
    expect(sent[0]?.[0]).toBe(path)
    expect(sent[0]?.[1]).toMatchObject(events(4).map(({ name }, index) => ({ name, _clientRef: String(index) })))
    expect([done, results]).toEqual([[], Array<string>(4).fill(`${verb}d`)])
    expect((await runJobs(events(3), found)).done).toEqual(['write n0', 'write n1', 'write n2'])
  })

  it('hold records of one kind', async () => {
    const given = events(8).map((each, index) => (index < 4 ? each : { ...each, kind: 'kobject.order' as const }))
    const { sent } = await runJobs(given, {}, jobRoutes('create'))
    expect(
      sent.filter(([call]) => call.endsWith('/bulk')).map(([call, body]) => [call, (body as unknown[]).length])
    ).toEqual(
      expect.arrayContaining([
        ['POST customers/bulk', 4],
        ['POST klasses/order/bulk', 4]
      ])
    )
  })

  it('leave out who is not there and must not be created', async () => {
    const missing = { outcome: 'unchanged' as const, record: record(''), leftOut: [] }
    const { results, sent } = await runJobs(events(5), {}, {}, { ifMissing: () => missing })
    expect([results, sent]).toEqual([Array<string>(5).fill('unchanged'), []])
  })

  it('leave what they refuse, or do not tell, to be sent singly', async () => {
    const routes = jobRoutes('create', (ref) => (ref === '1' ? { error: 'No' } : ref === '3' ? undefined : {}))
    const { done, results } = await runJobs(events(4), {}, routes)
    expect([done, results]).toEqual([['write n1', 'write n3'], Array<string>(4).fill('created')])
    const updates = jobRoutes('update', (ref) => (ref === '1' ? { error: 'No' } : ref === '3' ? undefined : {}))
    expect((await runJobs(events(4), known, updates)).done).toEqual(['write n1', 'write n3'])
  })

  describe('that are refused for attributes that are not defined', () => {
    const custom = { planStr: 'pro' }
    const words = JSON.stringify(undefinedAttribute('planStr'))
    const refusing = (refs: string[]) => {
      const routes = jobRoutes('create', (ref) => (refs.includes(ref) ? { error: words } : {}))
      return { ...routes, 'GET metadata/customer': [200, metadata()] as Route }
    }
    const jobsOf = (sent: Array<[string, unknown?]>) => sent.filter(([call]) => call === 'POST customers/bulk')

    it('go into another job, without them', async () => {
      let isFirst = true
      const routes = jobRoutes('create', () => (isFirst ? { error: words } : {}))
      const told = routes['GET bulk/5d0c1a2b3c4d5e6f70819206/batches'] as () => Route
      const batches = () => {
        const answer = told()
        isFirst = false
        return answer
      }
      const { done, results, sent } = await runJobs(
        events(4, { custom }),
        {},
        {
          ...routes,
          'GET bulk/5d0c1a2b3c4d5e6f70819206/batches': batches as Route,
          'GET metadata/customer': [200, metadata()]
        }
      )
      expect(jobsOf(sent).map(([, body]) => (body as object[])[0])).toEqual([
        { name: 'n0', custom, _clientRef: '0' },
        { name: 'n0', _clientRef: '0' }
      ])
      expect([done, results]).toEqual([[], Array<string>(4).fill('created')])
    })

    it('go there once', async () => {
      const { done, sent } = await runJobs(events(4, { custom }), {}, refusing(['0', '1', '2', '3']))
      expect([jobsOf(sent).length, done.length]).toEqual([2, 4])
    })

    it('go singly if they are fewer than four', async () => {
      const { done, sent } = await runJobs(events(4, { custom }), {}, refusing(['0', '1', '2']))
      expect([jobsOf(sent).length, done]).toEqual([1, ['write n0', 'write n1', 'write n2']])
    })
  })
})
