import type { SentExchange } from '../../server/answers'
import { Code, pretty } from '../parts/code'
import { Copy } from '../parts/copy'
import { useWorkbench } from '../state/workbench'
import { curlOf } from './curl'
import { answerOf, differencesOf, stepOf } from './steps'
import type { Difference } from './steps'

/** The requests of a delivery: what each is for, and opened, what it changes and its messages. */
export function Exchanges({ exchanges }: { exchanges: SentExchange[] }) {
  return exchanges.length === 0 ? null : (
    <div className="exchanges">
      {exchanges.map((exchange, index) => (
        <ExchangeView key={index} exchange={exchange} earlier={exchanges.slice(0, index)} />
      ))}
    </div>
  )
}

function ExchangeView({ exchange, earlier }: { exchange: SentExchange; earlier: SentExchange[] }) {
  const { request, milliseconds } = exchange
  const { pathname, search } = new URL(request.url)
  const path = decodeURIComponent(pathname) + search
  return (
    <details className="exchange">
      <summary>
        <bdi className="step">{stepOf(exchange) ?? `${request.method} ${path}`}</bdi>
        <Status exchange={exchange} />
        <span className="call">
          <span className="method">{request.method}</span> <bdi className="path">{path}</bdi>
        </span>
        <span className="time">{milliseconds.toFixed(1)} ms</span>
      </summary>
      <div className="messages">
        <Differences differences={differencesOf(exchange, earlier)} />
        <Messages exchange={exchange} />
      </div>
    </details>
  )
}

/** What a write changes, next to what the request before it has read. */
function Differences({ differences }: { differences: Difference[] }) {
  return differences.length === 0 ? null : (
    <>
      <h3>{differences.some(({ before }) => before !== undefined) ? 'Changes' : 'Writes'}</h3>
      <dl className="differences">
        {differences.map(({ label, before, after }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              {before !== undefined && before !== '' && <del dir="auto">{before}</del>}{' '}
              <ins dir="auto">{after === '' ? 'cleared' : after}</ins>
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function Messages({ exchange: { request, response } }: { exchange: SentExchange }) {
  const { connection } = useWorkbench()
  const sandbox =
    connection.liveHost === undefined
      ? { origin: location.origin, apiKey: connection.settings.apiKey ?? '' }
      : undefined
  return (
    <>
      <div className="message-head">
        <h3>Request</h3>
        <Copy label="Copy as curl" textOf={() => curlOf(request, sandbox)} />
      </div>
      <Headers headers={request.headers} />
      {request.body !== '' && <Code text={pretty(request.body)} label="Body of the request" />}
      <h3>Response</h3>
      <Headers headers={response.headers} />
      {response.body !== '' && <Code text={pretty(response.body)} label="Body of the response" />}
    </>
  )
}

function Headers({ headers }: { headers: Record<string, string> }) {
  const entries = Object.entries(headers)
  return entries.length === 0 ? null : (
    <details className="headers">
      <summary>{entries.length} headers</summary>
      <dl>
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

function Status({ exchange }: { exchange: SentExchange }) {
  const status = exchange.response.statusCode
  const isBad = typeof status !== 'number' || status >= 500 || status === 429
  const tone = !exchange.isSent || (!isBad && status >= 400) ? 'idle' : isBad ? 'bad' : 'good'
  return <span className={`status ${tone}`}>{answerOf(exchange)}</span>
}
