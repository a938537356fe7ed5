import { createRoute, z } from '@hono/zod-openapi'
import { MERGE_ROLES, READ_ROLES, requireRole } from '../access'
import { answers, json } from '../contract/answers'
import { mergeRequest } from '../contract/merge'
import { paging } from '../contract/paging'
import { pageOf } from './pages'
import { newRouter } from './router'
import type { Kustomer } from './router'

const id = z.object({ id: z.string() })

export function mergeRoutes(kustomer: Kustomer) {
  return newRouter()
    .openapi(
      createRoute({
        method: 'post',
        path: '/customers/merges',
        operationId: 'mergeCustomers',
        tags: ['Merges'],
        summary: 'Merge one customer into another',
        description:
          '[P] Merges the source into the target: contacts, tags and custom attributes are joined, and the target’s values win. It cannot be undone. [A] The timeline moves, and the source is not found from then on.',
        middleware: requireRole(...MERGE_ROLES),
        request: { body: { required: true, ...json(mergeRequest) } },
        responses: { 201: answers.resource('The merge'), ...answers.refusals }
      }),
      (context) => context.json({ data: kustomer.organization.merges.create(context.req.valid('json')) }, 201)
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/customers/merges/{id}',
        operationId: 'getMerge',
        tags: ['Merges'],
        summary: 'Ask how a merge went',
        description: '[P] How a merge went: `success`. [A] `pending` until then, `error` where one of them is gone.',
        middleware: requireRole(...MERGE_ROLES, ...READ_ROLES),
        request: { params: id },
        responses: { 200: answers.resource('The merge'), ...answers.refusals }
      }),
      (context) => context.json({ data: kustomer.organization.merges.get(context.req.valid('param').id) }, 200)
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/customers/{id}/merges',
        operationId: 'listMerges',
        tags: ['Merges'],
        summary: 'List the merges of a customer',
        description: '[P] The merges that a customer was part of.',
        middleware: requireRole(...MERGE_ROLES, ...READ_ROLES),
        request: { params: id, query: paging },
        responses: { 200: answers.resources('A page of merges'), ...answers.refusals }
      }),
      (context) => {
        const customerId = context.req.valid('param').id
        const asked = context.req.valid('query')
        const all = kustomer.organization.merges.of(customerId)
        const { data, links } = pageOf(all, asked, `/v1/customers/${customerId}/merges`)
        return context.json({ meta: asked, data, links }, 200)
      }
    )
}
