import { customer, ID, merge, NOT_FOUND, OTHER_ID, plainError, record } from '../../__tests__/__helpers__/answers'
import { conversation, failure, MISSING } from '../../__tests__/__helpers__/conversation'
import type { Step } from '../../__tests__/__helpers__/conversation'
import type { Identifier } from '../../values/identifiers'
import { mergeStub } from '../merge-stub'

const U1: Identifier = { name: 'externalId', value: 'u1' }
const EMAIL: Identifier = { name: 'email', value: 'ann@example.com' }
const PHONE: Identifier = { name: 'phone', value: '+15550100200' }

const STUB = { externalId: 'u1', rev: 2 }
const HOLDER = { name: 'Ann', emails: [{ email: 'Ann@example.com' }], phones: [{ phone: '+15550100200' }] }
const READ_STUB: Step = [`GET customers/${ID}`, [200, customer(STUB)]]
const READ_HOLDER: Step = [`GET customers/${OTHER_ID}`, [200, customer(HOLDER, OTHER_ID)]]
const STUB_IS_GONE: Step = [`GET customers/${ID}`, MISSING]
const merging = (status: number, body: unknown = ''): Step => [
  'POST customers/merges',
  { source: ID, target: OTHER_ID },
  [status, body]
]

/** Merges after these steps. */
const merged = (
  steps: Step[],
  contact = EMAIL,
  holder: Record<string, unknown> = HOLDER,
  identifiers = [U1, EMAIL, PHONE]
) => mergeStub(conversation(...steps).client(), record(STUB), record(holder, OTHER_ID), contact, identifiers)

it('merges the stub into the holder, both read anew, and reads the holder', async () => {
  const after = { ...HOLDER, externalId: 'u1', rev: 9 }
  const read: Step = [`GET customers/${OTHER_ID}`, [200, customer(after, OTHER_ID)]]
  expect(await merged([READ_STUB, READ_HOLDER, merging(201, merge()), read])).toEqual(record(after, OTHER_ID))
})

it('merges nobody into a customer of another externalId, without a request', async () => {
  expect(await merged([], EMAIL, { ...HOLDER, externalId: 'u2' })).toBeUndefined()
})

it('merges nobody into one who does not hold the contact', async () => {
  expect(await merged([], EMAIL, { ...HOLDER, emails: [{ email: 'bob@example.com' }] })).toBeUndefined()
})

it('merges nobody into one who shares a phone and has another email', async () => {
  expect(await merged([], PHONE, { ...HOLDER, emails: [{ email: 'bob@example.com' }] })).toBeUndefined()
})

it.each<[string, Step[]]>([
  ['the holder is gone', [READ_STUB, [`GET customers/${OTHER_ID}`, MISSING]]],
  [
    'the holder has lost the contact',
    [READ_STUB, [`GET customers/${OTHER_ID}`, [200, customer({ ...HOLDER, emails: [] }, OTHER_ID)]]]
  ],
  [
    'the holder has got another externalId',
    [READ_STUB, [`GET customers/${OTHER_ID}`, [200, customer({ ...HOLDER, externalId: 'u2' }, OTHER_ID)]]]
  ],
  [
    'the stub has become more than one',
    [[`GET customers/${ID}`, [200, customer({ ...STUB, name: 'Ann' })]], READ_HOLDER]
  ]
])('merges nobody where %s meanwhile', async (_what, steps) => {
  expect(await merged(steps)).toBeUndefined()
})

it('goes on with the holder where the stub is gone already', async () => {
  expect(await merged([STUB_IS_GONE, READ_HOLDER])).toEqual(record(HOLDER, OTHER_ID))
})

it('goes on with the holder where a refused merge was done by somebody else', async () => {
  const steps = [READ_STUB, READ_HOLDER, merging(400, plainError('already been merged')), STUB_IS_GONE, READ_HOLDER]
  expect(await merged(steps)).toEqual(record(HOLDER, OTHER_ID))
})

it.each([400, 404, 409, 422])('leaves both alone where a merge is refused with %d', async (status) => {
  expect(await merged([READ_STUB, READ_HOLDER, merging(status, NOT_FOUND), READ_STUB, READ_HOLDER])).toBeUndefined()
})

it.each([401, 403])('leaves both alone without the role, at %d', async (status) => {
  expect(await merged([READ_STUB, READ_HOLDER, merging(status)])).toBeUndefined()
})

it('is retryable where the merge is not finished', async () => {
  expect(await failure(merged([READ_STUB, READ_HOLDER, merging(201, merge('pending'))]))).toMatchObject({ status: 423 })
})

it('knows nobody where the holder cannot be read after the merge', async () => {
  const gone: Step = [`GET customers/${OTHER_ID}`, MISSING]
  expect(await merged([READ_STUB, READ_HOLDER, merging(201, merge()), gone])).toBeUndefined()
})
