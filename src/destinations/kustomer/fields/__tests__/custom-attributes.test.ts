import { Destination } from '@segment/actions-core'
import { metadata, plainError } from '../../__tests__/__helpers__/answers'
import { conversation, SETTINGS } from '../../__tests__/__helpers__/conversation'
import type { Answer } from '../../__tests__/__helpers__/conversation'
import { online } from '../../__tests__/__helpers__/network'
import destination from '../../index'

/** What an organization has defined, as Kustomer's document shows it, and what was deleted of it. */
const DEFINED = {
  shopifyCustomerIdNum: { type: 'number', displayName: 'Shopify Customer Id' },
  myCustomStr: {
    modifiedAt: '2016-11-08T12:53:21.532Z',
    type: 'string',
    enumeration: ['option one', 'option two', 'option three'],
    displayName: 'My Custom String!'
  },
  ordersId: { type: 'string', target: 'kobject.order', multi: true, displayName: 'Orders' },
  notesTxt: { type: 'string' },
  renewsAt: { type: 'string', displayName: 'Renews' },
  vipBool: { type: 'boolean', displayName: 'VIP' },
  siteUrl: { type: 'string', displayName: 'Site' },
  categoryTree: { type: 'string', displayName: 'Category' },
  guitarStringsNum: { type: 'number', displayName: 'Strings' },
  oddly: { displayName: 'Oddly named' },
  oldStr: { type: 'string', displayName: 'Old', enumeration: ['a'], deletedAt: '2024-03-01T08:00:00.000Z' }
}
const ROLE =
  'The API key lacks a role. Create a new API key with the role org.permission.metadata.read: the roles of a key are fixed.'

/** What the form of an action offers for a field, once Kustomer has answered. */
function offered(action: string, field: string): Promise<unknown> {
  return new Destination(destination).executeDynamicField(action, field, {
    settings: SETTINGS,
    payload: { klass: 'order' }
  })
}

describe.each([
  ['upsertCustomer', 'customer', 'customer'],
  ['upsertCompany', 'company', 'company'],
  ['upsertCustomObject', 'kobject.order', 'custom object']
])('the custom attributes of %s', (action, kind, label) => {
  const talk = (answer: Answer) => online(conversation([`GET metadata/${kind}`, answer]))

  it('offer those that are defined, by name, with their types, without those deleted', async () => {
    talk([200, metadata(DEFINED, kind)])
    expect(await offered(action, 'customAttributes.__keys__')).toEqual({
      choices: [
        { value: 'shopifyCustomerIdNum', label: 'Shopify Customer Id', description: 'number' },
        { value: 'myCustomStr', label: 'My Custom String!', description: 'text' },
        { value: 'ordersId', label: 'Orders', description: 'ID of a record' },
        { value: 'notesTxt', label: 'notesTxt', description: 'text' },
        { value: 'renewsAt', label: 'Renews', description: 'date' },
        { value: 'vipBool', label: 'VIP', description: 'true or false' },
        { value: 'siteUrl', label: 'Site', description: 'web address' },
        { value: 'categoryTree', label: 'Category', description: 'value of a list with levels' },
        { value: 'guitarStringsNum', label: 'Strings', description: 'number' },
        { value: 'oddly', label: 'Oddly named', description: undefined }
      ]
    })
  })

  it('offer the values of a drop-down', async () => {
    talk([200, metadata(DEFINED, kind)])
    expect(await offered(action, 'customAttributes.myCustomStr')).toEqual({
      choices: [
        { value: 'option one', label: 'option one' },
        { value: 'option two', label: 'option two' },
        { value: 'option three', label: 'option three' }
      ]
    })
  })

  it.each(['notesTxt', 'oldStr', 'unknownStr'])('offer no values for %s', async (key) => {
    talk([200, metadata(DEFINED, kind)])
    expect(await offered(action, `customAttributes.${key}`)).toEqual({ choices: [] })
  })

  it.each(['__keys__', 'myCustomStr'])('name the role that a key lacks, for %s', async (list) => {
    talk([403, plainError('Forbidden')])
    expect(await offered(action, `customAttributes.${list}`)).toEqual({
      choices: [],
      error: {
        code: '403',
        message: `Could not list the custom attributes of the ${label}: Kustomer answered 403: "Forbidden". ${ROLE}`
      }
    })
  })

  it('tell of any other failure', async () => {
    talk([500])
    expect(await offered(action, 'customAttributes.__keys__')).toEqual({
      choices: [],
      error: {
        code: '500',
        message: `Could not list the custom attributes of the ${label}: Kustomer answered 500.`
      }
    })
  })
})
