import { CouldNotTell, recordIn, recordsIn } from './api'
import type { Answer, Api, Resource } from './api'

const UNFINISHED = ['queued', 'running', 'scheduled', 'pending']

/** How long a job or a merge is waited for before what it makes is erased, in milliseconds. */
const JOB_LIMIT = 60_000

const ATTEMPTS = 3
const ATTEMPT_PAUSE = 2000

/** What the check has made and may have made, so that it can be erased whatever happens. */
export class Ledger {
  private readonly customers = new Set<string>()
  private readonly companies = new Set<string>()
  /** The paths of custom objects. */
  private readonly objects = new Set<string>()
  /** Where to find what may have been made by a request whose answer is not known: `customers/externalId=…` and such. */
  private readonly unsettled = new Set<string>()
  /** The paths of jobs and merges that may be under way. */
  private readonly underWay = new Set<string>()
  private readonly mark: string

  /** @param mark what every identifier of the check's begins with */
  constructor(mark: string) {
    this.mark = mark
  }

  /** Bears in mind what a request may make, until its answer tells. */
  async making(locators: string[], request: () => Promise<Answer>): Promise<Answer> {
    locators.forEach((locator) => this.unsettled.add(locator))
    const answer = await request()
    this.settle(locators)
    return answer
  }

  addCustomer(id: string): void {
    this.customers.add(id)
  }

  addObject(path: string): void {
    this.objects.add(path)
  }

  addCompany(id: string): void {
    this.companies.add(id)
  }

  /** Bears in mind whom a job may make. */
  start(path: string, locators: string[] = []): void {
    this.underWay.add(path)
    locators.forEach((locator) => this.unsettled.add(locator))
  }

  end(path: string): void {
    this.underWay.delete(path)
  }

  settle(locators: string[]): void {
    locators.forEach((locator) => this.unsettled.delete(locator))
  }

  /** Erases everything. @returns what is left, in words, and why */
  async erase(api: Api): Promise<string[]> {
    const left: string[] = []
    const attempt = async (what: string, work: () => Promise<void>): Promise<void> => {
      const problem = await severalTimes(api, work)
      left.push(...(problem === undefined ? [] : [`${what} (${problem})`]))
    }
    for (const path of this.underWay) {
      await attempt(`what ${path} still makes`, () => waitFor(api, path))
    }
    for (const locator of this.unsettled) {
      await attempt(`perhaps ${locator}`, () => this.look(api, locator))
    }
    for (const path of this.objects) {
      await attempt(`the custom object ${path}`, () => eraseAt(api, path))
    }
    for (const id of this.customers) {
      await attempt(`the customer ${id}`, () => eraseAt(api, `customers/${id}`))
    }
    for (const id of this.companies) {
      await attempt(`the company ${id}`, () => eraseCompany(api, id))
    }
    return left
  }

  /** Nobody else's, whoever Kustomer finds. */
  private readonly isOurs = ({ attributes: { externalId, emails, name } }: Resource): boolean =>
    JSON.stringify([externalId, emails, name]).includes(this.mark)

  private async look(api: Api, locator: string): Promise<void> {
    const answer = await api.ask('GET', locator)
    if (answer.status !== 200) {
      return
    }
    if (locator.startsWith('companies')) {
      recordsIn(answer)
        .filter(this.isOurs)
        .forEach(({ id }) => this.companies.add(id))
    } else if (this.isOurs(recordIn(answer))) {
      const { id } = recordIn(answer)
      if (locator.startsWith('klasses')) {
        this.objects.add(locator.replace(/externalId=.*/, id))
      } else {
        this.customers.add(id)
      }
    }
  }
}

async function waitFor(api: Api, path: string): Promise<void> {
  const isOver = await api.until(JOB_LIMIT, async () => {
    const answer = await api.ask('GET', path)
    return answer.status !== 200 || !UNFINISHED.includes(statusOf(answer)) ? true : undefined
  })
  if (!isOver) {
    throw new CouldNotTell('it has not ended')
  }
}

async function eraseAt(api: Api, path: string): Promise<void> {
  const { status } = await api.ask('DELETE', path)
  if (status >= 300 && !isGone(await api.ask('GET', path))) {
    throw new CouldNotTell(`the deletion answered ${status}`)
  }
}

/** A company has no deletion but this. */
async function eraseCompany(api: Api, id: string): Promise<void> {
  const { status } = await api.ask('PUT', `companies/${id}`, { deleted: true })
  if (status >= 300 && status !== 404) {
    throw new CouldNotTell(`the deletion answered ${status}`)
  }
}

function isGone(answer: Answer): boolean {
  return answer.status !== 200 || recordIn(answer).attributes.deleted === true
}

/** @returns why it failed each time */
async function severalTimes(api: Api, work: () => Promise<void>): Promise<string | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work()
      return undefined
    } catch (error) {
      if (!(error instanceof CouldNotTell)) {
        throw error
      }
      if (attempt === ATTEMPTS) {
        return error.message
      }
    }
    await api.pause(ATTEMPT_PAUSE)
  }
}

/** The status of a job or a merge: it is told in one of two places. */
export function statusOf({ body }: Answer): string {
  const { data } = (body ?? {}) as { data?: { status?: unknown; attributes?: { status?: unknown } } }
  return String(data?.attributes?.status ?? data?.status)
}
