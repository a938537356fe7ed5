import { readFileSync } from 'node:fs'
import { amended } from './readings'
import type { Schema } from './schema'

export interface Parameter {
  name: string
  in: 'path' | 'query'
  schema: Schema
}

export interface Operation {
  /** As in `GET /customers/{id}`. */
  name: string
  method: string
  path: string
  parameters: Parameter[]
  /** Of the request's body, with what the document has lost put back; undefined where it has none. */
  body?: Schema
  /** The published example of a success. */
  example?: unknown
}

interface RawOperation {
  parameters?: Parameter[]
  requestBody?: { content?: Record<string, { schema?: Schema }> }
  responses?: Record<string, { content?: Record<string, { example?: unknown }> }>
}

interface RawDocument {
  paths: Record<string, Record<string, RawOperation | Parameter[]>>
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']
const JSON_TYPE = 'application/json'

/** The operations of an OpenAPI document, each with its shared parameters. @throws where the file is not one */
export function readDocument(file: string): Operation[] {
  const { paths } = JSON.parse(readFileSync(file, 'utf8')) as RawDocument
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, raw]) => operationOf(method, path, raw as RawOperation, (item.parameters ?? []) as Parameter[]))
  )
}

function operationOf(method: string, path: string, raw: RawOperation, shared: Parameter[]): Operation {
  const success = Object.entries(raw.responses ?? {}).find(([status]) => status.startsWith('2'))?.[1]
  const schema = raw.requestBody?.content?.[JSON_TYPE]?.schema
  const name = `${method.toUpperCase()} ${path}`
  return {
    name,
    method: method.toUpperCase(),
    path,
    parameters: [...shared, ...(raw.parameters ?? [])],
    body: schema && amended(schema, name),
    example: success?.content?.[JSON_TYPE]?.example
  }
}

/** The operation that a request's method and path (without `/v1`) belong to, and the values of the path's parameters. */
export function operationAt(
  operations: Operation[],
  method: string,
  path: string
): { operation: Operation; values: Record<string, string> } | undefined {
  const fitting = operations
    .filter((operation) => operation.method === method)
    .map((operation) => ({ operation, match: patternOf(operation.path).exec(path) }))
    // `/customers/bulk` fits `/customers/{id}` too: the path with the fewest parameters is meant.
    .sort((one, other) => parametersIn(one.operation.path) - parametersIn(other.operation.path))
    .find(({ match }) => match)
  return fitting && { operation: fitting.operation, values: { ...fitting.match?.groups } }
}

function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`)
}

function parametersIn(path: string): number {
  // A parameter that follows a name, as in `externalId={externalId}`, is more to the point than one that stands alone.
  return (path.match(/\/\{/g) ?? []).length
}
