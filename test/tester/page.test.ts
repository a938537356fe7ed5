import { describeInChromium, PageUnderTest } from './page-support'

describeInChromium('the page', () => {
  const tester = new PageUnderTest()
  const track = { type: 'track', userId: 'u1', event: 'Seen' }

  it('shows what a visitor did on the timeline, once an identify call names them', async () => {
    await tester.choose('Page')
    expect(await tester.send()).toContain('Tracked Viewed-Pricing-Page for an anonymous visitor · 1 request')
    await tester.expectText('#agent', 'No customers yet.')
    await tester.choose('Identify')
    expect(await tester.send()).toContain('Created customer Peter Gibbons · 3 requests')
    await tester.choose('Track')
    await tester.send()
    expect(await tester.page.locator('.exchange .path').allTextContents()).toEqual(['/v1/tracking/identityEvent'])
    expect(await tester.page.locator('.record h3 bdi').allTextContents()).toEqual(['Peter Gibbons'])
    expect(await tester.page.locator('.session h4 > :first-child, .session .event-name').allTextContents()).toEqual([
      ...[expect.stringMatching(/^\d/), 'Viewed-Pricing-Page'],
      ...['Session checkout-7f2a', 'Order-Completed']
    ])
    expect(await tester.page.locator('.session li:has(.tag) .event-name').allTextContents()).toEqual([
      'Order-Completed'
    ])
  })

  it('shows the value of each field as the event is typed', async () => {
    await tester.write({ type: 'page', name: 'Pricing', userId: 'u1' })
    await tester.expectText('#value-eventName', 'Viewed Pricing Page')
    await tester.page.locator('#value-eventName').click()
    await tester.page.locator('#field-eventName').fill('Saw {{name}}')
    await tester.expectText('#value-eventName', 'Saw Pricing')
    await tester.page.getByRole('button', { name: 'Restore default' }).click()
    await tester.expectText('#value-eventName', 'Viewed Pricing Page')
    await tester.writeText('{"type":')
    await tester.page.locator('.cm-lintRange-error').waitFor()
    await tester.expectText('#event-note', 'JSON')
    expect(await tester.page.locator('#send').getAttribute('aria-disabled')).toBe('true')
    await tester.writeText('')
    await tester.expectText('#event-note', 'There is no event to send.')
  })

  it('sends nothing while a mapping is none, and says so beside the field', async () => {
    await tester.write(track)
    await tester.openField('sessionId')
    await tester.page.locator('#field-sessionId').fill('{"@nope":"$.x"}')
    await tester.expectText('#problem-sessionId', 'The mapping has an invalid directive: @nope.')
    expect(await tester.page.locator('#send').getAttribute('aria-disabled')).toBe('true')
    await tester.page.locator('#field-sessionId').fill('{"@path":')
    await tester.expectText('#problem-sessionId', 'Invalid JSON.')
    expect(await tester.violations()).toEqual([])
    await tester.page.keyboard.press('Control+Enter')
    await tester.page.locator('#field-sessionId').fill('$.context.session')
    await tester.page.locator('#send[aria-disabled=false]').waitFor()
    expect(await tester.send()).toContain('Tracked Seen for u1')
    expect(await tester.page.locator('.history li').count()).toBe(1)
  })

  it("shows a field's error beside it, and leads there", async () => {
    await tester.write({ type: 'track', userId: 'u1' })
    const words = "The root value is missing the required field 'eventName'."
    await tester.expectText('#problem-eventName', words)
    const outcome = await tester.send()
    expect(outcome).toContain('Failed with 400')
    expect(outcome).toContain('Segment drops it.')
    await tester.expectText('#problem-eventName', words)
    await tester.page.getByRole('button', { name: 'Event Name' }).click()
    await tester.page.locator('#field-eventName:focus').waitFor()
  })

  it("shows a setting's error beside it", async () => {
    await tester.openTab('Settings')
    await tester.page.getByLabel('Org Pod').selectOption('EU (prod2)')
    await tester.page.getByRole('button', { name: 'Test settings' }).click()
    await tester.expectText('#problem-orgPod-setting', 'Auth token associated with pod prod1')
    expect(await tester.page.getByLabel('Org Pod').getAttribute('aria-invalid')).toBe('true')
  })

  it('shows what was left out of an event beside its field, until the event is another', async () => {
    await tester.write({ type: 'identify', userId: 'u1', traits: { email: 'not-an-email', phone: '12' } })
    expect(await tester.send()).toContain('emailnot-an-email not a valid email address')
    await tester.expectText('#left-out-email', 'not a valid email address')
    await tester.expectText('#left-out-phone', 'not a valid phone number')
    await tester.write({ type: 'identify', userId: 'u1', traits: { email: 'peter@initech.com' } })
    await tester.expectText('#outcome', 'From before your last change')
    expect(await tester.text('#left-out-email')).toBe('')
  })

  it('shows a rate-limited event, which Segment would send again', async () => {
    await tester.choose('Track')
    await tester.page.getByLabel('Faults').selectOption('Rate limit (429)')
    const outcome = await tester.send()
    expect(outcome).toContain('Failed with 429')
    expect(outcome).toContain('Segment retries it.')
    await tester.page.reload()
    await tester.page.locator('#fault.on').waitFor()
    expect(await tester.page.getByLabel('Faults').inputValue()).toBe('Rate limit (429)')
    await tester.page.getByLabel('Faults').selectOption('None')
    await tester.page.getByRole('button', { name: 'Retry' }).click()
    await tester.expectText('#outcome', 'Tracked Order-Completed')
    expect(await tester.page.locator('.event-name').allTextContents()).toEqual(['Order-Completed'])
  })

  it('shows faults that were set elsewhere', async () => {
    tester.kustomer.sandbox.setFaults({ rateLimit: 7 })
    await tester.page.reload()
    await tester.expectText('.in-force', '{"rateLimit":7}')
    expect(await tester.page.getByLabel('Faults').inputValue()).toBe('Set elsewhere')
  })

  it('sends once for one click, says so while it does, and can be canceled', async () => {
    tester.kustomer.sandbox.setFaults({ delayMs: 1_500 })
    await tester.page.locator('#send').focus()
    await tester.page.evaluate('for (let click = 0; click < 2; click += 1) document.querySelector("#send").click()')
    await tester.expectText('#send', 'Sending…')
    await tester.expectText('#outcome', 'Sending…')
    expect(await tester.page.evaluate('document.activeElement.id')).toBe('send')
    await tester.page.keyboard.press('Control+Enter')
    await tester.page.locator('#cancel').click()
    await tester.expectText('#outcome', 'Canceled.')
    expect(await tester.page.locator('.history li').count()).toBe(1)
    await tester.expectText('#send', 'Send')
    // The look-up that was on its way is answered, and nothing follows it.
    await tester.page.waitForTimeout(1_700)
    expect(tester.kustomer.sandbox.customers()).toEqual([])
  })

  it('sends an array event by event or as a batch, and a part of it is neither good nor bad', async () => {
    const bad = { type: 'identify', traits: { name: 'Nobody' } }
    await tester.writeText(JSON.stringify([{ type: 'identify', userId: 'u1' }, bad, { type: 'alias', userId: 'u1' }]))
    await tester.page.getByRole('button', { name: 'Send all 3' }).waitFor()
    await tester.send()
    await tester.expectText('#outcome .verdict.mixed', '1 of 3 delivered')
    expect(await tester.page.locator('.results > li > p > .status').allTextContents()).toEqual([
      ...['Created customer u1', expect.stringMatching(/^Failed/), 'Ignored']
    ])
    await tester.writeText(JSON.stringify([{ type: 'identify', userId: 'u2' }, bad]))
    await tester.page.getByLabel('In batches').check()
    await tester.page.getByRole('button', { name: 'Send in batches' }).waitFor()
    await tester.send()
    await tester.expectText('#outcome .verdict.mixed', '1 of 2 delivered')
    await tester.page.getByLabel('1 identify u2').check()
    await tester.page.getByRole('button', { name: 'Send this one' }).click()
    await tester.expectText('#outcome', 'No changes to customer')
  })

  it('splits an array into batches as the command does, where any of its events goes into one', async () => {
    const events = [{ type: 'identify', userId: 'u1' }, track, { type: 'identify', userId: 'u2' }]
    await tester.writeText(JSON.stringify([track, track]))
    await tester.expectText('.entries', '2 events')
    expect(await tester.page.getByLabel('In batches').count()).toBe(0)
    // As a source posts them, in one line of several.
    await tester.write({ batch: events }, { type: 'alias', userId: 'u1' })
    await tester.page.getByLabel('In batches').check()
    await tester.page.getByRole('button', { name: 'Send in batches' }).click()
    await tester.expectText('#outcome', '3 of 4 delivered')
    expect(await tester.page.locator('.results li > p:first-child').allTextContents()).toEqual([
      ...[
        '1.1 identify u1 No changes to customer u1',
        '1.2 track Seen Tracked Seen for u1',
        '1.3 identify u2 Created customer u2',
        '2 alias u1 Ignored'
      ]
    ])
    await tester.page.getByLabel('1.3 identify u2').check()
    await tester.page.getByRole('button', { name: 'Send this one' }).click()
    await tester.expectText('#outcome', 'No changes to customer')
    await tester.page.getByLabel('Send to').selectOption('Track Event')
    await tester.page.getByRole('button', { name: 'Send all 4' }).waitFor()
    expect(await tester.page.getByLabel('In batches').count()).toBe(0)
  })

  it('shows what became of a delete call, and of a call that no preset subscribes to', async () => {
    await tester.choose('Delete')
    await tester.expectText('#event', 'delete')
    expect(await tester.send()).toContain('No customer to delete')
    await tester.write({ type: 'alias', userId: 'u1' })
    const outcome = await tester.send()
    expect(outcome).toContain('Ignored')
    expect(outcome).toContain('No preset subscribes to alias.')
  })

  it('shows the condition of each preset, and tries another', async () => {
    await tester.write({ type: 'alias', userId: '97980cfea0067' })
    await tester.expectText('#fields', 'No trigger matches this event')
    await tester.openTab('Triggers')
    expect(await tester.page.locator('#panel-triggers .tag.good').count()).toBe(0)
    await tester.page.getByLabel('Upsert Customer').fill('type = "alias"')
    await tester.expectText('#panel-triggers li:first-child', 'takes the event')
    await tester.openTab('Mapping')
    await tester.expectText('#value-externalId', '97980cfea0067')
    await tester.openTab('Triggers')
    await tester.page.getByLabel('Upsert Customer').fill('nonsense(')
    await tester.expectText('#condition-Upsert-Customer-problem', 'condition')
    expect(await tester.page.locator('#send').getAttribute('aria-disabled')).toBe('true')
    await tester.page.getByRole('button', { name: 'Restore default' }).click()
    await tester.openTab('Mapping')
    await tester.expectText('#fields', 'No trigger matches this event')
  })

  it('switches on a preset of Engage, which takes nothing before', async () => {
    await tester.choose('Audience entered')
    await tester.expectText('#fields', 'Preset: Track Event')
    await tester.openTab('Triggers')
    await tester.page.getByLabel('Switch on Audience Entered').check()
    expect(await tester.violations()).toEqual([])
    await tester.openTab('Mapping')
    await tester.expectText('#fields', 'Preset: Audience Entered')
    await tester.expectText('#value-computation', 'key: high_value')
    await tester.expectText('#tab-triggers', '1 on')
    expect(await tester.violations()).toEqual([])
    await tester.send()
    await tester.expectText('.record.customer', 'highValueBooltrue')
    await tester.choose('Audience exited')
    await tester.expectText('#fields', 'Preset: Track Event')
  })

  it('switches on what may be true of Kustomer', async () => {
    await tester.openTab('Simulated behaviors')
    expect(await tester.text('#tab-behaviors')).toBe('Simulated behaviors ')
    await tester.page.getByLabel('A bulk job completes after 20 seconds').check()
    await tester.page.getByLabel('The rev of a write is ignored').check()
    await tester.expectText('#tab-behaviors', '2 on')
    await tester.page.reload()
    await tester.expectText('#tab-behaviors', '2 on')
    await tester.openTab('Simulated behaviors')
    await tester.page.getByLabel('A bulk job completes after 20 seconds').uncheck()
    await tester.expectText('#tab-behaviors', '1 on')
    await tester.send()
    expect(tester.kustomer.sandbox.variants()).toMatchObject({ jobsSlow: false, revIgnored: true })
  })
})
