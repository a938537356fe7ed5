import { ALL_ROLES } from './access'
import type { Token } from './access'
import { createApp } from './app'
import type { CustomerRecord } from './customers'
import { ConnectionDropped } from './faults'
import type { Faults } from './faults'
import { Organization } from './organization'
import type { Session } from './timeline'
import { VARIANTS, variantsOf } from './variants'
import type { Variant, VariantName, Variants } from './variants'

export { ConnectionDropped, VARIANTS }
export type { CustomerRecord, Faults, Session, Token, Variant, VariantName, Variants }
export type { TimelineEvent } from './timeline'

/** The key that the sandbox knows unless it is given others: of pod prod1, with every role. */
export const SANDBOX_API_KEY = 'local-sandbox-key'

export interface SandboxOptions {
  /** The clock that stamps events and counts the minutes of the rate limit. */
  now?: () => Date
  /** API keys and what they may do. */
  tokens?: Record<string, Token>
  /** The variants that are on; the others are off. */
  variants?: Partial<Variants>
}

/** A local Kustomer. */
export interface Sandbox {
  /**
   * Answers a request to any of Kustomer's hosts as Kustomer would, under `/v1`; and the sandbox's own, under
   * `/sandbox` and `/openapi.json`.
   *
   * @throws ConnectionDropped where it was told to drop the connection
   */
  fetch(request: Request): Promise<Response>
  /** The customers that are there, as Kustomer shows them. */
  customers(): CustomerRecord[]
  /** What an agent sees of a customer: sessions, the earliest first. */
  timeline(customerId: string): Session[]
  /** Replaces the faults in force; `{}` ends them. */
  setFaults(faults: Faults): void
  /** Marks a customer as deleted, while look-ups still find it. @throws Refusal for an unknown one */
  markDeleted(customerId: string): void
  /** Every variant, whether it is on. */
  variants(): Variants
  /** Switches those on that are named and true, and all others off. */
  setVariants(variants: Partial<Variants>): void
  /** Forgets every customer, event and fault; keeps the variants. */
  reset(): void
}

export function createSandbox({ now = () => new Date(), tokens, variants = {} }: SandboxOptions = {}): Sandbox {
  let inForce = variantsOf(variants)
  const keys = tokens ?? { [SANDBOX_API_KEY]: { roles: ALL_ROLES, pod: 'prod1' } }
  let organization = new Organization(now)
  const sandbox: Sandbox = {
    fetch: async (request) => app.fetch(request),
    customers() {
      organization.bulkJobs.runDue()
      return organization.customers.all()
    },
    timeline: (customerId) => organization.timeline.sessions(customerId),
    setFaults(faults) {
      organization.setFaults(faults)
    },
    markDeleted(customerId) {
      organization.customers.markDeleted(customerId)
    },
    variants: () => ({ ...inForce }),
    setVariants(wanted) {
      inForce = variantsOf(wanted)
    },
    reset() {
      organization = new Organization(now)
      app = createApp(organization, sandbox, keys)
    }
  }
  let app = createApp(organization, sandbox, keys)
  return sandbox
}
