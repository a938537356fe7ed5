const REDACTED = '<redacted>'

/** Those that the monorepo's server keeps to itself. */
const SECRET_HEADERS = [
  ...['authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'www-authenticate', 'proxy-authenticate'],
  ...['x-csrf-token', 'x-xsrf-token', 'x-api-key', 'x-client-id', 'x-uid', 'x-requested-with', 'x-forwarded-for'],
  ...['x-real-ip', 'x-amz-security-token', 'x-amz-content-sha256', 'x-amz-date', 'x-amz-user-agent']
]

/** A key shorter than this, which no real one is, could be a part of any word. */
const SHORTEST_KEY = 6

/** Headers without the values that let somebody in. */
export function redactHeaders(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, SECRET_HEADERS.includes(name) ? REDACTED : value])
  )
}

/** A value as JSON in which no secret stands, wherever it was in it. */
export function redactedJson(value: unknown, secrets: unknown[]): string {
  const spellings = secrets
    .map((secret) => (typeof secret === 'string' ? secret.trim() : ''))
    .filter((secret) => secret.length >= SHORTEST_KEY)
    // A body is JSON within JSON: what JSON escapes is escaped once or twice.
    .flatMap((secret) => [escaped(escaped(secret)), escaped(secret)])
  return spellings.reduce((json, secret) => json.split(secret).join(REDACTED), JSON.stringify(value))
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}
