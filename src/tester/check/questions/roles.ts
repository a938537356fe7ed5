import { CouldNotTell, LackingRole, saying } from '../api'
import type { Answer, Api } from '../api'
import type { Lab } from '../lab'
import type { Question } from '../question'

const ROLE = 'org.permission.customer.read'

/**
 * What a request answers whose key lacks the role: one that the check has met, or one that it makes with another key.
 *
 * @param limited with a key that lacks a role
 */
export function roleQuestions(lab: Lab, limited: Api | undefined): Question[] {
  return [
    {
      variants: ['missingRoleAnswers401'],
      async ask() {
        const refusal = lab.api.refusal ?? (limited && (await refusalOf(limited)))
        if (!refusal) {
          throw new CouldNotTell(
            `the key lacks no role that the check needs; a second one without ${ROLE}, in KUSTOMER_LIMITED_API_KEY, would tell`
          )
        }
        const saw = `${refusal.method} /v1/${refusal.path.split('?')[0] ?? ''}: ${saying(refusal)}`
        return { saw, ...(refusal.status === 401 ? { holds: 'missingRoleAnswers401' } : {}) }
      }
    }
  ]
}

/** @throws CouldNotTell where the key is none, or lacks nothing */
async function refusalOf(limited: Api): Promise<Answer> {
  const token = await askFor(limited, 'auth/tokens/current')
  if (token.status !== 200) {
    throw new CouldNotTell(`the limited key does not work here (${saying(token)})`)
  }
  const answer = await askFor(limited, 'customers/externalId=segment-check')
  if (answer.status < 401 || answer.status > 403) {
    throw new CouldNotTell(`the limited key has the role ${ROLE}`)
  }
  return answer
}

function askFor(api: Api, path: string): Promise<Answer> {
  return api.ask('GET', path).catch((error: unknown) => {
    if (error instanceof LackingRole) {
      return error.answer
    }
    throw error
  })
}
