import type { KustomerClient } from '../api/client'
import { tryAgain } from '../api/errors'
import type { RecordKind, StoredRecord } from '../api/records'
import type { Plan } from '../upsert/batch'
import type { Wanted } from '../upsert/diff'
import type { Subject, Upserted } from '../upsert/subject'
import { upsertRecord } from '../upsert/upsert'
import { wantedAfter } from './merge'
import { ownerOf } from './owner'
import type { Owner, OwnerReference } from './owner'

/** Which custom object some events are about, and what they say of it, in order. */
export interface ObjectUpdate {
  kind: RecordKind
  externalId: string
  events: Wanted[]
  /** The custom attribute with the time of the newest event. */
  updatedAtAttribute?: string
  owner: OwnerReference
  /** What is written on creation alone; an event's own title wins. */
  ifNew: Pick<Wanted, 'title' | 'tags' | 'createdAt' | 'importedAt'>
}

const ELSEWHERE = { field: 'externalId', reason: 'not moved: the object belongs to another customer or company' }

/**
 * Creates the custom object that an event is about, or updates it if something differs.
 *
 * Requests: unchanged 1, changed 2, new 3, with a new customer 4.
 * @throws PayloadValidationError if the Klass is not defined, or if a new object has no owner; RetryableError if others
 *   were faster each time; the error of a refusal that stands
 */
export async function upsertObject(client: KustomerClient, update: ObjectUpdate): Promise<Upserted> {
  return upsertRecord(client, objectSubject(client, update), await findObject(client, update))
}

/** Returns how custom objects are upserted in batches. */
export function objectPlan<Event extends ObjectUpdate>(client: KustomerClient): Omit<Plan<Event>, 'fold'> {
  return {
    keysOf: ({ kind, externalId }) => [`${kind} ${externalId}`],
    find: (event) => findObject(client, event),
    write: (event, object) => upsertRecord(client, objectSubject(client, event), object),
    subjectOf: (event) => objectSubject(client, event)
  }
}

async function findObject(client: KustomerClient, { kind, externalId }: ObjectUpdate) {
  const object = await client.findRecord(kind, { name: 'externalId', value: externalId })
  return object && isSameObject(object, externalId) ? object : undefined
}

function isSameObject({ attributes }: StoredRecord, externalId: string): boolean {
  return (attributes.externalId ?? externalId) === externalId
}

function objectSubject(client: KustomerClient, update: ObjectUpdate): Subject {
  const { kind, externalId, events, updatedAtAttribute, ifNew } = update
  let owner: Owner | undefined
  return {
    kind,
    want: async (object) => {
      const { wanted, leftOut } = wantedAfter(events, updatedAtAttribute, object)
      if (object) {
        const told = isElsewhere(object, owner) ? [ELSEWHERE] : []
        return { wanted: { externalId, ...wanted }, leftOut: [...leftOut, ...told] }
      }
      owner = await ownerOf(client, update.owner)
      return { wanted: { externalId, ...ifNew, ...wanted, ...owner }, leftOut }
    },
    isSame: (object) => isSameObject(object, externalId),
    findConflict: async (object, { customer }) => {
      const record = object ? undefined : await findObject(client, update)
      if (!object && !record && customer !== undefined && !(await client.getRecord('customer', customer))) {
        throw tryAgain({ action: 'create the custom object' }, 'its customer was merged or deleted in the meantime')
      }
      return { record }
    },
    hasOtherIdentifier: () => false
  }
}

/** Whether an object is known to belong to somebody else than the event's customer or company. */
function isElsewhere({ customerId, companyId }: StoredRecord, owner: Owner = {}): boolean {
  const [held, given] = owner.link ? [companyId, owner.link.id] : [customerId, owner.customer]
  return held !== undefined && given !== undefined && held !== given
}
