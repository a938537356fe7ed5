import { ALL_ROLES, createSandbox, SANDBOX_API_KEY, VARIANTS } from '../../src/sandbox'
import type { Sandbox, Token, VariantName } from '../../src/sandbox'
import { check, isComplete } from '../../src/tester/check/check'
import type { Report } from '../../src/tester/check/check'
import { simulatedClock } from '../../src/tester/check/clock'
import type { Reach } from '../../src/tester/check/api'

const LIMITED_KEY = 'key-without-roles'
const NAMES = Object.keys(VARIANTS) as VariantName[]

interface Checked {
  sandbox: Sandbox
  reach: Reach
}

function sandboxWith(variants: VariantName[] = [], roles: string[] = ALL_ROLES): Checked {
  const clock = simulatedClock()
  const tokens: Record<string, Token> = {
    [SANDBOX_API_KEY]: { roles, pod: 'prod1' },
    [LIMITED_KEY]: { roles: [], pod: 'prod1' }
  }
  const on = Object.fromEntries(variants.map((name) => [name, true]))
  const sandbox = createSandbox({ now: () => new Date(clock.now()), tokens, variants: on })
  const fetch = (request: Request) => sandbox.fetch(request)
  return { sandbox, reach: { host: 'api.kustomerapp.com', apiKey: SANDBOX_API_KEY, clock, fetch } }
}

function holding({ findings }: Report): string[] {
  return findings.flatMap(({ variants }) => Object.entries(variants).flatMap(([name, holds]) => (holds ? name : [])))
}

it('tells that everything is as assumed where no variant is on, and what that means', async () => {
  const { sandbox, reach } = sandboxWith()
  const report = await check(reach, { limitedKey: LIMITED_KEY })
  expect(holding(report)).toEqual([])
  expect(report.findings.flatMap(({ variants }) => Object.keys(variants)).sort()).toEqual([...NAMES].sort())
  expect(isComplete(report)).toBe(true)
  expect(sandbox.customers()).toEqual([])
})

it.each([
  ...NAMES.map((name): [VariantName[]] => [[name]]),
  [['duplicateAnswers422', 'duplicateWordsVary', 'phonesComparedAsWritten', 'lookUpFindsShared']],
  [['jobsSlow', 'bulkKeepsCompany', 'bulkErrorsAsObjects', 'bulkResultsWithoutStatus', 'bulkRefusesWhole']],
  [['mergeUnfinished', 'mergePassesExternalId', 'mergedReadsAsDeleted', 'mergeLeavesTimeline', 'searchShowsRecord']],
  [['mergeUnfinished', 'mergeFreesExternalId', 'mergedReadsAsDeleted', 'updateMergesLists', 'revRefused']]
] as Array<[VariantName[]]>)('tells %j, and nothing else', async (variants) => {
  const { sandbox, reach } = sandboxWith(variants)
  const report = await check(reach, { limitedKey: LIMITED_KEY })
  expect(holding(report).sort()).toEqual([...variants].sort())
  expect(isComplete(report)).toBe(true)
  expect(report.leftBehind).toEqual([])
  expect(sandbox.customers()).toEqual([])
})
