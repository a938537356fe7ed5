import { Destination } from '@segment/actions-core'
import type { DestinationDefinition, RequestClient } from '@segment/actions-core'
import type { Settings } from '../../src/destinations/kustomer/generated-types'

export type Definition = DestinationDefinition<Settings>

/** Answers a request in the place of the network. */
export type Answering = (
  method: string,
  url: string,
  headers: Record<string, string>,
  json: unknown
) => Promise<{ ok: boolean; statusText: string }>

interface Runtime {
  destination: Destination<Settings>
  answering: Answering
}

/** One of each: the framework keeps for good what it makes of a definition's schemas. */
const runtimes = new Map<Definition, Runtime>()

/** Segment's runtime of a destination whose requests are answered directly, by whoever asked for it last. */
export function runtimeOf(definition: Definition, answering: Answering): Destination<Settings> {
  const runtime = runtimes.get(definition) ?? { destination: new Destination(withoutHttp(definition)), answering }
  runtime.answering = answering
  runtimes.set(definition, runtime)
  return runtime.destination
}

function withoutHttp(definition: Definition): Definition {
  const actions = Object.entries(definition.actions).map(([name, action]) => {
    const { perform: one, performBatch: many } = action
    return [
      name,
      {
        ...action,
        perform: (_request, data): unknown => one(clientOf(definition, data), data),
        ...(many && { performBatch: (_request, data): unknown => many(clientOf(definition, data), data) })
      } as typeof action
    ]
  })
  return { ...definition, actions: Object.fromEntries(actions) as Definition['actions'] }
}

/** Does what the framework's client does with the options that the destination gives. */
function clientOf(definition: Definition, data: unknown): RequestClient {
  type Options = { method?: string; headers?: Record<string, string>; json?: unknown; throwHttpErrors?: boolean }
  const extension = definition.extendRequest?.(
    data as Parameters<NonNullable<Definition['extendRequest']>>[0]
  ) as Options
  const answering = runtimes.get(definition)?.answering
  const request = async (url: string, given: Options = {}): Promise<unknown> => {
    if ('signal' in given) {
      throw new Error('The framework applies its signal itself, and throws where it is given again')
    }
    const { method = 'get', json, throwHttpErrors } = given
    const headers = { ...extension.headers, ...given.headers }
    const response = await answering?.(method.toUpperCase(), url, headers, json)
    if (response?.ok === false && throwHttpErrors !== false) {
      throw Object.assign(new Error(response.statusText), { response })
    }
    return response
  }
  return request as unknown as RequestClient
}
