import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { z } from '@hono/zod-openapi'

/** One error in JSON:API's shape. [R] Its `status` was recorded as a number. */
export interface KustomerError {
  status: number
  code: string
  title: string
  detail?: string
  source?: { parameter: string }
}

/** A refusal, thrown anywhere below a route. */
export class Refusal extends Error {
  readonly errors: KustomerError[]

  constructor(...errors: KustomerError[]) {
    super(errors.map(({ title }) => title).join('; '))
    this.errors = errors
  }
}

/** [R] Recorded from the real API, for a customer. [A] For anything else. */
export function notFound(parameter: string): Refusal {
  return new Refusal({ status: 404, code: 'notfound', title: 'Not Found', source: { parameter } })
}

/** [A] That a conflict is a 409. */
export function conflict(parameter: string): Refusal {
  return new Refusal({ status: 409, code: 'conflict', title: `${parameter} is already in use`, source: { parameter } })
}

/** What a body breaks of the contract. [R] The shape for an attribute that is not defined was recorded. */
export function badParameters(error: z.ZodError | z.core.$ZodError): Refusal {
  return new Refusal(
    ...error.issues.flatMap((issue): KustomerError[] => {
      const path = issue.path.map(String)
      return issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({
            status: 400,
            code: 'badparam',
            title: 'Additional properties not allowed',
            detail: `/properties/${[...path, 'additionalProperties'].join('/')}`,
            source: { parameter: key }
          }))
        : [{ status: 400, code: 'badparam', title: issue.message, source: { parameter: path.join('.') || 'body' } }]
    })
  )
}

/** Answers with a refusal. [P] Errors have two shapes. [A] Which endpoint has which: tracking has the plain one. */
export function refuse(context: Context, { errors }: Refusal): Response {
  const status = (errors[0]?.status ?? 500) as ContentfulStatusCode
  const isPlain = context.req.path.startsWith('/v1/tracking/')
  return context.json({ errors: isPlain ? errors.map(plainly) : errors }, status)
}

/** Answers in the plain shape. [A] Access and rate limits have it. */
export function refusePlainly(context: Context, status: ContentfulStatusCode, code: string, message: string): Response {
  return context.json({ errors: [{ code, message, meta: {} }] }, status)
}

function plainly({ code, title, detail, source }: KustomerError) {
  return { code, message: source ? `${source.parameter}: ${title}` : title, meta: { ...source, detail } }
}
