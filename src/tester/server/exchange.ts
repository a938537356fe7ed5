import { parsed } from '../json'
import { isUnsent } from '../kustomer/dry-run'
import type { Exchange } from '../kustomer/transport'
import type { SentExchange } from './answers'
import { redactHeaders } from './redaction'

/** An exchange as the page shows it, without what lets somebody in. */
export function exchangeOf(exchange: Exchange): SentExchange {
  const { method, status, milliseconds, request, response } = exchange
  const { url, headers, body } = request
  return {
    request: { url, headers: redactHeaders(headers), method, body },
    response: {
      statusCode: status,
      statusMessage: response?.statusText ?? '',
      headers: redactHeaders(response?.headers ?? {}),
      body: parsed(response?.body ?? '') ?? response?.body ?? ''
    },
    milliseconds,
    isSent: !isUnsent(exchange)
  }
}
