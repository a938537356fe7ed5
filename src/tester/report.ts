import { styleText } from 'node:util'
import type { SegmentEvent } from '@segment/actions-core'
import type { Session, TimelineEvent } from '../sandbox'
import type { CustomerView } from './agent-view'
import type { Delivery } from './delivery'

type Style = Parameters<typeof styleText>[0]

/** What one event became: a line for the event, one for each request, one for the outcome and one for each thing left out. */
export function describeDelivery(number: number, { type, event, name }: SegmentEvent, delivery: Delivery): string {
  const title = printable([type, event ?? name].filter(Boolean).join(' '))
  const requests = delivery.exchanges.map(({ method, path, status, milliseconds }) => {
    const time = `${milliseconds.toFixed(1)} ms`
    return styled(
      'dim',
      `     ${method.padEnd(6)} ${printable(path).padEnd(56)} ${String(status).padStart(3)} ${time.padStart(9)}`
    )
  })
  const word = delivery.delivered ? styled('green', 'Delivered') : styled('red', delivery.action ? 'Failed' : 'Ignored')
  const leftOut = delivery.leftOut.map(({ field, reason }) =>
    styled('yellow', `     ${printable(field).padEnd(20)} ${printable(reason)}`)
  )
  return [
    `${String(number).padStart(3)}  ${styled('bold', title.padEnd(34))} ${delivery.action ?? 'no action'}`,
    ...requests,
    `     ${word}: ${printable(delivery.outcome)}`,
    ...leftOut
  ].join('\n')
}

/** A customer as an agent sees them: attributes, then the timeline, session by session. */
export function describeCustomer({ name, attributes, sessions }: CustomerView): string {
  const shown = attributes.map(([label, text]) => `  ${label.padEnd(14)} ${printable(text)}`)
  return [styled('bold', printable(name)), ...shown, '', ...sessions.flatMap(describeSession)].join('\n')
}

/** Text in a style where standard output is a terminal that has colors, and as it is elsewhere. */
export function styled(style: Style, text: string): string {
  return process.stdout.isTTY && process.stdout.hasColors() ? styleText(style, text) : text
}

/** Text in one line, with nothing in it that a terminal would obey. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '\uFFFD')
}

function describeSession({ id, startedAt, endedAt, events }: Session): string[] {
  const title = id === null ? 'Session, grouped by time' : `Session ${printable(id)}`
  return [styled('dim', `  ${title}, ${timeOf(startedAt)} to ${timeOf(endedAt)} UTC`), ...events.flatMap(describeEvent)]
}

function describeEvent({ name, meta }: TimelineEvent): string[] {
  const properties = Object.entries(meta).map(([key, value]) => `      ${key.padEnd(18)} ${printable(String(value))}`)
  return [`    ${styled('bold', name)}`, ...properties]
}

function timeOf(dateTime: string): string {
  return dateTime.slice(11, 19)
}
