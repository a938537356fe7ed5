import type { CustomObject } from './custom-objects'
import { link, ORGANIZATION } from './links'
import type { Link, LinkTo } from './links'

/** A custom object as Kustomer shows it. */
export interface CustomObjectRecord {
  /** `kobject.` and the name of its Klass. */
  type: string
  id: string
  attributes: Record<string, unknown>
  relationships: {
    org: Link
    /** [P] Its id is the name of the Klass, and `link` is spelled so. */
    klass: { link: { self: string }; data: { type: 'klass'; id: string } }
    customer?: Link<'customer'>
    company?: Link<'company'>
  }
  links: { self: string }
}

/** [P] The keys of the published examples. [A] And whatever else may be written. */
export function customObjectRecordOf(object: CustomObject): CustomObjectRecord {
  const { id, klass, customer, company, known, createdAt, updatedAt, rev } = object
  const self = `/v1/klasses/${klass}`
  const attributes = { icon: null, images: [], custom: {}, tags: [], createdAt, ...known, updatedAt, rev }
  return {
    type: `kobject.${klass}`,
    id,
    attributes,
    relationships: {
      org: ORGANIZATION,
      klass: { link: { self }, data: { type: 'klass', id: klass } },
      ...(customer === undefined ? {} : { customer: link('customer', customer) }),
      ...(company === undefined ? {} : { company: link('company', company) })
    },
    links: { self: `${self}/${id}` }
  }
}

/** A type of custom objects as Kustomer shows it. */
export interface KlassRecord {
  type: 'klass'
  id: string
  attributes: Record<string, unknown>
  relationships: { org: Link; kobjects: LinkTo }
  links: { self: string }
}

/** [P] The keys of the published example. */
export function klassRecordOf({ id, name, at }: { id: string; name: string; at: string }): KlassRecord {
  const words = name.replace(/[-_]+/g, ' ')
  const displayName = words.charAt(0).toUpperCase() + words.slice(1)
  const links = { self: `/v1/klasses/${name}` }
  const attributes = { name, displayName, status: 'enabled', appDisabled: false, updatedAt: at, createdAt: at }
  return { type: 'klass', id, attributes, relationships: { org: ORGANIZATION, kobjects: { links } }, links }
}
