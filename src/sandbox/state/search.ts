import type { CustomerSearch } from '../contract/search'
import { badParameter, lacks } from '../errors'
import type { Variants } from '../variants'
import type { Customer } from './customers'
import { identifierOf, ownIdentifiers, sharedIdentifiers } from './identifiers'
import type { LookUpName } from './identifiers'

/** The attributes that the sandbox knows how to search by: which identifier, and whether it is one that is shared. */
const ATTRIBUTES: Record<string, { name: LookUpName; shared?: true } | undefined> = {
  customer_externalId: { name: 'externalId' },
  customer_email: { name: 'email' },
  customer_phone: { name: 'phone' },
  customer_shared_email: { name: 'email', shared: true }
}

type Test = (customer: Customer) => boolean

/**
 * Those customers whom a search finds.
 *
 * @throws Refusal (400 for what is no term; 501 for a term that the sandbox does not know)
 */
export function found(customers: Customer[], search: CustomerSearch, variants: Variants): Customer[] {
  const [all, any, none] = [search.and, search.or, search.not].map((terms) => testsOf(terms, variants))
  return customers.filter(
    (customer) =>
      (search.includeDeleted === true || !customer.isDeleted) &&
      all?.every((test) => test(customer)) &&
      (any?.length === 0 || any?.some((test) => test(customer))) &&
      !none?.some((test) => test(customer))
  )
}

function testsOf(terms: CustomerSearch['and'], variants: Variants): Test[] {
  const list = terms === undefined ? [] : Array.isArray(terms) ? terms : [terms]
  return list.map((term) => testOf(term, variants))
}

function testOf(term: Record<string, unknown>, variants: Variants): Test {
  const [[attribute, condition] = ['', undefined], ...others] = Object.entries(term)
  if (typeof condition !== 'object' || condition === null || others.length > 0) {
    throw badParameter(attribute || 'term', 'must be one attribute with one operator')
  }
  const [[operator, value] = ['', undefined], ...more] = Object.entries(condition) as Array<[string, unknown]>
  if (more.length > 0 || operator === '') {
    throw badParameter(attribute, 'must have one operator')
  }
  const known = Object.hasOwn(ATTRIBUTES, attribute) ? ATTRIBUTES[attribute] : undefined
  if (!known || operator !== 'equals' || typeof value !== 'string') {
    throw lacks(`The sandbox can’t search by ${operator}`, attribute)
  }
  const { key } = identifierOf(known.name, value, variants)
  const identifiers = known.shared ? sharedIdentifiers : ownIdentifiers
  return (customer) => identifiers(customer.known, variants).some((identifier) => identifier.key === key)
}
