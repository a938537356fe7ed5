import { randomBytes } from 'node:crypto'
import { CouldNotTell, expectStatus, recordIn, recordsIn } from '../api'
import type { Answer, Resource } from '../api'
import { isTaken, once, taken } from '../lab'
import type { Attributes, Lab } from '../lab'
import type { Question } from '../question'

/** How long the objects of a merge may take until they are at its target, in milliseconds. */
const MERGE_LIMIT = 20_000

const DESCRIPTION = 'Made by a check, and erased at its end'

/** What Kustomer makes of custom objects. Their Klass is one that the organization has: to define one would leave it. */
export function customObjectQuestions(lab: Lab): Question[] {
  const klass = once(() => usableKlass(lab))
  const tryToCreate = async (attributes: Attributes): Promise<Answer> =>
    lab.tryToCreateObject(await klass(), attributes)
  const create = async (attributes: Attributes): Promise<Resource> =>
    recordIn(expectStatus(await tryToCreate(attributes), 201))
  const read = async (id: string): Promise<Resource> =>
    recordIn(expectStatus(await lab.api.ask('GET', `klasses/${await klass()}/${id}`), 200))
  const shown = once(async () => {
    const customer = await lab.create({ externalId: lab.newExternalId() })
    return read((await create({ customer, data: { checked: true } })).id)
  })
  return [
    {
      variants: ['objectDuplicatesTaken'],
      async ask() {
        const externalId = lab.newExternalId()
        await create({ externalId })
        const answer = await tryToCreate({ externalId })
        const saw = `another object with the same external ID was ${taken(answer)}`
        return { saw, ...(isTaken(answer) ? { holds: 'objectDuplicatesTaken' } : {}) }
      }
    },
    {
      variants: ['objectPutReplaces'],
      async ask() {
        const { id } = await create({ description: DESCRIPTION })
        if ((await read(id)).attributes.description !== DESCRIPTION) {
          throw new CouldNotTell('a custom object does not show its description')
        }
        expectStatus(await lab.api.ask('PUT', `klasses/${await klass()}/${id}`, { title: lab.newExternalId() }), 200)
        const isThere = (await read(id)).attributes.description === DESCRIPTION
        return {
          saw: `the description that an update left out is ${isThere ? 'still there' : 'gone'}`,
          ...(isThere ? {} : { holds: 'objectPutReplaces' })
        }
      }
    },
    {
      variants: ['objectsHideCustomer'],
      async ask() {
        const { customer } = (await shown()).relationships as { customer?: { data?: unknown } | null }
        const isShown = Boolean(customer?.data)
        return {
          saw: `an object shows ${isShown ? 'its' : 'no'} customer`,
          ...(isShown ? {} : { holds: 'objectsHideCustomer' })
        }
      }
    },
    {
      variants: ['objectsHideData'],
      async ask() {
        const isShown = (await shown()).attributes.data !== undefined
        return {
          saw: `an object shows ${isShown ? 'its' : 'no'} data`,
          ...(isShown ? {} : { holds: 'objectsHideData' })
        }
      }
    },
    {
      variants: ['mergeLeavesObjects'],
      async ask() {
        const source = await lab.create({ externalId: lab.newExternalId() })
        const target = await lab.create({ emails: [{ email: lab.newEmail() }] })
        const { id } = await create({ customer: source })
        const merge = recordIn(expectStatus(await lab.api.ask('POST', 'customers/merges', { source, target }), 201))
        lab.ledger.start(`customers/merges/${merge.id}`)
        const path = `customers/${target}/klasses/${await klass()}`
        const isMoved = await lab.api.until(MERGE_LIMIT, async () => {
          const objects = recordsIn(expectStatus(await lab.api.ask('GET', path), 200))
          return objects.some((object) => object.id === id) || undefined
        })
        return {
          saw: `the object of the source is ${isMoved ? '' : 'not '}at the target`,
          ...(isMoved ? {} : { holds: 'mergeLeavesObjects' })
        }
      }
    }
  ]
}

/** The first Klass in use. @throws CouldNotTell where there is none, or its objects could not be erased */
async function usableKlass(lab: Lab): Promise<string> {
  const klasses = recordsIn(expectStatus(await lab.api.ask('GET', 'klasses'), 200))
  const name = klasses.find(({ attributes }) => attributes.status === 'enabled')?.attributes.name
  if (typeof name !== 'string') {
    throw new CouldNotTell('it takes a Klass of custom objects')
  }
  // Nobody has this id.
  await lab.api.ask('DELETE', `klasses/${name}/${randomBytes(12).toString('hex')}`)
  return name
}
