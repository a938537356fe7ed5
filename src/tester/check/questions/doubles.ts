import { CouldNotTell, saying, unexpected, wordsOf } from '../api'
import type { Answer } from '../api'
import { isRefusal, once } from '../lab'
import type { Lab } from '../lab'
import type { Question } from '../question'

/** Words that say what is wrong, to somebody who knows nothing else. */
const TELLING = /duplicat|in use|taken|already|exist|unique|conflict|external.?id|email|phone/i

/** What Kustomer answers where a write would give a customer what another one has. */
export function doubleQuestions(lab: Lab): Question[] {
  const refusals = once(() => tryDoubles(lab))
  return [
    {
      variants: ['duplicateAnswers400', 'duplicateAnswers422'],
      async ask() {
        const all = await refusals()
        const statuses = all.map(({ answer }) => answer.status)
        const saw = all.map(({ what, answer }) => `${what}: ${answer.status}`).join('; ')
        const [other] = [422, 400].filter((status) => statuses.includes(status))
        return { saw, ...(other ? { holds: other === 422 ? 'duplicateAnswers422' : 'duplicateAnswers400' } : {}) }
      }
    },
    {
      variants: ['duplicateWordsVary'],
      async ask() {
        const all = await refusals()
        const saw = [...new Set(all.map(({ answer }) => `“${wordsOf(answer)}”`))].join('; ')
        const isTold = all.every(({ answer }) => TELLING.test(wordsOf(answer)))
        return { saw, ...(isTold ? {} : { holds: 'duplicateWordsVary' }) }
      }
    }
  ]
}

async function tryDoubles(lab: Lab): Promise<Array<{ what: string; answer: Answer }>> {
  const externalId = lab.newExternalId()
  const emails = [{ email: lab.newEmail() }]
  const phones = [{ phone: await lab.newPhone() }]
  await lab.create({ externalId, emails, phones })
  const other = await lab.create({ externalId: lab.newExternalId() })
  const doubles = [
    { what: 'a new customer with the external ID', answer: await lab.tryToCreate({ externalId }) },
    { what: 'with the email', answer: await lab.tryToCreate({ externalId: lab.newExternalId(), emails }) },
    { what: 'with the phone', answer: await lab.tryToCreate({ externalId: lab.newExternalId(), phones }) },
    { what: 'an update with the email', answer: await lab.tryToUpdate(other, { emails }) }
  ]
  for (const { what, answer } of doubles) {
    if (answer.status < 300) {
      throw new CouldNotTell(`${what} of another one was taken (${saying(answer)}), which Kustomer says it refuses`)
    }
    if (!isRefusal(answer)) {
      throw unexpected(answer)
    }
  }
  return doubles
}
