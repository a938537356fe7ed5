import { createRoute } from '@hono/zod-openapi'
import { requireRole, SEARCH_ROLES } from '../access'
import { answers, json } from '../contract/answers'
import { searchPaging } from '../contract/paging'
import { customerSearch } from '../contract/search'
import { Refusal } from '../errors'
import { summaryOf } from '../state/customer-record'
import { found } from '../state/search'
import { pageOf } from './pages'
import { newRouter } from './router'
import type { Kustomer } from './router'

const PATH = '/v1/customers/search'

export function searchRoutes(kustomer: Kustomer) {
  return newRouter().openapi(
    createRoute({
      method: 'post',
      path: '/customers/search',
      operationId: 'searchCustomers',
      tags: ['Search'],
      summary: 'Search for customers',
      description:
        '[P] Searches the index, which lags behind writes: a miss proves nothing. [A] A result shows the seven attributes of the published example.',
      middleware: requireRole(...SEARCH_ROLES),
      request: { query: searchPaging, body: { required: true, ...json(customerSearch) } },
      responses: { 200: answers.customers('A page of customers'), ...answers.refusals }
    }),
    (context) => {
      const { organization } = kustomer
      const { variants } = organization
      const paging = context.req.valid('query')
      const search = context.req.valid('json')
      if (search.queryContext !== undefined && search.queryContext !== 'customer') {
        throw new Refusal({
          status: 501,
          code: 'notimplemented',
          title: `The sandbox does not search for ${search.queryContext}`,
          source: { parameter: 'queryContext' }
        })
      }
      const all = found(organization.index(), search, variants)
      const { total, totalPages, data, links, last } = pageOf(all, paging, PATH)
      return context.json(
        {
          meta: { ...paging, total, totalPages, aggregations: {} },
          data: data.map((customer) => {
            const record = organization.shown(customer)
            return variants.searchShowsRecord ? record : summaryOf(record)
          }),
          links: { ...links, last }
        },
        200
      )
    }
  )
}
