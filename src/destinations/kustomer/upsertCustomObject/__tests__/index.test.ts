import { defaultValues, Destination } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import { transform } from '@segment/actions-core'
import { conversation, SETTINGS } from '../../__tests__/__helpers__/conversation'
import type { Answer } from '../../__tests__/__helpers__/conversation'
import { online } from '../../__tests__/__helpers__/network'
import destination from '../../index'
import action from '../index'

const offered = () =>
  new Destination(destination).executeDynamicField('upsertCustomObject', 'klass', { settings: SETTINGS, payload: {} })

it('offers the Klasses of the organization', async () => {
  const data = [
    { type: 'klass', id: '1', attributes: { name: 'order', displayName: 'Order' } },
    { type: 'klass', id: '2', attributes: { name: 'booking' } }
  ]
  online(conversation(['GET klasses', [200, { data }]]))
  expect(await offered()).toEqual({
    choices: [
      { value: 'order', label: 'Order' },
      { value: 'booking', label: 'booking' }
    ]
  })
})

it('names the role that listing the Klasses takes', async () => {
  online(conversation(['GET klasses', [403] as Answer]))
  expect(await offered()).toMatchObject({
    choices: [],
    error: { code: '403', message: expect.stringContaining('org.permission.klass.read') }
  })
})

it.each([
  [{ order_id: 'o1' }, 'o1'],
  [{ orderId: 'o2' }, 'o2']
])('takes the ID and the title from an order: %j', (properties, id) => {
  const mapping = defaultValues(action.fields) as JSONObject
  expect(transform(mapping, { properties })).toMatchObject({ objectId: id, title: `Order ${id}`, data: properties })
})
