import { styleText } from 'node:util'
import type { Session, TimelineEvent } from '../../sandbox'
import type { RecordView } from '../agent-view'
import type { Card } from '../agent-view/cards'
import type { Share } from '../delivery/batch-shares'
import type { Verdict } from '../delivery'
import type { ProblemRead } from '../input/events'
import { columnsOf, fold } from './fold'
import type { Omission } from '../delivery/omissions'
import { isUnsent } from '../kustomer/dry-run'
import { pathOf } from '../kustomer/transport'
import type { Sent } from './sent'
import type { Summary } from './summary'

type Style = Parameters<typeof styleText>[0]

/** How text is laid out. */
export interface Layout {
  /** The columns of the terminal; Infinity elsewhere. */
  width: number
  /** Whether the bodies of requests are shown. */
  showsBodies?: boolean
  /** Whether no write is sent. */
  isDryRun?: boolean
}

const MARGIN = 5
const PATH = 56

/** A value longer than this is told by its beginning and its length. */
const LONGEST_VALUE = 100

const WORDS: Record<Verdict, [word: string, style: Style]> = {
  delivered: ['Delivered', 'green'],
  retried: ['Segment sends it again', 'yellow'],
  dropped: ['Dropped', 'red'],
  ignored: ['Ignored', 'dim']
}

/** What one event became: a line for the event, one for each request, one for the outcome and one for each thing left out. */
export function describeSent(sent: Sent, layout: Layout): string {
  const { read, action = 'no action', batch, attempts, verdict, status, outcome, fields, leftOut } = sent
  const { type, event, name, userId } = read.event
  const title = [type, event ?? name].filter(Boolean).join(' ')
  const named = batch === undefined ? title : `${title}, userId ${userId ?? 'none'}`
  const where = batch === undefined ? action : `${action}, batch ${batch}`
  const [word, style] = WORDS[verdict]
  const told = verdict === 'delivered' && layout.isDryRun ? 'Would be delivered' : word
  const code = verdict === 'retried' || verdict === 'dropped' ? ` (${status ?? 'no answer'})` : ''
  return [
    ...headOf(placeOf(read), printable(named), where, layout),
    ...sent.exchanges.flatMap((exchange) => describeRequest(exchange, layout)),
    ...indented(`${told}${code}: ${printable(outcome)}`, style, layout),
    ...(attempts > 1 ? indented(`Sent ${attempts} times`, 'dim', layout) : []),
    ...Object.keys(fields).flatMap((field) => indented(`about the field ${printable(field)}`, 'yellow', layout)),
    ...leftOut.flatMap((omission) => indented(describeOmission(omission), 'yellow', layout))
  ].join('\n')
}

/** Why there is no event where one should be. */
export function describeProblem(read: ProblemRead, layout: Layout): string {
  const line = `${placeOf(read)}  Malformed: ${printable(read.problem)}`
  return styledLines(fold(line, layout.width, MARGIN), 'red').join('\n')
}

/** A record as an agent sees it: attributes, then cards, then of a customer the timeline, session by session. */
export function describeRecord(
  { kind, name, attributes, sessions, cards = [], note }: RecordView,
  layout: Layout
): string {
  const shown = attributes.flatMap(([label, text]) => labeled(2, 14, label, text, layout))
  const timeline = sessions.flatMap((session) => describeSession(session, layout))
  const onCards = cards.flatMap((card) => [...describeCard(card, layout), ''])
  const told = note === undefined ? [] : styledLines(fold(`  ${note}`, layout.width, 2), 'yellow')
  const title = styledLines(fold(printable(kind === 'company' ? `${name}, company` : name), layout.width), 'bold')
  return [...title, ...shown, '', ...onCards, ...timeline, ...told].join('\n')
}

/** The totals, in a few lines. */
export function describeSummary(summary: Summary, layout: Layout): string {
  const { events, delivered, outcomes, requests, requestsPerEvent, latency, ...verdicts } = summary.toJSON()
  const byOutcome = Object.entries(outcomes).map(([outcome, count]) => `${count} ${outcome}`)
  const done = layout.isDryRun ? 'would be delivered' : 'delivered'
  const others = [
    [verdicts.dropped, 'dropped'],
    [verdicts.retried, 'that Segment sends again'],
    [verdicts.malformed, 'malformed'],
    [verdicts.ignored, 'ignored']
  ].filter(([count]) => count !== 0)
  const style = delivered === events ? 'green' : summary.progress.failed === events ? 'red' : 'yellow'
  const head = `${delivered} of ${events} events ${done}${byOutcome.length > 0 ? `: ${byOutcome.join(', ')}` : ''}`
  return [
    ...styledLines(fold(head, layout.width, 2), style),
    ...(others.length > 0 ? fold(`Others: ${others.map((other) => other.join(' ')).join(', ')}`, layout.width, 2) : []),
    ...fold(`${requests} requests, ${requestsPerEvent} per event`, layout.width, 2),
    ...(latency.p50 === null || latency.p95 === null
      ? []
      : fold(`Latency of an event: p50 ${inMs(latency.p50)}, p95 ${inMs(latency.p95)}`, layout.width, 2))
  ].join('\n')
}

/** Text in a style where standard output is a terminal that has colors, and as it is elsewhere. */
export function styled(style: Style, text: string): string {
  return process.stdout.isTTY && process.stdout.hasColors() ? styleText(style, text) : text
}

/** Text in one line, with nothing in it that a terminal would obey. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, '\uFFFD')
}

/** `12`, or `12.3` for the third event of a batch in the twelfth line. */
export function placeOf({ number, part }: { number: number; part?: number }): string {
  return (part === undefined ? String(number) : `${number}.${part}`).padStart(3)
}

/** A time in milliseconds, whole from 100 on and never with a separator, so that none can be read as seconds. */
export function inMs(milliseconds: number): string {
  return `${milliseconds < 100 ? Number(milliseconds.toFixed(1)) : Math.round(milliseconds)} ms`
}

function headOf(place: string, title: string, where: string, { width }: Layout): string[] {
  const line = `${place}  ${title.padEnd(34)} ${where}`
  if (columnsOf(line) <= width) {
    return [`${place}  ${styled('bold', title.padEnd(34))} ${where}`]
  }
  return [...styledLines(fold(`${place}  ${title}`, width, MARGIN), 'bold'), ...fold(`     ${where}`, width, MARGIN)]
}

function describeRequest(exchange: Share, { width, showsBodies }: Layout): string[] {
  const { method, status, milliseconds, sharedBy, request } = exchange
  const time = isUnsent(exchange) ? '' : inMs(milliseconds)
  const shared = sharedBy > 1 ? `  for ${sharedBy} events` : ''
  const outcome = `${String(isUnsent(exchange) ? 'not sent' : status).padStart(3)} ${time.padStart(
    9
  )}${shared}`.trimEnd()
  const room = Math.max(10, Math.min(PATH, width - MARGIN - 8 - outcome.length))
  const parts = fold(printable(pathOf(exchange)), width === Infinity ? Infinity : room)
  const lines = parts.map((part, index) => {
    const isLast = index === parts.length - 1
    const lead = `     ${(index === 0 ? method : '').padEnd(6)} `
    return isLast ? `${lead}${part}${' '.repeat(Math.max(0, room - columnsOf(part)))} ${outcome}` : `${lead}${part}`
  })
  return [
    ...styledLines(
      lines.flatMap((line) => fold(line, width, 12)),
      'dim'
    ),
    ...(showsBodies ? bodyOf(request.body, width) : [])
  ]
}

function bodyOf(body: string, width: number): string[] {
  if (body === '') {
    return []
  }
  const lines = JSON.stringify(JSON.parse(body), null, 2).split('\n')
  return lines.flatMap((line) => fold(`            ${printable(line)}`, width, 16 + line.search(/\S/)))
}

/** `left out: email "not-an-email", not an email address` */
function describeOmission({ field, reason, value }: Omission): string {
  const [what = '', ...why] = reason.split(': ')
  const given = value === undefined ? '' : ` ${shortened(value)}`
  const because = why.length === 0 ? '' : `, ${why.join(': ')}`
  return printable(`${what}: ${field}${given}${because}`)
}

function shortened(value: unknown): string {
  const text = JSON.stringify(value)
  const length = String(value).length
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…" (${length} characters)`
}

function describeCard({ klass, title, description, updatedAt, attributes, items }: Card, layout: Layout): string[] {
  const line = `  ${printable(klass)}, updated ${updatedAt.slice(0, 10)} ${timeOf(updatedAt)} UTC`
  return [
    ...styledLines(fold(line, layout.width, 4), 'dim'),
    ...styledLines(fold(`    ${printable(title)}`, layout.width, 4), 'bold'),
    ...(description === undefined ? [] : fold(`    ${printable(description)}`, layout.width, 4)),
    ...attributes.flatMap(([label, text]) => labeled(6, 18, label, text, layout)),
    ...items.flatMap(([label, text]) => labeled(6, 18, label, text, layout))
  ]
}

function describeSession({ id, startedAt, endedAt, events }: Session, layout: Layout): string[] {
  const title = id === null ? 'Session, grouped by time' : `Session ${printable(id)}`
  const line = `  ${title}, ${timeOf(startedAt)} to ${timeOf(endedAt)} UTC`
  return [
    ...styledLines(fold(line, layout.width, 4), 'dim'),
    ...events.flatMap((event) => describeEvent(event, layout))
  ]
}

function describeEvent({ name, meta }: TimelineEvent, layout: Layout): string[] {
  const properties = Object.entries(meta).flatMap(([key, value]) => labeled(6, 18, key, String(value), layout))
  return [...styledLines(fold(`    ${printable(name)}`, layout.width, 4), 'bold'), ...properties]
}

function labeled(margin: number, size: number, label: string, text: string, { width }: Layout): string[] {
  return fold(`${' '.repeat(margin)}${label.padEnd(size)} ${printable(text)}`, width, margin + size + 1)
}

function indented(text: string, style: Style, { width }: Layout): string[] {
  return styledLines(fold(`     ${text}`, width, MARGIN + 2), style)
}

function styledLines(lines: string[], style: Style): string[] {
  return lines.map((line) => styled(style, line))
}

function timeOf(dateTime: string): string {
  return dateTime.slice(11, 19)
}
