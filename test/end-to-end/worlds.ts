import fc from 'fast-check'
import { VARIANTS } from '../../src/sandbox'
import type { VariantName } from '../../src/sandbox'

/** What is true of Kustomer: the variants that are on. */
export type World = Partial<Record<VariantName, boolean>>

/** Where random choices start: the same ones in every run, so that a failure is the change's. Try others by hand. */
export const SEED = 20260302

const RANDOM_WORLDS = 6
const NAMES = Object.keys(VARIANTS) as VariantName[]

/** The variants that can change the outcome of the tests of a subject: `npm test` runs these, `npm run test:all` all. */
const DECISIVE: Record<string, VariantName[]> = {
  customers: [
    ...(['duplicateAnswers400', 'phonesComparedAsWritten', 'lookUpFindsShared', 'updateMergesLists'] as const),
    ...(['revIgnored', 'revRefused'] as const)
  ],
  merges: ['mergeUnfinished', 'mergePassesExternalId', 'mergedReadsAsDeleted', 'mergeLeavesTimeline', 'revRefused'],
  companies: [
    ...(['duplicateAnswers400', 'unknownCompanyRefused', 'companyPutReplaces', 'companyNamesUnique'] as const),
    ...(['companyContactsUnique', 'companyFilterExact', 'companyListsBrief', 'deletedCompaniesRemain'] as const),
    'revRefused'
  ],
  objects: [
    ...(['duplicateAnswers400', 'duplicateAnswers422', 'objectPutReplaces', 'objectsHideCustomer'] as const),
    ...(['customReplaced', 'revIgnored', 'revRefused', 'bulkResultsWithoutStatus', 'bulkRefusesWhole'] as const)
  ],
  attributes: ['deletedAttributesTaken', 'dropDownsOpen', 'customReplaced'],
  batches: [
    ...([
      'bulkKeepsCompany',
      'jobsSlow',
      'bulkErrorsAsObjects',
      'bulkResultsWithoutStatus',
      'bulkRefusesWhole'
    ] as const),
    ...(['revRefused', 'duplicateAnswers422'] as const)
  ],
  errors: ['missingRoleAnswers401'],
  tracking: ['metaTextsUnlimited', 'metaKeysLoose', 'missingRoleAnswers401'],
  contracts: ['metaKeysLoose', 'unknownCompanyRefused', 'bulkRefusesWhole']
}

/** Some variants at once, at random, and all that are not decisive: `npm run test:all`. */
const isWhole = process.env.TEST_ALL === 'yes'

/**
 * The worlds in which the tests of a subject have to hold: all variants off, and each one alone that could change their
 * outcome.
 *
 * @param excepted the variants under which nobody could promise it
 */
export function worldsFor(subject: keyof typeof DECISIVE, ...excepted: VariantName[]): Array<[string, World]> {
  const random = fc.sample(fc.subarray(NAMES, { minLength: 3, maxLength: 12 }), { seed: SEED, numRuns: RANDOM_WORLDS })
  const singles = isWhole ? NAMES : DECISIVE[subject] ?? []
  const combinations = [[], ...singles.map((name) => [name]), ...(isWhole ? random : [])]
  const named = combinations
    .map((names) => names.filter((name) => !excepted.includes(name)))
    .map((names): [string, World] => [
      names.length === 0 ? 'as Kustomer is taken to be' : `with ${names.join(', ')}`,
      Object.fromEntries(names.map((name) => [name, true]))
    ])
  return [...new Map(named)]
}
