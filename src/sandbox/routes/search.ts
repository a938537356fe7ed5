import { SEARCH_ROLES } from '../access'
import { answers } from '../contract/answers'
import { searchPaging } from '../contract/paging'
import { customerSearch } from '../contract/search'
import { lacks } from '../errors'
import { summaryOf } from '../state/customer-record'
import { found } from '../state/search'
import { pageOf } from './pages'
import { Routes } from './router'
import type { Kustomer } from './router'

export function searchRoutes(kustomer: Kustomer) {
  return new Routes('Search').add(
    'searchCustomers: POST /customers/search',
    {
      summary: 'Search for customers',
      description:
        '[P] The search index lags behind writes, so a customer that was just written may be missing. [A] A result shows the seven attributes of the published example.',
      roles: SEARCH_ROLES,
      query: searchPaging,
      body: customerSearch,
      answer: answers.customers('A page of customers')
    },
    ({ query: paging, body: search }) => {
      const { organization } = kustomer
      const { variants } = organization
      if (search.queryContext !== undefined && search.queryContext !== 'customer') {
        throw lacks(`The sandbox can’t search for ${search.queryContext}`, 'queryContext')
      }
      const all = found(organization.index(), search, variants)
      const { total, totalPages, data, links, last } = pageOf(all, paging, '/v1/customers/search')
      const shown = data.map((customer) => organization.shown(customer))
      return {
        meta: { ...paging, total, totalPages, aggregations: {} },
        data: variants.searchShowsRecord ? shown : shown.map(summaryOf),
        links: { ...links, last }
      }
    }
  )
}
