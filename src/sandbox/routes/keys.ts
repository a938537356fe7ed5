import { z } from '@hono/zod-openapi'
import { ALL_ROLES } from '../access'
import { json } from '../contract/answers'
import { only } from '../contract/sandbox-objects'
import type { Keys } from '../keys'
import { Routes } from './router'

const roles = z.array(z.string().regex(/^org(?:\.[a-z_*]+)+$/, 'must be a role, such as org.tracking'))

const newKey = only('part of a key', {
  key: z
    .string()
    .regex(/^[\w.~+/=-]{8,}$/, 'must have at least 8 letters, digits or - . _ ~ + / =')
    .openapi({ description: 'An existing key gets these roles instead of its own.' }),
  roles: roles.default(ALL_ROLES).openapi({ description: 'Defaults to all roles.' }),
  without: roles.default([]).openapi({ description: 'Roles to remove from `roles`.' }),
  pod: z
    .string()
    .regex(/^[a-z0-9-]+$/, 'must be a pod, such as prod1')
    .default('prod1')
    .openapi({ description: 'The key’s pod. Requests to this machine go to prod1.' })
})
  .superRefine(({ roles: given, without }, context) => {
    const absent = without.filter((role) => !given.includes(role))
    if (absent.length > 0) {
      context.addIssue({
        code: 'custom',
        path: ['without'],
        message: `the key already lacks ${absent.join(', ')}`
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

/** The API keys, to test how a program handles a key that lacks a role. */
export function keyRoutes(keys: Keys) {
  return new Routes('Sandbox')
    .add(
      'listKeys: GET /keys',
      {
        summary: 'List the API keys and their roles',
        description: 'The API keys and their roles. Only the last four characters of a key are shown.',
        answer: { description: 'The keys', ...json(z.object({ data: z.array(shownKey) })) }
      },
      () => ({ data: [...keys.all()].map(([key, token]) => ({ ending: key.slice(-4), ...token })) })
    )
    .add(
      'addKey: POST /keys',
      { summary: 'Add an API key, or change its roles', body: newKey },
      ({ body: { key, roles: given, without, pod } }) => {
        keys.add(key, { roles: given.filter((role) => !without.includes(role)), pod })
      }
    )
    .add(
      'forgetAddedKeys: DELETE /keys',
      {
        summary: 'Remove the API keys that were added',
        description: 'Removes the API keys that were added, and restores the roles of the others.'
      },
      () => {
        keys.forgetAdded()
      }
    )
}
