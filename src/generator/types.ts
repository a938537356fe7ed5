import { fieldsToJsonSchema, omit } from '@segment/actions-core'
import type { DestinationDefinition, MinimalInputField } from '@segment/actions-core'
import type { JSONSchema4 } from 'json-schema'
import { compile } from 'json-schema-to-typescript'
import type { Options } from 'prettier'

/**
 * The `generated-types.ts` of a destination's settings and of each of its actions, as the Segment Actions monorepo's
 * `generate:types` writes them.
 *
 * @param style prettier's options
 * @returns contents by path, relative to the destination's folder
 */
export async function generateTypes<Settings>(
  destination: DestinationDefinition<Settings>,
  style: Options
): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  files.set('generated-types.ts', await interfaceOf('Settings', destination.authentication?.fields ?? {}, style))
  for (const [slug, { fields }] of Object.entries(destination.actions)) {
    files.set(`${slug}/generated-types.ts`, await interfaceOf('Payload', fields, style))
  }
  return files
}

function interfaceOf(name: string, fields: Record<string, MinimalInputField>, style: Options): Promise<string> {
  return compile(withoutTitles(fieldsToJsonSchema(fields, { tsType: true })), name, {
    bannerComment: '// Generated file. DO NOT MODIFY IT BY HAND.',
    style
  })
}

/** A title or an enum would become a type of its own. */
function withoutTitles(schema: JSONSchema4): JSONSchema4 {
  const rest: JSONSchema4 = omit(schema, ['title', 'enum'])
  if (rest.type === 'object' && rest.properties) {
    const properties = Object.entries(rest.properties).map(([key, property]) => [key, withoutTitles(property)])
    return { ...rest, properties: Object.fromEntries(properties) as Record<string, JSONSchema4> }
  }
  return rest.type === 'array' && rest.items ? { ...rest, items: withoutTitles(rest.items) } : rest
}
