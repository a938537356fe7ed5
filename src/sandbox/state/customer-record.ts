import { ORGANIZATION, link, USER } from './links'
import type { Link, LinkTo } from './links'
import type { LinkedCompany } from './companies'
import type { Customer } from './customers'
import { shownItem } from './shown-item'

/** A customer as Kustomer shows it: with much that may not be written back. */
export interface CustomerRecord {
  type: 'customer'
  id: string
  attributes: Record<string, unknown>
  relationships: {
    org: Link
    messages: LinkTo
    createdBy: Link
    modifiedBy: Link
    company?: { data: { type: 'company'; id: string }; links: { self: string } }
  }
  links: { self: string }
}

/** What a search result shows of a customer. */
export type CustomerSummary = Omit<CustomerRecord, 'relationships'> & { relationships: { org: Link } }

/** What is null where it is not known. */
const SINGLE = [
  ...(['name', 'externalId', 'username', 'signedUpAt', 'avatarUrl', 'locale', 'timeZone', 'birthdayAt'] as const),
  ...(['gender', 'lastSeenAt', 'lastCustomerActivityAt'] as const)
]

const LISTS = [
  ...(['emails', 'sharedEmails', 'phones', 'sharedPhones', 'whatsapps'] as const),
  ...(['externalIds', 'sharedExternalIds', 'socials', 'sharedSocials'] as const),
  ...(['urls', 'locations', 'facebookIds', 'instagramIds'] as const)
]

/** What was shown of a customer last, and of whom: most are the same each time that all are asked for. */
const shown = new WeakMap<Customer, { of: Customer; linked?: LinkedCompany; record: CustomerRecord }>()

/** How a customer is shown. The record is another one whenever they have changed, and never changes itself. */
export function recordOf(customer: Customer, linked?: LinkedCompany): CustomerRecord {
  const last = shown.get(customer)
  if (last && isSame(last.of, customer) && last.linked?.id === linked?.id && last.linked?.name === linked?.name) {
    return last.record
  }
  const record = newRecord(customer, linked)
  shown.set(customer, { of: { ...customer }, linked, record })
  return record
}

function isSame(one: Customer, other: Customer): boolean {
  return (Object.keys(one) as Array<keyof Customer>).every((name) => one[name] === other[name])
}

/** [P] The keys of the published examples, [R] and `deleted`, `custom`, `companyName` and what the name tells. */
function newRecord(customer: Customer, linked?: LinkedCompany): CustomerRecord {
  const { id, known, updatedAt, rev, conversations, isDeleted, isMerged } = customer
  const { company, externalIds = [], ...written } = known
  const attributes: Record<string, unknown> = {}
  for (const name of SINGLE) {
    attributes[name] = null
  }
  for (const name of LISTS) {
    attributes[name] = (known[name] ?? []).map(shownItem)
  }
  const mirrored = [...(known.externalId === undefined ? [] : [{ externalId: known.externalId }]), ...externalIds]
  const unique = new Map(mirrored.map((item) => [item.externalId, { verified: true, ...item }]))
  const createdAt = known.createdAt ?? customer.createdAt
  const [firstName = null, ...lastNames] = known.name?.split(' ') ?? []
  Object.assign(attributes, {
    tags: [],
    custom: {},
    sentiment: {},
    lastActivityAt: updatedAt,
    ...withoutLists(written),
    ...(linked?.name === undefined ? {} : { companyName: linked.name }),
    externalIds: [...unique.values()].map(shownItem),
    firstName,
    lastName: lastNames.join(' ') || null,
    displayName: displayNameOf(customer),
    displayColor: 'green',
    displayIcon: 'compass',
    activeUsers: [],
    watchers: [],
    recentLocation: { updatedAt: createdAt },
    presence: 'offline',
    createdAt,
    updatedAt,
    modifiedAt: updatedAt,
    lastMessageIn: { sentiment: null },
    lastConversation: { tags: [] },
    conversationCounts: { all: conversations, snoozed: 0, open: conversations, done: 0 },
    preview: {},
    recentItems: [],
    progressiveStatus: conversations > 0 ? 'open' : null,
    verified: false,
    deleted: isDeleted || isMerged,
    rev
  })
  const self = `/v1/customers/${id}`
  return Object.freeze({
    type: 'customer',
    id,
    attributes: Object.freeze(attributes),
    relationships: {
      org: ORGANIZATION,
      messages: { links: { self: `${self}/messages` } },
      createdBy: USER,
      modifiedBy: USER,
      ...(linked ? { company: link('company', linked.id) } : {})
    },
    links: { self }
  })
}

/** [P] The seven attributes of the published example, and no relationship but the organization. */
export function summaryOf({ type, id, attributes, links }: CustomerRecord): CustomerSummary {
  const { name, displayName, createdAt, updatedAt, lastActivityAt, verified, rev } = attributes
  const shown = { name, displayName, createdAt, updatedAt, lastActivityAt, verified, rev }
  return { type, id, attributes: shown, relationships: { org: ORGANIZATION }, links }
}

function displayNameOf({ known: { name, emails, externalId } }: Customer): string {
  return name ?? emails?.[0]?.email ?? externalId ?? 'Unknown'
}

function withoutLists(written: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(written).filter(([name]) => !(LISTS as string[]).includes(name)))
}
