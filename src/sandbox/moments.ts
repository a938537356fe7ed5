import { recordOf } from './state/customer-record'
import type { CustomerRecord } from './state/customer-record'
import type { Organization } from './state/organization'
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
}

/** Every customer as they are now. It costs little, until one of them is looked at. */
export function momentsOf({ customers, companies, timeline }: Organization): Moment[] {
  return customers.all().map((customer) => {
    const copy = { ...customer }
    const linked = companies.linked(copy.known.company)
    const events = timeline.events(customer.id)
    return {
      id: copy.id,
      updatedAt: copy.updatedAt,
      mark: [copy.rev, copy.updatedAt, events.length, linked?.id, linked?.name].join(' '),
      record: () => recordOf(copy, linked),
      sessions: () => sessionsOf(events)
    }
  })
}
