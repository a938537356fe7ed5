import { operationAt } from './document'
import type { Operation, Parameter } from './document'
import { counted } from './finding'
import type { Finding } from './finding'
import { misfits } from './readings'

/** A request that the destination sent in the end-to-end tests. */
export interface SentRequest {
  method: string
  /** Percent-encoded, with the query. */
  url: string
  /** As text; empty where there is none. */
  body: string
}

/** [P] Operations that Kustomer publishes but this part of its document does not have. */
const ELSEWHERE = [/^GET \/auth\/tokens\/current$/, /^GET \/bulk\/[^/]+(?:\/batches)?$/]

/** Whether requests fit the document's schemas, by operation. */
export function checkRequests(operations: Operation[], requests: SentRequest[]): Finding[] {
  const found = new Map<string, string[][]>()
  for (const request of requests) {
    const { name, deviations } = checkRequest(operations, request)
    found.set(name, [...(found.get(name) ?? []), deviations])
  }
  return [...found]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([operation, checked]) => ({
      operation,
      tried: `${checked.length} request${checked.length === 1 ? '' : 's'} of the destination`,
      deviations: counted(checked.flat())
    }))
}

function checkRequest(operations: Operation[], { method, url, body }: SentRequest) {
  const { pathname, searchParams } = new URL(url)
  const path = pathname.replace(/^\/v1/, '')
  const fitting = operationAt(operations, method, path)
  if (!fitting) {
    const isElsewhere = ELSEWHERE.some((pattern) => pattern.test(`${method} ${path}`))
    return isElsewhere
      ? { name: `${method} ${path.replace(/[0-9a-f]{24}/, '{id}')} (not in the document)`, deviations: [] }
      : { name: `${method} ${path}`, deviations: ['the document has no such operation'] }
  }
  const { operation, values } = fitting
  const queries = Object.fromEntries(searchParams)
  return {
    name: operation.name,
    deviations: [
      ...operation.parameters.flatMap((parameter) => checkParameter(parameter, values, queries)),
      ...Object.keys(queries)
        .filter(
          (name) => !operation.parameters.some((parameter) => parameter.in === 'query' && parameter.name === name)
        )
        .map((name) => `the query has ${name}, which the document has not`),
      ...checkBody(operation, body)
    ]
  }
}

function checkParameter(parameter: Parameter, values: Record<string, string>, queries: Record<string, string>) {
  const value = parameter.in === 'path' ? values[parameter.name] : queries[parameter.name]
  if (value === undefined) {
    return []
  }
  const decoded = decodeURIComponent(value)
  const isNumber = parameter.schema.type === 'number' || parameter.schema.type === 'integer'
  return misfits(parameter.schema, isNumber ? Number(decoded) : decoded).map((words) =>
    words.replace('the whole', `the ${parameter.in}'s ${parameter.name}`)
  )
}

function checkBody({ body: schema }: Operation, body: string): string[] {
  if (!schema) {
    return body === '' ? [] : ['has a body, which the document has not']
  }
  return body === '' ? ['has no body'] : misfits(schema, JSON.parse(body))
}
