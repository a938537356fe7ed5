import type { AttributeDefinition } from '../contract/metadata'
import { badParameter, notFound, Refusal, unknownParameter } from '../errors'
import { USER } from './links'
import type { World } from './world'

/** Custom attributes by name, as an organization defines them. */
export type AttributeDefinitions = Record<string, AttributeDefinition>

/** [P] What the metadata of a kind of record tells of an attribute, [R] and of one that was deleted. */
export interface AttributeProperty {
  type: string
  displayName: string
  enumeration?: string[]
  modifiedBy?: string
  modifiedAt?: string
  updatedAt?: string
  deletedAt?: string
  deletedBy?: string
}

interface Defined {
  id: string
  at: string
  byName: Map<string, AttributeDefinition>
}

/** What a Klass of custom objects is called as a resource, before its name. */
const KOBJECT = 'kobject.'

/** Which custom attributes the organization has defined. Where it has defined none of a kind, any may be written. */
export class DefinedAttributes {
  private readonly byResource = new Map<string, Defined>()

  constructor(private readonly world: World) {}

  /** Replaces those of a kind of record; null for an organization that has defined none. */
  define(resource: string, definitions: AttributeDefinitions | null): void {
    if (definitions === null) {
      this.byResource.delete(resource)
    } else {
      const at = this.world.now().toISOString()
      const id = this.byResource.get(resource)?.id ?? (resource.startsWith(KOBJECT) ? this.world.newId() : '')
      this.byResource.set(resource, { id, at, byName: new Map(Object.entries(definitions)) })
    }
  }

  /** The Klasses: those whose attributes are defined. */
  klasses(): Array<{ id: string; name: string; at: string }> {
    return [...this.byResource]
      .filter(([resource]) => resource.startsWith(KOBJECT))
      .map(([resource, { id, at }]) => ({ id, name: resource.slice(KOBJECT.length), at }))
  }

  /** The name of a Klass that is defined. @throws Refusal (404) */
  klass(name: string): string {
    if (!this.byResource.has(KOBJECT + name)) {
      throw notFound('name')
    }
    return name
  }

  /** @param inUse the attributes that records have: those count as defined, where none are */
  propertiesOf(resource: string, inUse: string[]): Record<string, AttributeProperty> {
    const defined = this.byResource.get(resource)
    const shown = defined
      ? [...defined.byName].map(([name, definition]) => [name, propertyOf(name, definition, defined.at)])
      : inUse.map((name) => [name, propertyOf(name, {})])
    return Object.fromEntries(shown) as Record<string, AttributeProperty>
  }

  /** [R] An attribute that is not defined gets the whole write refused, and is the one that is named. @throws Refusal (400) */
  refuseUndefined(resource: string, custom: Record<string, unknown> = {}): void {
    const defined = this.byResource.get(resource)
    const { deletedAttributesTaken, dropDownsOpen } = this.world.variants
    for (const [name, value] of defined ? Object.entries(custom) : []) {
      const definition = defined?.byName.get(name)
      if (!definition || (definition.deleted && !deletedAttributesTaken)) {
        throw new Refusal(unknownParameter(name, ['custom']))
      }
      const { enumeration } = definition
      const isKnown = value === null || enumeration?.some((each) => each === value)
      if (enumeration && !isKnown && !dropDownsOpen) {
        throw badParameter(`custom.${name}`, `must be one of ${enumeration.join(', ')}`)
      }
    }
  }
}

/** [P] The type of the published examples. [A] That of a Bool. */
function propertyOf(name: string, { displayName, enumeration, deleted }: AttributeDefinition, at?: string) {
  const words = name.replace(/(?:Str|Txt|Num|At|Bool|Url|Id|Tree)$/, '').replace(/(?=[A-Z])/g, ' ')
  const property: AttributeProperty = {
    type: name.endsWith('Num') ? 'number' : name.endsWith('Bool') ? 'boolean' : 'string',
    displayName: displayName ?? words.charAt(0).toUpperCase() + words.slice(1).toLowerCase(),
    ...(enumeration && { enumeration })
  }
  const by = USER.data.id
  const changed = at === undefined ? {} : { modifiedBy: by, modifiedAt: at, updatedAt: at }
  return { ...property, ...changed, ...(deleted && { deletedAt: at, deletedBy: by }) }
}
