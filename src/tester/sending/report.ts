import { styleText } from 'node:util'
import stringWidth from 'string-width'
import type { Session, TimelineEvent } from '../../sandbox'
import type { RecordView } from '../agent-view'
import type { Card } from '../agent-view/cards'
import type { Share } from '../delivery/batch-shares'
import type { Verdict } from '../delivery'
import type { ProblemRead } from '../input/events'
import { fold } from './fold'
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

const MARGIN = ' '.repeat(5)
const PATH = 56

/** A value longer than this is told by its beginning and its length. */
const LONGEST_VALUE = 100

const WORDS: Record<Verdict, [word: string, style: Style]> = {
  delivered: ['Delivered', 'green'],
  retried: ['Segment retries it', 'yellow'],
  dropped: ['Dropped', 'red'],
  ignored: ['Ignored', 'dim']
}

/** What one event became: a line for the event, one for each request, one for the outcome and one for each thing left out. */
export function describeSent(sent: Sent, layout: Layout): string {
  const { read, preset, action = 'no preset', batch, attempts, verdict, status, outcome, fields, leftOut } = sent
  const { type, event, name, userId } = read.event
  const title = [type, event ?? name].filter(Boolean).join(' ')
  const named = batch === undefined ? title : `${title}, userId ${userId ?? 'none'}`
  const taker = preset === undefined ? action : `${preset} (${action})`
  const where = batch === undefined ? taker : `${taker}, batch ${batch}`
  const [word, style] = WORDS[verdict]
  const told = verdict === 'delivered' && layout.isDryRun ? 'Would be delivered' : word
  const about = Object.keys(fields)
  const code = verdict === 'retried' || verdict === 'dropped' ? ` (${status ?? 'no answer'})` : ''
  return [
    ...headOf(placeOf(read), printable(named), where, layout),
    ...sent.exchanges.flatMap((exchange) => describeRequest(exchange, layout)),
    ...indented(`${told}${code}: ${printable(outcome)}`, style, layout),
    ...(attempts > 1 ? indented(`Sent ${attempts} times`, 'dim', layout) : []),
    ...(about.length > 0 ? indented(`Look at ${printable(about.join(', '))}`, 'yellow', layout) : []),
    ...leftOut.flatMap((omission) => indented(describeOmission(omission), 'yellow', layout))
  ].join('\n')
}

/** Why there is no event where one should be. */
export function describeProblem(read: ProblemRead, layout: Layout): string {
  return styledLines(fold(`${placeOf(read)}  `, `Malformed: ${printable(read.problem)}`, layout.width), 'red').join(
    '\n'
  )
}

/** A record as an agent sees it: attributes, then cards, then of a customer the timeline, session by session. */
export function describeRecord(
  { kind, name, attributes, sessions, cards = [], note }: RecordView,
  layout: Layout
): string {
  const shown = attributes.flatMap(([label, text]) => labeled(2, 14, label, text, layout))
  const timeline = sessions.flatMap((session) => describeSession(session, layout))
  const onCards = cards.flatMap((card) => [...describeCard(card, layout), ''])
  const told = note === undefined ? [] : styledLines(fold('  ', note, layout.width), 'yellow')
  const title = styledLines(fold('', printable(kind === 'company' ? `${name}, company` : name), layout.width), 'bold')
  const below = [...onCards, ...timeline, ...told]
  return [...title, ...shown, ...(below.length > 0 ? ['', ...below] : [])].join('\n')
}

/** Returns the totals: a headline, and a line for each kind of number. */
export function describeSummary(summary: Summary, layout: Layout): string {
  const totals = summary.toJSON()
  const { events, delivered, outcomes, presets, requests, requestsPerEvent, rateLimit, latency, ...verdicts } = totals
  const { failed } = summary.progress
  const style = delivered === events ? 'green' : failed === events ? 'red' : 'yellow'
  const { p50, p95 } = latency
  const lines: Array<[label: string, text: string]> = [
    ['Outcomes', countsOf(Object.entries(outcomes))],
    [
      'Others',
      countsOf([
        ['dropped', verdicts.dropped],
        ['that Segment retries', verdicts.retried],
        ['malformed', verdicts.malformed],
        ['ignored', verdicts.ignored]
      ])
    ],
    ['Presets', countsOf(Object.entries(presets))],
    ['Requests', `${requests}, ${requestsPerEvent} per event`],
    ['Rate limit', rateLimit ? `${rateLimit.remaining} of ${rateLimit.limit} requests left this minute` : ''],
    ['Time', p50 === null || p95 === null ? '' : `p50 ${inMs(p50)}, p95 ${inMs(p95)} per event`]
  ]
  const head = `${delivered} of ${events} events ${layout.isDryRun ? 'would be delivered' : 'delivered'}`
  return [
    ...styledLines(fold('', head, layout.width), [style, 'bold']),
    ...lines.filter(([, text]) => text !== '').flatMap(([label, text]) => labeled(2, 10, label, text, layout))
  ].join('\n')
}

function countsOf(counts: Array<[name: string, count: number]>): string {
  return counts
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ')
}

/** Text in a style where standard output is a terminal that has colors, and as it is elsewhere. */
export function styled(style: Style, text: string): string {
  return process.stdout.isTTY && process.stdout.hasColors() ? styleText(style, text) : text
}

/** Returns text in one line, with line breaks and tabs as in JSON, and with nothing in it that a terminal would obey. */
export function printable(text: string): string {
  return text
    .replace(/\r\n?|\n/g, '\\n')
    .replace(/\t/g, '\\t')
    .replace(/[\p{Cc}\p{Bidi_Control}]/gu, '\uFFFD')
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
  if (stringWidth(`${place}  ${title.padEnd(34)} ${where}`) <= width) {
    return [`${place}  ${styled('bold', title.padEnd(34))} ${where}`]
  }
  return [...styledLines(fold(`${place}  `, title, width), 'bold'), ...fold(MARGIN, where, width)]
}

function describeRequest(exchange: Share, { width, showsBodies }: Layout): string[] {
  const { method, status, milliseconds, sharedBy, request } = exchange
  const time = isUnsent(exchange) ? '' : inMs(milliseconds)
  const shared = sharedBy > 1 ? `  for ${sharedBy} events` : ''
  const outcome = `${String(isUnsent(exchange) ? 'not sent' : status).padStart(3)} ${time.padStart(
    9
  )}${shared}`.trimEnd()
  const room = Math.max(10, Math.min(PATH, width - MARGIN.length - 8 - outcome.length))
  const parts = fold('', printable(pathOf(exchange)), width === Infinity ? Infinity : room)
  const lines = parts.map((part, index) => {
    const isLast = index === parts.length - 1
    const lead = `     ${(index === 0 ? method : '').padEnd(6)} `
    return isLast ? `${lead}${part}${' '.repeat(Math.max(0, room - stringWidth(part)))} ${outcome}` : `${lead}${part}`
  })
  return [...styledLines(lines, 'dim'), ...(showsBodies ? bodyOf(request.body, width) : [])]
}

function bodyOf(body: string, width: number): string[] {
  if (body === '') {
    return []
  }
  const lines = JSON.stringify(JSON.parse(body), null, 2).split('\n')
  return lines.flatMap((line) => {
    const head = ' '.repeat(12 + line.search(/\S/))
    return fold(head, printable(line.trim()), width, head.length + 4)
  })
}

/** Returns a line such as `email "not-an-email": not a valid email address`. */
function describeOmission({ field, reason, value }: Omission): string {
  return printable(`${field}${value === undefined ? '' : ` ${shortened(value)}`}: ${reason}`)
}

function shortened(value: unknown): string {
  const text = JSON.stringify(value)
  const length = String(value).length
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…" (${length} characters)`
}

function describeCard({ klass, title, description, updatedAt, attributes, items }: Card, layout: Layout): string[] {
  const line = `${printable(klass)}, updated ${updatedAt.slice(0, 10)} ${timeOf(updatedAt)} UTC`
  return [
    ...styledLines(fold('  ', line, layout.width), 'dim'),
    ...styledLines(fold('    ', printable(title), layout.width), 'bold'),
    ...(description === undefined ? [] : fold('    ', printable(description), layout.width)),
    ...attributes.flatMap(([label, text]) => labeled(6, 18, label, text, layout)),
    ...items.flatMap(([label, text]) => labeled(6, 18, label, text, layout))
  ]
}

function describeSession({ id, startedAt, endedAt, events }: Session, layout: Layout): string[] {
  const title = id === null ? 'Session, grouped by time' : `Session ${printable(id)}`
  const line = `${title}, ${timeOf(startedAt)} to ${timeOf(endedAt)} UTC`
  return [
    ...styledLines(fold('  ', line, layout.width), 'dim'),
    ...events.flatMap((event) => describeEvent(event, layout))
  ]
}

function describeEvent({ name, meta }: TimelineEvent, layout: Layout): string[] {
  const properties = Object.entries(meta).flatMap(([key, value]) => labeled(6, 18, key, String(value), layout))
  return [...styledLines(fold('    ', printable(name), layout.width), 'bold'), ...properties]
}

/** Returns a label and a text beside it, in lines. @param size the columns of the label */
export function labeled(margin: number, size: number, label: string, text: string, { width }: Layout): string[] {
  return fold(`${' '.repeat(margin)}${printable(label).padEnd(size)} `, printable(text), width)
}

function indented(text: string, style: Style, { width }: Layout): string[] {
  return styledLines(fold(MARGIN, text, width, MARGIN.length + 2), style)
}

export function styledLines(lines: string[], style: Style): string[] {
  return lines.map((line) => styled(style, line))
}

function timeOf(dateTime: string): string {
  return dateTime.slice(11, 19)
}
