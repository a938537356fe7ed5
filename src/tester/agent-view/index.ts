import type { CompanyRecord, CustomerRecord, Sandbox, Session } from '../../sandbox'
import { cardsIn } from './cards'
import type { Card } from './cards'
import { readable } from './readable'

/** A customer or a company as an agent reads them. */
export interface RecordView {
  kind: 'customer' | 'company'
  name: string
  /** What is known of them: labels and text. */
  attributes: Array<[string, string]>
  /** Those of a customer; a company has none. */
  sessions: Session[]
  /** The custom objects on their timeline; undefined if there are none. */
  cards?: Card[]
  /** What could not be read, and why. */
  note?: string
}

/** A record as Kustomer shows it, as far as an agent's view goes. */
interface Shown {
  attributes: Record<string, unknown>
  relationships?: Record<string, unknown>
}

/** What an agent reads of a customer first, then come the custom attributes; the rest is shown by the API alone. */
const OF_CUSTOMERS: Array<[string, string]> = [
  ['externalId', 'External ID'],
  ['username', 'Username'],
  ['company', 'Company'],
  ['emails', 'Emails'],
  ['sharedEmails', 'Shared emails'],
  ['phones', 'Phones'],
  ['sharedPhones', 'Shared phones'],
  ['urls', 'URLs'],
  ['locations', 'Locations'],
  ['gender', 'Gender'],
  ['birthdayAt', 'Birthday'],
  ['signedUpAt', 'Signed up'],
  ['avatarUrl', 'Avatar'],
  ['locale', 'Locale'],
  ['timeZone', 'Time zone']
]

/** The same of a company. */
const OF_COMPANIES: Array<[string, string]> = [
  ['externalId', 'External ID'],
  ['customers', 'Customers'],
  ['domains', 'Domains'],
  ['emails', 'Emails'],
  ['phones', 'Phones'],
  ['urls', 'URLs'],
  ['locations', 'Locations'],
  ['employeeCount', 'Employees'],
  ['avatarUrl', 'Avatar']
]

/**
 * The customers of a sandbox, each with their timeline, then the companies, each with its customers; of either kind, the
 * one that something happened to last comes first.
 */
export function agentView(sandbox: Sandbox): RecordView[] {
  const customers = sandbox.customers()
  const cards = cardsIn(sandbox)
  const seen = customers
    .map((customer) => ({ customer, sessions: sandbox.timeline(customer.id) }))
    .sort((one, other) => lastChange(other).localeCompare(lastChange(one)))
  const companies = sandbox.companies().sort((one, other) => updatedAt(other).localeCompare(updatedAt(one)))
  return [
    ...seen.map(({ customer, sessions }) => ({
      ...customerView(customer, sessions),
      cards: cards.get(customer.id)
    })),
    ...companies.map((company) => ({
      ...companyView(company, membersOf(company, customers)),
      cards: cards.get(company.id)
    }))
  ]
}

function lastChange({ customer, sessions }: { customer: CustomerRecord; sessions: Session[] }): string {
  return [updatedAt(customer), ...sessions.map(({ endedAt }) => endedAt)].sort().pop() ?? ''
}

function updatedAt({ attributes }: Shown): string {
  return String(attributes.updatedAt)
}

/** A customer of Kustomer's as an agent reads them. */
export function customerView({ attributes, relationships }: Shown, sessions: Session[]): RecordView {
  const company = attributes.companyName ?? companyOf({ relationships })
  const name = String(attributes.displayName)
  return { kind: 'customer', name, attributes: shown(OF_CUSTOMERS, { ...attributes, company }), sessions }
}

/** A company of Kustomer's as an agent reads it. @param customers the names of those who are linked to it */
export function companyView({ attributes }: Shown, customers: string[]): RecordView {
  const name = String(attributes.name)
  return { kind: 'company', name, attributes: shown(OF_COMPANIES, { ...attributes, customers }), sessions: [] }
}

/** The names of the customers who are linked to a company. */
export function membersOf({ id }: Pick<CompanyRecord, 'id'>, customers: Shown[]): string[] {
  return customers
    .filter((customer) => companyOf(customer) === id)
    .map(({ attributes }) => String(attributes.displayName))
}

/** The id of the company that a customer is linked to. */
export function companyOf({ relationships }: Pick<Shown, 'relationships'>): string | undefined {
  const { company } = (relationships ?? {}) as { company?: { data?: { id?: string } | null } | null }
  return company?.data?.id
}

function shown(labels: Array<[string, string]>, attributes: Shown['attributes']): RecordView['attributes'] {
  const known = labels.map(([key, label]): [string, string] => [label, readable(attributes[key])])
  const custom = Object.entries(attributes.custom ?? {}).map(([key, value]): [string, string] => [key, readable(value)])
  return [...known, ...custom].filter(([, text]) => text !== '')
}
