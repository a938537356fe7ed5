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
    const { hostname, origin: own } = new URL(context.req.url)
    const origin = context.req.header('origin') ?? own
    if (!OWN_HOST.test(hostname) || (origin !== own && !SEGMENT_ORIGINS.includes(origin))) {
      return context.json({ error: 'Only this page and Segment’s app may call the tester.' }, 403)
    }
    return next()
  }
}
