import { describeInChromium, PageUnderTest, WIDE } from './page-support'

const itInAll = process.env.TEST_ALL === 'yes' ? it : it.skip

/** Marks the first visible control of each kind that no state before had; returns their kinds. */
const mark = (known: Set<string>): string => `(() => {
  const kinds = new Set(${JSON.stringify([...known])})
  const found = []
  for (const each of document.querySelectorAll('button, a[href], input, select, textarea, summary, [tabindex="0"]')) {
    const states = ['role', 'type', 'aria-selected', 'aria-disabled', 'aria-current', 'aria-invalid']
    const parent = each.parentElement.className
    const kind = JSON.stringify([each.tagName, each.className, parent, each.checked, states.map((name) => each.getAttribute(name))])
    if (each.checkVisibility() && !kinds.has(kind)) {
      kinds.add(kind)
      found.push(kind)
      each.setAttribute('data-control', '')
    }
  }
  return found
})()`

describeInChromium('every state of the page', () => {
  const tester = new PageUnderTest()
  const bad = { type: 'identify', userId: 'u1', traits: { name: 'Ann', email: 'not-an-email' } }

  /** Each brings the page from its first state to another. */
  const STATES: Record<string, () => Promise<unknown>> = {
    'at first': () => Promise.resolve(),
    'once it is sent, all unfolded': async () => {
      await tester.send()
      await tester.page.evaluate('document.querySelectorAll("details").forEach((each) => { each.open = true })')
    },
    'with a stale result': async () => {
      await tester.send()
      await tester.choose('Track')
      await tester.expectText('#outcome', 'From before your last change')
    },
    'with several events and outcomes': async () => {
      await tester.writeText(JSON.stringify([bad, { type: 'identify', traits: {} }, { type: 'alias', userId: 'u1' }]))
      await tester.page.getByRole('button', { name: 'Send all 3' }).waitFor()
      await tester.send()
    },
    'with an invalid event': async () => {
      await tester.writeText('{"type":')
      await tester.page.locator('#send[aria-disabled=true]').waitFor()
    },
    'with an edited mapping': async () => {
      await tester.openField('email')
      await tester.page.locator('#field-email').fill('{"@nope":1}')
      await tester.expectText('#problem-email', 'nope')
    },
    'when Kustomer limits the rate': async () => {
      await tester.page.getByLabel('Faults').selectOption('Rate limit (429)')
      await tester.send()
    },
    'in the triggers': () => tester.openTab('Triggers'),
    'in the settings': async () => {
      await tester.openTab('Settings')
      await tester.page.getByLabel('Org Pod').selectOption('EU (prod2)')
      await tester.page.getByRole('button', { name: 'Test settings' }).click()
      await tester.expectText('#problem-orgPod-setting', 'prod1')
    },
    'in the simulated behaviors': () => tester.openTab('Simulated behaviors')
  }

  it.each(Object.keys(STATES))('never scrolls the document of a wide window: %s', async (name) => {
    for (const viewport of [WIDE, { width: 1100, height: 520 }, { width: 1920, height: 1080 }]) {
      await tester.page.setViewportSize(viewport)
      await tester.open()
      await STATES[name]?.()
      await tester.page.evaluate('scrollTo(0, 1000)')
      expect([await tester.overflow(), await tester.overflow('Height'), await tester.page.evaluate('scrollY')]).toEqual(
        [0, 0, 0]
      )
      await tester.page.evaluate('localStorage.clear()')
    }
  })

  const known = new Set<string>()

  itInAll.each(Object.keys(STATES))('is legible under the pointer and the focus, light and dark: %s', async (name) => {
    await STATES[name]?.()
    const found = await tester.page.evaluate<string[]>(mark(known))
    found.forEach((kind) => known.add(kind))
    for (const colorScheme of ['light', 'dark'] as const) {
      await tester.page.emulateMedia({ colorScheme })
      expect(await tester.violations()).toEqual([])
      for (const control of await tester.page.locator('[data-control]').all()) {
        await control.focus()
        await control.hover({ force: true })
        expect(await tester.faint()).toEqual([])
      }
    }
    await tester.page.emulateMedia({ colorScheme: 'light' })
  })
})
