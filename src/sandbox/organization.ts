import { BulkJobs } from './bulk-jobs'
import { Customers } from './customers'
import type { CustomerRecord } from './customers'
import { Misbehavior } from './faults'
import type { Faults } from './faults'
import { Timeline } from './timeline'

/** Everything that the sandbox knows: one organization in Kustomer, in memory. */
export class Organization {
  readonly customers: Customers
  readonly timeline: Timeline
  readonly bulkJobs: BulkJobs
  readonly misbehavior: Misbehavior
  private ids = 0
  private frozenIndex?: CustomerRecord[]

  constructor(now: () => Date) {
    const newId = (): string => (this.ids += 1).toString(16).padStart(24, '0')
    this.customers = new Customers(newId, now)
    this.timeline = new Timeline(newId, now)
    this.bulkJobs = new BulkJobs(newId, now)
    this.misbehavior = new Misbehavior(now)
  }

  /** Replaces the faults in force; none are left by `{}`. */
  setFaults(faults: Faults): void {
    this.misbehavior.set(faults)
    this.frozenIndex = faults.indexLags ? this.frozenIndex ?? this.customers.all() : undefined
  }

  /** The customers as the search index knows them: [P] it lags behind writes. */
  index(): CustomerRecord[] {
    return this.frozenIndex ?? this.customers.all()
  }
}
