import fc from 'fast-check'
import { EMAILS, oneOf, PHONES, USERS } from './events'

/** What somebody does in Kustomer: an agent, or another integration. */
export type Edit =
  | { act: 'create'; email?: string; phone?: string; user?: string }
  | { act: 'add email' | 'remove email'; who: number; email: string }
  | { act: 'add phone' | 'remove phone'; who: number; phone: string }
  | { act: 'rename'; who: number; name: string }
  | { act: 'link' | 'unlink'; who: number; company: string }
  | { act: 'tag' | 'untag'; who: number; tag: string }
  | { act: 'set'; who: number; custom: Record<string, string> }

type Call = (method: string, path: string, json?: unknown) => Promise<{ status: number; body: unknown }>

interface Shown {
  attributes: Record<string, unknown>
  relationships: { company?: { data: { id: string } } }
}

const who = fc.nat(9)
const email = oneOf(EMAILS)
/** Agents write phones as they like. */
const phone = fc.oneof(
  { weight: 3, arbitrary: oneOf(PHONES) },
  { weight: 1, arbitrary: fc.constant('+1 (555) 010-0001') }
)
const create = fc.constant('create' as const)

export const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ act: create, email }),
  fc.record({ act: create, phone }),
  fc.record({ act: create, user: oneOf(USERS), email }),
  fc.record({ act: create, user: oneOf(USERS) }),
  fc.record({ act: fc.constantFrom('add email' as const, 'remove email' as const), who, email }),
  fc.record({ act: fc.constantFrom('add phone' as const, 'remove phone' as const), who, phone }),
  fc.record({ act: fc.constant('rename' as const), who, name: fc.constantFrom('Agent’s name', 'Ann Lee') }),
  fc.record({
    act: fc.constantFrom('link' as const, 'unlink' as const),
    who,
    company: fc.constantFrom('5f0000000000000000000c01', '5f0000000000000000000c02')
  }),
  fc.record({ act: fc.constantFrom('tag' as const, 'untag' as const), who, tag: fc.constantFrom('vip', 'churned') }),
  fc.record({
    act: fc.constant('set' as const),
    who,
    custom: fc.constantFrom<Array<Record<string, string>>>(
      { tierStr: 'gold' },
      { tierStr: 'iron' },
      { planStr: 'agent’s' }
    )
  })
)

/** Does it, by reading the customer, and writing at once what is to change. Kustomer may refuse. */
export async function perform(wanted: Edit, ids: string[], call: Call): Promise<void> {
  if (wanted.act === 'create') {
    const { email: mail, phone: number, user } = wanted
    await call('POST', '/v1/customers', {
      externalId: user,
      emails: mail === undefined ? undefined : [{ email: mail }],
      phones: number === undefined ? undefined : [{ phone: number }]
    })
    return
  }
  const id = ids[wanted.who % ids.length]
  if (id === undefined) {
    return
  }
  const { status, body } = await call('GET', `/v1/customers/${id}`)
  if (status === 200) {
    const shown = (body as { data: Shown }).data
    const company = shown.relationships.company?.data.id
    await call('PATCH', `/v1/customers/${id}`, { company, ...changed(shown, wanted) })
  }
}

function changed({ attributes }: Shown, wanted: Exclude<Edit, { act: 'create' }>): Record<string, unknown> {
  const items = (list: string, name: string): Array<Record<string, unknown>> =>
    ((attributes[list] ?? []) as Array<Record<string, unknown>>).map((item) => ({ [name]: item[name] }))
  switch (wanted.act) {
    case 'add email':
      return { emails: [...items('emails', 'email'), { email: wanted.email }] }
    case 'remove email':
      return { emails: items('emails', 'email').filter((item) => item.email !== wanted.email) }
    case 'add phone':
      return { phones: [...items('phones', 'phone'), { phone: wanted.phone }] }
    case 'remove phone':
      return { phones: items('phones', 'phone').filter((item) => item.phone !== wanted.phone) }
    case 'rename':
      return { name: wanted.name }
    case 'link':
      return { company: wanted.company }
    case 'unlink':
      return { company: null }
    case 'tag':
      return { tags: [wanted.tag] }
    case 'untag':
      return { tags: [] }
    case 'set':
      return { custom: { ...(attributes.custom as object | undefined), ...wanted.custom } }
  }
}
