import type { Company } from './companies'
import { ORGANIZATION, USER } from './links'
import type { Link } from './links'
import { shownItem } from './shown-item'

/** A company as Kustomer shows it. */
export interface CompanyRecord {
  type: 'company'
  id: string
  attributes: Record<string, unknown>
  relationships: { org: Link; createdBy: Link; modifiedBy: Link }
  links: { self: string }
}

const LISTS = ['emails', 'phones', 'whatsapps', 'socials', 'urls', 'domains', 'locations'] as const

/** [P] The keys of the published example, [A] and whatever else may be written, `rev` and `deleted`. */
export function companyRecordOf(company: Company): CompanyRecord {
  const { id, known, createdAt, updatedAt, rev, isDeleted } = company
  const lists = LISTS.map((name): [string, unknown] => [name, (known[name] ?? []).map(shownItem)])
  const attributes = {
    externalId: null,
    avatarUrl: null,
    employeeCount: null,
    defaultLang: null,
    tags: [],
    custom: {},
    ...known,
    ...Object.fromEntries(lists),
    createdAt: known.createdAt ?? createdAt,
    updatedAt,
    modifiedAt: updatedAt,
    deleted: isDeleted,
    rev
  }
  return recordWith(id, attributes)
}

/** [P] The attributes of the published example of a list, as they are spelled there. */
export function companySummaryOf(company: Company): CompanyRecord {
  const { id, attributes } = companyRecordOf(company)
  const { name, externalId: extenalId, createdAt, updatedAt, modifiedAt, tags } = attributes
  return recordWith(id, { name, extenalId, createdAt, updatedAt, modifiedAt, tags })
}

function recordWith(id: string, attributes: CompanyRecord['attributes']): CompanyRecord {
  return {
    type: 'company',
    id,
    attributes,
    relationships: { org: ORGANIZATION, createdBy: USER, modifiedBy: USER },
    links: { self: `/v1/companies/${id}` }
  }
}
