import type { KustomerClient } from '../api/client'
import { tryAgain } from '../api/errors'
import type { StoredRecord } from '../api/records'
import type { LeftOut } from '../values/left-out'
import { sharedContacts, withShared } from './contacts'
import { differenceTo, withChanges } from './difference'
import type { Wanted } from './difference'
import { EXTERNAL_ID, givenUp, LAST_RESORTS } from './last-resorts'
import type { Subject, Upserted } from './subject'
import { learnFrom, withoutUndefined, withoutUndefinedOf } from './undefined-attributes'

/** How often a record that was changed between our read and our write is compared anew. */
const MAX_UPDATES = 3

/**
 * How an update is first sent: with the `rev` that was read, and with what does not differ. Kustomer may refuse either,
 * such as an attribute that it shows though the organization has deleted it. One that is to give the externalId is
 * repeated before it is given up, since the event would name nobody by it.
 */
const CAREFUL = { isLocked: true, mayRepeat: true, isRepeated: false }

/**
 * Updates a record where something differs, as often as somebody else changes it in between.
 *
 * @param held the keys of contacts that another record is known to hold
 * @throws RetryableError where others were faster each time, or the record is gone; the error of a refusal that stands
 */
export async function bringUpToDate(
  client: KustomerClient,
  subject: Subject,
  found: StoredRecord,
  held: string[] = []
): Promise<Upserted> {
  const { kind } = subject
  const purpose = { action: `update the ${kind}` }
  const contested = new Set(held)
  const lost: LeftOut[] = []
  const without: Partial<Wanted> = {}
  let record = found
  let attempt = CAREFUL
  let timesOvertaken = 0
  for (;;) {
    const wish = await subject.wishFor(record)
    const defined = withoutUndefined(client, kind, { ...wish.wanted, ...without })
    const wanted = withShared(defined.wanted, contested)
    const known = withoutUndefinedOf(client, kind, record)
    const { changes, isRepeating, ...difference } = differenceTo(kind, known, wanted, attempt.mayRepeat)
    const shared = sharedContacts(defined.wanted, contested)
    const leftOut = [...lost, ...wish.leftOut, ...defined.leftOut, ...shared, ...difference.leftOut]
    if (!changes) {
      return { outcome: 'unchanged', record, leftOut, pending: wish.pending }
    }
    const updated = await client.updateRecord(
      kind,
      record.id,
      attempt.isLocked ? changes : { ...changes, rev: undefined }
    )
    if (updated.outcome === 'updated') {
      return { outcome: 'updated', record: withChanges(record, changes), leftOut, pending: wish.pending }
    }
    if (updated.outcome === 'refused' && (await learnFrom(client, kind, changes.custom, updated.error))) {
      continue
    }
    const anew = updated.outcome === 'missing' ? undefined : await client.getRecord(kind, record.id)
    if (!anew || updated.outcome === 'missing') {
      throw tryAgain(purpose, 'the record was deleted or merged in the meantime')
    }
    if (anew.attributes.rev !== record.attributes.rev) {
      timesOvertaken += 1
      if (timesOvertaken === MAX_UPDATES) {
        throw tryAgain(purpose, `somebody else changed the record in the meantime, ${MAX_UPDATES} times in a row`)
      }
      if (!subject.isAbout(anew)) {
        return subject.create()
      }
      record = anew
      continue
    }
    const contest = await subject.settleContest(anew, changes)
    contest.contested.forEach((key) => contested.add(key))
    if (contest.contested.length > 0 || contest.target) {
      attempt = CAREFUL
    } else if (attempt.isLocked && changes.rev !== undefined) {
      attempt = { ...attempt, isLocked: false }
    } else if (isRepeating) {
      attempt = { ...attempt, mayRepeat: false }
    } else if (changes.externalId !== undefined && !attempt.isRepeated) {
      attempt = { ...attempt, isRepeated: true }
    } else {
      const made = changes.externalId === undefined ? undefined : await subject.findMadeMeanwhile()
      if (made) {
        return bringUpToDate(client, subject, made)
      }
      const differs = (name: keyof Wanted) => (name === 'link' ? changes.company !== anew.companyId : name in changes)
      const resort = [EXTERNAL_ID, ...LAST_RESORTS[kind]]
        .map((each) => givenUp(each, differs))
        .find(({ told }) => told.length > 0)
      if (!resort) {
        throw updated.error
      }
      Object.assign(without, resort.without)
      lost.push(...resort.told)
      attempt = CAREFUL
    }
    record = contest.target ?? anew
  }
}
