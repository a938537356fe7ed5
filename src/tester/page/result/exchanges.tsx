import { useState } from 'preact/hooks'
import type { SentExchange } from '../../server/answers'
import { Code, pretty } from '../parts/code'
import { Copy } from '../parts/copy'
import { useWorkbench } from '../state/workbench'
import { curlOf } from './curl'

/** The requests of a delivery, with what Kustomer answered. */
export function Exchanges({ exchanges }: { exchanges: SentExchange[] }) {
  const [areOpen, setOpen] = useState(false)
  return exchanges.length === 0 ? null : (
    <div className="exchanges">
      <div className="exchanges-head">
        <h3>Requests</h3>
        <label className="check">
          <input
            type="checkbox"
            checked={areOpen}
            onChange={({ currentTarget }) => {
              setOpen(currentTarget.checked)
            }}
          />
          Show all messages
        </label>
      </div>
      {exchanges.map((exchange, index) => (
        <ExchangeView key={index} exchange={exchange} isOpen={areOpen} />
      ))}
    </div>
  )
}

function ExchangeView({
  exchange: { request, response, milliseconds, isSent },
  isOpen
}: {
  exchange: SentExchange
  isOpen: boolean
}) {
  const { connection } = useWorkbench()
  const { pathname, search } = new URL(request.url)
  const path = decodeURIComponent(pathname) + search
  const sandbox =
    connection.liveHost === undefined
      ? { origin: location.origin, apiKey: connection.settings.apiKey ?? '' }
      : undefined
  return (
    <details className="exchange" open={isOpen}>
      <summary>
        <span className="method">{request.method}</span>
        <bdi className="path">{path}</bdi>
        {isSent ? <Status status={response.statusCode} /> : <span className="status idle">not sent</span>}
        <span className="time">{milliseconds.toFixed(1)} ms</span>
      </summary>
      <div className="messages">
        <div className="message-head">
          <h4>Request</h4>
          <Copy label="Copy as curl" textOf={() => curlOf(request, sandbox)} />
        </div>
        <Headers headers={request.headers} />
        {request.body !== '' && <Code text={pretty(request.body)} label="Body of the request" />}
        <div className="message-head">
          <h4>Response</h4>
        </div>
        <Headers headers={response.headers} />
        {response.body !== '' && <Code text={pretty(response.body)} label="Body of the response" />}
      </div>
    </details>
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

function Status({ status }: { status: number | string }) {
  const isBad = typeof status !== 'number' || status >= 500 || status === 429
  return <span className={`status ${isBad ? 'bad' : status >= 400 ? 'idle' : 'good'}`}>{status}</span>
}
