import { MAX_CUSTOM } from '../contract/custom'
import type { CustomerAttributes } from '../contract/customer'
import { badParameter } from '../errors'
import type { Variants } from '../variants'

type Given<Attributes> = { [Name in keyof Attributes]?: NonNullable<Attributes[Name]> }

/** What is known of a customer: what was written, without what was cleared. */
export type Known = Given<Omit<CustomerAttributes, 'rev'>>

export const LISTS = [
  ...(['emails', 'sharedEmails', 'phones', 'sharedPhones', 'whatsapps'] as const),
  ...(['externalIds', 'sharedExternalIds', 'socials', 'sharedSocials'] as const),
  ...(['urls', 'locations', 'facebookIds', 'instagramIds'] as const)
]

type Lists = Pick<Known, typeof LISTS[number] | 'tags'>

const MAX_ITEMS = 10
const MAX_TAGS = 20

/** How an update treats what it leaves out. */
export interface UpdateReading extends Pick<Variants, 'updateMergesLists' | 'customReplaced'> {
  /** [P] `PUT` with `replace=true` forgets it. */
  replaces: boolean
  /** Whether a company that is left out stays. */
  keepsCompany: boolean
}

/**
 * What is known once an update was written.
 *
 * @throws Refusal (400) where it makes a list too long, or too many custom attributes
 */
export function updated(before: Known, { rev, ...change }: CustomerAttributes, reading: UpdateReading): Known {
  const { company, ...others } = reading.replaces ? {} : before
  const kept = company !== undefined && reading.keepsCompany ? { company } : {}
  const lists = reading.updateMergesLists ? unitedLists(others, change) : {}
  for (const [name, items] of Object.entries(lists)) {
    if (items.length > (name === 'tags' ? MAX_TAGS : MAX_ITEMS)) {
      throw badParameter(name, 'would hold too many items')
    }
  }
  return withoutNulls({
    ...others,
    ...kept,
    ...change,
    ...lists,
    ...(change.custom ? { custom: customOf(reading.customReplaced ? {} : others.custom, change.custom) } : {})
  })
}

/**
 * [P] What is known of the target of a merge: its own values come first, contacts, tags and custom attributes are
 * joined. The external ids of the source are left to it.
 */
export function joined(source: Known, target: Known): Known {
  const { externalId, externalIds, createdAt, ...others } = source
  return { ...others, ...target, ...unitedLists(target, others), ...joinedCustom(source, target) }
}

/** The lists that `change` names, united with those that are there, which come first. */
function unitedLists(before: Lists, change: Lists): Record<string, unknown[]> {
  const united: Record<string, unknown[]> = {}
  for (const name of [...LISTS, 'tags' as const]) {
    const added: unknown[] | undefined = change[name]
    if (added) {
      const items = new Map<string, unknown>()
      for (const item of [...(before[name] ?? []), ...added]) {
        const key = likeness(item)
        items.set(key, items.get(key) ?? item)
      }
      united[name] = [...items.values()]
    }
  }
  return united
}

/** What two items have in common that are about the same thing. */
function likeness(item: unknown): string {
  if (typeof item !== 'object' || item === null) {
    return String(item)
  }
  const { email, phone, externalId, url, type, username } = item as Record<string, string | undefined>
  const key =
    email?.toLowerCase() ?? phone?.replace(/\D/g, '') ?? externalId ?? (username ? `${type} ${username}` : url)
  return key ?? JSON.stringify(item)
}

const joinedCustom = (source: Known, target: Known): Known =>
  source.custom || target.custom ? { custom: { ...source.custom, ...target.custom } } : {}

/** [P] null clears a custom attribute. [A] The limit of their number holds for what a customer has in all. */
function customOf(before: Known['custom'], change: Known['custom']): Known['custom'] {
  const all = Object.entries({ ...before, ...change }).filter(([, value]) => value !== null)
  if (all.length > MAX_CUSTOM) {
    throw badParameter('custom', `must have at most ${MAX_CUSTOM} keys`)
  }
  return Object.fromEntries(all)
}

function withoutNulls(attributes: CustomerAttributes): Known {
  return Object.fromEntries(
    Object.entries(attributes).filter(([, value]: [string, unknown]) => value !== null && value !== undefined)
  )
}
