import { writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describeInChromium, NARROW, PageUnderTest, WIDE } from './page-support'

describeInChromium('the page', () => {
  const tester = new PageUnderTest()
  const identify = { type: 'identify', userId: 'u1', traits: { name: 'Peter' } }

  it('offers the custom attributes of the organization, and the values of a drop-down', async () => {
    tester.kustomer.sandbox.defineAttributes('customer', {
      planStr: { displayName: 'Plan', enumeration: ['starter', 'business'] },
      seatsNum: { displayName: 'Seats' }
    })
    const offered = (list: string) =>
      tester.page.evaluate<string[]>(
        `[...document.querySelectorAll('#${list}-customAttributes option')].map(({ value, label }) => value + ': ' + label)`
      )
    await tester.openField('customAttributes')
    await tester.page.getByLabel('Key', { exact: true }).focus()
    await tester.page.locator('#keys-customAttributes option').first().waitFor({ state: 'attached' })
    expect(await offered('keys')).toEqual(['planStr: Plan, text', 'seatsNum: Seats, number'])
    await tester.page.getByLabel('Key', { exact: true }).fill('planStr')
    await tester.page.getByLabel('Value', { exact: true }).focus()
    await tester.page.locator('#values-customAttributes option').first().waitFor({ state: 'attached' })
    expect(await offered('values')).toEqual(['starter: starter', 'business: business'])
    await tester.page.getByLabel('Value', { exact: true }).fill('business')
    await tester.page.getByRole('button', { name: 'Add', exact: true }).click()
    await tester.expectText('#value-customAttributes', 'planStr: business')
    expect(await tester.violations()).toEqual([])
    await tester.send()
    await tester.expectText('.record.customer', 'planStrbusiness')
  })

  it('says which role the list of custom attributes needs, and takes a key that is typed', async () => {
    const request = { method: 'POST', headers: { 'content-type': 'application/json' } }
    const body = JSON.stringify({ key: 'a-key-without', without: ['org.permission.metadata.read'] })
    await fetch(`${tester.url}/sandbox/keys`, { ...request, body })
    await tester.openTab('Settings')
    await tester.page.locator('#setting-apiKey').fill('a-key-without')
    await tester.openTab('Mapping')
    await tester.openField('customAttributes')
    await tester.page.getByLabel('Key', { exact: true }).focus()
    await tester.expectText('#offer-customAttributes', 'org.permission.metadata.read')
    await tester.expectText('#offer-customAttributes', 'Keys can still be typed.')
    await tester.page.getByLabel('Key', { exact: true }).fill('tier')
    await tester.page.getByLabel('Value', { exact: true }).fill('$.traits.lastName')
    await tester.page.getByRole('button', { name: 'Add', exact: true }).click()
    await tester.expectText('#value-customAttributes', 'tier: Gibbons')
    expect(tester.takeMistakes()).toEqual([])
  })

  it('shows the company that a group call made, and the customer who is linked to it', async () => {
    await tester.choose('Identify')
    await tester.send()
    await tester.choose('Group')
    expect(await tester.send()).toContain('Created company Initech')
    expect(await tester.page.locator('.record h3').allTextContents()).toEqual([
      ...['Peter Gibbons  ', 'Initech company new']
    ])
    await tester.expectText('.record.company', 'CustomersPeter Gibbons')
    await tester.expectText('.record.customer .changed', 'Company')
    expect(await tester.text('.record.company')).not.toContain('timeline')
    expect(await tester.violations()).toEqual([])
    await tester.choose('Page')
    await tester.send()
    await tester.page.locator('.others details').filter({ hasText: 'Initech' }).locator('summary').click()
    await tester.expectText('.others .record.company', 'External IDinitech')
  })

  it('shows the card that an order became, and what another event of it changed', async () => {
    await tester.page.getByRole('button', { name: 'Reset sandbox' }).click()
    await tester.choose('Order as a card')
    expect(await tester.send()).toContain('Created custom object Order 1001')
    await tester.expectText('.record .card', 'StatusOrder Completed')
    await tester.expectText('.record .card', 'productssku stapler-red, name Red stapler')
    expect(await tester.text('#agent')).not.toContain('Nothing on the timeline')
    expect(await tester.violations()).toEqual([])
    const refund = { type: 'track', event: 'Order Refunded', userId: '97980cfea0067', properties: { order_id: '1001' } }
    await tester.write({ ...refund, timestamp: '2026-03-02T11:00:00.000Z' })
    expect(await tester.send()).toContain('Updated custom object Order 1001')
    await tester.expectText('.record .card', 'Order 1001 updated')
    await tester.expectText('.record .card', 'StatusOrder Refunded')
    await tester.choose('Identify')
    expect(await tester.send()).toContain('customer')
  })

  it('keeps the event, its mapping and what was sent over a reload, and never a setting', async () => {
    await tester.openTab('Settings')
    await tester.page.locator('#setting-apiKey').fill('a-key-of-mine')
    await tester.openTab('Mapping')
    await tester.write(identify)
    await tester.expectText('#event-note', 'Valid identify call')
    await tester.openField('username')
    await tester.page.locator('#field-username').fill('$.traits.nick')
    await tester.page.locator('#send[aria-disabled=false]').waitFor()
    expect(await tester.send()).toContain('Failed with 401')
    expect(await tester.page.evaluate('JSON.stringify(localStorage)')).not.toContain('a-key-of-mine')
    await tester.page.reload()
    expect(await tester.text('#event')).toContain('"userId":"u1"')
    expect(await tester.page.locator('#field-username').inputValue()).toBe('$.traits.nick')
    await tester.expectText('#outcome', 'Failed with 401')
    await tester.page.locator('.history summary').click()
    expect(await tester.page.locator('.history .entry').allTextContents()).toEqual([
      expect.stringContaining('identify u1')
    ])
  })

  it('undoes the loading of a sample', async () => {
    await tester.write(identify)
    await tester.expectText('#event-note', 'Valid identify call')
    await tester.choose('Track')
    await tester.expectText('#event', 'Order Completed')
    await tester.page.getByRole('button', { name: 'Undo' }).click()
    await tester.expectText('#event', '"userId":"u1"')
    expect(await tester.page.getByLabel('Sample').inputValue()).toBe('')
  })

  it('takes the event and the mapping of a link', async () => {
    await tester.write(identify)
    await tester.openField('username')
    await tester.page.locator('#field-username').fill('$.traits.nick')
    await tester.page.getByRole('button', { name: 'Copy link' }).click()
    await tester.page.getByRole('button', { name: 'Copied' }).waitFor()
    const link = await tester.page.evaluate<string>('navigator.clipboard.readText()')
    await tester.choose('Track')
    await tester.page.locator('#field-username').waitFor({ state: 'detached' })
    await tester.open(link)
    await tester.expectText('#event', '"userId":"u1"')
    expect(await tester.page.locator('#field-username').inputValue()).toBe('$.traits.nick')
    expect(tester.page.url()).toBe(`${tester.url}/`)
  })

  it('takes a file of NDJSON, of which each line can be sent alone', async () => {
    const file = path.join(os.tmpdir(), `page-${process.pid}.ndjson`)
    writeFileSync(file, `${JSON.stringify(identify)}\n{"type":"track","event":"Seen","userId":"u1"}\n`)
    await tester.page.getByLabel('Open file').setInputFiles(file)
    await tester.expectText('.entries', '2 events')
    await tester.page.getByLabel('2 track Seen').check()
    await tester.expectText('#value-eventName', 'Seen')
    await tester.page.getByRole('button', { name: 'Send this one' }).click()
    await tester.expectText('#outcome', 'Tracked Seen for u1')
    await tester.page.getByRole('button', { name: 'Send all 2' }).click()
    await tester.expectText('#outcome', '2 of 2 delivered')
    await tester.writeText(`${JSON.stringify(identify)}\n{"type":`)
    await tester.page.locator('#send[aria-disabled=true]').waitFor()
    await tester.page.getByLabel('1 identify u1').check()
    await tester.page.getByRole('button', { name: 'Send this one' }).click()
    await tester.expectText('#outcome', 'No changes to customer Peter')
    writeFileSync(file, Buffer.from([0xff, 0xfe, 0x7b, 0x00]))
    await tester.page.getByLabel('Open file').setInputFiles(file)
    await tester.expectText('#event-note', 'is no text in UTF-8')
    expect(await tester.text('#event')).toContain('Peter')
  })

  it('takes a file that is dragged onto it, onto the editor and beside it', async () => {
    const drop = (selector: string, name: string): Promise<boolean> =>
      tester.page.evaluate<boolean>(`(() => {
        const dataTransfer = new DataTransfer()
        dataTransfer.items.add(new File(['{"type":"track","event":"${name}","userId":"u1"}'], '${name}.json'))
        const target = document.querySelector('${selector}')
        const events = ['dragover', 'drop'].map((type) => new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
        return events.map((event) => target.dispatchEvent(event)).includes(true)
      })()`)
    // Nothing is left to the browser, which would leave the page for the file.
    expect(await drop('.pane.result', 'Beside')).toBe(false)
    await tester.expectText('#value-eventName', 'Beside')
    await tester.expectText('.pane.event', 'Beside.json replaced your event.')
    expect(await drop('#event', 'Onto')).toBe(false)
    await tester.expectText('#value-eventName', 'Onto')
    expect(await tester.text('#event')).not.toContain('Beside')
    expect(await tester.send()).toContain('Tracked Onto for u1')
  })

  it('leaves out of a link and of what was kept what the destination does not have, and says so', async () => {
    const event = '{"type":"track","event":"Seen","userId":"u1"}'
    const setup = JSON.stringify({ mappings: { 'Track Event': { eventNam: '$.event', sessionId: 'one' } } })
    await tester.open(`${tester.url}/#${new URLSearchParams({ event, setup }).toString()}`)
    await tester.expectText('#lost', 'the destination has no such field, action, or preset: eventNam')
    expect(await tester.page.locator('#field-sessionId').inputValue()).toBe('one')
    expect(await tester.send()).toContain('Tracked Seen')
    await tester.page.evaluate(`localStorage.setItem('kustomer-tester:draft', JSON.stringify({
      ...JSON.parse(localStorage.getItem('kustomer-tester:draft')), action: 'gone'
    }))`)
    await tester.page.reload()
    await tester.expectText('#lost', 'gone')
    expect(await tester.send()).toContain('Tracked Seen')
    await tester.choose('Track')
    await tester.page.locator('#lost').waitFor({ state: 'detached' })
  })

  it('opens what was sent before, and marks what an event changed', async () => {
    await tester.write(identify)
    await tester.send()
    await tester.expectText('.record .tag', 'new')
    await tester.write({ ...identify, traits: { name: 'Paul', email: 'paul@initech.com' } })
    await tester.send()
    await tester.expectText('.record del', 'Peter')
    expect(await tester.page.locator('.record ins').allTextContents()).toContain('paul@initech.com')
    await tester.page.locator('.history summary').click()
    await tester.page.locator('.history .entry').nth(1).click()
    await tester.expectText('#outcome', 'Created customer Peter')
    await tester.expectText('#agent', 'As of the run at')
    await tester.page.getByRole('button', { name: 'Edit again: identify u1' }).nth(1).click()
    await tester.expectText('#event', 'Peter')
    await tester.page.locator('.others summary').click()
    await tester.expectText('.others .record', 'paul@initech.com')
    await tester.page.getByRole('button', { name: 'Reset sandbox' }).click()
    await tester.expectText('#agent', 'No customers yet.')
  })

  it('copies an exchange as curl, which goes to the sandbox', async () => {
    await tester.choose('Track')
    await tester.send()
    await tester.page.locator('.exchange > summary').click()
    await tester.page.getByRole('button', { name: 'Copy as curl' }).click()
    await tester.page.getByRole('button', { name: 'Copied' }).waitFor()
    const command = await tester.page.evaluate<string>('navigator.clipboard.readText()')
    expect(command).toContain(`curl -X POST '${tester.url}/v1/tracking/identityEvent'`)
    expect(command).toContain("-H 'authorization: Bearer local-sandbox-key'")
    expect(command).toContain('"name":"Order-Completed"')
  })

  it('can be used by the keyboard alone', async () => {
    for (let count = 0; count < 3; count += 1) {
      await tester.page.keyboard.press('Tab')
    }
    await tester.page.keyboard.press('ArrowDown')
    expect(await tester.page.getByLabel('Sample').inputValue()).toBe('Track')
    for (let count = 0; count < 3; count += 1) {
      await tester.page.keyboard.press('Tab')
    }
    expect(await tester.page.evaluate('document.activeElement.id')).toBe('event')
    await tester.page.keyboard.press('Control+Enter')
    await tester.expectText('#outcome', 'Tracked Order-Completed')
    await tester.page.locator('#tab-mapping').focus()
    await tester.page.keyboard.press('ArrowRight')
    expect(await tester.page.locator('#panel-triggers').isVisible()).toBe(true)
  })

  it('has the result and Send one tap apart on a small screen', async () => {
    await tester.page.setViewportSize(NARROW)
    await tester.send()
    const isInView = async (selector: string): Promise<boolean> =>
      tester.page.locator(selector).evaluate((element) => {
        const { top, bottom } = (
          element as unknown as { getBoundingClientRect(): DOMRectReadOnly }
        ).getBoundingClientRect()
        return top >= 0 && bottom <= 740
      })
    expect(await isInView('#outcome > .verdict')).toBe(true)
    expect(await isInView('#send')).toBe(true)
    await tester.page.evaluate('scrollTo(0, 0)')
    await tester.page.locator('#to-result').click()
    expect(await isInView('#outcome > .verdict')).toBe(true)
  })

  it('says from afar that it is live, tries the settings first and asks before it erases', async () => {
    const live = await tester.serveLive()
    await tester.open(live)
    await tester.expectText('.bar.live', 'Events are written to api.prod1.kustomerapp.com')
    await tester.page.locator('#send').hover()
    const fill = await tester.page.evaluate<string>('getComputedStyle(document.querySelector("#send")).backgroundColor')
    const [red, , blue] = (fill.match(/[\d.]+/g) ?? []).map(Number)
    expect(red).toBeGreaterThan(Number(blue))
    await tester.write(identify)
    await tester.openTab('Settings')
    await tester.page.locator('#setting-apiKey').fill('not-the-key')
    expect(await tester.send()).toContain('Not sent')
    await tester.expectText('#problem-apiKey-setting', '401')
    await tester.page.locator('#setting-apiKey').fill('')
    expect(await tester.send()).toContain('Created customer Peter')
    await tester.expectText('.record .tag', 'new')
    await tester.write({ ...identify, traits: { name: 'Paul' } })
    expect(await tester.send()).toContain('Updated customer Paul')
    await tester.expectText('.record del', 'Peter')
    await tester.expectText('.record ins', 'Paul')
    await tester.write({ type: 'delete', userId: 'u1' })
    await tester.page.locator('#send').click()
    await tester.expectText('#question', 'Delete u1 at api.prod1.kustomerapp.com?')
    expect(await tester.violations()).toEqual([])
    await tester.page.getByRole('button', { name: 'Cancel' }).last().click()
    await tester.expectText('#outcome', 'Canceled. Nothing was sent.')
    await tester.page.locator('#send').click()
    await tester.page.getByRole('button', { name: 'Delete' }).click()
    await tester.expectText('#outcome', 'Deleted customer Paul')
    await tester.page.evaluate('localStorage.clear()')
  })

  it('says that it writes nothing where it does not', async () => {
    await tester.open(await tester.serveLive(true))
    await tester.expectText('.bar.live', 'Dry run: reads from api.prod1.kustomerapp.com and writes nothing')
    await tester.write({ type: 'delete', userId: 'u1' })
    await tester.page.getByRole('button', { name: 'Dry run' }).click()
    await tester.expectText('#outcome > .verdict', 'No customer to delete')
    await tester.page.route('**/workbench/deliver', async (route) => {
      const answer = await route.fetch()
      await route.fulfill({ body: (await answer.text()).replaceAll('"isSent":true', '"isSent":false') })
    })
    await tester.write({ type: 'track', event: 'Seen', userId: 'u1' })
    expect(await tester.send()).toContain('Would track Seen for u1')
    expect(await tester.page.locator('.exchange .status').allTextContents()).toEqual(['not sent'])
    await tester.page.unroute('**/workbench/deliver')
  })

  it('is as easy to use for everybody while it sends', async () => {
    await tester.choose('Track')
    await tester.send()
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await tester.page.route('**/workbench/deliver', async (route) => {
      await held
      await route.continue()
    })
    await tester.page.setViewportSize(NARROW)
    await tester.page.locator('#send').click()
    await tester.expectText('#outcome', 'Earlier result')
    expect(await tester.violations()).toEqual([])
    expect(await tester.overflow()).toBe(0)
    release()
    await tester.expectText('#send', 'Send')
    await tester.page.unroute('**/workbench/deliver')
  })

  it('has nothing that axe finds fault with, and no sideways scroll, with whatever it shows', async () => {
    const long = 'x'.repeat(200)
    await tester.writeText(
      JSON.stringify([
        { type: 'identify', userId: long, traits: { name: `שלום ${long}`, email: 'no-email' } },
        { type: 'track', userId: long, event: long, properties: { [long]: long } },
        { type: 'track', userId: 'u1' }
      ])
    )
    await tester.page.getByRole('button', { name: 'Send all 3' }).waitFor()
    await tester.send()
    await tester.page.evaluate('document.querySelectorAll("details").forEach((each) => { each.open = true })')
    await tester.page.getByLabel('Faults').selectOption('Rate limit (429)')
    for (const viewport of [NARROW, WIDE, { width: 768, height: 900 }, { width: 320, height: 256 }]) {
      await tester.page.setViewportSize(viewport)
      expect(await tester.overflow()).toBe(0)
    }
    for (const colorScheme of ['light', 'dark'] as const) {
      await tester.page.emulateMedia({ colorScheme })
      expect(await tester.violations()).toEqual([])
    }
    await tester.page.emulateMedia({ colorScheme: 'light' })
  })
})
