import { createRoute } from '@hono/zod-openapi'
import { answers } from '../contract/answers'
import { ORGANIZATION, USER } from '../state/links'
import { newRouter } from './router'

const TOKEN_ID = '5e0000000000000000000003'

export function authRoutes() {
  return newRouter()
    .openapi(
      createRoute({
        method: 'get',
        path: '/auth/tokens/current',
        operationId: 'getCurrentToken',
        tags: ['Access'],
        summary: 'Read the record of the API key',
        description: '[P] Any valid key may read its own record: it needs no role.',
        responses: { 200: answers.resource('The API key and its roles'), ...answers.refusals }
      }),
      (context) =>
        context.json(
          {
            data: {
              type: 'token',
              id: TOKEN_ID,
              attributes: { name: 'Sandbox', roles: context.get('token').roles },
              relationships: { org: ORGANIZATION, user: USER },
              links: { self: `/v1/auth/tokens/${TOKEN_ID}` }
            }
          },
          200
        )
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/users/current',
        operationId: 'getCurrentUser',
        tags: ['Access'],
        summary: 'Read the user that the API key acts as',
        description: '[P] The user that the key acts as: it needs no role.',
        responses: { 200: answers.resource('The user'), ...answers.refusals }
      }),
      (context) =>
        context.json(
          {
            data: {
              type: 'user',
              id: USER.data.id,
              attributes: {
                name: 'Sandbox',
                displayName: 'Sandbox',
                userType: 'machine',
                roles: context.get('token').roles
              },
              relationships: { org: ORGANIZATION },
              links: USER.links
            }
          },
          200
        )
    )
}
