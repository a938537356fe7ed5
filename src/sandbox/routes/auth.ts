import { answers } from '../contract/answers'
import { ORGANIZATION, USER } from '../state/links'
import { Routes } from './router'

const TOKEN_ID = '5e0000000000000000000003'

export function authRoutes() {
  return new Routes('Access')
    .add(
      'getCurrentToken: GET /auth/tokens/current',
      {
        summary: 'Get the roles of the API key',
        description: '[P] Any valid API key can read its own record, without any role.',
        answer: answers.resource('The API key and its roles')
      },
      ({ token: { roles } }) => ({
        data: {
          type: 'token',
          id: TOKEN_ID,
          attributes: { name: 'Sandbox', roles },
          relationships: { org: ORGANIZATION, user: USER },
          links: { self: `/v1/auth/tokens/${TOKEN_ID}` }
        }
      })
    )
    .add(
      'getCurrentUser: GET /users/current',
      {
        summary: 'Get the user that the API key acts as',
        description: '[P] Any valid API key can read its own user, without any role.',
        answer: answers.resource('The user')
      },
      ({ token: { roles } }) => ({
        data: {
          type: 'user',
          id: USER.data.id,
          attributes: { name: 'Sandbox', displayName: 'Sandbox', userType: 'machine', roles },
          relationships: { org: ORGANIZATION },
          links: USER.links
        }
      })
    )
}
