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
  return refuseUnless(isWelcome, 'Only this page and Segment’s app may call the tester.')
}

/** Refuses Segment's app too, where the tester's own settings fill in for what a request leaves out. */
export function refuseOtherPages(): MiddlewareHandler {
  return refuseUnless(isOwn, 'Only the tester’s own page may ask for this.')
}

/** Whether a request comes from a page of the tester's own, from Segment's app, or from no page at all. */
export function isWelcome(url: string, origin: string | undefined): boolean {
  return isOwn(url, origin !== undefined && SEGMENT_ORIGINS.includes(origin) ? undefined : origin)
}

function isOwn(url: string, origin: string | undefined): boolean {
  const { hostname, origin: own } = new URL(url)
  return OWN_HOST.test(hostname) && (origin === undefined || origin === own)
}

function refuseUnless(isFit: typeof isOwn, error: string): MiddlewareHandler {
  return async (context, next) =>
    isFit(context.req.url, context.req.header('origin')) ? next() : context.json({ error }, 403)
}
