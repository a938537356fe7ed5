import { z } from '@hono/zod-openapi'
import { dateTime, recordOf, uri } from './formats'

/** What each suffix of a custom attribute's name allows. */
const TYPES: Record<string, z.ZodType> = {
  Str: z.string().max(1024),
  Txt: z.string(),
  Num: z.number(),
  At: dateTime,
  Bool: z.boolean(),
  Url: uri,
  Id: z.string(),
  Tree: z.string()
}

const NAME = /^[a-z][a-zA-Z0-9]*?(Str|Txt|Num|At|Bool|Url|Id|Tree)$/

export const MAX_CUSTOM = 100

/** [A] The strict reading of the two that Kustomer publishes for `Txt`; a variant lifts it. */
export const MAX_TXT = 1024

export const custom = recordOf<unknown>(
  {
    max: MAX_CUSTOM,
    additionalProperties: true,
    description:
      '[P] At most 100 custom attributes with camelCase names. The suffix is the type: Str is text of at most 1,024 characters, Txt text, Num a number, At a date-time, Bool true or false, Url a URI, Id a reference. [R] Tree is a value of a tree. [P] null clears an attribute. [A] Txt must have at most 1,024 characters. [R] Attributes that the organization has not defined are rejected. [A] If it has defined none, any are accepted. [A] An Id can be any text.'
  },
  (name, value) => {
    const suffix = NAME.exec(name)?.[1]
    const type = suffix && TYPES[suffix]
    if (!type) {
      return { code: 'unrecognized_keys', keys: [name], path: [], input: undefined }
    }
    return value === null || type.safeParse(value).success
      ? undefined
      : { code: 'custom', message: `must be of the type ${suffix}`, path: [name], input: value }
  }
)

/** Whether a name tells a type, as that of every custom attribute does. */
export const isTyped = (name: string): boolean => NAME.test(name)

/** The attributes whose text is longer than the strict reading allows. */
export function longTexts(attributes: Record<string, unknown> = {}): string[] {
  return Object.keys(attributes).filter((name) => {
    const value = attributes[name]
    return typeof value === 'string' && value.length > MAX_TXT && name.endsWith('Txt')
  })
}
