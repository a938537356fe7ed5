import axe from 'axe-core'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { customerView } from '../../src/tester/agent-view'
import { createApp } from '../../src/tester/server/app'
import { listen } from '../../src/tester/server/listen'
import type { Listening } from '../../src/tester/server/listen'
import { bundlePage } from '../../src/tester/server/page'
import { embeddedKustomer } from '../../src/tester/kustomer'
import type { Kustomer } from '../../src/tester/kustomer'
import { BROWSER_FLAGS } from '../machine/browser'

type EmbeddedKustomer = ReturnType<typeof embeddedKustomer>
type ReadBack = Parameters<typeof createApp>[2]

export const WIDE = { width: 1440, height: 900 }
export const NARROW = { width: 360, height: 740 }

export const describeInChromium = process.env.TEST_BROWSER ? describe : describe.skip

/** The page in a browser, for the tests of one file: one browser, and one tab that is loaded anew for each test. */
export class PageUnderTest {
  page!: Page
  kustomer!: EmbeddedKustomer
  private readonly mistakes: string[] = []
  private browser!: Browser
  private server!: Listening
  private live?: Listening

  /** To be called within `describe`. */
  constructor() {
    beforeAll(async () => {
      this.kustomer = embeddedKustomer()
      this.server = await serve(this.kustomer)
      this.browser = await chromium.launch({ executablePath: process.env.TEST_BROWSER, args: BROWSER_FLAGS })
      const context = await this.browser.newContext({
        viewport: WIDE,
        // Colors are looked at, and none may be on its way to another.
        reducedMotion: 'reduce',
        permissions: ['clipboard-read', 'clipboard-write']
      })
      this.page = await context.newPage()
      this.page.setDefaultTimeout(20_000)
      this.page.on('console', (message) => message.type() === 'error' && this.mistakes.push(message.text()))
      this.page.on('pageerror', (error) => this.mistakes.push(error.message))
    })

    afterAll(async () => {
      this.kustomer.transport.close()
      this.server.close()
      this.live?.close()
      await this.browser.close()
    })

    beforeEach(async () => {
      await this.page.setViewportSize(WIDE)
      await this.open(this.server.url)
    })

    afterEach(async () => {
      await this.page.evaluate('localStorage.clear()')
      // What the page still asks for would be missing after the reset.
      await this.page.goto('about:blank')
      this.kustomer.sandbox.reset()
      this.kustomer.sandbox.setVariants({})
      expect(this.mistakes.splice(0)).toEqual([])
    })
  }

  get url(): string {
    return this.server.url
  }

  /** Serves the same sandbox as if it were the real Kustomer, whose customers are read by their ID or external ID. */
  async serveLive(isDryRun = false): Promise<string> {
    const { sandbox, ...kustomer } = this.kustomer
    const read: NonNullable<ReadBack> = (_settings, locators) => {
      const asked = sandbox
        .customers()
        .filter(({ id, attributes }) =>
          [id, `externalId=${String(attributes.externalId)}`].some((name) => locators.includes(`customers/${name}`))
        )
      const views = asked.map(
        (customer) => [customer.id, customerView(customer, sandbox.timeline(customer.id))] as const
      )
      return Promise.resolve(new Map(views))
    }
    this.live?.close()
    this.live = await serve({ ...kustomer, isDryRun, liveHost: 'api.prod1.kustomerapp.com' }, read)
    return this.live.url
  }

  async open(url = this.server.url): Promise<void> {
    await this.page.goto(url)
    await this.page.locator('#fields').waitFor()
  }

  /** What the browser has complained about since it was last asked. */
  takeMistakes(): string[] {
    return this.mistakes.splice(0)
  }

  async choose(sample: string): Promise<void> {
    await this.page.getByLabel('Sample').selectOption(sample)
  }

  async openTab(name: string): Promise<void> {
    await this.page.getByRole('tab', { name }).click()
  }

  /** Opens a field, so that its mapping can be edited. */
  async openField(name: string): Promise<void> {
    await this.page.locator(`#field-${name}`).waitFor({ state: 'attached' })
    const folded = this.page.locator(`#fields details:has(#field-${name}):not([open]) > summary`)
    while ((await folded.count()) > 0) {
      await folded.first().click()
    }
  }

  async write(...events: unknown[]): Promise<void> {
    await this.writeText(events.map((event) => JSON.stringify(event)).join('\n'))
  }

  async writeText(text: string): Promise<void> {
    await this.page.locator('#event').fill(text)
  }

  /** Sends, and tells what came of it. */
  async send(): Promise<string> {
    const runs = await this.page.locator('.history li').count()
    await this.page.locator('#send').click()
    await this.page.locator('.history li').nth(runs).waitFor({ state: 'attached' })
    return this.text('#outcome')
  }

  async text(selector: string): Promise<string> {
    return (await this.page.locator(selector).textContent()) ?? ''
  }

  /** Waits until an element says so. */
  async expectText(selector: string, text: string): Promise<void> {
    await this.page.locator(selector).filter({ hasText: text }).first().waitFor()
  }

  /** What makes the page hard to use for some; every text has to stand out by 4.5 to 1, whatever its size. */
  async violations(): Promise<unknown[]> {
    await this.loadAxe()
    return this.page.evaluate<unknown[]>(`axe.run({ resultTypes: ['violations'] }).then(${WORDS})`)
  }

  /** The texts that hardly stand out of what has the focus, or of its label. */
  async faint(): Promise<unknown[]> {
    await this.loadAxe()
    const control = `document.activeElement.closest('label') ?? document.activeElement`
    return this.page.evaluate<unknown[]>(`axe.run(${control}, { runOnly: 'color-contrast' }).then(${WORDS})`)
  }

  /** How many pixels the page could be scrolled sideways, or downwards. */
  async overflow(side: 'Width' | 'Height' = 'Width'): Promise<number> {
    return this.page.evaluate<number>(`document.documentElement.scroll${side} - document.documentElement.client${side}`)
  }

  private async loadAxe(): Promise<void> {
    if (!(await this.page.evaluate('"axe" in window'))) {
      await this.page.evaluate(axe.source)
      await this.page.evaluate(STRICT)
    }
  }
}

const WORDS = `({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))`

/** The guidelines allow large text less. */
const STRICT = `axe.configure({
  checks: [{ id: 'color-contrast', options: { contrastRatio: { normal: { expected: 4.5 }, large: { expected: 4.5 } } } }]
})`

async function serve(kustomer: Kustomer, read?: ReadBack): Promise<Listening> {
  const app = createApp(kustomer, await bundlePage(), read)
  return listen(0, (request, connection) => app.fetch(request, connection))
}
