import type { MiddlewareHandler } from 'hono'
import { refusePlainly } from './errors'

/** This machine, and the hosts that requests are addressed to which are led here instead of to Kustomer. */
const OWN_HOST = /^(?:localhost|127\.0\.0\.1|(?:[a-z0-9-]+\.)*kustomerapp\.com)$/

/**
 * Refuses what other web pages send: the control routes need no key. A host of another name means that a page has its
 * own name point here.
 */
export function refuseStrangers(): MiddlewareHandler {
  return async (context, next) => {
    const { hostname, origin: own } = new URL(context.req.url)
    const origin = context.req.header('origin') ?? own
    if (!OWN_HOST.test(hostname) || origin !== own) {
      return refusePlainly(
        context,
        403,
        'forbidden',
        'Only programs on this machine can call the sandbox. Web pages can’t.'
      )
    }
    return next()
  }
}
