import type { CustomerRecord, Sandbox, Session } from '../../sandbox'

/** A customer as an agent reads them. */
export interface CustomerView {
  name: string
  /** What is known of them: labels and text. */
  attributes: Array<[string, string]>
  sessions: Session[]
  /** What could not be read, and why. */
  note?: string
}

/** What an agent reads of a customer first, then come the custom attributes; the rest is shown by the API alone. */
const SHOWN: Array<[string, string]> = [
  ['externalId', 'External ID'],
  ['username', 'Username'],
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

/** The parts of a location in the order of an address. */
const ADDRESS = ['address', 'cityName', 'regionCode', 'regionName', 'zipCode', 'countryCode', 'countryName']
const UNREAD = ['id', 'type', 'verified', 'externalVerified']

/** The customers of a sandbox, each with their timeline; the one that something happened to last comes first. */
export function agentView(sandbox: Sandbox): CustomerView[] {
  return sandbox
    .customers()
    .map((customer) => ({ customer, sessions: sandbox.timeline(customer.id) }))
    .sort((one, other) => lastChange(other).localeCompare(lastChange(one)))
    .map(({ customer, sessions }) => viewOf(customer.attributes, sessions))
}

function lastChange({ customer, sessions }: { customer: CustomerRecord; sessions: Session[] }): string {
  return [String(customer.attributes.updatedAt), ...sessions.map(({ endedAt }) => endedAt)].sort().pop() ?? ''
}

/** A customer with these attributes of Kustomer's as an agent reads them. */
export function viewOf(attributes: Record<string, unknown>, sessions: Session[]): CustomerView {
  const known = SHOWN.map(([key, label]): [string, string] => [label, readable(attributes[key])])
  const custom = Object.entries(attributes.custom ?? {}).map(([key, value]): [string, string] => [key, readable(value)])
  const shown = [...known, ...custom].filter(([, text]) => text !== '')
  return { name: String(attributes.displayName), attributes: shown, sessions }
}

/** A value in one line: the items of a list by what they hold. */
function readable(value: unknown): string {
  if (Array.isArray(value)) {
    return value.map(readable).join('; ')
  }
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).filter(([key]) => !UNREAD.includes(key))
    const inOrder = parts.sort(([one], [other]) => ADDRESS.indexOf(one) - ADDRESS.indexOf(other))
    return inOrder.map(([, part]) => readable(part)).join(', ')
  }
  if (value === undefined || value === null) {
    return ''
  }
  return typeof value === 'string' ? value : JSON.stringify(value)
}
