import type { SentExchange } from '../../server/answers'

/** Headers that curl sends by itself. */
const OWN_HEADERS = ['accept', 'accept-encoding', 'connection', 'content-length', 'host']

/**
 * A request as a curl command that goes where the request went.
 *
 * @param sandbox where the sandbox is, and its key; the real Kustomer's is taken from the environment
 */
export function curlOf(
  { method, url, headers, body }: SentExchange['request'],
  sandbox?: { origin: string; apiKey: string }
): string {
  const { pathname, search } = new URL(url)
  const target = sandbox ? `${sandbox.origin}${pathname}${search}` : url
  const key = sandbox ? quoted(`authorization: Bearer ${sandbox.apiKey}`) : '"authorization: Bearer $KUSTOMER_API_KEY"'
  const sent = Object.entries(headers).filter(([name]) => !OWN_HEADERS.includes(name))
  return [
    `curl -X ${method} ${quoted(target)}`,
    ...sent.map(([name, value]) => `-H ${name === 'authorization' ? key : quoted(`${name}: ${value}`)}`),
    ...(body === '' ? [] : [`-d ${quoted(body)}`])
  ].join(' \\\n  ')
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
