import { COMPANY_ID, customer, ID, OTHER_ID, record } from '../../__tests__/__helpers__/answers'
import { conversation, failure, MISSING } from '../../__tests__/__helpers__/conversation'
import type { Answer, Step } from '../../__tests__/__helpers__/conversation'
import { LINKED_ELSEWHERE } from '../../upsert/difference'
import { findMember, linkMember, UNKNOWN } from '../members'

const BY_ID = 'GET customers/externalId=u1'
const ANN = { externalId: 'u1', name: 'Ann', rev: 4 }

const member = (mayMove = false) => ({ externalId: 'u1', link: { id: COMPANY_ID, mayMove } })
const found = (companyId?: string, attributes: Record<string, unknown> = ANN): Answer => [
  200,
  customer(attributes, ID, companyId)
]
const update = (body: unknown, answer: Answer = [200, customer()]): Step => [`PATCH customers/${ID}`, body, answer]
const linked = (mayMove: boolean, ...steps: Step[]) => linkMember(conversation(...steps).client(), member(mayMove))

describe('findMember', () => {
  it.each<[string, Answer, unknown]>([
    ['whoever has the ID', found(OTHER_ID), record(ANN, ID, OTHER_ID)],
    ['nobody', MISSING, undefined],
    ['nobody who has another ID', found(undefined, { externalId: 'u2' }), undefined]
  ])('finds %s', async (_who, answer, expected) => {
    expect(await findMember(conversation([BY_ID, answer]).client(), member())).toEqual(expected)
  })
})

describe('linkMember', () => {
  it('tells that nobody is known, and creates nobody', async () => {
    expect(await linked(false, [BY_ID, MISSING])).toEqual(UNKNOWN)
    expect(UNKNOWN).toMatchObject({
      outcome: 'unchanged',
      leftOut: [{ field: 'userId', reason: 'not linked: Kustomer knows no customer with this External ID' }]
    })
  })

  it('costs one request where they are linked already', async () => {
    expect(await linked(true, [BY_ID, found(COMPANY_ID)])).toMatchObject({ outcome: 'unchanged', leftOut: [] })
  })

  it('costs two where they are not, and writes nothing but the company and the rev', async () => {
    expect(await linked(false, [BY_ID, found()], update({ company: COMPANY_ID, rev: 4 }))).toMatchObject({
      outcome: 'updated',
      record: { id: ID, companyId: COMPANY_ID },
      leftOut: []
    })
  })

  it('leaves them with another company, unless they may be moved', async () => {
    expect(await linked(false, [BY_ID, found(OTHER_ID)])).toMatchObject({
      outcome: 'unchanged',
      leftOut: [{ field: 'company', reason: LINKED_ELSEWHERE }]
    })
    expect(await linked(true, [BY_ID, found(OTHER_ID)], update({ company: COMPANY_ID, rev: 4 }))).toMatchObject({
      outcome: 'updated'
    })
  })

  it('leaves them alone where an agent has linked them between our read and our write', async () => {
    const steps: Step[] = [
      [BY_ID, found()],
      update({ company: COMPANY_ID, rev: 4 }, [409]),
      [`GET customers/${ID}`, found(OTHER_ID, { ...ANN, rev: 5 })]
    ]
    expect(await linked(false, ...steps)).toMatchObject({
      outcome: 'unchanged',
      leftOut: [{ field: 'company', reason: LINKED_ELSEWHERE }]
    })
  })

  it('leaves alone whoever has become somebody else in the meantime, and creates nobody', async () => {
    const steps: Step[] = [
      [BY_ID, found()],
      update({ company: COMPANY_ID, rev: 4 }, [409]),
      [`GET customers/${ID}`, found(undefined, { externalId: 'u2', rev: 5 })]
    ]
    expect(await linked(false, ...steps)).toMatchObject({ outcome: 'unchanged' })
  })

  it('tells that Kustomer refuses the link, and fails for nothing else that it answers', async () => {
    const again: Step = [`GET customers/${ID}`, found()]
    const refused: Answer = [400]
    expect(
      await linked(
        false,
        [BY_ID, found()],
        update({ company: COMPANY_ID, rev: 4 }, refused),
        again,
        update({ company: COMPANY_ID }, refused),
        again
      )
    ).toMatchObject({ outcome: 'unchanged', leftOut: [{ field: 'company' }] })
    const error = await failure(linked(false, [BY_ID, found()], update({ company: COMPANY_ID, rev: 4 }, [403])))
    expect(error).toMatchObject({ status: 403 })
  })
})
