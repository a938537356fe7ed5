/** Headers that curl sends by itself. */
const OWN_HEADERS = ['accept', 'accept-encoding', 'connection', 'content-length', 'host']

/** A request as a curl command, which takes the key from the environment. */
export function curlOf({ method, url, headers, body }) {
  const sent = Object.entries(headers).filter(([name]) => !OWN_HEADERS.includes(name))
  return [
    `curl -X ${method} ${quoted(url)}`,
    ...sent.map(([name, value]) =>
      name === 'authorization' ? '-H "authorization: Bearer $KUSTOMER_API_KEY"' : `-H ${quoted(`${name}: ${value}`)}`
    ),
    ...(body === '' ? [] : [`-d ${quoted(body)}`])
  ].join(' \\\n  ')
}

function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`
}
