import type { VariantName } from '../../sandbox'

const ALIKE = 'Nothing: all refusals of a write are looked into alike.'
const WHOLE_LIST = 'Nothing: an update names what is there and what is new.'
const COMPANY = 'Nothing: every update names the company.'
const UNLOCKED =
  'What somebody else changes between the read and the write of an update may be overwritten. Nobody can prevent that.'

/** What each reading means for this destination, in what it does and what it costs. */
export const MEANINGS: Record<VariantName, { off: string; on: string }> = {
  duplicateAnswers400: { off: ALIKE, on: ALIKE },
  duplicateAnswers422: { off: ALIKE, on: ALIKE },
  duplicateWordsVary: {
    off: 'Nothing: no decision rests on the words.',
    on: 'A refusal that reaches Segment says less. No decision rests on the words.'
  },
  missingRoleAnswers401: {
    off: 'The message names the role that the key lacks.',
    on: 'The message names the role that the key lacks, and the settings, which may be wrong too.'
  },
  phonesComparedAsWritten: {
    off: 'A customer is found by their phone however it is written.',
    on: 'A customer whose phone is held in another spelling is not found by it. An event that names them by nothing else creates another customer.'
  },
  lookUpFindsShared: {
    off: 'Nobody is found by what they only share.',
    on: 'Nothing: whoever only shares a contact counts as not found.'
  },
  updateMergesLists: { off: WHOLE_LIST, on: WHOLE_LIST },
  updateKeepsCompany: { off: COMPANY, on: COMPANY },
  bulkKeepsCompany: { off: COMPANY, on: COMPANY },
  unknownCompanyRefused: {
    off: 'Nothing: nobody is linked to a company that was not found.',
    on: 'Nothing: nobody is linked to a company that was not found.'
  },
  companyPutReplaces: {
    off: 'Nothing: an update of a company repeats what is there.',
    on: 'An update of a company repeats what is there, as far as Kustomer shows it.'
  },
  companyNamesUnique: {
    off: 'Two companies with external IDs of their own may have the same name.',
    on: 'A company whose name another one has cannot be created. Nobody can prevent that.'
  },
  companyContactsUnique: {
    off: 'A company is written with its domain, email and phone.',
    on: 'What another company holds is left out.'
  },
  companyFilterExact: {
    off: 'Nothing: names are compared again.',
    on: 'Nothing: names are compared again.'
  },
  companyListsBrief: {
    off: 'A company is found and read in one request.',
    on: 'A company that is found is read in one request more.'
  },
  deletedCompaniesRemain: {
    off: 'Nothing: a company that is deleted is gone.',
    on: 'An external ID that a deleted company keeps cannot be given to another. Nobody can prevent that.'
  },
  deletedCompaniesStayLinked: {
    off: 'Nothing: a deleted company is linked to nobody.',
    on: 'Nothing: a link to a deleted company counts as none.'
  },
  companyListsLag: {
    off: 'A company that another event has just created is found.',
    on: 'A company without an external ID may be created twice if two events name it at the same moment.'
  },
  customReplaced: {
    off: 'Nothing: an update repeats the custom attributes that are there.',
    on: 'An update repeats the custom attributes that are there. Those whose values Kustomer masks cannot be repeated, and are lost.'
  },
  deletedAttributesTaken: {
    off: 'A custom attribute that was deleted is left out after the first refusal.',
    on: 'A custom attribute that was deleted is written all the same.'
  },
  dropDownsOpen: {
    off: 'A value that a drop-down lacks is left out after the first refusal.',
    on: 'A value that a drop-down lacks is written all the same.'
  },
  revIgnored: {
    off: 'What somebody else changes between the read and the write of an update is kept.',
    on: UNLOCKED
  },
  revRefused: { off: 'Nothing.', on: `Each update is refused first and sent again without rev. ${UNLOCKED}` },
  jobsSlow: {
    off: 'A batch waits for its bulk jobs.',
    on: 'A batch waits 6 seconds for a bulk job, then upserts its events one by one.'
  },
  bulkErrorsAsObjects: {
    off: 'Nothing: an item that has an error has failed, whatever the error is.',
    on: 'Nothing: an item that has an error has failed, whatever the error is.'
  },
  bulkResultsWithoutStatus: {
    off: 'Nothing: the status tells what became of an item.',
    on: 'Nothing: the objectId or the error tells what became of an item.'
  },
  bulkRefusesWhole: {
    off: 'A bad record is upserted again by itself.',
    on: 'One bad record of a job makes all of its events go one by one.'
  },
  mergeUnfinished: {
    off: 'The event goes on at once.',
    on: 'Segment sends the event again later, when the merge is finished.'
  },
  mergePassesExternalId: {
    off: 'The customer who is left cannot be given the user ID of the one who was merged. Nobody can prevent that.',
    on: 'The customer who is left has the user ID at once.'
  },
  mergeFreesExternalId: {
    off: 'The customer who is left cannot be given the user ID of the one who was merged. Nobody can prevent that.',
    on: 'The customer who is left is given the user ID by the update that follows.'
  },
  mergedReadsAsDeleted: {
    off: 'Nothing: the customer who was merged is gone.',
    on: 'Nothing: a customer who is marked as deleted counts as gone.'
  },
  mergeLeavesTimeline: {
    off: 'What somebody did before they were identified stays on the timeline.',
    on: 'What somebody did under a user ID before they were merged into another customer is lost to agents.'
  },
  trackingIdStays: {
    off: 'If two people share a device, later anonymous events belong to whoever was identified last.',
    on: 'If two people share a device, its anonymous events belong to whoever was identified first.'
  },
  rateLimitHeadersAbsent: {
    off: 'A large batch stops early and leaves the rest of the rate limit to agents.',
    on: 'A large batch can’t tell what agents need, and goes on until Kustomer answers 429.'
  },
  mergeLeavesObjects: {
    off: 'Custom objects stay with the customer when two records of one customer are merged.',
    on: 'Custom objects of a customer record that is merged into another are lost to agents.'
  },
  objectDuplicatesTaken: {
    off: 'Two events that create the same custom object at once end as one.',
    on: 'Two events that create the same custom object at once may create it twice.'
  },
  objectPutReplaces: {
    off: 'An update names what has changed.',
    on: 'What an update leaves out is lost unless the update repeats it.'
  },
  objectsHideCustomer: {
    off: 'The message says if a custom object belongs to another customer.',
    on: 'No message can say that a custom object belongs to another customer.'
  },
  objectsHideData: {
    off: 'An update leaves out data that has not changed.',
    on: 'An update can’t tell whether data has changed.'
  },
  searchShowsRecord: {
    off: 'Nothing: no search is made.',
    on: 'Batches could find customers by search in fewer requests. They do not yet.'
  },
  metaTextsUnlimited: {
    off: 'Text of more than 1,024 characters goes on in the next property.',
    on: 'Nothing: longer text goes on in the next property all the same.'
  },
  metaKeysLoose: {
    off: 'A key that Kustomer would refuse gets a legal name.',
    on: 'Nothing: such a key gets another name all the same.'
  },
  customTxtUnlimited: {
    off: 'Of longer text, the first 1,024 characters are written.',
    on: 'Nothing: of longer text, the first 1,024 characters are written all the same.'
  }
}
