/** Where a record is to be read. */
export interface LinkTo {
  links: { self: string }
}

/** A record that another one is related to. */
export interface Link<Type extends string = string> extends LinkTo {
  data: { type: Type; id: string }
}

const COLLECTIONS: Record<string, string> = {
  org: 'orgs',
  user: 'users',
  customer: 'customers',
  company: 'companies'
}

export function link<Type extends string>(type: Type, id: string): Link<Type> {
  return { links: { self: `/v1/${COLLECTIONS[type] ?? type}/${id}` }, data: { type, id } }
}

/** The organization that the sandbox is, and the user that each of its keys acts as. */
export const ORGANIZATION = link('org', '5e0000000000000000000001')
export const USER = link('user', '5e0000000000000000000002')
