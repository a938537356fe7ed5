import { notFound, Refusal } from '../errors'
import type { Agenda } from './agenda'
import type { Customers } from './customers'
import { link, ORGANIZATION, USER } from './links'
import type { World } from './world'

interface Merge {
  id: string
  source: string
  target: string
  /** [P] `success` once it is done. [A] The others. */
  status: 'pending' | 'success' | 'error'
  createdAt: string
  updatedAt: string
}

/** [A] How long an unfinished merge takes, in milliseconds. */
const UNFINISHED = 2000

/** What customers have that moves with a merge. */
interface Belongings {
  merge(source: string, target: string): void
}

/** The merges of customers. */
export class Merges {
  private readonly merges = new Map<string, Merge>()

  constructor(
    private readonly world: World,
    private readonly agenda: Agenda,
    private readonly customers: Customers,
    private readonly belongings: Belongings[]
  ) {}

  /** @throws Refusal (404 for who is not there; 400 for who cannot be merged) */
  create({ source, target }: { source: string; target: string }) {
    this.customers.refuseMerge(source, target)
    const now = this.world.now().toISOString()
    const merge: Merge = { id: this.world.newId(), source, target, status: 'pending', createdAt: now, updatedAt: now }
    this.merges.set(merge.id, merge)
    if (this.world.variants.mergeUnfinished) {
      this.agenda.after(UNFINISHED, () => {
        this.finish(merge)
      })
    } else {
      this.finish(merge)
    }
    return shown(merge)
  }

  /** @throws Refusal (404) */
  get(id: string) {
    const merge = this.merges.get(id)
    if (!merge) {
      throw notFound('id')
    }
    return shown(merge)
  }

  /** The merges that a customer was part of, the first one first. */
  of(customerId: string) {
    return [...this.merges.values()].filter(({ source, target }) => [source, target].includes(customerId)).map(shown)
  }

  private finish(merge: Merge): void {
    try {
      this.customers.merge(merge.source, merge.target)
      this.belongings.forEach((each) => {
        each.merge(merge.source, merge.target)
      })
      merge.status = 'success'
    } catch (error) {
      // One of them may be gone by now.
      if (!(error instanceof Refusal)) {
        throw error
      }
      merge.status = 'error'
    }
    merge.updatedAt = this.world.now().toISOString()
  }
}

function shown({ id, source, target, ...attributes }: Merge) {
  return {
    type: 'customer_merge',
    id,
    attributes,
    relationships: {
      org: ORGANIZATION,
      source: link('customer', source),
      target: link('customer', target),
      createdBy: USER
    },
    links: { self: `/v1/customers/merges/${id}` }
  }
}
