import { z } from '@hono/zod-openapi'
import { COMPANY_CREATE_ROLES, COMPANY_READ_ROLES, COMPANY_UPDATE_ROLES } from '../access'
import { readAttributes } from '../body-readings'
import { answers } from '../contract/answers'
import { companyCreation, companyUpdate } from '../contract/company'
import { paging } from '../contract/paging'
import { companyRecordOf, companySummaryOf } from '../state/company-record'
import { answerPage } from './pages'
import { byId, Routes } from './router'
import type { Kustomer } from './router'

const wanted = paging.extend({
  externalId: z.string().openapi({ description: '[P] The external ID of the company.' }).optional(),
  filter: z.string().openapi({ description: '[P] A name. [A] Matches longer names too, in any case.' }).optional()
})

export function companyRoutes(kustomer: Kustomer) {
  return new Routes('Companies')
    .add(
      'listCompanies: GET /companies',
      {
        summary: 'Find companies by external ID or by name',
        description:
          '[P] The list is empty if no company matches. If both `externalId` and `filter` are set, both are ignored. [A] Shows the whole records.',
        roles: COMPANY_READ_ROLES,
        query: wanted,
        answer: answers.resources('A page of companies')
      },
      ({ query: { page, pageSize, ...locator } }) => {
        const { companies, variants } = kustomer.organization
        const query = Object.entries(locator).map(([name, value]) => `${name}=${encodeURIComponent(value)}&`)
        const path = `/v1/companies${query.length > 0 ? '?' : ''}${query.join('')}`
        const shown = variants.companyListsBrief ? companySummaryOf : companyRecordOf
        return answerPage(companies.find(locator), { page, pageSize }, path, shown)
      }
    )
    .add(
      'getCompany: GET /companies/{id}',
      {
        summary: 'Get a company',
        description: '[P] A company by its ID.',
        roles: COMPANY_READ_ROLES,
        params: byId,
        answer: answers.resource('The company')
      },
      ({ params }) => ({ data: companyRecordOf(kustomer.organization.companies.get(params.id)) })
    )
    .add(
      'createCompany: POST /companies',
      {
        summary: 'Create a company',
        description:
          '[P] The name is required, and the external ID must be unique. [A] A duplicate is rejected with 409.',
        roles: COMPANY_CREATE_ROLES,
        body: companyCreation,
        status: 201,
        answer: answers.resource('The new company')
      },
      ({ body }) => {
        const attributes = readAttributes(body, kustomer.organization, 'company')
        return { data: companyRecordOf(kustomer.organization.companies.create(attributes)) }
      }
    )
    .add(
      'updateCompany: PUT /companies/{id}',
      {
        summary: 'Update or delete a company',
        description:
          '[P] Deletes the company if `deleted` is true. [A] Attributes that are not set stay, lists are replaced, and an outdated `rev` is rejected with 409.',
        roles: COMPANY_UPDATE_ROLES,
        params: byId,
        body: companyUpdate,
        answer: answers.resource('The updated company')
      },
      ({ params, body }) => {
        const change = readAttributes(body, kustomer.organization, 'company')
        return { data: companyRecordOf(kustomer.organization.companies.update(params.id, change)) }
      }
    )
}
