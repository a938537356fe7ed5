import type { SegmentEvent } from '@segment/actions-core'
import type { CustomerRecord, Session, TimelineEvent } from '../sandbox'
import type { Delivery } from './delivery'

/** What an agent reads of a customer first; everything else is shown by the API alone. */
const SHOWN = [
  ...['externalId', 'username', 'emails', 'sharedEmails', 'phones', 'sharedPhones', 'urls', 'locations', 'gender'],
  ...['birthdayAt', 'signedUpAt', 'avatarUrl', 'locale', 'timeZone', 'custom']
]

/** What one event became: a line for the event, one for each request, and one for the outcome. */
export function describeDelivery(number: number, { type, event, name }: SegmentEvent, delivery: Delivery): string {
  const title = [type, event ?? name].filter(Boolean).join(' ')
  const requests = delivery.exchanges.map(({ method, path, status, milliseconds }) => {
    const time = `${milliseconds.toFixed(1)} ms`
    return `     ${method.padEnd(6)} ${path.padEnd(56)} ${String(status).padStart(3)} ${time.padStart(9)}`
  })
  const outcome = `     ${delivery.delivered ? 'Delivered' : 'Failed'}: ${delivery.outcome}`
  return [
    `${String(number).padStart(3)}  ${title.padEnd(34)} ${delivery.action ?? 'no action'}`,
    ...requests,
    outcome
  ].join('\n')
}

/** A customer as an agent sees them: attributes, then the timeline, session by session. */
export function describeCustomer({ attributes }: CustomerRecord, sessions: Session[]): string {
  const shown = SHOWN.flatMap((key) => {
    const value = readable(attributes[key])
    return value === '' ? [] : [`  ${key.padEnd(14)} ${value}`]
  })
  return [String(attributes.displayName), ...shown, '', ...sessions.flatMap(describeSession)].join('\n')
}

function describeSession({ id, startedAt, endedAt, events }: Session): string[] {
  const title = id === null ? 'Session, grouped by time' : `Session ${id}`
  return [`  ${title}, ${timeOf(startedAt)} to ${timeOf(endedAt)} UTC`, ...events.flatMap(describeEvent)]
}

function describeEvent({ name, meta }: TimelineEvent): string[] {
  return [`    ${name}`, ...Object.entries(meta).map(([key, value]) => `      ${key.padEnd(18)} ${value}`)]
}

function timeOf(dateTime: string): string {
  return dateTime.slice(11, 19)
}

/** A value in one line: the items of a list by what they hold, without their ids and types. */
function readable(value: unknown): string {
  if (Array.isArray(value)) {
    return value.map(readable).join('; ')
  }
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).filter(([key]) => key !== 'id' && key !== 'type')
    return parts.map(([, part]) => readable(part)).join(', ')
  }
  if (value === undefined || value === null) {
    return ''
  }
  return typeof value === 'string' ? value : JSON.stringify(value)
}
