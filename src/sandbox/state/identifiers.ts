import type { Variants } from '../variants'
import type { KnownOfCustomer } from './known'

/** What a customer can be looked up by. */
export type LookUpName = 'externalId' | 'email' | 'phone'

/** [P] What no two customers hold. */
export type IdentifierName = LookUpName | 'whatsapp' | 'social'

/** An identifier in the spelling that it is compared by. */
export interface Identifier {
  name: IdentifierName
  key: string
}

/** [A] How identifiers are compared. */
export function identifierOf(name: IdentifierName, value: string, variants: Variants): Identifier {
  return { name, key: `${name} ${comparable(name, value, variants)}` }
}

function comparable(name: IdentifierName, value: string, { phonesComparedAsWritten }: Variants): string {
  switch (name) {
    case 'email':
      return value.trim().toLowerCase()
    case 'phone':
      return phonesComparedAsWritten ? value : value.replace(/\D/g, '')
    case 'whatsapp':
      return value.replace(/\D/g, '')
    default:
      return value
  }
}

/** What a customer holds as their own. */
export const ownIdentifiers = remembered((known, variants) => {
  const { externalId, externalIds = [], emails = [], phones = [], whatsapps = [], socials = [] } = known
  return [
    ...(externalId === undefined ? [] : [identifierOf('externalId', externalId, variants)]),
    ...externalIds.map((item) => identifierOf('externalId', item.externalId, variants)),
    ...emails.map(({ email }) => identifierOf('email', email, variants)),
    ...phones.map(({ phone }) => identifierOf('phone', phone, variants)),
    ...whatsapps.map(({ phone }) => identifierOf('whatsapp', phone, variants)),
    ...socials.map(({ type, username }) => identifierOf('social', `${type} ${username}`, variants))
  ]
})

/** The emails and phones that a customer merely shares. */
export const sharedIdentifiers = remembered(({ sharedEmails = [], sharedPhones = [] }, variants) => [
  ...sharedEmails.map(({ email }) => identifierOf('email', email, variants)),
  ...sharedPhones.map(({ phone }) => identifierOf('phone', phone, variants))
])

/** A search asks it of everybody. What is known is never changed in place, nor are the variants. */
function remembered(read: (known: KnownOfCustomer, variants: Variants) => Identifier[]): typeof read {
  const last = new WeakMap<KnownOfCustomer, { variants: Variants; identifiers: Identifier[] }>()
  return (known, variants) => {
    const before = last.get(known)
    if (before?.variants === variants) {
      return before.identifiers
    }
    const identifiers = read(known, variants)
    last.set(known, { variants, identifiers })
    return identifiers
  }
}
