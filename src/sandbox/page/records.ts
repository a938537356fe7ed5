import { html } from 'hono/html'
import type { CompanyRecord } from '../state/company-record'
import type { CustomObjectRecord } from '../state/custom-object-record'
import type { CustomerRecord } from '../state/customer-record'
import type { AttributeProperty } from '../state/defined-attributes'

/** How many of a kind are shown. */
const SHOWN = 20

/** The customers who changed last, each with their company and custom attributes. */
export function customersList(customers: CustomerRecord[]) {
  return recordsList('customers', customers, ({ attributes, relationships }) => {
    const company = textOf(attributes.companyName) || relationships.company?.data.id
    return { name: textOf(attributes.displayName), ...(company === undefined ? {} : { of: company }) }
  })
}

/** The companies that changed last, each with its custom attributes. */
export function companiesList(companies: CompanyRecord[]) {
  return recordsList('companies', companies, ({ attributes }) => ({ name: textOf(attributes.name) }))
}

/** The custom objects that changed last, each with its customer and custom attributes. */
export function customObjectsList(objects: CustomObjectRecord[]) {
  return recordsList('custom objects', objects, ({ attributes, relationships: { customer, company } }) => {
    const owner = customer?.data.id ?? company?.data.id
    return { name: textOf(attributes.title), ...(owner === undefined ? {} : { of: owner }) }
  })
}

/** The custom attributes of a kind of record, as its metadata tells them. */
export function attributesList(kind: string, attributes: Record<string, AttributeProperty>) {
  const all = Object.entries(attributes)
  return all.length === 0
    ? html`<p>${kind}: none.</p>`
    : html`<p>${kind}:</p>
        <ul>
          ${all.map(([name, { displayName, enumeration, deletedAt }]) => {
            const marks = [
              ...(enumeration ? [`one of ${enumeration.join(', ')}`] : []),
              ...(deletedAt ? ['deleted'] : [])
            ]
            return html`<li><code>${name}</code> ${[displayName, ...marks].join('; ')}</li>`
          })}
        </ul>`
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

function recordsList<Item extends CustomerRecord | CompanyRecord | CustomObjectRecord>(
  kind: string,
  records: Item[],
  tell: (record: Item) => { name: string; of?: string }
) {
  if (records.length === 0) {
    return html`<p>No ${kind} yet.</p>`
  }
  const latest = records
    .slice()
    .sort((one, other) => String(other.attributes.updatedAt).localeCompare(String(one.attributes.updatedAt)))
    .slice(0, SHOWN)
  return html`<h3>
      ${records.length > SHOWN ? `Last updated ${kind} (${SHOWN} of ${records.length})` : `All ${kind}`}
    </h3>
    <dl>
      ${latest.map((record) => {
        const { name, of } = tell(record)
        const externalId = textOf(record.attributes.externalId)
        return html`<dt>${name}${of === undefined ? '' : html` <span class="soft">of</span> ${of}`}</dt>
          <dd>
            ${externalId === '' ? '' : html`External ID <code>${externalId}</code> `}<span class="soft"
              >id <code>${record.id}</code></span
            >
            ${Object.entries(record.attributes.custom as object).map(
              ([attribute, value]) => html`<div><code>${attribute}</code> ${String(value)}</div>`
            )}
          </dd>`
      })}
    </dl>`
}
