import { fitInto } from './body-size'
import type { LeftOut } from './left-out'
import { jsonText, TOO_DEEP } from './texts'

type Data = Record<string, unknown>

/** Returns the data of a custom object without values that are nested more than 50 levels deep. */
export function readData(data: Data = {}): { value?: Data; leftOut: LeftOut[] } {
  const entries = Object.entries(data).filter(([, value]) => value !== undefined)
  const deep = new Set(entries.filter(([, value]) => jsonText(value) === undefined).map(([key]) => key))
  const value = Object.fromEntries(entries.filter(([key]) => !deep.has(key)))
  const leftOut = [...deep].map((key) => ({ field: `data.${key}`, reason: TOO_DEEP }))
  return { value: Object.keys(value).length > 0 ? value : undefined, leftOut }
}

/** Returns the data as far as it fits. @param room how many bytes it may take as JSON */
export function fitData(data: Data, room: number): { value: Data; leftOut: LeftOut[] } {
  const { values, reasons } = fitInto(data, room)
  return { value: values, leftOut: [...reasons].map(([key, reason]) => ({ field: `data.${key}`, reason })) }
}
