import { batches, companies, company, job, JOB_ID } from './answers'
import { kustomerOf, MISSING } from './conversation'
import type { Answer, Kustomer } from './conversation'

/** What a call is answered with, by its body where that matters. */
export type Route = Answer | ((body: unknown) => Answer)

/**
 * Answers calls in whatever order they come: by the routes given; else nobody is found, no company either, and every
 * creation, update and claim succeeds.
 */
export function kustomerWith(routes: Record<string, Route> = {}): Kustomer {
  return kustomerOf((call, body) => {
    const route = routes[call] ??
      OTHERWISE.find(([pattern]) => pattern.test(call))?.[1] ?? [599, `Nobody expected ${call}`]
    return typeof route === 'function' ? route(body) : route
  })
}

const OTHERWISE: Array<[RegExp, Answer]> = [
  [/^GET customers\//, MISSING],
  [/^POST customers$/, [201]],
  [/^PATCH customers\//, [200]],
  [/^GET companies\?/, [200, companies()]],
  [/^POST companies$/, [201, company()]],
  [/^PUT companies\//, [200]],
  [/^POST tracking\/identity$/, [201]]
]

/** A route that answers one call after the other, the last of them for good. */
export function inTurn(...answers: Answer[]): Route {
  return () => (answers.length > 1 ? answers.shift() : answers[0]) ?? MISSING
}

/** What a job tells of a record, by its reference; undefined where it tells nothing. */
type Telling = (ref: string, index: number) => Record<string, unknown> | undefined

/** Routes for a job that is complete at the first question. */
export function jobRoutes(
  kind: 'create' | 'update',
  telling: Telling = () => ({}),
  path = 'customers'
): Record<string, Route> {
  let refs: string[] = []
  const status = `${kind}d`
  return {
    [`${kind === 'create' ? 'POST' : 'PUT'} ${path}/bulk`]: (body) => {
      refs = (body as Array<{ _clientRef: string }>).map(({ _clientRef }) => _clientRef)
      return [201, job('queued')]
    },
    [`GET bulk/${JOB_ID}`]: [200, job('complete')],
    [`GET bulk/${JOB_ID}/batches`]: () => [
      200,
      batches(
        refs.flatMap((ref, index) => {
          const told = telling(ref, index)
          return told
            ? [{ _clientRef: ref, ...('error' in told ? {} : { objectId: `new-${ref}`, status }), ...told }]
            : []
        })
      )
    ]
  }
}

/** How often each kind of call was sent, its identifiers aside. */
export function countsOf({ sent }: Kustomer): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const [call] of sent) {
    const kind = call.replace(/(externalId|email|phone)=.*$/, '$1').replace(/^PATCH .*$/, 'PATCH customer')
    counts[kind] = (counts[kind] ?? 0) + 1
  }
  return counts
}
