import {
  COMPANY_ID,
  companyRecord,
  company,
  customer,
  ID,
  metadata,
  OTHER_ID,
  plainError,
  record,
  undefinedAttribute
} from '../../__tests__/__helpers__/answers'
import { conversation, failure } from '../../__tests__/__helpers__/conversation'
import type { Answer, Step } from '../../__tests__/__helpers__/conversation'
import type { StoredRecord } from '../../api/records'
import type { Wanted } from '../difference'
import type { Subject, Upserted, Wish } from '../subject'
import { bringUpToDate } from '../update'

const UNEXPECTED = () => Promise.reject(new Error('Nobody expected it'))

/** Whoever is to have what is wanted; nobody else is there. */
function subject(wanted: Wanted, more: Partial<Subject> = {}): Subject {
  return {
    kind: 'customer',
    wishFor: () => Promise.resolve({ wanted, leftOut: [] }),
    isAbout: () => true,
    create: UNEXPECTED,
    canGoOn: false,
    afterRefusedCreation: UNEXPECTED,
    findMadeMeanwhile: () => Promise.resolve(undefined),
    settleContest: () => Promise.resolve({ contested: [] }),
    ...more
  }
}

const OK: Answer = [200, customer()]
const refused = (words = 'Conflict'): Answer => [409, plainError(words)]
const refusedFor = (name: string): Answer => [400, undefinedAttribute(name)]
const update = (body: unknown, answer: Answer = OK): Step => [`PATCH customers/${ID}`, body, answer]
const notDefined = (...names: string[]) =>
  names.map((name) => ({
    field: `customAttributes.${name}`,
    reason: "left out: your organization has not defined it. Define it in Kustomer's settings, in the Klass customer"
  }))

const updated = (about: Subject, found: StoredRecord, ...steps: Step[]): Promise<Upserted> =>
  bringUpToDate(conversation(...steps).client(), about, found)

describe('a custom attribute that is not defined', () => {
  const custom = { aStr: '1', bStr: '2', cStr: '3', dStr: '4', eStr: '5' }

  it('is left out with all others that are not, at two requests more, and told', async () => {
    const result = await updated(
      subject({ name: 'Ann', custom }),
      record({ rev: 3 }),
      update({ name: 'Ann', custom, rev: 3 }, refusedFor('bStr')),
      ['GET metadata/customer', [200, metadata({ aStr: {}, eStr: {} })]],
      update({ name: 'Ann', custom: { aStr: '1', eStr: '5' }, rev: 3 })
    )
    expect(result).toMatchObject({
      outcome: 'updated',
      record: { attributes: { name: 'Ann', custom: { aStr: '1', eStr: '5' } } },
      leftOut: notDefined('bStr', 'cStr', 'dStr')
    })
  })

  it('is left out without the role, three at most, and then all', async () => {
    const without = (...names: string[]) =>
      Object.fromEntries(Object.entries(custom).filter(([name]) => !names.includes(name)))
    const result = await updated(
      subject({ name: 'Ann', custom }),
      record({ rev: 3 }),
      update({ name: 'Ann', custom, rev: 3 }, refusedFor('aStr')),
      ['GET metadata/customer', [403]],
      update({ name: 'Ann', custom: without('aStr'), rev: 3 }, refusedFor('bStr')),
      update({ name: 'Ann', custom: without('aStr', 'bStr'), rev: 3 }, refusedFor('cStr')),
      update({ name: 'Ann', custom: without('aStr', 'bStr', 'cStr'), rev: 3 }, refusedFor('dStr')),
      update({ name: 'Ann', rev: 3 })
    )
    expect(result).toMatchObject({ outcome: 'updated', leftOut: notDefined(...Object.keys(custom)) })
  })

  it('is no write where it was all that differed', async () => {
    const result = await updated(
      subject({ custom: { aStr: '1' } }),
      record({ rev: 3 }),
      update({ custom: { aStr: '1' }, rev: 3 }, refusedFor('aStr')),
      ['GET metadata/customer', [200, metadata()]]
    )
    expect(result).toMatchObject({ outcome: 'unchanged', leftOut: notDefined('aStr') })
  })

  it('is not repeated though the record shows it still, and nobody is told, since the event does not say it', async () => {
    const result = await updated(
      subject({ custom: { aStr: '1' } }),
      record({ rev: 3, custom: { bStr: '2', goneStr: '9' } }),
      update({ custom: { aStr: '1', bStr: '2', goneStr: '9' }, rev: 3 }, refusedFor('goneStr')),
      ['GET metadata/customer', [200, metadata({ aStr: {}, bStr: {} })]],
      update({ custom: { aStr: '1', bStr: '2' }, rev: 3 })
    )
    expect(result).toMatchObject({ outcome: 'updated', leftOut: [] })
  })

  it('of a company is asked for among those of companies', async () => {
    const about = subject({ name: 'Acme', custom: { aStr: '1' } }, { kind: 'company' })
    const result = await updated(
      about,
      companyRecord({ rev: 3 }),
      [`PUT companies/${COMPANY_ID}`, { name: 'Acme', custom: { aStr: '1' }, rev: 3 }, refusedFor('aStr')],
      ['GET metadata/company', [200, metadata({}, 'company')]],
      [`PUT companies/${COMPANY_ID}`, { name: 'Acme', rev: 3 }, [200, company()]]
    )
    expect(result.leftOut).toEqual([
      {
        field: 'customAttributes.aStr',
        reason: "left out: your organization has not defined it. Define it in Kustomer's settings, in the Klass company"
      }
    ])
  })
})

describe('what is given up before a refusal stands', () => {
  const link = { id: OTHER_ID, mayMove: true }
  const told = (field: string) => ({ field, reason: expect.stringMatching(/^left out: Kustomer refuses /) as string })
  const shown = { custom: { planStr: 'pro' }, rev: 1 }
  const found = record(shown, ID, COMPANY_ID)
  const anew: Step = [`GET customers/${ID}`, [200, customer(shown, ID, COMPANY_ID)]]
  const whole = { planStr: 'pro', seatsNum: 4 }

  /** An update that is refused, after which the record is read, and is as it was. */
  const inVain = (body: unknown): Step[] => [update(body, refused()), anew]

  it('is first the externalId, then custom attributes, then the company, each with the care of a first attempt', async () => {
    const wanted: Wanted = { name: 'Ann', externalId: 'u1', custom: { seatsNum: 4 }, link }
    const most = { name: 'Ann', externalId: 'u1', company: OTHER_ID }
    const { externalId: _externalId, ...less } = most
    const result = await updated(
      subject(wanted),
      found,
      ...inVain({ ...most, custom: whole, rev: 1 }),
      ...inVain({ ...most, custom: whole }),
      ...inVain({ ...most, custom: { seatsNum: 4 } }),
      ...inVain({ ...most, custom: { seatsNum: 4 } }),
      ...inVain({ ...less, custom: whole, rev: 1 }),
      ...inVain({ ...less, custom: whole }),
      ...inVain({ ...less, custom: { seatsNum: 4 } }),
      ...inVain({ ...less, rev: 1 }),
      ...inVain(less),
      update({ name: 'Ann', company: COMPANY_ID, rev: 1 })
    )
    expect(result).toMatchObject({
      outcome: 'updated',
      leftOut: ['externalId', 'customAttributes', 'company'].map(told)
    })
    expect(result.record).toMatchObject({ companyId: COMPANY_ID, attributes: { name: 'Ann', custom: shown.custom } })
  })

  it('is not the company that the customer has', async () => {
    const error = await failure(
      updated(
        subject({ name: 'Ann', link: { id: COMPANY_ID, mayMove: true } }),
        found,
        ...inVain({ name: 'Ann', company: COMPANY_ID, rev: 1 }),
        ...inVain({ name: 'Ann', company: COMPANY_ID })
      )
    )
    expect(error).toMatchObject({ status: 409 })
  })

  it('leaves nothing to write where there was nothing else', async () => {
    const result = await updated(
      subject({ link }),
      found,
      ...inVain({ company: OTHER_ID, rev: 1 }),
      ...inVain({ company: OTHER_ID })
    )
    expect(result).toMatchObject({
      outcome: 'unchanged',
      record: { companyId: COMPANY_ID },
      leftOut: [told('company')]
    })
  })

  it('stays given up where the record is changed by somebody else', async () => {
    const other = { ...shown, name: 'Bea', rev: 2 }
    const result = await updated(
      subject({ name: 'Ann', link }),
      found,
      ...inVain({ name: 'Ann', company: OTHER_ID, rev: 1 }),
      ...inVain({ name: 'Ann', company: OTHER_ID }),
      update({ name: 'Ann', company: COMPANY_ID, rev: 1 }, refused()),
      [`GET customers/${ID}`, [200, customer(other, ID, COMPANY_ID)]],
      update({ name: 'Ann', company: COMPANY_ID, rev: 2 })
    )
    expect(result).toMatchObject({ outcome: 'updated', leftOut: [told('company')] })
  })

  it('is nothing more once all is, and the refusal stands with its own words', async () => {
    const error = await failure(
      updated(
        subject({ name: 'Ann', custom: { seatsNum: 4 } }),
        record({ rev: undefined }),
        update({ name: 'Ann', custom: { seatsNum: 4 } }, refused('One')),
        [`GET customers/${ID}`, [200, customer({ rev: undefined })]],
        update({ name: 'Ann' }, refused('Two')),
        [`GET customers/${ID}`, [200, customer({ rev: undefined })]]
      )
    )
    expect(error).toMatchObject({ message: 'Could not update the customer: Kustomer answered 409. Two.' })
  })

  it('is for a company what it repeats, before anything that the event says', async () => {
    const acme = { name: 'Acme', defaultLang: 'xx', custom: { tierStr: 'gold' }, rev: 1 }
    const { rev: _rev, ...repeated } = acme
    const put = (body: unknown, answer: Answer): Step => [`PUT companies/${COMPANY_ID}`, body, answer]
    const readAnew: Step = [`GET companies/${COMPANY_ID}`, [200, company(acme)]]
    const result = await updated(
      subject({ employeeCount: 5 }, { kind: 'company' }),
      companyRecord(acme),
      put({ ...repeated, employeeCount: 5, rev: 1 }, refused()),
      readAnew,
      put({ ...repeated, employeeCount: 5 }, refused()),
      readAnew,
      put({ employeeCount: 5 }, [200, company(acme)])
    )
    expect(result).toMatchObject({ outcome: 'updated', leftOut: [] })
  })
})

describe('what is wanted', () => {
  it('depends on the record, as it is read anew', async () => {
    const wishFor = jest.fn((known?: StoredRecord): Promise<Wish> => {
      const name = `Ann ${String(known?.attributes.rev)}`
      return Promise.resolve({ wanted: { name }, leftOut: [{ field: 'company', reason: name }] })
    })
    const result = await updated(
      subject({}, { wishFor }),
      record({ rev: 1 }),
      update({ name: 'Ann 1', rev: 1 }, refused()),
      [`GET customers/${ID}`, [200, customer({ rev: 2 })]],
      update({ name: 'Ann 2', rev: 2 })
    )
    expect(result).toMatchObject({ outcome: 'updated', leftOut: [{ field: 'company', reason: 'Ann 2' }] })
  })

  it.each<[string, Record<string, unknown>, Step[]]>([
    ['written', {}, [update({ name: 'Ann', rev: 1 })]],
    ['not written, since nothing differs', { name: 'Ann' }, []]
  ])('hands on what has yet to be tried again where it is %s', async (_what, attributes, steps) => {
    const pending = new Error('later')
    const wishFor = () => Promise.resolve({ wanted: { name: 'Ann' }, leftOut: [], pending })
    expect((await updated(subject({}, { wishFor }), record(attributes), ...steps)).pending).toBe(pending)
  })
})
