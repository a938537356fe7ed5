import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { z } from '@hono/zod-openapi'

/** One error in JSON:API's shape, as Kustomer was recorded to answer: its `status` is a number. */
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

/** [R] Recorded from the real API. */
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
        : [{ status: 400, code: 'badparam', title: issue.message, source: { parameter: path.join('.') } }]
    })
  )
}

/** Answers with a refusal. */
export function refuse(context: Context, { errors }: Refusal): Response {
  return context.json({ errors }, (errors[0]?.status ?? 500) as ContentfulStatusCode)
}

/** [P] The plain shape, which access and rate limits answer with. */
export function refusePlainly(context: Context, status: ContentfulStatusCode, code: string, message: string): Response {
  return context.json({ errors: [{ code, message, meta: {} }] }, status)
}
