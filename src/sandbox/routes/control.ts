import { z } from '@hono/zod-openapi'
import { answers, json } from '../contract/answers'
import { companyCreation, companyUpdate } from '../contract/company'
import { objectId } from '../contract/formats'
import { definitions, resource } from '../contract/metadata'
import { only } from '../contract/sandbox-objects'
import { faults } from '../faults'
import type { Sandbox } from '../sandbox'
import { VARIANT_NAMES, VARIANTS } from '../variants'
import type { VariantName } from '../variants'
import { byId, Routes } from './router'

const switches = Object.fromEntries(
  VARIANT_NAMES.map((name) => [name, z.boolean().openapi({ description: VARIANTS[name].on })])
) as Record<VariantName, z.ZodBoolean>
const variants = only('simulated behavior', switches).openapi('Variants')
const about = z.record(z.string(), z.object({ assumption: z.string(), off: z.string(), on: z.string() }))

const newCompany = companyCreation
  .safeExtend({ id: objectId.optional().openapi({ description: 'The ID of the company. Defaults to a new one.' }) })
  .openapi('NewCompany', { description: 'A company, optionally with an ID that you choose.' })

const companyLink = only('part of a link', {
  company: z.string().nullable().openapi({ description: 'The ID of a company, or null to unlink.' })
}).openapi('CompanyLink')

const byResource = z.object({ resource })

/** What Kustomer’s API can’t do: see what an agent sees, act as an agent, and simulate failures. */
export function controlRoutes(sandbox: Sandbox) {
  const routes = new Routes('Sandbox')
  addRecords(routes, sandbox)
  addSwitches(routes, sandbox)
  addCompanies(routes, sandbox)
  return addAttributes(routes, sandbox)
}

function addRecords(routes: Routes, sandbox: Sandbox) {
  routes
    .add(
      'listSandboxCustomers: GET /customers',
      { summary: 'List all customers', answer: answers.all('The customers') },
      () => ({ data: sandbox.customers() })
    )
    .add(
      'getSandboxTimeline: GET /customers/{id}/timeline',
      {
        summary: 'Get the timeline that an agent sees',
        description: "The customer's sessions, oldest first.",
        params: byId,
        answer: answers.all('The sessions')
      },
      ({ params }) => ({ data: sandbox.timeline(params.id) })
    )
    .add(
      'listSandboxObjects: GET /custom-objects',
      {
        summary: 'List all custom objects',
        description: 'The custom objects of every Klass, with their customers and data.',
        answer: answers.all('The custom objects')
      },
      () => ({ data: sandbox.customObjects() })
    )
    .add(
      'markCustomerDeleted: POST /customers/{id}/mark-deleted',
      {
        summary: 'Mark a customer as deleted',
        description: 'Marks a customer as deleted. Look-ups still find the customer.',
        params: byId
      },
      ({ params }) => {
        sandbox.markDeleted(params.id)
      }
    )
    .add(
      'openConversation: POST /customers/{id}/conversations',
      { summary: 'Open a conversation with a customer', params: byId },
      ({ params }) => {
        sandbox.addConversation(params.id)
      }
    )
}

function addSwitches(routes: Routes, sandbox: Sandbox) {
  routes
    .add(
      'getFaults: GET /faults',
      {
        summary: 'Get the simulated failures',
        description: 'The failures that are simulated, with how often counted ones will still happen.',
        answer: { description: 'The failures', ...json(z.object({ data: faults })) }
      },
      () => ({ data: sandbox.faults() })
    )
    .add('setFaults: PUT /faults', { summary: 'Replace the simulated failures', body: faults }, ({ body }) => {
      sandbox.setFaults(body)
    })
    .add('endFaults: DELETE /faults', { summary: 'Stop simulating failures' }, () => {
      sandbox.setFaults({})
    })
    .add(
      'getVariants: GET /variants',
      {
        summary: 'Get the simulated behaviors',
        description: 'Which simulated behaviors are on, and what each one does.',
        answer: { description: 'The simulated behaviors', ...json(z.object({ data: variants, about })) }
      },
      () => ({ data: sandbox.variants(), about: VARIANTS })
    )
    .add(
      'setVariants: PUT /variants',
      {
        summary: 'Set the simulated behaviors',
        description: 'Turns on the simulated behaviors that are set to true, and turns off all others.',
        body: variants.partial()
      },
      ({ body }) => {
        sandbox.setVariants(body)
      }
    )
    .add(
      'resetSandbox: POST /reset',
      {
        summary: 'Reset the sandbox',
        description:
          'Deletes all customers, companies, custom objects, custom attributes, events, simulated failures and logged requests. Keeps the simulated behaviors and the API keys.'
      },
      () => {
        sandbox.reset()
      }
    )
}

function addCompanies(routes: Routes, sandbox: Sandbox) {
  routes
    .add(
      'listSandboxCompanies: GET /companies',
      { summary: 'List all companies', answer: answers.all('The companies') },
      () => ({ data: sandbox.companies() })
    )
    .add(
      'addSandboxCompany: POST /companies',
      {
        summary: 'Add a company, optionally with an ID that you choose',
        body: newCompany,
        status: 201,
        answer: answers.resource('The company')
      },
      ({ body }) => ({ data: sandbox.addCompany(body) })
    )
    .add(
      'editSandboxCompany: PATCH /companies/{id}',
      {
        summary: 'Edit a company',
        description: 'Changes only the attributes that are set, as an agent would.',
        params: byId,
        body: companyUpdate
      },
      ({ params, body }) => {
        sandbox.editCompany(params.id, body)
      }
    )
    .add(
      'linkSandboxCompany: PUT /customers/{id}/company',
      {
        summary: 'Link a customer to a company',
        description: 'Links a customer to a company, or unlinks them, as an agent would. Nothing else changes.',
        params: byId,
        body: companyLink
      },
      ({ params, body }) => {
        sandbox.linkCompany(params.id, body.company)
      }
    )
}

function addAttributes(routes: Routes, sandbox: Sandbox): Routes {
  return routes
    .add(
      'defineAttributes: PUT /attributes/{resource}',
      {
        summary: 'Define the custom attributes of a kind of record',
        description:
          'Replaces the defined custom attributes. All others are rejected. `kobject.order` defines the Klass `order`, even with an empty object.',
        params: byResource,
        body: definitions
      },
      ({ params, body }) => {
        sandbox.defineAttributes(params.resource, body)
      }
    )
    .add(
      'allowAnyAttributes: DELETE /attributes/{resource}',
      {
        summary: 'Allow any custom attributes for a kind of record',
        description:
          'Removes the defined custom attributes. Any attribute with a valid suffix is accepted. A Klass is removed.',
        params: byResource
      },
      ({ params }) => {
        sandbox.defineAttributes(params.resource, null)
      }
    )
}
