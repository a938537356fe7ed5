import { CouldNotTell } from '../api'
import type { Resource } from '../api'
import { isTaken, taken } from '../lab'
import type { Lab } from '../lab'
import type { Question } from '../question'

const NAME = 'Segment check'
const OTHER_NAME = 'Segment check, changed'

/** What an update does with what it leaves out, and with `rev`. */
export function updateQuestions(lab: Lab): Question[] {
  return [
    {
      variants: ['updateMergesLists'],
      async ask() {
        const [first, second] = [lab.newEmail(), lab.newEmail()]
        const [one, other] = ['https://example.com/one', 'https://example.com/other']
        const before = { emails: [{ email: first }], urls: [{ url: one }] }
        const id = await lab.create({ externalId: lab.newExternalId(), ...before })
        await lab.update(id, { emails: [{ email: second }], urls: [{ url: other }] })
        const { attributes } = await lab.read(id)
        const areThere = [
          { what: 'the email', isThere: holds(attributes.emails, first) },
          { what: 'the URL', isThere: holds(attributes.urls, one) }
        ]
        const saw = areThere.map(({ what, isThere }) => `${what} that it left out is ${thereOrGone(isThere)}`)
        const isMerged = areThere.some(({ isThere }) => isThere)
        return { saw: saw.join('; '), ...(isMerged ? { holds: 'updateMergesLists' } : {}) }
      }
    },
    {
      variants: ['updateKeepsCompany'],
      async ask() {
        const id = await createLinked(lab)
        await lab.update(id, { name: OTHER_NAME })
        const isKept = companyOf(await lab.read(id)) !== undefined
        return { saw: `the link is ${thereOrGone(isKept)}`, ...(isKept ? { holds: 'updateKeepsCompany' } : {}) }
      }
    },
    {
      variants: ['bulkKeepsCompany'],
      async ask() {
        const id = await createLinked(lab)
        const { took, results } = await lab.runJob('PUT', [{ id, name: OTHER_NAME, _clientRef: 'a' }])
        if (took === undefined) {
          throw new CouldNotTell('the bulk job did not end')
        }
        const customer = await lab.read(id)
        if (customer.attributes.name !== OTHER_NAME) {
          throw new CouldNotTell(`the bulk update was not carried out (${JSON.stringify(results.get('a'))})`)
        }
        const isKept = companyOf(customer) !== undefined
        return { saw: `the link is ${thereOrGone(isKept)}`, ...(isKept ? { holds: 'bulkKeepsCompany' } : {}) }
      }
    },
    {
      variants: ['customReplaced'],
      async ask() {
        const [one, other] = (await lab.attributes()).filter(({ name, isPlain }) => name.endsWith('Str') && isPlain)
        if (!one || !other) {
          throw new CouldNotTell('it takes two custom attributes of the type Str that customers have')
        }
        const custom = { [one.name]: 'one', [other.name]: 'other' }
        const id = await lab.create({ externalId: lab.newExternalId(), custom })
        await lab.update(id, { custom: { [one.name]: 'changed' } })
        const { attributes } = await lab.read(id)
        const isThere = (attributes.custom as Record<string, unknown> | undefined)?.[other.name] === 'other'
        return {
          saw: `${one.name} was written, and ${other.name} is ${thereOrGone(isThere)}`,
          ...(isThere ? {} : { holds: 'customReplaced' })
        }
      }
    },
    {
      variants: ['revIgnored', 'revRefused'],
      async ask() {
        const id = await lab.create({ externalId: lab.newExternalId(), name: NAME })
        const { rev } = (await lab.read(id)).attributes
        if (typeof rev !== 'number') {
          throw new CouldNotTell('a customer shows no rev')
        }
        const current = await lab.tryToUpdate(id, { name: OTHER_NAME, rev })
        if (!isTaken(current)) {
          return { saw: `the current rev was ${taken(current)}`, holds: 'revRefused' }
        }
        if ((await lab.read(id)).attributes.rev === rev) {
          throw new CouldNotTell('an update did not change the rev')
        }
        const stale = await lab.tryToUpdate(id, { name: NAME, rev })
        const saw = `the current rev was taken (${current.status}), a stale one ${taken(stale)}`
        return { saw, ...(isTaken(stale) ? { holds: 'revIgnored' } : {}) }
      }
    }
  ]
}

/** A customer who is linked to a company. */
async function createLinked(lab: Lab): Promise<string> {
  const company = await lab.company()
  const id = await lab.create({ externalId: lab.newExternalId(), name: NAME, company })
  if (companyOf(await lab.read(id)) !== company) {
    throw new CouldNotTell('a new customer is not linked to the company that they were created with')
  }
  return id
}

function companyOf({ relationships }: Resource): string | undefined {
  return (relationships as { company?: { data?: { id?: string } | null } | null }).company?.data?.id
}

function holds(list: unknown, value: string): boolean {
  return JSON.stringify(list).includes(JSON.stringify(value))
}

function thereOrGone(isThere: boolean): string {
  return isThere ? 'still there' : 'gone'
}
