/*
 * Behaviors of Kustomer that only Kustomer knows for sure. Each can be simulated either way: off is the sandbox's
 * default. An integration should work with both.
 */

/** A behavior of Kustomer that the sandbox can simulate. */
export interface Variant {
  /** What the behavior is about, in a few words. */
  assumption: string
  /** What Kustomer does if the behavior is off. */
  off: string
  /** What Kustomer does if the behavior is on. */
  on: string
}

const DESCRIBED = {
  duplicateAnswers400: {
    assumption: 'Status of a rejected duplicate',
    off: 'A duplicate external ID, email or phone is rejected with 409.',
    on: 'A duplicate external ID, email or phone is rejected with 400.'
  },
  duplicateAnswers422: {
    assumption: 'Status of a rejected duplicate',
    off: 'A duplicate external ID, email or phone is rejected with 409.',
    on: 'A duplicate external ID, email or phone is rejected with 422, even if duplicateAnswers400 is on.'
  },
  duplicateWordsVary: {
    assumption: 'Error message for a duplicate',
    off: 'The error for a duplicate names the identifier and says that it is already in use.',
    on: 'The error for a duplicate only says "Invalid request".'
  },
  missingRoleAnswers401: {
    assumption: 'Status if the API key lacks a role',
    off: 'If the API key lacks a role, the request is rejected with 403.',
    on: 'If the API key lacks a role, the request is rejected with 401.'
  },
  phonesComparedAsWritten: {
    assumption: 'How phones are compared',
    off: 'Two phones match if their digits are the same.',
    on: 'Two phones match only if they are written the same way. This applies to look-ups too.'
  },
  lookUpFindsShared: {
    assumption: 'Whether a look-up finds shared emails and phones',
    off: 'A look-up by email or phone only finds the customer who owns it.',
    on: 'If no customer owns the email or phone, a look-up finds a customer who shares it.'
  },
  updateMergesLists: {
    assumption: 'How an update changes a list',
    off: 'An update replaces a list.',
    on: 'An update adds its items to the list.'
  },
  updateKeepsCompany: {
    assumption: 'Whether an update without a company unlinks it',
    off: 'If an update of one customer doesn’t set the company, the customer is unlinked.',
    on: 'If an update of one customer doesn’t set the company, the link stays.'
  },
  bulkKeepsCompany: {
    assumption: 'Whether a bulk update without a company unlinks it',
    off: 'If a bulk update doesn’t set the company, the customer is unlinked.',
    on: 'If a bulk update doesn’t set the company, the link stays.'
  },
  unknownCompanyRefused: {
    assumption: 'Whether a linked company must exist',
    off: 'A customer can be linked to a company ID that doesn’t exist.',
    on: 'Linking a customer to a company that doesn’t exist is rejected with 400.'
  },
  companyPutReplaces: {
    assumption: 'Whether a company update clears what it doesn’t set',
    off: 'An update of a company keeps the attributes that it doesn’t set.',
    on: 'An update of a company clears the attributes that it doesn’t set, except the name.'
  },
  companyNamesUnique: {
    assumption: 'Whether company names are unique',
    off: 'Two companies can have the same name.',
    on: 'A duplicate company name is rejected.'
  },
  companyContactsUnique: {
    assumption: 'Whether company domains, emails and phones are unique',
    off: 'Two companies can have the same domain, email or phone.',
    on: 'A duplicate domain, email or phone of a company is rejected.'
  },
  companyFilterExact: {
    assumption: 'Which companies a look-up by name finds',
    off: 'A look-up by name finds all companies whose name contains the text, in any case.',
    on: 'A look-up by name only finds companies with exactly that name.'
  },
  companyListsBrief: {
    assumption: 'Which attributes a list of companies shows',
    off: 'A list of companies shows the whole records.',
    on: 'A list of companies only shows the attributes of the published example: name, extenalId (spelled this way), tags and times.'
  },
  deletedCompaniesRemain: {
    assumption: 'Whether a deleted company is still found',
    off: 'A deleted company isn’t found, its customers are unlinked, and its external ID can be used again.',
    on: 'A deleted company is found with deleted: true, stays linked, and keeps its external ID.'
  },
  deletedCompaniesStayLinked: {
    assumption: 'Whether customers stay linked to a deleted company',
    off: 'A customer whose company was deleted is no longer linked.',
    on: 'A customer whose company was deleted is still linked.'
  },
  companyListsLag: {
    assumption: 'Whether a list of companies lags behind writes',
    off: 'A list of companies shows a write immediately.',
    on: 'A list of companies shows a write after 2 seconds.'
  },
  customReplaced: {
    assumption: 'Whether an update clears custom attributes that it doesn’t set',
    off: 'An update keeps the custom attributes that it doesn’t set.',
    on: 'An update that sets any custom attribute clears all others.'
  },
  deletedAttributesTaken: {
    assumption: 'Whether a deleted custom attribute can be written',
    off: 'Writing a deleted custom attribute is rejected with 400.',
    on: 'Writing a deleted custom attribute is accepted.'
  },
  dropDownsOpen: {
    assumption: 'Whether a drop-down accepts other values',
    off: 'A value that isn’t in the drop-down is rejected with 400.',
    on: 'A value that isn’t in the drop-down is accepted.'
  },
  revIgnored: {
    assumption: 'How the rev of a write is used',
    off: 'A write with an outdated rev is rejected with 409.',
    on: 'The rev of a write is ignored.'
  },
  revRefused: {
    assumption: 'How the rev of a write is used',
    off: 'A write with an outdated rev is rejected with 409.',
    on: 'A write with a rev is rejected with 400 as an unknown attribute, even if revIgnored is on.'
  },
  jobsSlow: {
    assumption: 'How long a bulk job takes',
    off: 'A bulk job is complete the first time you ask.',
    on: 'A bulk job completes after 20 seconds.'
  },
  bulkErrorsAsObjects: {
    assumption: 'Format of an error in a bulk result',
    off: 'The error in a bulk result is text.',
    on: 'The error in a bulk result is an object with status, code and title.'
  },
  bulkResultsWithoutStatus: {
    assumption: 'Whether a bulk result has a status',
    off: 'A bulk result has the status created, updated or error.',
    on: 'A bulk result has no status, only an objectId or an error.'
  },
  bulkRefusesWhole: {
    assumption: 'Whether one invalid record fails the whole bulk request',
    off: 'An invalid record fails on its own, and the others are written.',
    on: 'If any record is invalid, the bulk request is rejected with 400 and nothing is written.'
  },
  mergeUnfinished: {
    assumption: 'Whether a merge is done when it is answered',
    off: 'A merge is done when it is answered.',
    on: 'A merge is answered as pending and done 2 seconds later. Until then, neither customer changes.'
  },
  mergePassesExternalId: {
    assumption: 'What happens to an external ID that only the source of a merge has',
    off: 'The external ID stays with the source, and can’t be used again.',
    on: 'The target gets the external ID, even if mergeFreesExternalId is on.'
  },
  mergeFreesExternalId: {
    assumption: 'What happens to an external ID that only the source of a merge has',
    off: 'The external ID stays with the source, and can’t be used again.',
    on: 'The external ID can be used for another customer.'
  },
  mergedReadsAsDeleted: {
    assumption: 'Whether a merged customer is still found',
    off: 'A customer who was merged into another isn’t found (404).',
    on: 'A customer who was merged into another is found with deleted: true, by ID and by the external ID they keep.'
  },
  mergeLeavesTimeline: {
    assumption: 'Whether a merge moves the timeline',
    off: 'A merge moves the source’s events to the target.',
    on: 'The source’s events stay with the source, and agents can’t see them.'
  },
  trackingIdStays: {
    assumption: 'Whether a tracking ID moves to another customer',
    off: 'A tracking ID moves to the customer who was identified last. Later anonymous events are theirs.',
    on: 'A tracking ID stays with the customer who was identified first.'
  },
  rateLimitHeadersAbsent: {
    assumption: 'Whether responses have rate limit headers',
    off: 'Every response shows the rate limit and what is left of it.',
    on: 'No response shows the rate limit.'
  },
  mergeLeavesObjects: {
    assumption: 'Whether a merge moves custom objects',
    off: 'A merge moves the source’s custom objects to the target.',
    on: 'The source’s custom objects stay with the source, and agents can’t see them.'
  },
  objectDuplicatesTaken: {
    assumption: 'Whether external IDs of custom objects are unique',
    off: 'A duplicate external ID of a custom object is rejected.',
    on: 'Two custom objects of a Klass can have the same external ID. A look-up finds the first.'
  },
  objectPutReplaces: {
    assumption: 'Whether an update of a custom object clears what it doesn’t set',
    off: 'An update of a custom object keeps the attributes that it doesn’t set.',
    on: 'An update of a custom object clears the attributes that it doesn’t set, except the title.'
  },
  objectsHideCustomer: {
    assumption: 'Whether a custom object shows its customer',
    off: 'A custom object always shows its customer.',
    on: 'A custom object only shows its customer under the customer’s path, as in the published examples.'
  },
  objectsHideData: {
    assumption: 'Whether a custom object shows its data',
    off: 'A custom object shows its data.',
    on: 'A custom object never shows its data, as in the published examples.'
  },
  searchShowsRecord: {
    assumption: 'Which attributes a search result shows',
    off: 'A search result shows the seven attributes of the published example, and only the organization as a relationship.',
    on: 'A search result shows the whole record.'
  },
  metaTextsUnlimited: {
    assumption: 'How long text in an event’s meta can be',
    off: 'Text in an event’s meta must have at most 1,024 characters.',
    on: 'Text in an event’s meta can have any length.'
  },
  metaKeysLoose: {
    assumption: 'Whether a text key in an event’s meta can contain Num or At',
    off: 'A text key in an event’s meta must not contain Num or At.',
    on: 'A text key in an event’s meta can contain Num or At, even at its end.'
  },
  customTxtUnlimited: {
    assumption: 'How long a custom attribute of the type Txt can be',
    off: 'A custom attribute of the type Txt must have at most 1,024 characters.',
    on: 'A custom attribute of the type Txt can have any length.'
  }
}

export type VariantName = keyof typeof DESCRIBED

export const VARIANTS: Record<VariantName, Variant> = DESCRIBED

export const VARIANT_NAMES = Object.keys(VARIANTS) as VariantName[]

/** Which behaviors are on. */
export type Variants = Record<VariantName, boolean>

/** Returns all behaviors: those that are named and true are on, all others off. */
export function variantsOf(on: Partial<Variants>): Variants {
  return Object.fromEntries(VARIANT_NAMES.map((name) => [name, on[name] ?? false])) as Variants
}
