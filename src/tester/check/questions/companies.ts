import { randomBytes } from 'node:crypto'
import { CouldNotTell, expectStatus, recordsIn } from '../api'
import type { Resource } from '../api'
import { isTaken, taken } from '../lab'
import type { Attributes, Lab } from '../lab'
import type { Question } from '../question'

/** How long a new company may take until it is found, in milliseconds. */
const LOOK_UP_LIMIT = 5000

const EMPLOYEES = 7

/** What Kustomer makes of companies. */
export function companyQuestions(lab: Lab): Question[] {
  return [
    {
      variants: ['unknownCompanyRefused'],
      async ask() {
        const company = randomBytes(12).toString('hex')
        const answer = await lab.tryToCreate({ externalId: lab.newExternalId(), company })
        const saw = `a customer of a company that nobody has made was ${taken(answer)}`
        return { saw, ...(isTaken(answer) ? {} : { holds: 'unknownCompanyRefused' }) }
      }
    },
    {
      variants: ['companyPutReplaces'],
      async ask() {
        const { id } = await lab.createCompany({ employeeCount: EMPLOYEES })
        if ((await lab.readCompany(id)).attributes.employeeCount !== EMPLOYEES) {
          throw new CouldNotTell('a company does not show its employeeCount')
        }
        await lab.updateCompany(id, { name: lab.newExternalId() })
        const isThere = (await lab.readCompany(id)).attributes.employeeCount === EMPLOYEES
        return {
          saw: `the employeeCount that it left out is ${isThere ? 'still there' : 'gone'}`,
          ...(isThere ? {} : { holds: 'companyPutReplaces' })
        }
      }
    },
    {
      variants: ['companyNamesUnique'],
      ask: () => askForDouble(lab, 'name', () => ({ name: lab.newExternalId() }), 'companyNamesUnique')
    },
    {
      variants: ['companyContactsUnique'],
      ask: () =>
        askForDouble(lab, 'domain', () => ({ domains: [{ domain: lab.newDomain() }] }), 'companyContactsUnique')
    },
    {
      variants: ['companyFilterExact'],
      async ask() {
        const name = lab.newExternalId()
        await lab.createCompany({ name: `${name} and more` })
        const whole = await lab.api.until(LOOK_UP_LIMIT, () => named(lab, `${name} and more`))
        if (!whole) {
          throw new CouldNotTell(`a new company was not found by its name within ${LOOK_UP_LIMIT / 1000} seconds`)
        }
        const isFound = (await named(lab, `${name} and`)) !== undefined
        return {
          saw: `a company was ${isFound ? 'found' : 'not found'} by a part of its name`,
          ...(isFound ? {} : { holds: 'companyFilterExact' })
        }
      }
    },
    {
      variants: ['companyListsBrief'],
      async ask() {
        const externalId = lab.newExternalId()
        await lab.createCompany({ externalId })
        const found = await lab.api.until(LOOK_UP_LIMIT, () => first(lab, `externalId=${externalId}`))
        if (!found) {
          throw new CouldNotTell(`a new company was not found within ${LOOK_UP_LIMIT / 1000} seconds`)
        }
        const isWhole = found.attributes.externalId === externalId && 'emails' in found.attributes
        return {
          saw: `a list shows ${Object.keys(found.attributes).join(', ')}`,
          ...(isWhole ? {} : { holds: 'companyListsBrief' })
        }
      }
    },
    {
      variants: ['companyListsLag'],
      async ask() {
        const externalId = lab.newExternalId()
        await lab.createCompany({ externalId })
        const startedAt = lab.api.clock.now()
        if (await first(lab, `externalId=${externalId}`)) {
          return { saw: 'a new company is listed at once' }
        }
        const found = await lab.api.until(LOOK_UP_LIMIT, () => first(lab, `externalId=${externalId}`))
        const lag = ((lab.api.clock.now() - startedAt) / 1000).toFixed(1)
        return { saw: `a new company is ${found ? '' : 'not '}listed after ${lag} s`, holds: 'companyListsLag' }
      }
    },
    {
      variants: ['deletedCompaniesRemain', 'deletedCompaniesStayLinked'],
      async ask() {
        const { id } = await lab.createCompany({})
        const customer = await lab.create({ externalId: lab.newExternalId(), company: id })
        await lab.updateCompany(id, { deleted: true })
        const { status } = expectStatus(await lab.api.ask('GET', `companies/${id}`), 200, 404)
        const { company } = (await lab.read(customer)).relationships as { company?: { data?: unknown } | null }
        const saw = `a read answers ${status}, and its customer shows ${company?.data ? 'the' : 'no'} link to it`
        const holds =
          status === 200 ? 'deletedCompaniesRemain' : company?.data ? 'deletedCompaniesStayLinked' : undefined
        return { saw, ...(holds && { holds }) }
      }
    }
  ]
}

async function askForDouble(
  lab: Lab,
  what: string,
  attributesOf: () => Attributes,
  holds: 'companyNamesUnique' | 'companyContactsUnique'
) {
  const attributes = attributesOf()
  await lab.createCompany(attributes)
  const answer = await lab.tryToCreateCompany(attributes)
  const saw = `another company with the same ${what} was ${taken(answer)}`
  return { saw, ...(isTaken(answer) ? {} : { holds }) }
}

function named(lab: Lab, name: string): Promise<Resource | undefined> {
  return first(lab, `filter=${encodeURIComponent(name)}`)
}

async function first(lab: Lab, query: string): Promise<Resource | undefined> {
  return recordsIn(expectStatus(await lab.api.ask('GET', `companies?${query}`), 200))[0]
}
