import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { z } from '@hono/zod-openapi'
import { wordsOf } from './contract/words'
import type { Variants } from './variants'

z.config({ customError: wordsOf })

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

/** The refusal of an identifier that another customer has. */
export class DuplicateRefusal extends Refusal {}

/** [R] Recorded from the real API, for a customer. [A] For anything else. */
export function notFound(parameter: string): Refusal {
  return new Refusal({ status: 404, code: 'notfound', title: 'Not Found', source: { parameter } })
}

/** [P] 409 is a conflict, typically of optimistic locking. */
export function conflict(parameter: string, title: string): Refusal {
  return new Refusal({ status: 409, code: 'conflict', title, source: { parameter } })
}

/** [P] An identifier that another customer has is refused. [A] With which status, and in which words. */
export function duplicate(parameter: string, variants: Variants): DuplicateRefusal {
  const { duplicateAnswers422, duplicateAnswers400, duplicateWordsVary } = variants
  const [status, code] = duplicateAnswers422
    ? [422, 'unprocessable']
    : duplicateAnswers400
    ? [400, 'badparam']
    : [409, 'conflict']
  return new DuplicateRefusal(
    duplicateWordsVary
      ? { status, code: 'invalid', title: 'Invalid request' }
      : { status, code, title: `${parameter} is already in use`, source: { parameter } }
  )
}

/** The refusal of what Kustomer has and the sandbox lacks. */
export function lacks(title: string, parameter?: string): Refusal {
  return new Refusal({
    status: 501,
    code: 'notimplemented',
    title,
    ...(parameter === undefined ? {} : { source: { parameter } })
  })
}

export function badParameter(parameter: string, title: string): Refusal {
  return new Refusal({ status: 400, code: 'badparam', title, source: { parameter } })
}

/** [R] Recorded from the real API, for a custom attribute. */
export function unknownParameter(name: string, path: string[] = []): KustomerError {
  return {
    status: 400,
    code: 'badparam',
    title: 'Additional properties not allowed',
    detail: `/properties/${[...path, 'additionalProperties'].join('/')}`,
    source: { parameter: name }
  }
}

/** What a body breaks of the contract. */
export function badParameters(error: z.ZodError | z.core.$ZodError): Refusal {
  return new Refusal(
    ...error.issues.flatMap((issue): KustomerError[] => {
      const path = issue.path.map(String)
      return issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => unknownParameter(key, path))
        : badParameter(path.join('.') || 'body', issue.message).errors
    })
  )
}

/** What a body breaks that is meant for the sandbox itself, in sentences. */
export function explained(error: z.ZodError | z.core.$ZodError): Refusal {
  return new Refusal(
    ...error.issues.flatMap((issue) => {
      if (issue.code === 'unrecognized_keys') {
        return badParameter([...issue.path, ...issue.keys].join('.'), issue.message).errors
      }
      const name = issue.path.join('.') || 'The body'
      return badParameter(name, `${name}: ${issue.message}.`).errors
    })
  )
}

/** Answers with a refusal. [P] Errors have two shapes. [A] Which endpoint has which: tracking has the plain one. */
export function refuse(context: Context, { errors }: Refusal): Response {
  const status = (errors[0]?.status ?? 500) as ContentfulStatusCode
  const isPlain = context.req.path.startsWith('/v1/tracking/')
  return context.json({ errors: isPlain ? errors.map(plainly) : errors }, status)
}

/** Answers in the plain shape. [A] Access and limits have it. */
export function refusePlainly(context: Context, status: ContentfulStatusCode, code: string, message: string): Response {
  return context.json({ errors: [{ code, message, meta: {} }] }, status)
}

function plainly({ code, title, detail, source }: KustomerError) {
  return { code, message: source ? `${source.parameter}: ${title}` : title, meta: { ...source, detail } }
}
