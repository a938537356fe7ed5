import type { RecordView } from '../agent-view'
import type { Share } from '../delivery/batch-shares'
import type { Verdict } from '../delivery'
import type { Omission } from '../delivery/omissions'
import type { Summary } from './summary'
import type { Output, Stream } from './output'
import { isUnsent } from '../kustomer/dry-run'
import { pathOf } from '../kustomer/transport'
import type { Sent } from './sent'

/** A line of `--json`: every line has all of these keys. */
export interface JsonLine {
  number: number | null
  part: number | null
  type: string | null
  name: string | null
  userId: string | null
  action: string | null
  preset: string | null
  batch: number | null
  verdict: Verdict | 'malformed' | null
  status: number | null
  outcome: string | null
  fields: Record<string, string>
  customerId: string | null
  companyId: string | null
  leftOut: Omission[]
  attempts: number
  milliseconds: number | null
  requests: JsonRequest[]
  summary: ReturnType<Summary['toJSON']> | null
  agent: RecordView[] | null
}

interface JsonRequest {
  method: string
  path: string
  body: unknown
  isSent: boolean
  status: number | null
  failure: string | null
  milliseconds: number
  sharedBy: number
}

/** What `--help` says of a line of JSON. */
export const JSON_HELP = `Each line of --json has the same keys; what does not apply is null or empty:
  number, part      the event's line or place, and its place in the batch of its line
  type, name, userId
  action, preset    the action and the preset that took it
  batch             the number of its batch
  verdict           delivered, retried (Segment sends it again), dropped, ignored (no preset takes it), or malformed
  status, outcome   the status that Segment gets, and what became of the event
  fields            the fields and settings that an error is about, each with its message
  customerId        the customer's ID in Kustomer
  companyId         the company's ID in Kustomer, for a group call
  leftOut           what was ignored, changed, or shared: [{field, reason, value}]
  attempts, milliseconds
  requests          [{method, path, body, isSent, status, failure, milliseconds, sharedBy}]; a bulk job's body is this
                    event's record, and sharedBy is how many events of a batch a request is for
  summary, agent    in the last line only: the totals, and with --show agent what an agent sees`

const NOTHING: JsonLine = {
  number: null,
  part: null,
  type: null,
  name: null,
  userId: null,
  action: null,
  preset: null,
  batch: null,
  verdict: null,
  status: null,
  outcome: null,
  fields: {},
  customerId: null,
  companyId: null,
  leftOut: [],
  attempts: 0,
  milliseconds: null,
  requests: [],
  summary: null,
  agent: null
}

/** JSON, line by line; what is no result goes to standard error. */
export function jsonOutput(stream: Stream, errors: Stream): Output {
  const print = (line: Partial<JsonLine>): void => {
    stream.write(`${JSON.stringify({ ...NOTHING, ...line })}\n`)
  }
  return {
    begin: () => undefined,
    announce: (line) => errors.write(`${line}\n`),
    sent(sent) {
      print(lineOf(sent))
    },
    unreadable({ number, part = null, problem }) {
      print({ number, part, verdict: 'malformed', outcome: problem })
    },
    waiting: () => undefined,
    end({ summary, ended = null }, agent) {
      print({ outcome: ended, summary: summary.toJSON(), agent: agent ?? null })
    }
  }
}

function lineOf(sent: Sent): Partial<JsonLine> {
  const { read, action, preset, batch, verdict, status, outcome, fields, customerId, companyId, leftOut, attempts } =
    sent
  const { type, event, name, userId } = read.event
  return {
    number: read.number,
    part: read.part ?? null,
    type,
    name: textOf(event ?? name),
    userId: textOf(userId),
    action: action ?? null,
    preset: preset ?? null,
    batch: batch ?? null,
    verdict,
    status: status ?? null,
    outcome,
    fields,
    customerId: customerId ?? null,
    companyId: companyId ?? null,
    leftOut,
    attempts,
    milliseconds: rounded(sent.milliseconds),
    requests: sent.exchanges.map(requestOf)
  }
}

function requestOf(exchange: Share): JsonRequest {
  const { method, status, milliseconds, request, sharedBy } = exchange
  const isSent = !isUnsent(exchange)
  return {
    method,
    path: pathOf(exchange),
    body: request.body === '' ? null : JSON.parse(request.body),
    isSent,
    status: typeof status === 'number' && isSent ? status : null,
    failure: typeof status === 'number' ? null : status,
    milliseconds: rounded(milliseconds),
    sharedBy
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : value === undefined || value === null ? null : JSON.stringify(value)
}

function rounded(milliseconds: number): number {
  return Number(milliseconds.toFixed(1))
}
