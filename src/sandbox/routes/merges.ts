import { MERGE_ROLES, READ_ROLES } from '../access'
import { answers } from '../contract/answers'
import { mergeRequest } from '../contract/merge'
import { paging } from '../contract/paging'
import { answerPage } from './pages'
import { byId, Routes } from './router'
import type { Kustomer } from './router'

export function mergeRoutes(kustomer: Kustomer) {
  return new Routes('Merges')
    .add(
      'mergeCustomers: POST /customers/merges',
      {
        summary: 'Merge two customers',
        description:
          '[P] Merges the source into the target. Contacts, tags and custom attributes are joined, and the target’s values win. A merge can’t be undone. [A] The timeline moves, and the source is no longer found.',
        roles: MERGE_ROLES,
        body: mergeRequest,
        status: 201,
        answer: answers.resource('The merge')
      },
      ({ body }) => ({ data: kustomer.organization.merges.create(body) })
    )
    .add(
      'getMerge: GET /customers/merges/{id}',
      {
        summary: 'Get the status of a merge',
        description: '[P] `success`. [A] `pending` until the merge is done, `error` if one of the customers is gone.',
        roles: [...MERGE_ROLES, ...READ_ROLES],
        params: byId,
        answer: answers.resource('The merge')
      },
      ({ params }) => ({ data: kustomer.organization.merges.get(params.id) })
    )
    .add(
      'listMerges: GET /customers/{id}/merges',
      {
        summary: 'List the merges of a customer',
        description: '[P] The merges that the customer was part of.',
        roles: [...MERGE_ROLES, ...READ_ROLES],
        params: byId,
        query: paging,
        answer: answers.resources('A page of merges')
      },
      ({ params: { id }, query }) =>
        answerPage(kustomer.organization.merges.of(id), query, `/v1/customers/${id}/merges`, (merge) => merge)
    )
}
