import { expectStatus } from '../api'
import { isTaken, once, taken } from '../lab'
import type { Lab } from '../lab'
import type { Question } from '../question'

/** One character more than is assumed to be allowed. */
const LONG_TEXT = 'x'.repeat(1025)

/** Keys of text in which the strict reading sees the suffix of another type. */
const LOOSE_KEYS = ['orderNumber', 'seenAtHome', 'seenAt']

/** What the `meta` of an event may hold. */
export function trackingQuestions(lab: Lab): Question[] {
  const customer = once(() => createSeen(lab))
  return [
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

/** A customer whose plain events are taken. @returns their externalId */
async function createSeen(lab: Lab): Promise<string> {
  const externalId = lab.newExternalId()
  await lab.create({ externalId })
  expectStatus(await lab.track(externalId, { note: 'text' }), 201)
  return externalId
}
