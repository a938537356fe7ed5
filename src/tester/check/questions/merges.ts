import { CouldNotTell, expectStatus, recordIn, saying } from '../api'
import type { Answer } from '../api'
import { isTaken, once, taken } from '../lab'
import type { Lab } from '../lab'
import { statusOf } from '../ledger'
import type { Question } from '../question'

/** How long is waited, in milliseconds, for a merge to be finished, its source to be gone, and an event to be seen. */
const MERGE_LIMIT = 60_000
const TIMELINE_LIMIT = 20_000
const GONE_LIMIT = 10_000

/** A customer with an externalId and an event, merged into one who has neither. */
interface Merged {
  target: string
  externalId: string
  /** The status of the merge when it was answered. */
  status: string
  /** In milliseconds; undefined where it was not finished in time. */
  took?: number
  /** How the source reads when the merge was answered, and once it is gone, if it is. */
  atOnce: Answer
  gone?: Answer
  /** Why nothing can be told of the timeline. */
  untracked?: string
}

/** What a merge does, whose target has no externalId. */
export function mergeQuestions(lab: Lab): Question[] {
  const merging = once(() => merge(lab))
  const merged = async (): Promise<Merged> => {
    const result = await merging()
    if (result.took === undefined) {
      throw new CouldNotTell('the merge was not finished after a minute')
    }
    return result
  }
  return [
    {
      variants: ['mergeUnfinished'],
      async ask() {
        const { status, took, atOnce } = await merging()
        const isFinished = status === 'success' && !isThere(atOnce)
        const end = took === undefined ? 'not finished after a minute' : `finished after ${(took / 1000).toFixed(1)} s`
        const saw = `answered with “${status}”, the source ${isThere(atOnce) ? 'still there' : 'gone'} at once, ${end}`
        return { saw, ...(isFinished ? {} : { holds: 'mergeUnfinished' }) }
      }
    },
    {
      variants: ['mergedReadsAsDeleted'],
      async ask() {
        const { gone } = await merged()
        if (!gone) {
          throw new CouldNotTell('a read of the source answers as if it had not been merged')
        }
        return gone.status === 200
          ? { saw: 'a read of the source answers 200 with deleted: true', holds: 'mergedReadsAsDeleted' }
          : { saw: `a read of the source answers ${gone.status}` }
      }
    },
    {
      variants: ['mergePassesExternalId', 'mergeFreesExternalId'],
      async ask() {
        const { target, externalId } = await merged()
        if ((await lab.find('externalId', externalId))?.id === target) {
          return { saw: 'the external ID finds the target', holds: 'mergePassesExternalId' }
        }
        const anew = await lab.tryToCreate({ externalId })
        const saw = `the external ID does not find the target; a new customer with it was ${taken(anew)}`
        return { saw, ...(isTaken(anew) ? { holds: 'mergeFreesExternalId' } : {}) }
      }
    },
    {
      variants: ['mergeLeavesTimeline'],
      async ask() {
        const { target, untracked } = await merged()
        if (untracked !== undefined) {
          throw new CouldNotTell(untracked)
        }
        const isMoved = await hasEvent(lab, target)
        return {
          saw: `the event of the source is ${isMoved ? '' : 'not '}on the timeline of the target`,
          ...(isMoved ? {} : { holds: 'mergeLeavesTimeline' })
        }
      }
    }
  ]
}

async function merge(lab: Lab): Promise<Merged> {
  const externalId = lab.newExternalId()
  const source = await lab.create({ externalId })
  const target = await lab.create({ emails: [{ email: lab.newEmail() }] })
  const untracked = await seeEvent(lab, externalId, source)
  const startedAt = lab.api.clock.now()
  const answer = expectStatus(await lab.api.ask('POST', 'customers/merges', { source, target }), 201)
  const path = `customers/merges/${recordIn(answer).id}`
  lab.ledger.start(path)
  const atOnce = await lab.api.ask('GET', `customers/${source}`)
  const status = statusOf(answer)
  const took = await lab.api.until(MERGE_LIMIT, async () => {
    const isFinished = status === 'success' || statusOf(await lab.api.ask('GET', path)) === 'success'
    return isFinished ? lab.api.clock.now() - startedAt : undefined
  })
  if (took !== undefined) {
    lab.ledger.end(path)
  }
  const gone = await lab.api.until(GONE_LIMIT, async () => {
    const read = await lab.api.ask('GET', `customers/${source}`)
    return isThere(read) ? undefined : read
  })
  return { target, externalId, status, took, atOnce, gone, untracked }
}

/** Puts an event on a timeline and waits until it is seen there. @returns why it is not, where it is not */
async function seeEvent(lab: Lab, externalId: string, id: string): Promise<string | undefined> {
  try {
    const answer = await lab.track(externalId, {})
    if (answer.status >= 300) {
      return `an event was refused (${saying(answer)})`
    }
    return (await hasEvent(lab, id)) ? undefined : 'an event was not seen on the timeline that it was sent to'
  } catch (error) {
    if (error instanceof CouldNotTell) {
      return error.message
    }
    throw error
  }
}

async function hasEvent(lab: Lab, id: string): Promise<boolean> {
  const found = await lab.api.until(TIMELINE_LIMIT, async () => ((await lab.eventsOf(id)) > 0 ? true : undefined))
  return found !== undefined
}

/** Whether an answer to a read shows a customer who is not gone. */
function isThere(answer: Answer): boolean {
  return answer.status === 200 && recordIn(answer).attributes.deleted !== true
}
