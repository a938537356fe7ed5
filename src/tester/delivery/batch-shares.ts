import type { SegmentEvent } from '@segment/actions-core'
import { pathOf } from '../kustomer/transport'
import type { Exchange } from '../kustomer/transport'
import { parsed } from '../json'

/** An exchange of a batch, as far as it concerns one of its events. */
export interface Share extends Exchange {
  /** How many events of the batch it is for. A bulk job's body is this event's record alone. */
  sharedBy: number
}

/** An event of a batch, with what its action tells of it. */
interface Sharer {
  event: SegmentEvent
  /** The attributes that Kustomer was to have; undefined where the event was refused before any request. */
  sent?: unknown
  customerId?: string
  companyId?: string
}

/** The names under which requests speak of a customer or a company. */
const NAMES = ['id', 'externalId', 'email', 'phone', 'trackingId', 'source', 'target']

/**
 * What was sent for each event of a batch: the destination sends for all of them together, and its requests name people,
 * not events. A request that names several people is for all of them; one that names nobody, such as a question after a
 * bulk job, is for those of the job.
 *
 * @returns the exchanges of each event, in its place
 */
export function sharesOf(exchanges: Exchange[], sharers: Sharer[]): Share[][] {
  const told = new Set(sharers.flatMap(({ customerId, companyId }) => [customerId, companyId]))
  const people = sharers.map(namesOf)
  const jobs = new Map<string, Set<string>[]>()
  const owners = exchanges.map((exchange) => {
    const job = jobIn(exchange)
    const concerned = jobs.get(job ?? '') ?? concernedBy(exchange, people)
    if (job !== undefined) {
      jobs.set(job, concerned)
    }
    // A request that failed has told no customer: who was found by an event's names is theirs.
    const found = exchange.method === 'GET' ? idIn(exchange) : undefined
    if (found !== undefined && !told.has(found)) {
      concerned.forEach((person) => person.add(found))
    }
    return concerned
  })
  return people.map((person) =>
    exchanges.flatMap((exchange, index) => {
      const concerned = owners[index] ?? []
      return concerned.includes(person)
        ? [{ ...exchange, request: partOf(exchange, person), sharedBy: concerned.length }]
        : []
    })
  )
}

function namesOf({ event, sent, customerId, companyId }: Sharer): Set<string> {
  if (sent === undefined) {
    return new Set()
  }
  const { userId, anonymousId, groupId } = event
  const company = event.type === 'group' ? [groupId, companyId, ...valuesUnder(['name'], sent)] : []
  const names = [userId, anonymousId, customerId, ...company, ...valuesUnder(NAMES, sent)]
  return new Set(names.filter((name): name is string => typeof name === 'string'))
}

/** Whose request it is by the customer in its path, or else by whom its body names: it may name others besides. */
function concernedBy(exchange: Exchange, people: Set<string>[]): Set<string>[] {
  const { path, request } = exchange
  const locator = /\/(?:customers|companies|klasses\/[^/]+)[/?]([^/]+)/.exec(pathOf(exchange))?.[1] ?? ''
  const byPath = people.filter((person) => person.has(locator.slice(locator.indexOf('=') + 1)))
  if (byPath.length > 0) {
    return byPath
  }
  const names = valuesUnder(namesIn(path), parsed(request.body))
  return people.filter((person) => names.some((name) => person.has(name)))
}

/** The bulk job that an exchange starts or asks after. */
function jobIn({ path, ...exchange }: Exchange): string | undefined {
  return /\/(?:customers|companies|klasses\/[^/]+)\/bulk$/.test(path)
    ? idIn(exchange)
    : /\/bulk\/([^/]+)/.exec(path)?.[1]
}

function idIn({ response }: Pick<Exchange, 'response'>): string | undefined {
  const { data } = (parsed(response?.body ?? '') ?? {}) as { data?: { id?: unknown } }
  return typeof data?.id === 'string' ? data.id : undefined
}

function partOf({ path, request }: Exchange, person: Set<string>): Exchange['request'] {
  const records = parsed(request.body)
  if (!Array.isArray(records)) {
    return request
  }
  const own = records.filter((record) => valuesUnder(namesIn(path), record).some((name) => person.has(name)))
  return { ...request, body: JSON.stringify(own) }
}

/** A company may have nothing but a name; of customers, two may have the same. */
function namesIn(path: string): string[] {
  return path.includes('/companies') ? [...NAMES, 'name'] : NAMES
}

/** The texts under these keys, however deep. */
function valuesUnder(keys: string[], value: unknown): string[] {
  if (typeof value !== 'object' || value === null) {
    return []
  }
  return Object.entries(value).flatMap(([key, part]) =>
    typeof part === 'string' && keys.includes(key) ? [part] : valuesUnder(keys, part)
  )
}
