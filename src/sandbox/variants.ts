/*
 * What nobody outside Kustomer knows for sure. Each variant is one such question: off is the reading that the sandbox
 * takes by itself, on is the other one. An integration ought to be right under both.
 */

/** One question that only the real Kustomer can answer. */
export interface Variant {
  /** What is assumed about, in a few words. */
  assumption: string
  /** What Kustomer does while the variant is off. */
  off: string
  /** What it does while the variant is on. */
  on: string
}

const SENTENCES = {
  duplicateAnswers400: {
    assumption: 'The status of a refused double',
    off: 'A write that would double an external ID, email or phone answers 409.',
    on: 'A write that would double an external ID, email or phone answers 400.'
  },
  duplicateAnswers422: {
    assumption: 'The status of a refused double',
    off: 'A write that would double an external ID, email or phone answers 409.',
    on: 'A write that would double an external ID, email or phone answers 422, whatever duplicateAnswers400 says.'
  },
  duplicateWordsVary: {
    assumption: 'The words of a refused double',
    off: 'The refusal of a double names the identifier and says that it is in use.',
    on: 'The refusal of a double says "Invalid request" and nothing more.'
  },
  missingRoleAnswers401: {
    assumption: 'The status where the key lacks a role',
    off: 'A request whose key lacks the role answers 403.',
    on: 'A request whose key lacks the role answers 401.'
  },
  phonesComparedAsWritten: {
    assumption: 'How phones are compared',
    off: 'Two phones are the same where their digits are.',
    on: 'Two phones are the same only where they are written alike, in look-ups too.'
  },
  lookUpFindsShared: {
    assumption: 'Whom a look-up by email or phone finds',
    off: 'A look-up by email or phone finds only the customer who holds it as their own.',
    on: 'A look-up by email or phone also finds one who merely shares it, where nobody holds it as their own.'
  },
  updateMergesLists: {
    assumption: 'What an update does with a list',
    off: 'An update replaces a list by the list that it names.',
    on: 'An update adds the items of the list that it names to those that are there.'
  },
  updateKeepsCompany: {
    assumption: 'What an update of one customer does with a company that it leaves out',
    off: 'An update of one customer that leaves the company out unlinks the customer from it.',
    on: 'An update of one customer that leaves the company out keeps the link.'
  },
  bulkKeepsCompany: {
    assumption: 'What a bulk update does with a company that it leaves out',
    off: 'A bulk update that leaves the company out unlinks the customer from it.',
    on: 'A bulk update that leaves the company out keeps the link.'
  },
  unknownCompanyRefused: {
    assumption: 'Whether the company that a customer is linked to has to be there',
    off: 'A customer may be linked to a company by any ID.',
    on: 'A write that links a customer to a company that is not there answers 400.'
  },
  companyPutReplaces: {
    assumption: 'What an update of a company does with what it leaves out',
    off: 'An update of a company leaves alone what it does not name.',
    on: 'An update of a company forgets all that it does not name, but for the name.'
  },
  companyNamesUnique: {
    assumption: 'Whether two companies may have the same name',
    off: 'Two companies may have the same name.',
    on: 'A write that would give a company the name of another is refused as a double is.'
  },
  companyContactsUnique: {
    assumption: 'Whether two companies may share a domain, an email or a phone',
    off: 'Two companies may have a domain, an email or a phone in common.',
    on: 'A write that would give a company a domain, an email or a phone of another is refused as a double is.'
  },
  companyFilterExact: {
    assumption: 'Which companies a look-up by name finds',
    off: 'A look-up of companies by name finds all whose names contain the text, whatever its case.',
    on: 'A look-up of companies by name finds only those whose whole name is spelled alike.'
  },
  companyListsBrief: {
    assumption: 'What a list of companies shows',
    off: 'A list of companies shows the whole records.',
    on: 'A list of companies shows the attributes of the published example: name, extenalId (spelled so), tags and times.'
  },
  deletedCompaniesRemain: {
    assumption: 'What a read of a deleted company answers',
    off: 'A deleted company is not found, its customers show no link to it, and its external ID is free.',
    on: 'A deleted company is found with deleted: true, stays linked, and keeps its external ID.'
  },
  deletedCompaniesStayLinked: {
    assumption: 'Whether customers show a link to a company that was deleted',
    off: 'A customer whose company was deleted shows no link.',
    on: 'A customer whose company was deleted still shows the link.'
  },
  companyListsLag: {
    assumption: 'Whether a list of companies shows what was written a moment ago',
    off: 'A list of companies shows each write at once.',
    on: 'A list of companies shows a write 2 seconds later.'
  },
  customReplaced: {
    assumption: 'What an update does with custom attributes that it leaves out',
    off: 'An update changes the custom attributes that it names and leaves the others.',
    on: 'An update that names any custom attribute replaces them all.'
  },
  deletedAttributesTaken: {
    assumption: 'What a write of a custom attribute does that the organization has deleted',
    off: 'A write of a custom attribute that the organization has deleted answers 400.',
    on: 'A write of a custom attribute that the organization has deleted is taken.'
  },
  dropDownsOpen: {
    assumption: 'What a write of a drop-down does whose value is none of its own',
    off: 'A write of a drop-down whose value is none of its own answers 400.',
    on: 'A write of a drop-down whose value is none of its own is taken.'
  },
  revIgnored: {
    assumption: 'What the rev of a write does',
    off: 'A write whose rev is not the current one answers 409.',
    on: 'The rev of a write is taken and ignored.'
  },
  revRefused: {
    assumption: 'What the rev of a write does',
    off: 'A write whose rev is not the current one answers 409.',
    on: 'A write with a rev answers 400, as with any unknown attribute, whatever revIgnored says.'
  },
  jobsSlow: {
    assumption: 'How long a bulk job takes',
    off: 'A bulk job is complete when it is first asked for.',
    on: 'A bulk job runs 20 seconds after it was queued.'
  },
  bulkErrorsAsObjects: {
    assumption: 'How the error of a bulk result reads',
    off: 'The error of a bulk result is text.',
    on: 'The error of a bulk result is an object with status, code and title.'
  },
  bulkResultsWithoutStatus: {
    assumption: 'Whether a bulk result has a status',
    off: 'A bulk result says created, updated or error.',
    on: 'A bulk result has no status, only an objectId or an error.'
  },
  bulkRefusesWhole: {
    assumption: 'What a bulk body does that breaks the schema in one record',
    off: 'A record that breaks the schema fails by itself, the others are written.',
    on: 'A bulk body in which any record breaks the schema is refused with 400, and nothing is written.'
  },
  mergeUnfinished: {
    assumption: 'Whether a merge is finished when it is answered',
    off: 'A merge is done when it is answered.',
    on: 'A merge is answered as pending and done 2 seconds later; until then both customers are as they were.'
  },
  mergePassesExternalId: {
    assumption: 'What becomes of an external ID that only the source of a merge has',
    off: 'The external ID stays taken by the source, which is gone.',
    on: 'The external ID passes to the target, whatever mergeFreesExternalId says.'
  },
  mergeFreesExternalId: {
    assumption: 'What becomes of an external ID that only the source of a merge has',
    off: 'The external ID stays taken by the source, which is gone.',
    on: 'The external ID is free for another customer.'
  },
  mergedReadsAsDeleted: {
    assumption: 'What a read of a customer answers who was merged into another',
    off: 'A customer who was merged into another is not found, 404.',
    on: 'A customer who was merged into another is answered with deleted: true, by ID and by the external ID they keep.'
  },
  mergeLeavesTimeline: {
    assumption: 'Whether the timeline moves with a merge',
    off: 'The events of the source move to the target.',
    on: 'The events of the source stay with it, where no agent sees them.'
  },
  trackingIdStays: {
    assumption: 'What an identity does whose tracking ID was somebody else’s',
    off: 'The tracking ID moves to the customer of the identity: later anonymous events are theirs.',
    on: 'The tracking ID stays with the customer who had it first.'
  },
  rateLimitHeadersAbsent: {
    assumption: 'Whether answers tell what is left of the rate limit',
    off: 'Every answer tells the rate limit and what is left of it.',
    on: 'No answer tells the rate limit.'
  },
  mergeLeavesObjects: {
    assumption: 'Whether custom objects move with a merge',
    off: 'The custom objects of the source move to the target.',
    on: 'The custom objects of the source stay with it, where no agent sees them.'
  },
  objectDuplicatesTaken: {
    assumption: 'Whether two custom objects of a Klass may have the same external ID',
    off: 'A write that would double the external ID of a custom object is refused as a double is.',
    on: 'Two custom objects of a Klass may have the same external ID, and a look-up finds the first.'
  },
  objectPutReplaces: {
    assumption: 'What an update of a custom object does with what it leaves out',
    off: 'An update of a custom object leaves alone what it does not name.',
    on: 'An update of a custom object forgets all that it does not name, but for the title.'
  },
  objectsHideCustomer: {
    assumption: 'Whether a custom object shows its customer',
    off: 'A custom object shows its customer, wherever it is read.',
    on: 'A custom object shows its customer only below the path of the customer, as in the published examples.'
  },
  objectsHideData: {
    assumption: 'Whether a custom object shows its data',
    off: 'A custom object shows its data.',
    on: 'No answer shows the data of a custom object, as in the published examples.'
  },
  searchShowsRecord: {
    assumption: 'What a search result shows',
    off: 'A search result shows the seven attributes of the published example and no relationship but the organization.',
    on: 'A search result shows the whole record.'
  },
  metaTextsUnlimited: {
    assumption: 'How long text in the meta of an event may be',
    off: 'Text in the meta of an event has at most 1,024 characters.',
    on: 'Text in the meta of an event may be of any length.'
  },
  metaKeysLoose: {
    assumption: 'Whether a key of text in meta may contain Num or At',
    off: 'A key of text in the meta of an event contains neither Num nor At.',
    on: 'A key of text in the meta of an event may contain Num and At, at its end too.'
  },
  customTxtUnlimited: {
    assumption: 'How long a custom attribute of the type Txt may be',
    off: 'A custom attribute of the type Txt has at most 1,024 characters.',
    on: 'A custom attribute of the type Txt may be of any length.'
  }
}

export type VariantName = keyof typeof SENTENCES

export const VARIANTS: Record<VariantName, Variant> = SENTENCES

export const VARIANT_NAMES = Object.keys(VARIANTS) as VariantName[]

/** Which variants are on. */
export type Variants = Record<VariantName, boolean>

/** Those named and true are on, all others off. */
export function variantsOf(on: Partial<Variants>): Variants {
  return Object.fromEntries(VARIANT_NAMES.map((name) => [name, on[name] ?? false])) as Variants
}
