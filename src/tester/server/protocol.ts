import { defaultValues, Destination, HTTPError } from '@segment/actions-core'
import type { DynamicFieldResponse, JSONObject, SegmentEvent } from '@segment/actions-core'
import { Hono } from 'hono'
import type { Context } from 'hono'
import destination from '../../destinations/kustomer'
import type { Settings } from '../../destinations/kustomer/generated-types'
import type { Kustomer } from '../kustomer'
import { mappingProblems } from '../delivery/mapping'
import type { Exchange } from '../kustomer/transport'
import { recordOf } from '../json'
import { limitBody, readBody } from './body'
import { exchangeOf } from './exchange'
import { redactedJson } from './redaction'

/** What the framework's validation throws: its problems, one by one. */
type Failure = Error & { status?: number } & Partial<Iterable<{ path: string; message: string }>>
type Body = Record<string, unknown>

/** What the monorepo's server takes. */
const KILOBYTES = 100

const runtime = new Destination<Settings>(destination)

/**
 * The protocol of the Segment Actions monorepo's `serve` command. As there, what a request leaves out is missing, an
 * action's settings are not checked before it runs, and failures are answered with 200 and the error alone.
 */
export function protocol(kustomer: Kustomer): Hono {
  const app = new Hono()
  app.use(limitBody(KILOBYTES))

  app.get('/manifest', (context) => context.json({ ...runtime.definition, directoryName: 'kustomer' }))

  app.post('/authenticate', async (context) => {
    const settings = await readBody(context)
    const { error } = await attempt(kustomer, () => runtime.testAuthentication(settings as unknown as Settings))
    const result = error ? { ok: false, error: error.message, fields: fieldsOf(error) ?? {} } : { ok: true }
    return answer(context, settings, result)
  })

  app.post('/refreshAccessToken', async (context) => {
    const settings = recordOf((await readBody(context)).settings)
    const { error } = await attempt(kustomer, () =>
      runtime.refreshAccessToken(settings as unknown as Settings, {} as never)
    )
    return context.json({ ok: false, error: error?.message }, 400)
  })

  app.post('/delete', async (context) => {
    const { payload, settings } = read(await readBody(context))
    return perform(context, kustomer, settings, () => runtime.onDelete?.(payload as unknown as SegmentEvent, settings))
  })

  for (const [slug, action] of Object.entries(runtime.actions)) {
    const defaults = defaultValues(action.definition.fields)
    app.post(`/${slug}`, async (context) => {
      const body = await readBody(context)
      const { payload, settings } = read(body)
      const mapping = { ...defaults, ...recordOf(body.mapping) } as JSONObject
      const fields = mappingProblems(mapping)
      const [problem] = Object.entries(fields).map(([key, words]) => `${key} cannot be filled. ${words}`)
      if (problem !== undefined) {
        return context.json([{ statusCode: 400, message: problem, fields, requestError: true }])
      }
      const bundle = { settings: settings as unknown as Settings, mapping, auth: {} as never }
      return perform(context, kustomer, settings, () =>
        Array.isArray(payload)
          ? action.executeBatch({ ...bundle, data: payload })
          : action.execute({ ...bundle, data: payload })
      )
    })
    for (const field of Object.keys(action.definition.dynamicFields ?? {})) {
      // The monorepo's server has a route for the field alone, where the framework finds nothing for an object's keys.
      app.post(`/${slug}/:field{${field}(\\..+)?}`, async (context) => {
        const body = await readBody(context)
        const { payload, settings } = read(body)
        return offer(context, kustomer, settings, () =>
          action.executeDynamicField(context.req.param('field'), {
            settings: settings as unknown as Settings,
            payload,
            page: body.page as string | undefined,
            dynamicFieldContext: recordOf(body.dynamicFieldContext)
          })
        )
      })
    }
  }
  return app
}

/** Answers with JSON in which the key that was used does not stand. */
export function answer(context: Context, settings: { apiKey?: unknown }, value: unknown, status: 200 | 500 = 200) {
  return context.body(redactedJson(value, [settings.apiKey]), status, { 'content-type': 'application/json' })
}

function read(body: Body) {
  return {
    payload: (body.payload ?? {}) as JSONObject | JSONObject[],
    settings: recordOf(body.settings) as JSONObject
  }
}

async function perform(
  context: Context,
  kustomer: Kustomer,
  settings: JSONObject,
  work: () => Promise<unknown> | undefined
): Promise<Response> {
  const { error, exchanges } = await attempt(kustomer, work)
  return answer(context, settings, error ? [failureOf(error)] : exchanges.map(summaryOf))
}

async function attempt({ transport }: Kustomer, work: () => Promise<unknown> | undefined) {
  const { result: error, exchanges } = await transport.record(async () => {
    try {
      await work()
      return undefined
    } catch (failure) {
      return failure as Failure
    }
  })
  // The framework keeps every response for its own test tools.
  runtime.responses.length = 0
  return { error, exchanges }
}

/** What a field offers; as in the monorepo, why it offers nothing is a list of one error, with 500. */
async function offer(
  context: Context,
  kustomer: Kustomer,
  settings: JSONObject,
  work: () => Promise<DynamicFieldResponse>
): Promise<Response> {
  let choices: DynamicFieldResponse | undefined
  const { error } = await attempt(kustomer, async () => {
    choices = await work()
  })
  const refusal = choices?.error ?? error
  return refusal ? answer(context, settings, [refusal], 500) : answer(context, settings, choices)
}

function failureOf(error: Failure) {
  const { status = 500, message, stack } = error
  const answered =
    error instanceof HTTPError ? (error.response as HTTPError['response'] & { data?: unknown }) : undefined
  return {
    statusCode: answered?.status ?? status,
    message: answered?.data ?? message,
    stack: stack?.split('\n'),
    fields: fieldsOf(error),
    requestError: true
  }
}

function fieldsOf(error: Failure): Record<string, string> | undefined {
  return error.name === 'AggregateAjvError' && Symbol.iterator in error
    ? Object.fromEntries(
        [...(error as Iterable<{ path: string; message: string }>)].map(({ path, message }) => [
          path.replace('$.', ''),
          message
        ])
      )
    : undefined
}

/** The monorepo's server tells the headers of a request, and of a response none. */
function summaryOf(exchange: Exchange) {
  const { request, response } = exchangeOf(exchange)
  return { request, response: { ...response, headers: {} } }
}
