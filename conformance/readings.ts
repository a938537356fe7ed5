import Ajv from 'ajv'
import type { ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import type { Schema } from './schema'

/*
 * What Kustomer's document leaves open, and how it is read here. [P] published by Kustomer elsewhere, [R] relied on in
 * production by other integrations, [A] assumed.
 */

/** Formats that JSON Schema does not define. `date-time`, `uri`, `url` and `email` are those of ajv-formats. */
const FORMATS: Record<string, RegExp> = {
  /** [P] Ids are 24 hex digits. */
  'object-id': /^[0-9a-f]{24}$/i,
  /** [A] Something, an @ and something, without spaces. */
  'email-relaxed': /^[^\s@]+@[^\s@]+$/,
  /** [A] A + or none, then digits, with spaces ( ) - . / between them. */
  'phone-number': /^\+?(?:[ ().\-/]*\d){2,15}$/,
  /** [A] As a phone number. */
  'whatsapp-number': /^\+?(?:[ ().\-/]*\d){2,15}$/,
  /** [A] Labels of letters, digits and hyphens with a dot between them. */
  'domain-name': /^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,}$/i
}

/** [P] Each custom attribute's suffix is its type, and null clears any of them. */
const CUSTOM: Record<string, Schema> = {
  '^[a-z][a-zA-Z0-9]*Str$': { type: 'string', nullable: true, maxLength: 1024 },
  '^[a-z][a-zA-Z0-9]*Txt$': { type: 'string', nullable: true },
  '^[a-z][a-zA-Z0-9]*Num$': { type: 'number', nullable: true },
  '^[a-z][a-zA-Z0-9]*At$': { type: 'string', nullable: true, format: 'date-time' },
  '^[a-z][a-zA-Z0-9]*Bool$': { type: 'boolean', nullable: true },
  '^[a-z][a-zA-Z0-9]*Url$': { type: 'string', nullable: true, format: 'uri' },
  '^[a-z][a-zA-Z0-9]*Id$': { type: 'string', nullable: true }
}

/** [R] The keys of an event's meta; [A] that a text ends at 1,024 characters. */
const META: Record<string, Schema> = {
  '^[a-zA-Z][a-zA-Z0-9-_]{2,32}Num$': { type: 'number' },
  '^[a-zA-Z][a-zA-Z0-9-_]{2,32}At$': { type: 'string', format: 'date-time' },
  '^(?!.*(?:Num|At))[a-zA-Z][a-zA-Z0-9-_]{2,32}$': { type: 'string', maxLength: 1024 }
}

/** Objects whose key patterns are lost in the document: by their names, what they hold. */
const LOST_PATTERNS: Record<string, Record<string, Schema>> = { custom: CUSTOM, meta: META }

/** [P] Newer than the document: an item of a bulk body may say how it is called in the results. */
const CLIENT_REF: Schema = { type: 'string', minLength: 1, maxLength: 255 }

/** A request's schema with what the document has lost put back. */
export function amended(schema: Schema, operation: string): Schema {
  const restored = withLostPatterns(schema, '')
  return operation.endsWith('/bulk') && restored.items
    ? {
        ...restored,
        items: { ...restored.items, properties: { ...restored.items.properties, _clientRef: CLIENT_REF } }
      }
    : restored
}

function withLostPatterns(schema: Schema, name: string): Schema {
  const { properties, items, anyOf, ...rest } = schema
  if (!properties && rest.additionalProperties === false) {
    const { additionalProperties, ...open } = rest
    const patternProperties = LOST_PATTERNS[name]
    return patternProperties ? { ...open, additionalProperties, patternProperties } : open
  }
  return {
    ...rest,
    ...(anyOf && { anyOf }),
    ...(items && { items: withLostPatterns(items, '') }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, property]) => [key, withLostPatterns(property, key)])
      )
    })
  }
}

const ajv = new Ajv({ strict: false, strictNumbers: true, allErrors: true })
addFormats(ajv)
Object.entries(FORMATS).forEach(([name, format]) => {
  ajv.addFormat(name, format)
})

const compiled = new WeakMap<Schema, ValidateFunction>()

/** Where and how a value breaks a schema; empty where it fits. */
export function misfits(schema: Schema, value: unknown): string[] {
  const validate = compiled.get(schema) ?? ajv.compile(schema)
  compiled.set(schema, validate)
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message, params }) => {
        const { additionalProperty } = params as { additionalProperty?: string }
        const key = additionalProperty === undefined ? '' : ` (${additionalProperty})`
        return `${instancePath.slice(1).replaceAll('/', '.') || 'the whole'} ${message}${key}`
      })
}
