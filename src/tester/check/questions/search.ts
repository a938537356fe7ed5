import { CouldNotTell, expectStatus, recordsIn } from '../api'
import type { Resource } from '../api'
import type { Lab } from '../lab'
import type { Question } from '../question'

/** How long the index may lag, in milliseconds. */
const INDEX_LIMIT = 90_000

/** What somebody would have to know of a customer to write to them on a search's word. */
const NEEDED = ['externalId', 'emails', 'phones', 'rev']

/** What a search result shows. */
export function searchQuestions(lab: Lab): Question[] {
  return [
    {
      variants: ['searchShowsRecord'],
      async ask() {
        const externalId = lab.newExternalId()
        await lab.create({ externalId, emails: [{ email: lab.newEmail() }] })
        const startedAt = lab.api.clock.now()
        const found = await lab.api.until(INDEX_LIMIT, () => search(lab, externalId))
        if (!found) {
          throw new CouldNotTell(`no search found a new customer within ${INDEX_LIMIT / 1000} seconds`)
        }
        const lag = ((lab.api.clock.now() - startedAt) / 1000).toFixed(1)
        const shown = Object.keys(found.attributes)
        const isWhole = NEEDED.every((name) => shown.includes(name))
        const saw = `${listed(shown)}; relationships: ${
          Object.keys(found.relationships).join(', ') || 'none'
        }; found after ${lag} s`
        return { saw, ...(isWhole ? { holds: 'searchShowsRecord' } : {}) }
      }
    }
  ]
}

async function search(lab: Lab, externalId: string): Promise<Resource | undefined> {
  const terms = { queryContext: 'customer', and: [{ customer_externalId: { equals: externalId } }] }
  const answer = await lab.api.ask('POST', 'customers/search?page=1&pageSize=10', terms)
  const [found] = recordsIn(expectStatus(answer, 200))
  return found
}

function listed(names: string[]): string {
  const first = names.slice(0, 12).join(', ')
  return `${names.length} attributes: ${first}${names.length > 12 ? ', …' : ''}`
}
