import type { Exchange } from '../kustomer/transport'

const FIRST = 1000
const LONGEST = 60_000

/**
 * How long to wait before something is sent again: 1, 2, 4 … seconds and at most a minute, and no less than until
 * Kustomer's rate limit resets.
 *
 * @param attempt how often it has been sent
 * @param now in milliseconds since the epoch
 * @returns milliseconds
 */
export function pauseBefore(attempt: number, exchanges: Exchange[], now: number): number {
  const growing = Math.min(LONGEST, FIRST * 2 ** (attempt - 1))
  const resets = exchanges.map(({ response }) => Number(response?.headers['x-ratelimit-reset'] ?? 0) * 1000 - now)
  return Math.max(growing, ...resets.filter(Number.isFinite))
}
