import { labelOf } from '../api/client'
import { tryAgain } from '../api/errors'
import type { Changes } from '../api/records'
import type { LeftOut } from '../values/left-out'
import { learnAttributes } from './attributes'
import { diffRecord } from './diff'
import { kindOf, LISTS } from './kinds'
import type { ListName } from './kinds'
import type { Attempt, Failure, Write } from './write'

/** An attempt that was refused. */
export interface Refusal extends Failure {
  sent: Changes
  wanted: Attempt['wanted']
  /** How often this remedy has helped before. */
  uses: number
}

/** Changes what a write sends next, and returns whether it did. */
type Remedy = (write: Write, refusal: Refusal) => Promise<boolean> | boolean

/** How often an update meets what somebody else has changed in the meantime before Segment retries the event. */
const MAX_OVERTAKEN = 3

const REJECTED = 'ignored: Kustomer rejected the write that included it'

/**
 * What to try after a refusal (400, 409, 422), in order. The first remedy that changes what is sent leads to another
 * attempt. Each is used once, or as often as it says. What a trial leaves out is sent again by the remedies after it. One
 * that did not help is not asked again for the same record and the same words, unless it says so.
 */
const REMEDIES: Array<{ remedy: Remedy; most?: number; isTrial?: boolean; isRepeated?: boolean }> = [
  { remedy: fitCustomAttributes, most: 5, isRepeated: true },
  // Before each `unlock`: an agent may have changed the record since the last attempt.
  { remedy: compareAnew, most: MAX_OVERTAKEN, isRepeated: true },
  { remedy: resolveConflict, most: 3 },
  // Once for each record: a conflict can lead to another one, which is locked again.
  { remedy: unlock, most: 3 },
  { remedy: leaveOutMissingCompany },
  { remedy: updateWithoutExternalId, isTrial: true },
  { remedy: shareContact, isTrial: true },
  { remedy: keepIdentifiersAndName, isTrial: true },
  { remedy: leaveOutName },
  { remedy: createWithoutExternalId }
]

/**
 * Returns a function that applies the first remedy that helps.
 *
 * @throws (that function) the refusal if none does
 */
export function remediesFor(write: Write): (attempt: Attempt, failure: Failure) => Promise<void> {
  const uses = new Map<Remedy, number>()
  const unhelpful = new Map<Remedy, string>()
  let undoTrial = (): unknown => undefined
  return async ({ changes = {}, wanted }, failure) => {
    undoTrial()
    for (const { remedy, most = 1, isTrial, isRepeated } of REMEDIES) {
      const used = uses.get(remedy) ?? 0
      if (used === most || unhelpful.get(remedy) === failure.error.message) {
        continue
      }
      const before = {
        ...write,
        dropped: new Set(write.dropped),
        taken: new Map(write.taken),
        givenUp: [...write.givenUp]
      }
      if (await remedy(write, { ...failure, sent: changes, wanted, uses: used })) {
        uses.set(remedy, used + 1)
        undoTrial = () => isTrial && Object.assign(write, before)
        if (write.record !== before.record) {
          unhelpful.clear()
        }
        return
      }
      if (!isRepeated) {
        unhelpful.set(remedy, failure.error.message)
      }
    }
    throw failure.error
  }
}

function fitCustomAttributes({ client, subject }: Write, { sent, error }: Refusal): Promise<boolean> {
  return learnAttributes(client, subject.kind, sent.custom ?? {}, error)
}

/**
 * A record that somebody else has made another one, such as by an external ID, is created.
 *
 * @throws RetryableError (423) if the record is gone, or was changed each time
 */
async function compareAnew(write: Write, { sent, outcome, uses }: Refusal): Promise<boolean> {
  const { client, subject, record } = write
  if (!record || (sent.rev === undefined && outcome !== 'missing')) {
    return false
  }
  const purpose = { action: `update the ${labelOf(subject.kind)}` }
  const current = outcome === 'missing' ? undefined : await client.getRecord(subject.kind, record.id)
  if (!current) {
    throw tryAgain(purpose, 'the record was deleted or merged in the meantime')
  }
  if (current.attributes.rev === record.attributes.rev) {
    return false
  }
  if (uses + 1 === MAX_OVERTAKEN) {
    throw tryAgain(purpose, 'somebody else changed the record in the meantime')
  }
  write.record = subject.isSame(current) ? current : undefined
  return true
}

async function resolveConflict(write: Write, { sent }: Refusal): Promise<boolean> {
  const { record, isMerged = false, taken = [] } = (await write.subject.findConflict(write.record, sent)) ?? {}
  if (record) {
    write.record = record
    write.isLocked = true
    write.isMerged ||= isMerged
  }
  const news = [...taken].filter(([key]) => !write.taken.has(key))
  news.forEach(([key, reason]) => write.taken.set(key, reason))
  return record !== undefined || news.length > 0
}

/** Kustomer may refuse every update of a customer whose company was deleted. */
async function leaveOutMissingCompany(write: Write, { sent: { company } }: Refusal): Promise<boolean> {
  const { client, subject } = write
  if (subject.kind !== 'customer' || typeof company !== 'string' || (await client.getRecord('company', company))) {
    return false
  }
  if (write.record?.companyId === company) {
    write.record = { ...write.record, companyId: undefined }
  }
  return drop(write, 'link', { field: 'company', reason: 'not linked: the company was deleted in Kustomer' })
}

function unlock(write: Write, { sent }: Refusal): boolean {
  write.isLocked = false
  return sent.rev !== undefined
}

/** Kustomer may compare phones in a way in which no look-up finds who has them. */
function shareContact({ subject: { shareable }, taken }: Write): boolean {
  const isNew = shareable !== undefined && !taken.has(shareable)
  if (isNew) {
    taken.set(shareable, "shared: Kustomer rejected it as the customer's own")
  }
  return isNew
}

function updateWithoutExternalId(write: Write, refusal: Refusal): boolean {
  return write.record !== undefined && leaveOutExternalId(write, refusal)
}

/** Comes last: whoever else gives the same contacts would be taken for this customer. */
function createWithoutExternalId(write: Write, refusal: Refusal): boolean {
  return write.record === undefined && leaveOutExternalId(write, refusal)
}

/** A record that was deleted or merged may keep its external ID. */
function leaveOutExternalId(write: Write, { sent: { externalId } }: Refusal): boolean {
  const isNew = typeof externalId === 'string' && externalId !== write.record?.attributes.externalId
  return (
    isNew &&
    write.subject.hasOtherIdentifier(write.taken) &&
    drop(write, 'externalId', { field: 'externalId', reason: 'ignored: a record that is gone may still have this ID' })
  )
}

function keepIdentifiersAndName(write: Write, refusal: Refusal): boolean {
  return keepOnly(write, refusal, [...kindOf(write.subject.kind).identifiers, 'name', 'nameIfNone'])
}

/** Another company may have the name. */
function leaveOutName(write: Write, refusal: Refusal): boolean {
  const { record, subject } = write
  return (
    record !== undefined && subject.kind === 'company' && keepOnly(write, refusal, kindOf(subject.kind).identifiers)
  )
}

/** Drops all that differs but these attributes. */
function keepOnly(write: Write, { wanted }: Refusal, kept: string[]): boolean {
  const { record, subject } = write
  const differing = Object.entries(wanted)
    .filter(([name, value]) => value !== undefined && !kept.includes(name))
    .filter(
      ([name, value]: [string, unknown]) => !record || diffRecord(subject.kind, record, { [name]: value }).changes
    )
  differing.forEach(([name]) => drop(write, name, { field: fieldOf(name), reason: REJECTED }))
  return differing.length > 0
}

function drop(write: Write, name: string, told: LeftOut): true {
  write.dropped.add(name)
  write.givenUp.push(told)
  return true
}

const FIELDS: Record<string, string> = {
  custom: 'customAttributes',
  link: 'company',
  employeeCount: 'employees',
  nameIfNone: 'name'
}

/** Returns the key of the payload's field that an attribute comes from. */
function fieldOf(name: string): string {
  return FIELDS[name] ?? (name in LISTS ? LISTS[name as ListName].field : name)
}
