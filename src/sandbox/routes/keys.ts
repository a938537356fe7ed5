import { createRoute, z } from '@hono/zod-openapi'
import { ALL_ROLES } from '../access'
import { answers, json } from '../contract/answers'
import { only } from '../contract/sandbox-objects'
import { explained } from '../errors'
import type { Keys } from '../keys'
import { newRouter } from './router'

const roles = z.array(z.string().regex(/^org(?:\.[a-z_*]+)+$/, 'has to be a role, such as org.tracking'))

const newKey = only('part of a key', {
  key: z
    .string()
    .regex(/^[\w.~+/=-]{8,}$/, 'has to have 8 or more letters, digits and - . _ ~ + / =')
    .openapi({ description: 'One that is known already gets these roles instead of its own.' }),
  roles: roles.default(ALL_ROLES).openapi({ description: 'What it may do; everything where they are left out.' }),
  without: roles.default([]).openapi({ description: 'The roles of those that it is to lack.' }),
  pod: z
    .string()
    .regex(/^[a-z0-9-]+$/, 'has to be a pod, such as prod1')
    .default('prod1')
    .openapi({ description: 'Where it belongs. A request to this machine is one to prod1.' })
})
  .superRefine(({ roles: given, without }, context) => {
    const absent = without.filter((role) => !given.includes(role))
    if (absent.length > 0) {
      context.addIssue({
        code: 'custom',
        path: ['without'],
        message: `the key would not have ${absent.join(', ')} anyway`
      })
    }
  })
  .openapi('NewKey')

const shownKey = z
  .object({
    ending: z.string().openapi({ description: 'The last four characters of the key.' }),
    pod: z.string(),
    roles: z.array(z.string())
  })
  .openapi('Key')

/** The API keys: to see what a program does whose key lacks a role. */
export function keyRoutes(keys: Keys) {
  return newRouter(explained)
    .openapi(
      createRoute({
        method: 'get',
        path: '/keys',
        operationId: 'listKeys',
        tags: ['Sandbox'],
        security: [],
        summary: 'List the API keys and their roles',
        description: 'The API keys and their roles. No key is shown whole.',
        responses: {
          200: { description: 'The keys', ...json(z.object({ data: z.array(shownKey) })) },
          ...answers.ownRefusals
        }
      }),
      (context) => {
        const data = [...keys.all()].map(([key, token]) => ({ ending: key.slice(-4), ...token }))
        return context.json({ data }, 200)
      }
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/keys',
        operationId: 'addKey',
        tags: ['Sandbox'],
        security: [],
        summary: 'Add an API key',
        description: 'Adds an API key, or changes the roles of one.',
        request: { body: { required: true, ...json(newKey) } },
        responses: { 204: answers.nothing('Added'), ...answers.ownRefusals }
      }),
      (context) => {
        const { key, roles: given, without, pod } = context.req.valid('json')
        keys.add(key, { roles: given.filter((role) => !without.includes(role)), pod })
        return context.body(null, 204)
      }
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/keys',
        operationId: 'forgetAddedKeys',
        tags: ['Sandbox'],
        security: [],
        summary: 'Forget the API keys that were added',
        description: 'Forgets the API keys that were added, and gives the others back their roles.',
        responses: { 204: answers.nothing('Forgotten'), ...answers.ownRefusals }
      }),
      (context) => {
        keys.forgetAdded()
        return context.body(null, 204)
      }
    )
}
