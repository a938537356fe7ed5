import { isObject } from '@segment/actions-core'
import type { KustomerClient } from '../api/client'
import type { CustomAttributes, RecordKind, StoredRecord } from '../api/records'
import type { LeftOut } from '../values/left-out'
import type { Wanted } from './difference'

/** Kustomer's words for a custom attribute that it does not know, besides its name: `/properties/custom/…`. */
const ABOUT_CUSTOM = /\bcustom\b/

const VALUE_REFUSED = 'left out: Kustomer does not take this value of it'

/** What is wanted without the custom attributes that Kustomer does not take, as far as the client was told. */
export function withoutUndefined(
  client: KustomerClient,
  kind: RecordKind,
  wanted: Wanted
): { wanted: Wanted; leftOut: LeftOut[] } {
  const { taken, leftOut } = split(client, kind, wanted.custom ?? {})
  return leftOut.length === 0
    ? { wanted, leftOut }
    : { wanted: { ...wanted, custom: Object.keys(taken).length > 0 ? taken : undefined }, leftOut }
}

/** A record without the custom attributes that it shows though they are not taken any more. */
export function withoutUndefinedOf(client: KustomerClient, kind: RecordKind, record: StoredRecord): StoredRecord {
  const { custom } = record.attributes
  return isObject(custom)
    ? {
        ...record,
        attributes: { ...record.attributes, custom: split(client, kind, custom as CustomAttributes).taken }
      }
    : record
}

/**
 * Learns from a refused write which custom attributes the organization has not defined: Kustomer names one at a time, so
 * that all that are defined are read once, at one request, where the key has the role for it. One that is defined is
 * refused for its value.
 *
 * @param custom what the write said
 * @param isOne false for the write of several records, of which nobody tells whose value it was
 * @returns whether any of it would be left out now
 */
export async function learnFrom(
  client: KustomerClient,
  kind: RecordKind,
  custom: CustomAttributes = {},
  refusal: Error,
  isOne = true
): Promise<boolean> {
  const words = new Set(refusal.message.split(/\W+/))
  const entries = Object.entries(custom)
  const named = entries.filter(([name]) => words.has(name))
  if (entries.length === 0 || (named.length === 0 && !ABOUT_CUSTOM.test(refusal.message))) {
    return false
  }
  const lacking = client.undefinedAttributes[kind]
  named.forEach(([name]) => {
    lacking.learnUndefined(name)
  })
  await client.once('attributes', [kind], async () => {
    try {
      const defined = await client.definedAttributes(kind)
      lacking.learnDefined(defined.map(({ name }) => name))
    } catch {
      // Without the role, Kustomer's refusals alone tell.
    }
  })
  named
    .filter(([name]) => isOne && !lacking.has(name))
    .forEach(([name, value]) => {
      lacking.learnValue(name, value)
    })
  return entries.some(([name, value]) => lacking.has(name) || lacking.hasValue(name, value))
}

function split(client: KustomerClient, kind: RecordKind, custom: CustomAttributes) {
  const lacking = client.undefinedAttributes[kind]
  const taken: CustomAttributes = {}
  const leftOut: LeftOut[] = []
  for (const [name, value] of Object.entries(custom)) {
    const field = `customAttributes.${name}`
    if (lacking.has(name)) {
      leftOut.push({ field, reason: reasonFor(kind) })
    } else if (lacking.hasValue(name, value)) {
      leftOut.push({ field, reason: VALUE_REFUSED })
    } else {
      taken[name] = value
    }
  }
  return { taken, leftOut }
}

function reasonFor(kind: RecordKind): string {
  return `left out: your organization has not defined it. Define it in Kustomer's settings, in the Klass ${kind}`
}
