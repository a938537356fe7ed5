import { randomBytes, randomInt } from 'node:crypto'
import { CouldNotTell, expectStatus, recordIn, recordsIn, saying, unexpected } from './api'
import type { Answer, Api, Method, Resource } from './api'
import { customAttributes } from './attributes'
import type { Attribute } from './attributes'
import { Ledger, statusOf } from './ledger'

/** What the check writes to a customer. */
export type Attributes = Record<string, unknown>

/** What a bulk job says of one record. */
export type BulkResult = Record<string, unknown>

/** A bulk job that was followed to its end, or as long as one waits. */
export interface Job {
  /** In milliseconds; undefined where it had not ended yet. */
  took?: number
  /** By `_clientRef`; empty where Kustomer tells none. */
  results: Map<string, BulkResult>
}

/** The statuses of a refusal that is about what a write says. */
const REFUSALS = [400, 409, 422]

/** How long what was written may take until it is found, in milliseconds. */
const LOOK_UP_LIMIT = 5000
const JOB_LIMIT = 60_000

/** The same in every check, lest an organization sees ever more names of events. */
const EVENT = 'segment-check'

/** Of the numbers that are kept for fiction, `555-01xx`, in these areas. */
const AREAS = ['201', '212', '303', '312', '404', '415', '503', '512', '617', '702', '808', '907']
const PHONE_ATTEMPTS = 20

/** Where the check makes customers and companies, and tries things on them. Whatever it makes is in its ledger. */
export class Lab {
  readonly api: Api
  readonly ledger: Ledger
  private readonly mark = `segment-check-${randomBytes(4).toString('hex')}`
  private count = 0
  private companyId?: Promise<string>
  private known?: Promise<Attribute[]>
  /** Whether a company may be erased comes before any is made. Nobody has this id. */
  private readonly mayEraseCompanies = once(() =>
    this.api.ask('PUT', `companies/${randomBytes(12).toString('hex')}`, { deleted: true })
  )
  private readonly phones = new Set<string>()

  constructor(api: Api) {
    this.api = api
    this.ledger = new Ledger(this.mark)
  }

  newExternalId(): string {
    return this.newMark()
  }

  newEmail(): string {
    return `${this.newMark()}@example.com`
  }

  newDomain(): string {
    return `${this.newMark()}.example.com`
  }

  /** A phone that nobody has. @throws CouldNotTell where none is free */
  async newPhone(): Promise<string> {
    for (let attempt = 1; attempt <= PHONE_ATTEMPTS; attempt += 1) {
      const line = String(randomInt(100)).padStart(2, '0')
      const phone = `+1${AREAS[randomInt(AREAS.length)] ?? ''}55501${line}`
      if (!this.phones.has(phone) && !(await this.find('phone', phone))) {
        this.phones.add(phone)
        return phone
      }
    }
    throw new CouldNotTell('no phone of the range 555-01xx is free')
  }

  /** Creates a customer; an `externalId` or an email has to mark it. @throws CouldNotTell where Kustomer refuses */
  async create(attributes: Attributes): Promise<string> {
    const answer = await this.tryToCreate(attributes)
    expectStatus(answer, 201)
    return recordIn(answer).id
  }

  /** Creates a customer where Kustomer does not refuse it. */
  async tryToCreate(attributes: Attributes): Promise<Answer> {
    const answer = await this.ledger.making(locatorsOf(attributes), () => this.api.ask('POST', 'customers', attributes))
    if (answer.status < 300) {
      this.ledger.addCustomer(recordIn(answer).id)
    }
    return answer
  }

  /** Updates a customer. @throws CouldNotTell where Kustomer refuses */
  async update(id: string, attributes: Attributes): Promise<void> {
    expectStatus(await this.tryToUpdate(id, attributes), 200)
  }

  tryToUpdate(id: string, attributes: Attributes): Promise<Answer> {
    return this.api.ask('PATCH', `customers/${id}`, attributes)
  }

  async read(id: string): Promise<Resource> {
    return recordIn(expectStatus(await this.api.ask('GET', `customers/${id}`), 200))
  }

  /** Whom a look-up finds now. */
  async find(name: 'externalId' | 'email' | 'phone', value: string): Promise<Resource | undefined> {
    const answer = await this.api.ask('GET', `customers/${name}=${encodeURIComponent(value)}`)
    return answer.status === 200 ? recordIn(answer) : undefined
  }

  /** Whom a look-up finds now or shortly. */
  findSoon(name: 'externalId' | 'email' | 'phone', value: string): Promise<Resource | undefined> {
    return this.api.until(LOOK_UP_LIMIT, () => this.find(name, value))
  }

  /** A company of the check's own, to link to. @throws CouldNotTell where it cannot be made, or could not be erased */
  company(): Promise<string> {
    this.companyId ??= this.createCompany({}).then(({ id }) => id)
    return this.companyId
  }

  /** Creates a company that is named for the check. @throws CouldNotTell as `company` does */
  async createCompany(attributes: Attributes): Promise<Resource> {
    return recordIn(expectStatus(await this.tryToCreateCompany(attributes), 201))
  }

  /** Creates a company where Kustomer does not refuse it. @throws CouldNotTell where it could not be erased */
  async tryToCreateCompany(attributes: Attributes): Promise<Answer> {
    await this.mayEraseCompanies()
    const company = { name: this.newMark(), externalId: this.newMark(), ...attributes }
    const locators = [`companies?externalId=${company.externalId}`]
    const answer = await this.ledger.making(locators, () => this.api.ask('POST', 'companies', company))
    if (answer.status < 300) {
      this.ledger.addCompany(recordIn(answer).id)
    }
    return answer
  }

  async updateCompany(id: string, change: Attributes): Promise<void> {
    expectStatus(await this.api.ask('PUT', `companies/${id}`, change), 200)
  }

  async readCompany(id: string): Promise<Resource> {
    return recordIn(expectStatus(await this.api.ask('GET', `companies/${id}`), 200))
  }

  /** Creates an object of a Klass where Kustomer does not refuse it. */
  async tryToCreateObject(klass: string, attributes: Attributes): Promise<Answer> {
    const object = { title: this.newMark(), externalId: this.newMark(), ...attributes }
    const locators = [`klasses/${klass}/externalId=${object.externalId}`]
    const answer = await this.ledger.making(locators, () => this.api.ask('POST', `klasses/${klass}`, object))
    if (answer.status < 300) {
      this.ledger.addObject(`klasses/${klass}/${recordIn(answer).id}`)
    }
    return answer
  }

  /** The custom attributes that customers have or had. @throws CouldNotTell */
  attributes(): Promise<Attribute[]> {
    this.known ??= customAttributes(this.api)
    return this.known
  }

  /** Runs a bulk job and follows it for a minute. @throws CouldNotTell where Kustomer refuses it as a whole */
  async runJob(method: 'POST' | 'PUT', records: Attributes[]): Promise<Job> {
    const { answer, job } = await this.tryJob(method, records)
    if (!job) {
      throw unexpected(answer)
    }
    return job
  }

  /** Runs a bulk job and follows it for a minute, where Kustomer does not refuse it as a whole. */
  async tryJob(method: 'POST' | 'PUT', records: Attributes[]): Promise<{ answer: Answer; job?: Job }> {
    const locators = records.flatMap(locatorsOf)
    const startedAt = this.api.clock.now()
    const answer = await this.startJob(method, records, locators)
    if (answer.status >= 300) {
      return { answer }
    }
    const path = `bulk/${recordIn(answer).id}`
    this.ledger.start(path, locators)
    const took = await this.api.until(JOB_LIMIT, async () => {
      const isComplete = statusOf(await this.api.ask('GET', path)) === 'complete'
      return isComplete ? this.api.clock.now() - startedAt : undefined
    })
    if (took === undefined) {
      return { answer, job: { results: new Map() } }
    }
    this.ledger.end(path)
    const batches = recordsIn(expectStatus(await this.api.ask('GET', `${path}/batches`), 200))
    const results = batches.flatMap(({ attributes }) => (attributes.results ?? []) as BulkResult[])
    results.forEach(({ objectId }) => {
      if (typeof objectId === 'string') {
        this.ledger.addCustomer(objectId)
      }
    })
    return { answer, job: { took, results: new Map(results.map((result) => [String(result._clientRef), result])) } }
  }

  newTrackingId(): string {
    return this.newMark()
  }

  /** Records an event of a customer of ours, named by externalId. */
  async track(externalId: string, meta: Attributes, trackingId?: string): Promise<Answer> {
    const [identity, event] = [
      { externalId, trackingId },
      { name: EVENT, meta }
    ]
    const answer = await this.api.ask('POST', 'tracking/identityEvent', { identity, event })
    if (answer.status < 300) {
      const { customer } = recordIn(answer).relationships as { customer?: { data?: { id?: string } | null } }
      if (customer?.data?.id !== undefined) {
        this.ledger.addCustomer(customer.data.id)
      }
    }
    return answer
  }

  /** Records an event of a visitor. @throws CouldNotTell where Kustomer refuses */
  async trackVisitor(trackingId: string): Promise<void> {
    expectStatus(await this.api.ask('POST', 'tracking/event', { trackingId, name: EVENT }), 204)
  }

  /** How many events of the check's are on a customer's timeline. */
  async eventsOf(id: string): Promise<number> {
    const sessions = await this.api.ask('GET', `customers/${id}/sessions`)
    if (sessions.status !== 200) {
      return 0
    }
    let count = 0
    for (const { attributes } of recordsIn(sessions)) {
      const path = `customers/${id}/sessions/${encodeURIComponent(String(attributes.sessionId))}/events`
      const events = recordsIn(expectStatus(await this.api.ask('GET', path), 200))
      count += events.filter((event) => event.attributes.trackingEvent === `tracking.${EVENT}`).length
    }
    return count
  }

  private startJob(method: Method, records: Attributes[], locators: string[]): Promise<Answer> {
    const start = (): Promise<Answer> => this.api.ask(method, 'customers/bulk', records)
    return method === 'POST' ? this.ledger.making(locators, start) : start()
  }

  private newMark(): string {
    this.count += 1
    return `${this.mark}-${this.count}`
  }
}

export function isRefusal({ status }: Answer): boolean {
  return REFUSALS.includes(status)
}

/** Whether a write was taken. @throws CouldNotTell for what is neither a success nor a refusal of what it says */
export function isTaken(answer: Answer): boolean {
  if (answer.status < 300) {
    return true
  }
  if (!isRefusal(answer)) {
    throw unexpected(answer)
  }
  return false
}

/** In words whether a write was taken. @throws CouldNotTell as `isTaken` does */
export function taken(answer: Answer): string {
  return isTaken(answer) ? `taken (${answer.status})` : `refused (${saying(answer)})`
}

/** Work that is done once, however often it is asked for. */
export function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | undefined
  return () => (result ??= work())
}

function locatorsOf({ externalId, emails = [] }: Attributes): string[] {
  const [email] = emails as Array<{ email: string }>
  return typeof externalId === 'string'
    ? [`customers/externalId=${externalId}`]
    : email
    ? [`customers/email=${encodeURIComponent(email.email)}`]
    : []
}
