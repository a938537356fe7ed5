import {
  briefCompany,
  companies,
  company,
  COMPANY_ID,
  ID,
  OTHER_ID,
  plainError,
  record
} from '../../__tests__/__helpers__/answers'
import { conversation, MISSING } from '../../__tests__/__helpers__/conversation'
import type { Answer, Step } from '../../__tests__/__helpers__/conversation'
import { inTurn, kustomerWith } from '../../__tests__/__helpers__/routes'
import { LINKED_ELSEWHERE } from '../../upsert/difference'
import { linkTo } from '../company-link'
import type { Employer, Linking } from '../company-link'

const BY_ID = 'GET companies?externalId=c1'
const BY_NAME = 'GET companies?filter=Acme'
const BOTH = { externalId: 'c1', name: 'Acme' }
const NOBODY: Answer = [200, companies()]
const ACME = company({ externalId: 'c1', name: 'Acme' })
const BARE = company({ name: 'Acme' })

const listed = (...list: Array<{ data: unknown }>): Answer => [200, companies(list)]
const creation = (body: unknown, answer: Answer = [201, ACME]): Step => ['POST companies', body, answer]
const employer = (reference: Employer['company'], mayMove = false): Employer => ({ company: reference, mayMove })
const link = (id = COMPANY_ID, mayMove = false): Linking => ({ link: { id, mayMove }, leftOut: [] })
const NOTHING: Linking = { leftOut: [] }
const left = (reason: string): Linking => ({ leftOut: [{ field: 'company', reason }] })

/** A customer who is linked to a company, which shows this name. */
const linkedTo = (id: string, companyName?: string) => record({ companyName }, ID, id)

describe('the company of a customer who has none', () => {
  it.each<[string, Employer['company'], Step[]]>([
    ['is found by its ID', BOTH, [[BY_ID, listed(ACME)]]],
    ['is found by its ID, though a list spells it otherwise', BOTH, [[BY_ID, listed(briefCompany('Acme', 'c1'))]]],
    ['is found by its name, where there is no ID', { name: 'Acme' }, [[BY_NAME, listed(BARE)]]],
    ['is found by its name, though it has an ID of its own', { name: 'Acme' }, [[BY_NAME, listed(ACME)]]],
    [
      'is created with both where neither finds it',
      BOTH,
      [[BY_ID, NOBODY], [BY_NAME, NOBODY], creation({ externalId: 'c1', name: 'Acme' })]
    ],
    [
      'is created where the only one of that name has another ID',
      BOTH,
      [
        [BY_ID, NOBODY],
        [BY_NAME, listed(company({ externalId: 'c2', name: 'Acme' }, OTHER_ID))],
        creation({ externalId: 'c1', name: 'Acme' })
      ]
    ],
    ['is created with a bare name', { name: 'Acme' }, [[BY_NAME, NOBODY], creation({ name: 'Acme' }, [201, BARE])]],
    [
      'is given its ID where it is found by its name and has none',
      BOTH,
      [
        [BY_ID, NOBODY],
        [BY_NAME, listed(BARE)],
        [`PUT companies/${COMPANY_ID}`, { externalId: 'c1', name: 'Acme', rev: 1 }, [200, ACME]]
      ]
    ],
    [
      'is looked up once more where the answer to its creation does not tell its ID',
      { name: 'Acme' },
      [[BY_NAME, NOBODY], creation({ name: 'Acme' }, [201]), [BY_NAME, listed(BARE)]]
    ]
  ])('%s', async (_what, reference, steps) => {
    expect(await linkTo(conversation(...steps).client(), employer(reference))).toEqual(link())
  })

  it('says whether a customer may be moved, who has been linked in the meantime', async () => {
    const client = conversation([BY_ID, listed(ACME)]).client()
    expect(await linkTo(client, employer(BOTH, true), record())).toEqual(link(COMPANY_ID, true))
  })
})

describe('the company of a customer who has one', () => {
  it.each<[string, Employer['company'], boolean, string | undefined, Step[], Linking]>([
    ['stays, without a request, where it shows the same bare name', { name: 'Acme' }, false, 'Acme', [], NOTHING],
    ['stays, without a request, though a move were allowed', { name: 'Acme' }, true, 'Acme', [], NOTHING],
    [
      'stays, without a request, where it shows another name',
      { name: 'Acme' },
      false,
      'Other',
      [],
      left(LINKED_ELSEWHERE)
    ],
    ['stays, where the look-up finds it', { name: 'Acme' }, false, undefined, [[BY_NAME, listed(BARE)]], NOTHING],
    [
      'stays, where the look-up finds another one',
      { name: 'Acme' },
      false,
      undefined,
      [[BY_NAME, listed(company({ name: 'Acme' }, OTHER_ID))]],
      left(LINKED_ELSEWHERE)
    ],
    ['stays, with one request, where it has the ID', BOTH, false, 'Acme', [[BY_ID, listed(ACME)]], NOTHING],
    [
      'stays, where another one has the ID, though the names are the same',
      BOTH,
      false,
      'Acme',
      [[BY_ID, listed(company({ externalId: 'c1', name: 'Acme' }, OTHER_ID))]],
      left(LINKED_ELSEWHERE)
    ],
    [
      'stays, and none is created, where nobody knows the ID',
      BOTH,
      false,
      'Other',
      [
        [BY_ID, NOBODY],
        [BY_NAME, NOBODY]
      ],
      left(LINKED_ELSEWHERE)
    ],
    [
      'is given its ID where it has none',
      BOTH,
      false,
      'Acme',
      [
        [BY_ID, NOBODY],
        [BY_NAME, listed(BARE)],
        [`PUT companies/${COMPANY_ID}`, { externalId: 'c1', name: 'Acme', rev: 1 }, [200, ACME]]
      ],
      link()
    ],
    [
      'is replaced where a move is allowed',
      { name: 'Acme' },
      true,
      'Other',
      [[BY_NAME, listed(company({ name: 'Acme' }, OTHER_ID))]],
      link(OTHER_ID, true)
    ],
    [
      'is replaced by the one that has the ID where a move is allowed',
      BOTH,
      true,
      'Other',
      [[BY_ID, listed(company({ externalId: 'c1', name: 'Acme' }, OTHER_ID))]],
      link(OTHER_ID, true)
    ],
    [
      'is replaced by a new one where a move is allowed',
      BOTH,
      true,
      'Acme',
      [[BY_ID, NOBODY], [BY_NAME, NOBODY], creation({ externalId: 'c1', name: 'Acme' }, [201, company({}, OTHER_ID)])],
      link(OTHER_ID, true)
    ]
  ])('%s', async (_what, reference, mayMove, companyName, steps, expected) => {
    const client = conversation(...steps).client()
    expect(await linkTo(client, employer(reference, mayMove), linkedTo(COMPANY_ID, companyName))).toEqual(expected)
  })
})

describe('a company that cannot be used', () => {
  it.each<[string, Employer['company'], Step[], string]>([
    [
      'has no name that a new one needs',
      { externalId: 'c1', name: 'AB' },
      [
        [BY_ID, NOBODY],
        ['GET companies?filter=AB', NOBODY]
      ],
      'left out: The company is not in Kustomer yet, and a new one needs a Name of 3 to 255 characters.'
    ],
    [
      'has no name at all',
      { externalId: 'c1' },
      [[BY_ID, NOBODY]],
      'left out: The company is not in Kustomer yet, and a new one needs a Name of 3 to 255 characters.'
    ],
    [
      'is refused',
      { name: 'Acme' },
      [[BY_NAME, NOBODY], creation({ name: 'Acme' }, [422, plainError('No')]), [BY_NAME, NOBODY]],
      'left out: Could not create the company: Kustomer answered 422. No.'
    ],
    [
      'may not be read',
      BOTH,
      [[BY_ID, [403]]],
      "left out: Could not look up the company by externalId: Kustomer answered 403. The API Key lacks a role. Kustomer's roles of a key cannot be changed: a new key with the role org.permission.company.read is needed."
    ],
    [
      'is not told, neither by its creation nor by a look-up',
      { name: 'Acme' },
      [[BY_NAME, NOBODY], creation({ name: 'Acme' }, [201]), [BY_NAME, NOBODY]],
      'left out: Kustomer did not tell the ID of the company'
    ]
  ])('is left out, and that is told: it %s', async (_why, reference, steps, reason) => {
    expect(await linkTo(conversation(...steps).client(), employer(reference))).toEqual(left(reason))
  })

  it.each([429, 500, 503])('has yet to be tried again, at %d', async (status) => {
    const linking = await linkTo(conversation([BY_ID, [status]]).client(), employer(BOTH))
    expect(linking).toEqual({ leftOut: [], pending: expect.objectContaining({ status }) })
  })
})

describe('the company of several customers', () => {
  it('is found once', async () => {
    const client = conversation([BY_ID, listed(ACME)]).client()
    const people = [undefined, record(), linkedTo(COMPANY_ID, 'Acme'), linkedTo(OTHER_ID, 'Other')]
    expect(await Promise.all(people.map((customer) => linkTo(client, employer(BOTH), customer)))).toEqual([
      link(),
      link(),
      NOTHING,
      left(LINKED_ELSEWHERE)
    ])
  })

  it('is created once', async () => {
    const steps: Step[] = [[BY_ID, NOBODY], [BY_NAME, NOBODY], creation({ externalId: 'c1', name: 'Acme' })]
    const client = conversation(...steps).client()
    expect(await Promise.all([1, 2, 3].map(() => linkTo(client, employer(BOTH))))).toEqual([link(), link(), link()])
  })

  it('is another for each name', async () => {
    const client = kustomerWith({
      [BY_NAME]: listed(BARE),
      'GET companies?filter=Other': listed(company({ name: 'Other' }, OTHER_ID))
    }).client()
    expect(await linkTo(client, employer({ name: 'Acme' }))).toEqual(link(COMPANY_ID))
    expect(await linkTo(client, employer({ name: 'Other' }))).toEqual(link(OTHER_ID))
  })

  it('is one, whether they give its ID or its name alone, and is created once', async () => {
    const kustomer = kustomerWith({ [BY_NAME]: inTurn(NOBODY, listed(ACME)), 'POST companies': [201, ACME] })
    const client = kustomer.client()
    const people = [BOTH, { name: 'Acme' }, BOTH]
    expect(await Promise.all(people.map((each) => linkTo(client, employer(each))))).toEqual([link(), link(), link()])
    expect(kustomer.sent.filter(([call]) => call === 'POST companies')).toHaveLength(1)
  })

  it('is found anew by its name once it is created', async () => {
    const steps: Step[] = [
      [BY_NAME, NOBODY],
      [BY_ID, NOBODY],
      [BY_NAME, NOBODY],
      creation({ externalId: 'c1', name: 'Acme' }),
      [BY_NAME, listed(ACME)]
    ]
    const client = conversation(...steps).client()
    expect(await linkTo(client, employer({ name: 'Acme' }), linkedTo(OTHER_ID))).toEqual(left(LINKED_ELSEWHERE))
    expect(await linkTo(client, employer(BOTH))).toEqual(link())
    expect(await linkTo(client, employer({ name: 'Acme' }))).toEqual(link())
  })

  it('is looked up anew once it is given its ID, which another one of its name is not given', async () => {
    const other = { externalId: 'c2', name: 'Acme' }
    const steps: Step[] = [
      ['GET companies?externalId=c2', NOBODY],
      [BY_NAME, listed(BARE)],
      [BY_ID, NOBODY],
      [BY_NAME, listed(BARE)],
      [`PUT companies/${COMPANY_ID}`, { externalId: 'c1', name: 'Acme', rev: 1 }, [200, ACME]],
      ['GET companies?externalId=c2', NOBODY],
      [BY_NAME, listed(ACME)],
      creation(other, [201, company(other, OTHER_ID)])
    ]
    const client = conversation(...steps).client()
    expect(await linkTo(client, employer(other), linkedTo(OTHER_ID, 'Other'))).toEqual(left(LINKED_ELSEWHERE))
    expect(await linkTo(client, employer(BOTH))).toEqual(link())
    expect(await linkTo(client, employer(other))).toEqual(link(OTHER_ID))
  })

  it('is left out for all, with one request, where it may not be read', async () => {
    const client = conversation([BY_ID, MISSING], [BY_NAME, [403]]).client()
    const [first, second] = [await linkTo(client, employer(BOTH)), await linkTo(client, employer(BOTH))]
    expect(first.leftOut).toHaveLength(1)
    expect(second).toEqual(first)
  })
})

it.each([[{ externalId: 'c1' }], [{ externalId: 'c1', name: 'AB' }]])(
  'creates the company of a usable name after it could not of %j',
  async (first) => {
    const client = kustomerWith({ 'POST companies': [201, company()] }).client()
    const unusable = await linkTo(client, { company: first, mayMove: false })
    expect(unusable.leftOut).toHaveLength(1)
    expect(await linkTo(client, { company: { externalId: 'c1', name: 'Acme' }, mayMove: false })).toEqual({
      link: { id: COMPANY_ID, mayMove: false },
      leftOut: []
    })
  }
)
