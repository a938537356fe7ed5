import { isObject } from '@segment/actions-core'
import type { KustomerClient } from '../api/client'
import type { CustomAttributes, RecordKind, StoredRecord } from '../api/records'
import type { LeftOut } from '../values/left-out'
import type { Wanted } from './difference'

/** Kustomer's words for a custom attribute that it does not know, besides its name: `/properties/custom/…`. */
const ABOUT_CUSTOM = /\bcustom\b/

/** What is wanted without the custom attributes that the organization has not defined, as far as the client was told. */
export function withoutUndefined(
  client: KustomerClient,
  kind: RecordKind,
  wanted: Wanted
): { wanted: Wanted; leftOut: LeftOut[] } {
  const undefinedNames = Object.keys(wanted.custom ?? {}).filter((name) => client.undefinedAttributes[kind].has(name))
  if (undefinedNames.length === 0) {
    return { wanted, leftOut: [] }
  }
  const custom = definedOf(client, kind, wanted.custom)
  return {
    wanted: { ...wanted, custom: custom && Object.keys(custom).length > 0 ? custom : undefined },
    leftOut: undefinedNames.map((name) => ({ field: `customAttributes.${name}`, reason: reasonFor(kind) }))
  }
}

/** A record without the custom attributes that it shows though they are not defined any more. */
export function withoutUndefinedOf(client: KustomerClient, kind: RecordKind, record: StoredRecord): StoredRecord {
  const { custom } = record.attributes
  return isObject(custom)
    ? { ...record, attributes: { ...record.attributes, custom: definedOf(client, kind, custom) } }
    : record
}

/**
 * Learns from a refused write which custom attributes the organization has not defined: Kustomer names one at a time, so
 * that all that are defined are read once, at one request, where the key has the role for it.
 *
 * @param custom what the write said
 * @returns whether any of it would be left out now
 */
export async function learnFrom(
  client: KustomerClient,
  kind: RecordKind,
  custom: CustomAttributes | undefined,
  refusal: Error
): Promise<boolean> {
  const names = Object.keys(custom ?? {})
  const words = new Set(refusal.message.split(/\W+/))
  const named = names.filter((name) => words.has(name))
  if (names.length === 0 || (named.length === 0 && !ABOUT_CUSTOM.test(refusal.message))) {
    return false
  }
  const lacking = client.undefinedAttributes[kind]
  named.forEach((name) => {
    lacking.learnRefused(name)
  })
  await client.once('attributes', [kind], async () => {
    try {
      const defined = await client.definedAttributes(kind)
      lacking.learnDefined(defined.map(({ name }) => name))
    } catch {
      // Without the role, Kustomer's refusals alone tell.
    }
  })
  return names.some((name) => lacking.has(name))
}

function definedOf<Custom extends object>(
  client: KustomerClient,
  kind: RecordKind,
  custom?: Custom
): Custom | undefined {
  const entries = Object.entries(custom ?? {}).filter(([name]) => !client.undefinedAttributes[kind].has(name))
  return custom && (Object.fromEntries(entries) as Custom)
}

function reasonFor(kind: RecordKind): string {
  return `left out: your organization has not defined it. Define it in Kustomer's settings, in the Klass ${kind}`
}
