import type { SegmentEvent } from '@segment/actions-core'
import type { Exchange } from '../kustomer/transport'
import type { About } from './headline'
import type { Told } from './told'
import { parsed, recordOf } from '../json'

interface Resource {
  type?: unknown
  id?: unknown
  attributes?: { displayName?: unknown; title?: unknown; name?: unknown; externalId?: unknown }
}

type Names = Record<string, unknown>

/**
 * Returns who and what a delivered event is about.
 *
 * The name is the latest in Kustomer's answers, else the one in the event, else an identifier.
 */
export function aboutOf(event: SegmentEvent, told: Told, exchanges: Exchange[]): About {
  const id = told.customObjectId ?? told.companyId ?? told.customerId
  const type = told.companyId === undefined ? 'customer' : 'company'
  const answered = exchanges
    .flatMap(({ response }) => resourcesIn(response?.body))
    .filter((resource) => (id === undefined ? resource.type === type : resource.id === id))
    .map(({ attributes }) => textIn(attributes?.displayName, attributes?.title, attributes?.name))
  const tracked = exchanges
    .filter(({ path }) => path.includes('/tracking/'))
    .map(({ request }) => eventNameIn(request.body))
  return { name: lastOf(answered) ?? nameIn(event), event: lastOf(tracked) }
}

function nameIn({ type, traits, groupId, userId }: SegmentEvent): string | undefined {
  const { name, firstName, lastName, email } = (traits ?? {}) as Names
  const both = [firstName, lastName].filter((part) => typeof part === 'string').join(' ')
  return type === 'group' ? textIn(name, groupId) : textIn(name, both, email, userId)
}

function resourcesIn(body = ''): Resource[] {
  const { data } = recordOf(parsed(body)) as { data?: Resource | Resource[] }
  return Array.isArray(data) ? data : data ? [data] : []
}

function eventNameIn(body: string): string | undefined {
  const { event, name } = recordOf(parsed(body)) as { event?: { name?: unknown }; name?: unknown }
  return textIn(event?.name, name)
}

function textIn(...values: unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === 'string' && value.trim() !== '')
}

function lastOf(texts: Array<string | undefined>): string | undefined {
  return texts.filter((text) => text !== undefined).pop()
}
