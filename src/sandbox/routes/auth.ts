import { createRoute } from '@hono/zod-openapi'
import { newRouter } from './router'
import { answers } from './respond'

export function authRoutes() {
  return newRouter().openapi(
    createRoute({
      method: 'get',
      path: '/auth/tokens/current',
      description: '[P] Any valid key may read its own record: it needs no role.',
      responses: { 200: answers.resource('The API key and its roles'), default: answers.refusal }
    }),
    (context) => context.json({ data: { type: 'token', attributes: { roles: context.get('token').roles } } }, 200)
  )
}
