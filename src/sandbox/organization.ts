import { BulkJobs } from './bulk-jobs'
import { Customers } from './customers'
import type { CustomerRecord } from './customers'
import { Misbehavior } from './faults'
import type { Faults } from './faults'
import { Timeline } from './timeline'

/** Everything that the sandbox knows: one organization in Kustomer, in memory. */
export class Organization {
  private ids = 0
  readonly customers: Customers
  readonly timeline: Timeline
  readonly bulkJobs: BulkJobs
  readonly misbehavior: Misbehavior
  private frozenIndex?: CustomerRecord[]

  constructor(now: () => Date) {
    this.customers = new Customers(this.newId, now)
    this.timeline = new Timeline(this.newId, now)
    this.bulkJobs = new BulkJobs(this.newId, now)
    this.misbehavior = new Misbehavior(now)
  }

  /** 24 hex digits that count up, so that a test sees the same ids each time. */
  readonly newId = (): string => (this.ids += 1).toString(16).padStart(24, '0')

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
