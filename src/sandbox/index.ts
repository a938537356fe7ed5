import { ALL_ROLES } from './access'
import { createApp } from './app'
import { ConnectionDropped, Misbehavior } from './faults'
import { Keys, SANDBOX_API_KEY } from './keys'
import { momentsOf } from './moments'
import { RequestLog } from './request-log'
import type { Kustomer } from './routes/router'
import type { Sandbox, SandboxOptions } from './sandbox'
import { companyRecordOf } from './state/company-record'
import { customObjectRecordOf } from './state/custom-object-record'
import { Organization } from './state/organization'
import { VARIANTS } from './variants'

export { ALL_ROLES, ConnectionDropped, SANDBOX_API_KEY, VARIANTS }
export type { Faults } from './faults'
export type { Token } from './keys'
export type { Moment } from './moments'
export type { Sandbox, SandboxOptions } from './sandbox'
export type { CompanyRecord } from './state/company-record'
export type { CustomObjectRecord } from './state/custom-object-record'
export type { CustomerRecord } from './state/customer-record'
export type { AttributeDefinitions } from './state/defined-attributes'
export type { Session, TimelineEvent } from './state/timeline'
export type { Variant, VariantName, Variants } from './variants'

export function createSandbox({ now = () => new Date(), tokens, variants = {} }: SandboxOptions = {}): Sandbox {
  const keys = new Keys(tokens ?? { [SANDBOX_API_KEY]: { roles: ALL_ROLES, pod: 'prod1' } })
  const log = new RequestLog(now, keys)
  const kustomer: Kustomer = { organization: new Organization(now, variants), misbehavior: new Misbehavior(now) }
  /** Returns the organization once everything that is due has run. */
  const current = (): Organization => {
    kustomer.organization.agenda.runDue()
    return kustomer.organization
  }
  const sandbox: Sandbox = {
    fetch: async (request) => app.fetch(request),
    customers: () =>
      current()
        .customers.all()
        .map((customer) => current().shown(customer)),
    companies: () => current().companies.all().map(companyRecordOf),
    timeline: (customerId) => current().timeline.sessions(customerId),
    customObjects: () => current().customObjects.all().map(customObjectRecordOf),
    objects: (customerId) => current().customObjects.ofCustomer(customerId).map(customObjectRecordOf),
    klasses: () => kustomer.organization.attributes.klasses().map(({ name }) => name),
    moments: () => momentsOf(current()),
    faults: () => kustomer.misbehavior.inForce(),
    setFaults(faults) {
      kustomer.misbehavior.set(faults)
      kustomer.organization.freezeIndex(faults.indexLags ?? false)
    },
    markDeleted(customerId) {
      kustomer.organization.customers.markDeleted(customerId)
    },
    addConversation(customerId) {
      kustomer.organization.customers.addConversation(customerId)
    },
    attributes: (resource) => kustomer.organization.attributesOf(resource),
    defineAttributes(resource, definitions) {
      kustomer.organization.attributes.define(resource, definitions)
    },
    linkCompany(customerId, companyId) {
      kustomer.organization.link(customerId, companyId)
    },
    addCompany({ id, ...company }) {
      return companyRecordOf(kustomer.organization.companies.create(company, id))
    },
    editCompany(companyId, change) {
      kustomer.organization.companies.edit(companyId, change)
    },
    variants: () => ({ ...kustomer.organization.variants }),
    setVariants(wanted) {
      kustomer.organization.setVariants(wanted)
    },
    reset() {
      kustomer.organization = new Organization(now, kustomer.organization.variants)
      kustomer.misbehavior.set({})
      log.clear()
    }
  }
  const app = createApp(kustomer, { sandbox, keys, log })
  return sandbox
}
