import { VARIANTS } from '../../sandbox'
import type { VariantName } from '../../sandbox'
import { Api, CouldNotTell, LackingRole, saying } from './api'
import type { Reach } from './api'
import { Lab } from './lab'
import { MEANINGS } from './meanings'
import type { Question } from './question'
import { attributeQuestions } from './questions/attributes'
import { bulkQuestions } from './questions/bulk'
import { companyQuestions } from './questions/companies'
import { customObjectQuestions } from './questions/custom-objects'
import { doubleQuestions } from './questions/doubles'
import { lookUpQuestions } from './questions/look-ups'
import { mergeQuestions } from './questions/merges'
import { roleQuestions } from './questions/roles'
import { searchQuestions } from './questions/search'
import { trackingQuestions } from './questions/tracking'
import { updateQuestions } from './questions/updates'

/** What was found out of one assumption. */
export interface Finding {
  assumption: string
  /** Each variant of it and whether it holds; null where that could not be told. */
  variants: Partial<Record<VariantName, boolean | null>>
  /** What was seen, or `Could not tell: …` with the reason. */
  saw: string
  /** What that means for this destination; null where it could not be told. */
  means: string | null
}

export interface Report {
  findings: Finding[]
  /** What the check made and could not erase, in words. */
  leftBehind: string[]
  isInterrupted: boolean
}

interface Options {
  /** A second key that lacks a role, for what is seen with such a one alone. */
  limitedKey?: string
  signal?: AbortSignal
  /** Is told each assumption before it is tried. */
  onQuestion?: (assumption: string, number: number, total: number) => void
}

/**
 * Finds out by trying which variants hold. Makes customers, companies, and custom objects of its own, and erases them whatever happens.
 *
 * @throws CouldNotTell, having written nothing, where the key does not work or may not erase customers
 */
export async function check(reach: Reach, { limitedKey, signal, onQuestion }: Options = {}): Promise<Report> {
  const api = new Api(reach, signal)
  await refuseUnfit(api)
  const lab = new Lab(api)
  const findings: Finding[] = []
  let leftBehind: string[]
  try {
    const limited = limitedKey === undefined ? undefined : new Api({ ...reach, apiKey: limitedKey }, signal)
    const asked = questions(lab, limited)
    for (const [index, question] of asked.entries()) {
      onQuestion?.(VARIANTS[question.variants[0]].assumption, index + 1, asked.length)
      findings.push(await findingOf(question))
    }
  } finally {
    leftBehind = await lab.ledger.erase(new Api(reach))
  }
  return { findings, leftBehind, isInterrupted: signal?.aborted ?? false }
}

/** Whether everything could be told, and nothing is left. */
export function isComplete({ findings, leftBehind, isInterrupted }: Report): boolean {
  return !isInterrupted && leftBehind.length === 0 && findings.every(({ means }) => means !== null)
}

/** The roles come last: what the key lacks is seen on the way. */
function questions(lab: Lab, limited: Api | undefined): Question[] {
  return [
    ...doubleQuestions(lab),
    ...lookUpQuestions(lab),
    ...updateQuestions(lab),
    ...bulkQuestions(lab),
    ...mergeQuestions(lab),
    ...searchQuestions(lab),
    ...trackingQuestions(lab),
    ...companyQuestions(lab),
    ...attributeQuestions(lab),
    ...customObjectQuestions(lab),
    ...roleQuestions(lab, limited)
  ]
}

async function refuseUnfit(api: Api): Promise<void> {
  try {
    await api.ask('GET', 'auth/tokens/current')
  } catch (error) {
    throw error instanceof LackingRole
      ? new CouldNotTell(`the key does not work here (${saying(error.answer)})`)
      : error
  }
  // Nobody has this id.
  await api.ask('DELETE', `customers/${'0'.repeat(24)}`)
}

async function findingOf(question: Question): Promise<Finding> {
  const { variants } = question
  const [first] = variants
  const { assumption } = VARIANTS[first]
  const found = (isOn: (name: VariantName) => boolean | null) =>
    Object.fromEntries(variants.map((name) => [name, isOn(name)]))
  try {
    const { saw, holds } = await question.ask()
    const means = holds ? MEANINGS[holds].on : MEANINGS[first].off
    return { assumption, variants: found((name) => name === holds), saw, means }
  } catch (error) {
    if (!(error instanceof CouldNotTell)) {
      throw error
    }
    return { assumption, variants: found(() => null), saw: `Could not tell: ${error.message}`, means: null }
  }
}
