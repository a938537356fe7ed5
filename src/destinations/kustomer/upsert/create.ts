import type { KustomerClient, Refused } from '../api/client'
import type { RecordKind } from '../api/records'
import { creationOf } from './difference'
import { givenUp, LAST_RESORTS } from './last-resorts'
import type { Upserted, Wish } from './subject'
import { learnFrom, withoutUndefined } from './undefined-attributes'

/**
 * Creates a record, without the custom attributes that turn out to be undefined.
 *
 * Requests: 1; where attributes are undefined, 1 that lists those that are not, and 1 for each refusal.
 */
export async function createAtOnce(
  client: KustomerClient,
  kind: RecordKind,
  { wanted, leftOut, pending }: Wish
): Promise<Upserted | Refused> {
  for (;;) {
    const known = withoutUndefined(client, kind, wanted)
    const attributes = creationOf(known.wanted)
    const created = await client.createRecord(kind, attributes)
    if (created.outcome === 'created') {
      const record = { id: created.id ?? '', attributes: { ...attributes }, companyId: attributes.company }
      return { outcome: 'created', record, leftOut: [...leftOut, ...known.leftOut], pending }
    }
    if (!(await learnFrom(client, kind, attributes.custom, created.error))) {
      return created
    }
  }
}

/**
 * Creates a record without what its refusal may have been for, one thing after the other.
 *
 * @returns undefined where there is nothing of the kind, or it is refused without it too
 */
export async function createWithLess(
  client: KustomerClient,
  kind: RecordKind,
  wish: Wish
): Promise<Upserted | undefined> {
  let less = wish
  for (const resort of LAST_RESORTS[kind]) {
    const { without, told } = givenUp(resort, (name) => less.wanted[name] !== undefined)
    if (told.length > 0) {
      less = { ...less, wanted: { ...less.wanted, ...without }, leftOut: [...less.leftOut, ...told] }
      const created = await createAtOnce(client, kind, less)
      if (created.outcome !== 'refused') {
        return created
      }
    }
  }
  return undefined
}
