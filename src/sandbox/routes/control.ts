import { createRoute, z } from '@hono/zod-openapi'
import { faults } from '../faults'
import type { Sandbox } from '../index'
import { answers, json } from './respond'
import { newRouter } from './router'

const id = z.object({ id: z.string() })

/** What is not Kustomer's: what an agent would see, faults and a fresh start. No key is needed. */
export function controlRoutes(sandbox: Sandbox) {
  return newRouter()
    .openapi(
      createRoute({
        method: 'get',
        path: '/customers',
        description: 'The customers that are there.',
        responses: { 200: answers.customers('The customers') }
      }),
      (context) => context.json({ data: sandbox.customers() }, 200)
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/customers/{id}/timeline',
        description: "A customer's sessions, the earliest first.",
        request: { params: id },
        responses: { 200: answers.resources('The sessions') }
      }),
      (context) => context.json({ data: sandbox.timeline(context.req.valid('param').id) }, 200)
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/customers/{id}/mark-deleted',
        description: 'Marks a customer as deleted, while look-ups still find it.',
        request: { params: id },
        responses: { 204: answers.nothing('Marked') }
      }),
      (context) => {
        sandbox.markDeleted(context.req.valid('param').id)
        return context.body(null, 204)
      }
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/faults',
        description: 'Replaces the faults in force.',
        request: { body: { required: true, ...json(faults) } },
        responses: { 204: answers.nothing('In force') }
      }),
      (context) => {
        sandbox.setFaults(context.req.valid('json'))
        return context.body(null, 204)
      }
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/faults',
        description: 'Ends the faults in force.',
        responses: { 204: answers.nothing('Ended') }
      }),
      (context) => {
        sandbox.setFaults({})
        return context.body(null, 204)
      }
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/reset',
        description: 'Forgets every customer, event and fault.',
        responses: { 204: answers.nothing('Forgotten') }
      }),
      (context) => {
        sandbox.reset()
        return context.body(null, 204)
      }
    )
}
