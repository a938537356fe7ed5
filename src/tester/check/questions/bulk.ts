import { CouldNotTell } from '../api'
import { isTaken, once, taken } from '../lab'
import type { BulkResult, Job, Lab } from '../lab'
import type { Question } from '../question'

/** How long this destination waits for a job, in milliseconds. */
const PATIENCE = 6000

/** What bulk jobs do and say. */
export function bulkQuestions(lab: Lab): Question[] {
  const job = once(() => runMixedJob(lab))
  const results = async () => {
    const { good, bad } = resultsOf(await job())
    if (!good || !bad) {
      throw new CouldNotTell('the bulk job did not tell what became of each record')
    }
    return { good, bad }
  }
  return [
    {
      variants: ['jobsSlow'],
      async ask() {
        const { took } = await job()
        const isSlow = took === undefined || took > PATIENCE
        const saw = took === undefined ? 'not complete after a minute' : `complete after ${(took / 1000).toFixed(1)} s`
        return { saw, ...(isSlow ? { holds: 'jobsSlow' } : {}) }
      }
    },
    {
      variants: ['bulkErrorsAsObjects'],
      async ask() {
        const { bad } = await results()
        const isObject = typeof bad.error === 'object' && bad.error !== null
        return {
          saw: `the error of a double: ${bad.error === undefined ? 'none' : JSON.stringify(bad.error)}`,
          ...(isObject ? { holds: 'bulkErrorsAsObjects' } : {})
        }
      }
    },
    {
      variants: ['bulkResultsWithoutStatus'],
      async ask() {
        const { good, bad } = await results()
        const hasStatus = good.status !== undefined && bad.status !== undefined
        const saw = `created: ${statusIn(good)}; refused: ${statusIn(bad)}`
        return { saw, ...(hasStatus ? {} : { holds: 'bulkResultsWithoutStatus' }) }
      }
    },
    {
      variants: ['bulkRefusesWhole'],
      async ask() {
        const good = lab.newExternalId()
        const { answer, job: tried } = await lab.tryJob('POST', [
          { externalId: good, _clientRef: 'good' },
          { externalId: lab.newExternalId(), noAttribute: 1, _clientRef: 'bad' }
        ])
        if (!tried) {
          return { saw: `the body was ${taken(answer)}`, ...(isTaken(answer) ? {} : { holds: 'bulkRefusesWhole' }) }
        }
        if (tried.took === undefined) {
          throw new CouldNotTell('the bulk job did not end')
        }
        const isWritten = (await lab.findSoon('externalId', good)) !== undefined
        const saw = `the body was taken (${answer.status}), and the good record ${isWritten ? '' : 'not '}written`
        return { saw, ...(isWritten ? {} : { holds: 'bulkRefusesWhole' }) }
      }
    }
  ]
}

/** A job that creates somebody new and doubles somebody who is there. */
async function runMixedJob(lab: Lab): Promise<Job> {
  const taken = lab.newExternalId()
  await lab.create({ externalId: taken })
  return lab.runJob('POST', [
    { externalId: lab.newExternalId(), _clientRef: 'good' },
    { externalId: taken, _clientRef: 'bad' }
  ])
}

function resultsOf({ results }: Job): { good?: BulkResult; bad?: BulkResult } {
  return { good: results.get('good'), bad: results.get('bad') }
}

function statusIn({ status }: BulkResult): string {
  return status === undefined ? 'no status' : JSON.stringify(status)
}
