import { customObjectRecordOf } from './state/custom-object-record'
import type { CustomObjectRecord } from './state/custom-object-record'
import { recordOf } from './state/customer-record'
import type { CustomerRecord } from './state/customer-record'
import type { Organization } from './state/organization'
import type { CustomObject } from './state/custom-objects'
import { sessionsOf } from './state/timeline'
import type { Session } from './state/timeline'

/** A customer as they were at one moment, whatever happens afterwards. */
export interface Moment {
  id: string
  updatedAt: string
  /** Differs from that of another moment wherever anything happened in between. */
  mark: string
  record: () => CustomerRecord
  sessions: () => Session[]
  objects: () => CustomObjectRecord[]
}

/** Every customer as they are now. It costs little, until one of them is looked at. */
export function momentsOf({ customers, companies, timeline, customObjects }: Organization): Moment[] {
  const owned = new Map<string, CustomObject[]>()
  for (const object of customObjects.all()) {
    const owner = object.customer ?? ''
    const objects = owned.get(owner) ?? []
    objects.push({ ...object })
    owned.set(owner, objects)
  }
  return customers.all().map((customer) => {
    const copy = { ...customer }
    const linked = companies.linked(copy.known.company)
    const objects = owned.get(customer.id) ?? []
    const revs = objects.map(({ id, rev }) => `${id}.${rev}`).join()
    const events = timeline.events(customer.id)
    return {
      id: copy.id,
      updatedAt: copy.updatedAt,
      mark: [copy.rev, copy.updatedAt, events.length, linked?.id, linked?.name, revs].join(' '),
      record: () => recordOf(copy, linked),
      sessions: () => sessionsOf(events),
      objects: () => objects.map(customObjectRecordOf)
    }
  })
}
