import { z } from '@hono/zod-openapi'
import { anyNumber, anyText, flag, identifier, oneOf, phone, relaxedEmail, text, uri, url } from './formats'

/** [P] What several kinds of records have, each in a list. */
export const LIST = '[P] At most 10, no duplicates.'

export const emailItem = z.strictObject({
  type: oneOf('home', 'work', 'other').optional(),
  email: relaxedEmail,
  verified: flag.optional()
})

export const phoneItem = z.strictObject({
  type: oneOf('mobile', 'home', 'work', 'fax', 'other').optional(),
  phone,
  verified: flag.optional()
})

export const whatsappItem = z.strictObject({ type: oneOf('mobile').optional(), phone, verified: flag.optional() })

export const socialItem = z.strictObject({
  type: oneOf('twitter', 'facebook', 'instagram', 'linkedin', 'pinterest'),
  username: identifier(256),
  userid: text(256).optional(),
  url: uri.optional(),
  verified: flag.optional()
})

export const urlItem = z.strictObject({ type: oneOf('website', 'blog', 'other').optional(), url })

/** A place, in a list of locations and in a tracking identity. */
export const location = z
  .strictObject({
    type: oneOf('home', 'work', 'other').optional(),
    name: anyText.nullish(),
    address: text(256).nullish(),
    address2: text(256).nullish(),
    address3: text(256).nullish(),
    latitude: anyNumber.nullish(),
    longitude: anyNumber.nullish(),
    countryCode: z.string().length(2).openapi({ description: '[P] Exactly 2 characters.' }).nullish(),
    countryName: text(64).nullish(),
    regionCode: text(2).nullish(),
    regionName: text(128).nullish(),
    cityName: text(128).nullish(),
    zipCode: text(30).nullish(),
    areaCode: text(30).nullish()
  })
  .openapi({ description: '[P] A place. Unknown keys are rejected.' })

const TAG = /^[0-9a-zA-ZÀ-ÿ_/<>\-.][0-9a-zA-ZÀ-ÿ _/<>\-.]{0,63}$/

export const tag = z
  .string()
  .regex(TAG, 'must be a tag')
  .openapi({ description: '[P] 1 to 64 letters, digits, spaces or _ / < > - . characters.' })

export const rev = anyNumber.openapi({
  description: '[P] The `rev` that you read. [A] An outdated one is rejected with 409.'
})
