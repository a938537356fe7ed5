import { existsSync } from 'node:fs'
import axe from 'axe-core'
import { chromium } from 'playwright-core'
import type { Browser, Locator, Page } from 'playwright-core'
import { createApp } from '../../src/tester/server/app'
import { listen } from '../../src/tester/server/listen'
import type { Listening } from '../../src/tester/server/listen'
import { embeddedKustomer } from '../../src/tester/kustomer'

const CHROMIUM = '/usr/bin/chromium'
const FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync']
]
const WIDE = { width: 1440, height: 900 }
const NARROW = { width: 360, height: 740 }

const isSkipped = !existsSync(CHROMIUM) && process.env.CI !== 'true'
if (isSkipped) {
  console.warn(`The tests of the page are skipped: there is no ${CHROMIUM}.`)
}
const describeInChromium = isSkipped ? describe.skip : describe

describeInChromium('the page', () => {
  let browser: Browser
  let page: Page
  let server: Listening
  const kustomer = embeddedKustomer()
  const mistakes: string[] = []

  beforeAll(async () => {
    const app = createApp(kustomer)
    server = await listen(0, (request) => app.fetch(request))
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
  })

  afterAll(async () => {
    await browser.close()
    server.close()
    kustomer.transport.close()
  })

  afterEach(async () => {
    await page.close()
    kustomer.sandbox.reset()
    kustomer.sandbox.setVariants({})
    expect(mistakes).toEqual([])
  })

  async function open(viewport = WIDE, colorScheme: 'light' | 'dark' = 'light'): Promise<void> {
    page = await browser.newPage({ viewport, colorScheme })
    page.on('console', (message) => message.type() === 'error' && mistakes.push(message.text()))
    page.on('pageerror', (error) => mistakes.push(error.message))
    await page.goto(server.url)
    await page.locator('#panes').waitFor()
  }

  async function choose(sample: string): Promise<void> {
    await page.getByLabel(sample, { exact: true }).check()
  }

  async function send(): Promise<Locator> {
    const outcome = page.locator('#outcome')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.locator('#send:not(:disabled)').waitFor()
    return outcome
  }

  it('shows what a visitor did on the timeline, once an identify call names them', async () => {
    await open()
    await choose('Page')
    expect(await (await send()).textContent()).toContain('Tracked anonymously.')
    expect(await page.locator('#agent').textContent()).toContain('No customers yet.')
    await choose('Identify')
    expect(await (await send()).textContent()).toContain('Created.')
    await choose('Track')
    await send()
    expect(await page.locator('.exchange .path').allTextContents()).toEqual(['/v1/tracking/identityEvent'])
    expect(await page.locator('.customer h3').allTextContents()).toEqual(['Peter Gibbons'])
    expect(await page.locator('.session h4 > :first-child, .session .event-name').allTextContents()).toEqual([
      ...[expect.stringMatching(/^\d/), 'Viewed-Pricing-Page'],
      ...['Session checkout-7f2a', 'Order-Completed']
    ])
  })

  it('shows the value of each field as the event is typed', async () => {
    await open()
    await page.locator('#event').fill('{"type":"page","name":"Pricing","userId":"u1"}')
    await expectText('#value-eventName', 'Viewed Pricing Page')
    await page.locator('#field-eventName').fill('Saw {{name}}')
    await expectText('#value-eventName', 'Saw Pricing')
    await page.getByRole('button', { name: 'Restore default' }).click()
    await expectText('#value-eventName', 'Viewed Pricing Page')
    await page.locator('#event').fill('{"type":')
    await expectText('#event-note', 'Unexpected end of JSON input')
    expect(await page.locator('#send').isDisabled()).toBe(true)
  })

  it("shows a field's error beside it, and leads there", async () => {
    await open()
    await page.locator('#event').fill('{"type":"track","userId":"u1"}')
    const words = "The root value is missing the required field 'eventName'."
    await expectText('#problem-eventName', words)
    expect(await (await send()).textContent()).toContain('Failed, 400')
    await expectText('#problem-eventName', words)
    await page.getByRole('button', { name: 'Event Name' }).click()
    expect(await page.evaluate('document.activeElement.id')).toBe('field-eventName')
  })

  it("shows a setting's error beside it", async () => {
    await open()
    await page.getByLabel('Org Pod').selectOption('EU (prod2)')
    await page.getByRole('button', { name: 'Test settings' }).click()
    await expectText('#problem-orgPod-setting', 'Auth token associated with pod prod1')
    expect(await page.getByLabel('Org Pod').getAttribute('aria-invalid')).toBe('true')
  })

  it('shows a rate-limited event, which can be sent again by hand', async () => {
    await open()
    await choose('Track')
    await page.getByLabel('Faults').selectOption('Rate limit (429)')
    const outcome = await send()
    expect(await outcome.textContent()).toContain('Failed, 429')
    expect(await outcome.textContent()).toContain('Segment would send it again by itself.')
    await page.getByLabel('Faults').selectOption('None')
    await page.getByRole('button', { name: 'Retry' }).click()
    await outcome.getByText('Delivered').waitFor()
    expect(await page.locator('.event-name').allTextContents()).toEqual(['Order-Completed'])
  })

  it('shows what became of a batch, a delete call and a call that no preset subscribes to', async () => {
    await open()
    await choose('Batch')
    expect(await (await send()).locator('.results li').allTextContents()).toEqual([
      ...['200Created.', '200Created.', '200Created.']
    ])
    await choose('Delete')
    expect(await (await send()).textContent()).toContain('No customer to delete.')
    await choose('Group')
    expect(await (await send()).textContent()).toContain('No preset subscribes to group.')
    await page.getByRole('button', { name: 'Reset sandbox' }).click()
    await page.getByText('No customers yet.').waitFor()
  })

  it('shows what was left out of an event, and of each event of a batch', async () => {
    await open()
    const bad = { type: 'identify', userId: 'u1', traits: { email: 'not-an-email' } }
    await page.locator('#event').fill(JSON.stringify(bad))
    expect(await (await send()).locator('.left-out').allTextContents()).toEqual(['emailleft out: not an email address'])
    await page.locator('#event').fill(JSON.stringify([bad, { type: 'identify', userId: 'u2' }]))
    expect(await (await send()).locator('.results li').allTextContents()).toEqual([
      '200Unchanged.emailleft out: not an email address',
      '200Created.'
    ])
  })

  it('switches on what may be true of Kustomer', async () => {
    await open()
    await page.getByText('Variants of Kustomer').click()
    expect(await page.locator('#variants-on').textContent()).toBe('as assumed')
    await page.getByLabel('A bulk job runs 20 seconds').check()
    await page.getByLabel('The rev of a write is taken and ignored').check()
    await expectText('#variants-on', '2 on')
    await choose('Identify')
    await send()
    expect(kustomer.sandbox.variants()).toMatchObject({ jobsSlow: true, revIgnored: true, revRefused: false })
    await page.getByRole('button', { name: 'Reset sandbox' }).click()
    await page.getByText('No customers yet.').waitFor()
    await page.reload()
    await expectText('#variants-on', '2 on')
    await page.getByText('Variants of Kustomer').click()
    await page.getByLabel('A bulk job runs 20 seconds').uncheck()
    await expectText('#variants-on', '1 on')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.locator('#outcome').getByText('Delivered').waitFor()
    expect(kustomer.sandbox.variants()).toMatchObject({ jobsSlow: false, revIgnored: true })
  })

  it('copies an exchange as curl, without the key', async () => {
    await open()
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await choose('Track')
    await send()
    await page.getByLabel('Show all messages').check()
    await page.getByRole('button', { name: 'Copy as curl' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    const command = await page.evaluate<string>('navigator.clipboard.readText()')
    expect(command).toContain("curl -X POST 'https://api.kustomerapp.com/v1/tracking/identityEvent'")
    expect(command).toContain('-H "authorization: Bearer $KUSTOMER_API_KEY"')
    expect(command).toContain('"name":"Order-Completed"')
  })

  it('can be used by the keyboard alone', async () => {
    await open()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowRight')
    expect(await page.getByLabel('Track', { exact: true }).isChecked()).toBe(true)
    await page.keyboard.press('Control+Enter')
    await page.locator('#outcome').getByText('Delivered').waitFor()
  })

  it.each(['light', 'dark'] as const)('has nothing that axe finds fault with in %s', async (colorScheme) => {
    for (const viewport of [WIDE, NARROW]) {
      await open(viewport, colorScheme)
      await send()
      await page.getByLabel('Show all messages').check()
      await page.getByText('Variants of Kustomer').click()
      await page.getByLabel('Faults').selectOption('Rate limit (429)')
      await page.locator('#event').fill('{"type":"track","userId":"u1"}')
      await send()
      await page.evaluate(axe.source)
      const { violations } = await page.evaluate<{ violations: Array<{ id: string; nodes: unknown[] }> }>('axe.run()')
      expect(violations.map(({ id, nodes }) => ({ id, nodes }))).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width)
      await page.getByLabel('Faults').selectOption('None')
    }
  })

  it.each([WIDE, NARROW])('does not shift while it loads, at %j', async (viewport) => {
    await open(viewport)
    const shift = await page.evaluate<number>(
      `new Promise((resolve) => {
        let total = 0
        new PerformanceObserver((list) => { for (const { value } of list.getEntries()) total += value })
          .observe({ type: 'layout-shift', buffered: true })
        setTimeout(() => resolve(total), 300)
      })`
    )
    expect(shift).toBe(0)
  })

  async function expectText(selector: string, text: string): Promise<void> {
    await page
      .locator(selector)
      .getByText(text)
      .or(page.locator(selector, { hasText: text }))
      .first()
      .waitFor()
    expect(await page.locator(selector).textContent()).toContain(text)
  }
})
