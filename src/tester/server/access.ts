import type { MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'

/** Where Segment's hosted Actions Tester runs. */
const SEGMENT_ORIGINS = [
  'https://app.segment.com',
  'https://eu1.app.segment.com',
  'https://app.segment.build',
  'https://eu1.app.segment.build',
  'http://localhost:8000'
]

const OWN_HOST = /^(?:localhost|127\.0\.0\.1)$/

/** Lets Segment's app read the answers. */
export function allowSegment(): MiddlewareHandler {
  return cors({ origin: SEGMENT_ORIGINS })
}

/**
 * Refuses what other web pages send: the server may hold a key of the real Kustomer. A host of another name means that
 * a page has its own name point here.
 */
export function refuseStrangers(): MiddlewareHandler {
  return async (context, next) => {
    if (!isWelcome(context.req.url, context.req.header('origin'))) {
      return context.json({ error: 'Only this page and Segment’s app may call the tester.' }, 403)
    }
    return next()
  }
}

/** Whether a request comes from a page of the tester's own, from Segment's app, or from no page at all. */
export function isWelcome(url: string, origin: string | undefined): boolean {
  const { hostname, origin: own } = new URL(url)
  return OWN_HOST.test(hostname) && (origin === undefined || origin === own || SEGMENT_ORIGINS.includes(origin))
}
