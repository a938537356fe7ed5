/** What Kustomer answers with, shaped like the examples of its own document. */

export const ID = '5f0c1a2b3c4d5e6f70819203'
export const OTHER_ID = '5f0c1a2b3c4d5e6f70819204'
export const COMPANY_ID = '5e0c1a2b3c4d5e6f70819205'
export const JOB_ID = '5d0c1a2b3c4d5e6f70819206'

/** What Kustomer sets by itself, and may not be written. */
const OF_KUSTOMER = {
  displayName: 'Unknown Fox',
  displayColor: 'yellow',
  displayIcon: 'fox',
  activeUsers: [],
  watchers: [],
  recentLocation: { updatedAt: '2024-03-01T08:00:00.000Z' },
  presence: 'offline',
  createdAt: '2024-03-01T08:00:00.000Z',
  updatedAt: '2024-03-01T08:00:00.000Z',
  modifiedAt: '2024-03-01T08:00:00.000Z',
  lastActivityAt: '2024-03-01T08:00:00.000Z',
  lastConversation: { tags: [] },
  conversationCounts: { all: 0, snoozed: 0, open: 0, done: 0 },
  progressiveStatus: null,
  verified: false
}

/** What may be written, of a customer of whom nothing is known. */
const OF_NOBODY = {
  name: null,
  username: null,
  avatarUrl: null,
  signedUpAt: null,
  birthdayAt: null,
  gender: null,
  locale: null,
  timeZone: null,
  externalIds: [],
  sharedExternalIds: [],
  emails: [],
  sharedEmails: [],
  phones: [],
  sharedPhones: [],
  socials: [],
  sharedSocials: [],
  urls: [],
  locations: [],
  tags: [],
  rev: 1
}

/** A customer, as a read, a creation and an update answer. */
export function customer(attributes: Record<string, unknown> = {}, id = ID, companyId?: string) {
  return {
    data: {
      type: 'customer',
      id,
      attributes: { ...OF_KUSTOMER, ...OF_NOBODY, ...attributes },
      relationships: {
        org: {
          links: { self: '/v1/orgs/5a00000000000000000000aa' },
          data: { type: 'org', id: '5a00000000000000000000aa' }
        },
        messages: { links: { self: `/v1/customers/${id}/messages` } },
        ...(companyId === undefined
          ? {}
          : { company: { links: { self: `/v1/companies/${companyId}` }, data: { type: 'company', id: companyId } } })
      },
      links: { self: `/v1/customers/${id}` }
    }
  }
}

/** The same customer as this destination reads them. */
export function record(attributes: Record<string, unknown> = {}, id = ID, companyId?: string) {
  return { id, attributes: customer(attributes).data.attributes, companyId }
}

/** What Kustomer shows of a company in a list at least. */
function summary(attributes: Record<string, unknown>, id: string) {
  return {
    type: 'company',
    id,
    attributes: {
      createdAt: '2024-03-01T08:00:00.000Z',
      updatedAt: '2024-03-01T08:00:00.000Z',
      modifiedAt: '2024-03-01T08:00:00.000Z',
      tags: [],
      ...attributes
    },
    relationships: {
      org: {
        links: { self: '/v1/orgs/5a00000000000000000000aa' },
        data: { type: 'org', id: '5a00000000000000000000aa' }
      }
    },
    links: { self: `/v1/companies/${id}` }
  }
}

/** A company, as a read, a creation and an update answer. */
export function company(attributes: Record<string, unknown> = {}, id = COMPANY_ID) {
  const lists = { emails: [], phones: [], whatsapps: [], socials: [], urls: [], domains: [], locations: [] }
  return { data: summary({ ...lists, rev: 1, ...attributes }, id) }
}

/** A company as a list may show it: without lists and rev, its externalId spelled as in the document's example. */
export function briefCompany(name: string, externalId?: string, id = COMPANY_ID) {
  return { data: summary(externalId === undefined ? { name } : { name, extenalId: externalId }, id) }
}

/** The same company as this destination reads it. */
export function companyRecord(attributes: Record<string, unknown> = {}, id = COMPANY_ID) {
  return { id, attributes: company(attributes).data.attributes }
}

/** A page of a list of companies. */
export function companies(list: Array<{ data: unknown }> = [], next: string | null = null) {
  const self = '/v1/companies?filter=acme&page=1&pageSize=100'
  return {
    meta: { pageSize: 100, page: 1 },
    data: list.map(({ data }) => data),
    links: { self, first: self, prev: null, next }
  }
}

/** A custom object of a customer, as a read, a creation and an update answer. */
export function customObject(
  attributes: Record<string, unknown> = {},
  klass = 'order',
  customerId = ID,
  id = '5f0c1a2b3c4d5e6f7081920a'
) {
  return {
    data: {
      type: `kobject.${klass}`,
      id,
      attributes: { rev: 0, tags: [], ...attributes },
      relationships: {
        klass: { data: { type: 'klass', id: klass } },
        customer: { data: { type: 'customer', id: customerId } }
      },
      links: { self: `/v1/klasses/${klass}/${id}` }
    }
  }
}

/** The custom attributes that an organization has defined for a kind of record. */
export function metadata(properties: Record<string, unknown> = {}, id = 'customer') {
  return {
    data: {
      type: 'metadata',
      id,
      attributes: { properties },
      relationships: { org: { data: { type: 'org', id: '5a00000000000000000000aa' } } },
      links: { self: `/v1/metadata/${id}` }
    }
  }
}

export function job(status = 'queued', id = JOB_ID) {
  return {
    data: {
      type: 'bulk',
      id,
      attributes: {
        ids: [],
        context: 'api.sobjects.customers.bulk-create',
        status,
        v2: true,
        createdAt: '2024-03-01T08:00:00.000Z',
        updatedAt: '2024-03-01T08:00:00.000Z',
        completed: status === 'complete'
      },
      relationships: { org: { data: { type: 'org', id: '5a00000000000000000000aa' } } },
      links: { self: `/v1/bulk/${id}` }
    }
  }
}

/** The batches of a bulk job that is complete. */
export function batches(...results: unknown[][]) {
  return {
    data: results.map((each, index) => ({
      type: 'bulk_batch',
      id: `5c000000000000000000000${index}`,
      attributes: {
        status: 'complete',
        objectIds: [],
        successCount: 0,
        failureCount: 0,
        completedAt: '2024-03-01T08:00:02.000Z',
        errors: [],
        results: each
      }
    }))
  }
}

export function merge(status = 'success', source = ID, target = OTHER_ID) {
  return {
    data: {
      type: 'customer_merge',
      id: '5b0c1a2b3c4d5e6f70819207',
      attributes: { status, createdAt: '2024-03-01T08:00:00.000Z', updatedAt: '2024-03-01T08:00:01.000Z' },
      relationships: {
        source: { data: { type: 'customer', id: source } },
        target: { data: { type: 'customer', id: target } }
      },
      links: { self: '/v1/customers/merges/5b0c1a2b3c4d5e6f70819207' }
    }
  }
}

export function identity(trackingId = 'visitor', id = ID) {
  return {
    data: {
      type: 'identity',
      id: '5b0c1a2b3c4d5e6f70819208',
      attributes: { trackingId, status: 'updated', statusAt: '2024-03-01T08:00:00.000Z' },
      relationships: { customer: { data: { type: 'customer', id } } }
    }
  }
}

/** The shape of most errors. */
export function plainError(message: string, code = 'invalid') {
  return { errors: [{ code, message, meta: { requestId: 'a1b2' } }] }
}

/** The shape of the others. */
export const NOT_FOUND = {
  errors: [{ status: 404, source: { parameter: 'externalId' }, code: 'notfound', title: 'Not Found' }]
}

/** The refusal of a write with a custom attribute that the organization has not defined. */
export function undefinedAttribute(name: string) {
  return {
    errors: [
      {
        status: 400,
        source: { parameter: name },
        code: 'badparam',
        title: 'Additional properties not allowed',
        detail: '/properties/custom/additionalProperties'
      }
    ]
  }
}

export const UNDEFINED_ATTRIBUTE = undefinedAttribute('planStr')
