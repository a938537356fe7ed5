import { isObject, removeUndefined } from '@segment/actions-core'
import type { CustomAttributes, StoredRecord } from '../api/records'
import { isBlank } from '../upsert/diff'
import type { Wanted } from '../upsert/diff'
import type { Want } from '../upsert/subject'
import { roomFor } from '../values/body-size'
import type { LeftOut } from '../values/left-out'
import { fitData } from '../values/object-data'

/** Kustomer holds at most this many images. */
export const MAX_IMAGES = 20

const OLDER: LeftOut = {
  field: 'timestamp',
  reason: 'older than the last update of this object: only blank values were filled'
}

/**
 * Returns what to write to a custom object after some events, applied one after the other. Keys of `data` are merged, so
 * that an event without line items keeps those of an earlier one.
 *
 * @param updatedAtAttribute the custom attribute with the time of the newest event; an older event only fills blanks
 */
export function wantedAfter(
  events: Wanted[],
  updatedAtAttribute: string | undefined,
  record: StoredRecord = { id: '', attributes: {} }
): Pick<Want, 'wanted' | 'leftOut'> {
  const wanted = events.reduce<Wanted>((earlier, event) => {
    const current = { ...record.attributes, ...earlier, custom: customOf(record, earlier) }
    const next = applied(event, current, isOlder(event, current.custom, updatedAtAttribute))
    return { ...earlier, ...next, custom: { ...earlier.custom, ...next.custom } }
  }, {})
  const { data, ...rest } = wanted
  const isAnyOlder = events.some((event) => isOlder(event, customOf(record, wanted), updatedAtAttribute))
  const fitted = data ? fitData(data, roomFor(rest)) : { value: undefined, leftOut: [] }
  return {
    wanted: removeUndefined({ ...rest, data: fitted.value }),
    leftOut: [...(isAnyOlder && events.length === 1 ? [OLDER] : []), ...fitted.leftOut]
  }
}

function applied(event: Wanted, current: Record<string, unknown>, isEventOlder: boolean): Wanted {
  const { custom = {}, data, images, ...scalars } = event
  const shown = current.data
  const inOrder = isEventOlder ? [data, shown] : [shown, data]
  // If an object doesn't show its data, an older event could overwrite it.
  const isHidden = isEventOlder && !isObject(shown)
  return {
    ...(isEventOlder ? blanksOf(scalars, current) : scalars),
    custom: isEventOlder ? (blanksOf(custom, current.custom as CustomAttributes) as CustomAttributes) : custom,
    ...(images ? { images: [...new Set([...listOf(current.images), ...images])].slice(0, MAX_IMAGES) } : {}),
    ...(data && !isHidden ? { data: Object.assign({}, ...inOrder) as Record<string, unknown> } : {})
  }
}

function isOlder(event: Wanted, current: CustomAttributes, updatedAtAttribute = ''): boolean {
  const [last, own] = [current, event.custom ?? {}].map((custom) => Date.parse(String(custom[updatedAtAttribute])))
  return last !== undefined && !Number.isNaN(last) && !(own !== undefined && own >= last)
}

function blanksOf<Values extends object>(values: Values, current: Record<string, unknown>): Partial<Values> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => isBlank(current[name]))) as Partial<Values>
}

function customOf({ attributes }: StoredRecord, { custom }: Wanted): CustomAttributes {
  return { ...(isObject(attributes.custom) ? (attributes.custom as CustomAttributes) : {}), ...custom }
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? (value as string[]) : []
}
