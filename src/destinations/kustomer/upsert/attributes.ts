import { isObject } from '@segment/actions-core'
import type { KustomerClient } from '../api/client'
import type { CustomAttributes, DefinedAttribute, RecordKind, StoredRecord } from '../api/records'
import { readAs, stemOf } from '../values/custom-attributes'
import type { LeftOut } from '../values/left-out'

/** What Kustomer's refusals and its metadata have told about the custom attributes of a kind of record. */
export interface KnownAttributes {
  /** Undefined unless the metadata was read. */
  defined?: DefinedAttribute[]
  /** The names that Kustomer has refused, and, as JSON of name and value, the values. */
  refused: Set<string>
}

/** Kustomer names one attribute at a time: after so many refusals, none is sent. */
const MAX_REFUSED = 3

/** The path of a custom attribute in Kustomer's refusals: `/properties/custom/…`. Our own words name the custom object. */
const ABOUT_CUSTOM = /\bcustom\b(?! object)/

/** Returns what is known so far, which all events of a batch share. */
export function knownAttributes(client: KustomerClient, kind: RecordKind): Promise<KnownAttributes> {
  return client.once(`attributes of ${kind}`, () => Promise.resolve({ refused: new Set<string>() }))
}

/**
 * Learns from a refused write which custom attributes to leave out. Reads the metadata once for a whole batch, at one
 * request, if the API key has the role for it.
 *
 * @param custom as it was sent
 * @returns whether any of it would be sent in another way now
 */
export async function learnAttributes(
  client: KustomerClient,
  kind: RecordKind,
  custom: CustomAttributes,
  refusal: Error
): Promise<boolean> {
  const words = new Set(refusal.message.split(/\W+/))
  const named = Object.entries(custom).filter(([name]) => words.has(name))
  if (named.length === 0 && !ABOUT_CUSTOM.test(refusal.message)) {
    return false
  }
  const known = await knownAttributes(client, kind)
  known.defined = await client.once(`metadata of ${kind}`, () => readDefined(client, kind))
  for (const [name, value] of named) {
    if (fitAttributes(known, kind, { [name]: value }).custom[name] === value) {
      known.refused.add(known.defined ? JSON.stringify([name, value]) : name)
    }
  }
  return JSON.stringify(fitAttributes(known, kind, custom).custom) !== JSON.stringify(custom)
}

/**
 * Returns the custom attributes as they are defined: `zipNum: 94107` becomes `zipStr: "94107"` if that is the one that
 * the organization has. Nothing is left out before Kustomer has refused a write.
 */
export function fitAttributes(
  known: KnownAttributes,
  kind: RecordKind,
  custom: CustomAttributes
): { custom: CustomAttributes; leftOut: LeftOut[] } {
  const fitted: CustomAttributes = {}
  const leftOut: LeftOut[] = []
  for (const [name, value] of Object.entries(custom)) {
    const attribute = known.defined ? definedFor(known.defined, name, value) : { name, value }
    const reason = attribute ? refusalOf(known, attribute) : `not defined in Kustomer for the Klass ${klassOf(kind)}`
    if (reason !== undefined) {
      leftOut.push({ field: `customAttributes.${name}`, reason })
    } else if (attribute) {
      fitted[attribute.name] = attribute.value
    }
  }
  return { custom: fitted, leftOut }
}

/** Returns a record without the custom attributes that it has but Kustomer no longer accepts. */
export function withoutRefused(known: KnownAttributes, kind: RecordKind, record: StoredRecord): StoredRecord {
  const { custom } = record.attributes
  return isObject(custom)
    ? {
        ...record,
        attributes: {
          ...record.attributes,
          custom: fitAttributes(known, kind, custom as CustomAttributes).custom
        }
      }
    : record
}

interface Attribute {
  name: string
  value: CustomAttributes[string]
  /** The values of a drop-down. */
  values?: string[]
}

function definedFor(defined: DefinedAttribute[], name: string, value: CustomAttributes[string]): Attribute | undefined {
  const same = defined.find((each) => each.name === name)
  if (same) {
    return { name, value, values: same.values }
  }
  const other = defined.find((each) => stemOf(each.name) === stemOf(name))
  const read = other && value !== null ? readAs(other.name, value) : value
  return other && read !== undefined ? { name: other.name, value: read, values: other.values } : undefined
}

function refusalOf({ defined, refused }: KnownAttributes, { name, value, values }: Attribute): string | undefined {
  if (typeof value === 'string' && values && !values.includes(value)) {
    return 'not one of the values of this attribute in Kustomer'
  }
  const isRefused = refused.has(name) || refused.has(JSON.stringify([name, value]))
  return isRefused || (!defined && refused.size > MAX_REFUSED) ? 'rejected by Kustomer' : undefined
}

function klassOf(kind: RecordKind): string {
  return kind.replace(/^kobject\./, '')
}

/** Without the role for the metadata, Kustomer's refusals alone tell. */
async function readDefined(client: KustomerClient, kind: RecordKind): Promise<DefinedAttribute[] | undefined> {
  try {
    return await client.definedAttributes(kind)
  } catch {
    return undefined
  }
}
