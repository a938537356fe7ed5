import { CouldNotTell, expectStatus } from '../api'
import { isTaken, once, taken } from '../lab'
import type { Lab } from '../lab'
import type { Question } from '../question'

/** One character more than is assumed to be allowed. */
const LONG_TEXT = 'x'.repeat(1025)

/** Keys of text in which the strict reading sees the suffix of another type. */
const LOOSE_KEYS = ['orderNumber', 'seenAtHome', 'seenAt']

/** How long an event may take until it is on a timeline, in milliseconds. */
const TIMELINE_LIMIT = 20_000

/** What the `meta` of an event may hold, whose a shared device is, and what answers tell of the rate limit. */
export function trackingQuestions(lab: Lab): Question[] {
  const customer = once(() => createSeen(lab))
  return [
    {
      variants: ['rateLimitHeadersAbsent'],
      async ask() {
        await lab.api.ask('GET', 'auth/tokens/current')
        const isTold = lab.api.tellsRateLimit
        return {
          saw: `an answer ${isTold ? 'has' : 'lacks'} the header x-ratelimit-remaining`,
          ...(isTold ? {} : { holds: 'rateLimitHeadersAbsent' })
        }
      }
    },
    {
      variants: ['trackingIdStays'],
      async ask() {
        const isFirst = await trackSharedDevice(lab)
        return {
          saw: `an anonymous event is on the timeline of the customer who was identified ${isFirst ? 'first' : 'last'}`,
          ...(isFirst ? { holds: 'trackingIdStays' } : {})
        }
      }
    },
    {
      variants: ['metaTextsUnlimited'],
      async ask() {
        const answer = await lab.track(await customer(), { note: LONG_TEXT })
        return {
          saw: `${LONG_TEXT.length} characters were ${taken(answer)}`,
          ...(isTaken(answer) ? { holds: 'metaTextsUnlimited' } : {})
        }
      }
    },
    {
      variants: ['metaKeysLoose'],
      async ask() {
        const externalId = await customer()
        const seen: Array<{ key: string; what: string; isLoose: boolean }> = []
        for (const key of LOOSE_KEYS) {
          const answer = await lab.track(externalId, { [key]: 'text' })
          seen.push({ key, what: taken(answer), isLoose: isTaken(answer) })
        }
        return {
          saw: seen.map(({ key, what }) => `text under ${key} was ${what}`).join('; '),
          ...(seen.every(({ isLoose }) => isLoose) ? { holds: 'metaKeysLoose' } : {})
        }
      }
    }
  ]
}

/** Identifies two customers on one device. @returns whether its next anonymous event is the first one's */
async function trackSharedDevice(lab: Lab): Promise<boolean> {
  const device = lab.newTrackingId()
  const ids: string[] = []
  for (const externalId of [lab.newExternalId(), lab.newExternalId()]) {
    ids.push(await lab.create({ externalId }))
    expectStatus(await lab.track(externalId, {}, device), 201)
  }
  await lab.trackVisitor(device)
  const [first = '', second = ''] = ids
  const isFirst = await lab.api.until(TIMELINE_LIMIT, async () =>
    (await lab.eventsOf(first)) > 1 ? true : (await lab.eventsOf(second)) > 1 ? false : undefined
  )
  if (isFirst === undefined) {
    throw new CouldNotTell('an anonymous event of a shared device was seen on no timeline')
  }
  return isFirst
}

/** A customer whose plain events are taken. @returns their externalId */
async function createSeen(lab: Lab): Promise<string> {
  const externalId = lab.newExternalId()
  await lab.create({ externalId })
  expectStatus(await lab.track(externalId, { note: 'text' }), 201)
  return externalId
}
