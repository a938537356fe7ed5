import { createRoute, z } from '@hono/zod-openapi'
import { answers, json } from '../contract/answers'
import { only } from '../contract/sandbox-objects'
import { explained } from '../errors'
import { faults } from '../faults'
import type { Sandbox } from '../sandbox'
import { VARIANT_NAMES, VARIANTS } from '../variants'
import type { VariantName } from '../variants'
import { newRouter } from './router'

const id = z.object({ id: z.string() })

const switches = Object.fromEntries(
  VARIANT_NAMES.map((name) => [name, z.boolean().openapi({ description: VARIANTS[name].on })])
) as Record<VariantName, z.ZodBoolean>
const variants = only('variant', switches).openapi('Variants')
const about = z.record(z.string(), z.object({ assumption: z.string(), off: z.string(), on: z.string() }))

/** What is not Kustomer's: what an agent would see, faults and a fresh start. No key is needed. */
export function controlRoutes(sandbox: Sandbox) {
  return newRouter(explained)
    .openapi(
      createRoute({
        method: 'get',
        path: '/customers',
        operationId: 'listSandboxCustomers',
        tags: ['Sandbox'],
        security: [],
        summary: 'List the customers that are there',
        description: 'The customers that are there.',
        responses: { 200: answers.all('The customers'), ...answers.ownRefusals }
      }),
      (context) => context.json({ data: sandbox.customers().map((customer) => ({ ...customer })) }, 200)
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/customers/{id}/timeline',
        operationId: 'getSandboxTimeline',
        tags: ['Sandbox'],
        security: [],
        summary: 'Read what an agent sees of a customer',
        description: "A customer's sessions, the earliest first.",
        request: { params: id },
        responses: { 200: answers.all('The sessions'), ...answers.ownRefusals }
      }),
      (context) =>
        context.json({ data: sandbox.timeline(context.req.valid('param').id).map((session) => ({ ...session })) }, 200)
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/custom-objects',
        operationId: 'listSandboxObjects',
        tags: ['Sandbox'],
        security: [],
        summary: 'List the custom objects that are there',
        description: 'The custom objects of every Klass, with their customers and data.',
        responses: { 200: answers.all('The custom objects'), ...answers.ownRefusals }
      }),
      (context) => context.json({ data: sandbox.customObjects().map((object) => ({ ...object })) }, 200)
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/customers/{id}/mark-deleted',
        operationId: 'markCustomerDeleted',
        tags: ['Sandbox'],
        security: [],
        summary: 'Mark a customer as deleted',
        description: 'Marks a customer as deleted, while look-ups still find it.',
        request: { params: id },
        responses: { 204: answers.nothing('Marked'), ...answers.ownRefusals }
      }),
      (context) => {
        sandbox.markDeleted(context.req.valid('param').id)
        return context.body(null, 204)
      }
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/customers/{id}/conversations',
        operationId: 'openConversation',
        tags: ['Sandbox'],
        security: [],
        summary: 'Open a conversation with a customer',
        description: 'Opens a conversation with a customer, as an agent does.',
        request: { params: id },
        responses: { 204: answers.nothing('Opened'), ...answers.ownRefusals }
      }),
      (context) => {
        sandbox.addConversation(context.req.valid('param').id)
        return context.body(null, 204)
      }
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/faults',
        operationId: 'getFaults',
        tags: ['Sandbox'],
        security: [],
        summary: 'Read the faults in force',
        description: 'The faults in force, with how often those that are counted will still happen.',
        responses: { 200: { description: 'The faults', ...json(z.object({ data: faults })) }, ...answers.ownRefusals }
      }),
      (context) => context.json({ data: sandbox.faults() }, 200)
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/faults',
        operationId: 'setFaults',
        tags: ['Sandbox'],
        security: [],
        summary: 'Replace the faults in force',
        description: 'Replaces the faults in force.',
        request: { body: { required: true, ...json(faults) } },
        responses: { 204: answers.nothing('In force'), ...answers.ownRefusals }
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
        operationId: 'endFaults',
        tags: ['Sandbox'],
        security: [],
        summary: 'End the faults in force',
        description: 'Ends the faults in force.',
        responses: { 204: answers.nothing('Ended'), ...answers.ownRefusals }
      }),
      (context) => {
        sandbox.setFaults({})
        return context.body(null, 204)
      }
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/variants',
        operationId: 'getVariants',
        tags: ['Sandbox'],
        security: [],
        summary: 'Read which variants are on',
        description: 'Which variants are on, and what each of them is about.',
        responses: {
          200: { description: 'The variants', ...json(z.object({ data: variants, about })) },
          ...answers.ownRefusals
        }
      }),
      (context) => context.json({ data: sandbox.variants(), about: VARIANTS }, 200)
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/variants',
        operationId: 'setVariants',
        tags: ['Sandbox'],
        security: [],
        summary: 'Switch variants on and off',
        description: 'Switches the variants on that are named and true, and all others off.',
        request: { body: { required: true, ...json(variants.partial()) } },
        responses: { 204: answers.nothing('Switched'), ...answers.ownRefusals }
      }),
      (context) => {
        sandbox.setVariants(context.req.valid('json'))
        return context.body(null, 204)
      }
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/reset',
        operationId: 'resetSandbox',
        tags: ['Sandbox'],
        security: [],
        summary: 'Start afresh',
        description:
          'Forgets every customer, company, custom object, defined attribute, event, fault and request; keeps the variants and the keys.',
        responses: { 204: answers.nothing('Forgotten'), ...answers.ownRefusals }
      }),
      (context) => {
        sandbox.reset()
        return context.body(null, 204)
      }
    )
}
