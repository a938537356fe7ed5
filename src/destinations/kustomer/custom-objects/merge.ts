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

const OLDER = { field: 'timestamp', reason: 'older than the last update: only blank values of the object were filled' }

/**
 * Returns what to write to a custom object after some events, applied one after the other. Keys of `data` are merged, so
 * that an event without line items keeps those of an earlier one.
 *
 * @param updatedAtAttribute the custom attribute with the time of the newest event; an older event only fills blanks
 */
export function wantedAfter(
  events: Wanted[],
  updatedAtAttribute = '',
  { attributes }: Pick<StoredRecord, 'attributes'> = { attributes: {} }
): Pick<Want, 'wanted' | 'leftOut'> {
  const leftOut: LeftOut[] = []
  const { data, ...wanted } = events.reduce<Wanted>((earlier, event) => {
    const custom = { ...(attributes.custom as CustomAttributes | undefined), ...earlier.custom }
    const last = Date.parse(String(custom[updatedAtAttribute]))
    const isOlder = !Number.isNaN(last) && !(Date.parse(String(event.custom?.[updatedAtAttribute])) >= last)
    leftOut.push(...(isOlder ? [OLDER] : []))
    const next = applied(event, { ...attributes, ...earlier, custom }, isOlder)
    return { ...earlier, ...next, custom: { ...earlier.custom, ...next.custom } }
  }, {})
  const fitted = data && fitData(data, roomFor(wanted))
  return {
    wanted: removeUndefined({ ...wanted, data: fitted?.value }),
    leftOut: [...(events.length === 1 ? leftOut : []), ...(fitted?.leftOut ?? [])]
  }
}

/** Returns what one event changes. @param shown the attributes as they are before it */
function applied(event: Wanted, shown: Record<string, unknown>, isOlder: boolean): Wanted {
  const { custom = {}, data, images, ...scalars } = event
  const held = Array.isArray(shown.images) ? (shown.images as string[]) : []
  // If an object doesn't show its data, an older event could overwrite it.
  const isHidden = isOlder && !isObject(shown.data)
  return {
    ...(isOlder ? blanksOf(scalars, shown) : scalars),
    custom: isOlder ? blanksOf(custom, shown.custom) : custom,
    ...(images ? { images: [...new Set([...held, ...images])].slice(0, MAX_IMAGES) } : {}),
    ...(data && !isHidden
      ? { data: Object.assign({}, ...(isOlder ? [data, shown.data] : [shown.data, data])) as Wanted['data'] }
      : {})
  }
}

function blanksOf<Values extends object>(values: Values, shown: unknown): Values {
  const blank = Object.entries(values).filter(([name]) => isBlank((shown as Record<string, unknown>)[name]))
  return Object.fromEntries(blank) as Values
}
