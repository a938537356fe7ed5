import axe from 'axe-core'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { VARIANTS } from '../../src/sandbox'
import { listen } from '../../src/tester/server/listen'
import type { Listening } from '../../src/tester/server/listen'
import { start } from './support'

const describeInChromium = process.env.TEST_BROWSER ? describe : describe.skip

/** The page as a browser is given it, at the sandbox's own address. */
async function pageOf({ call }: ReturnType<typeof start>): Promise<string> {
  const { status, headers, text } = await call('GET', '/', undefined, { key: 'none', host: '127.0.0.1:3100' })
  expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8'])
  return text
}

it('explains what the sandbox is, how to use it, and which endpoints it supports', async () => {
  const started = start()
  const text = await pageOf(started)
  const { paths } = JSON.parse((await started.call('GET', '/openapi.json')).text) as {
    paths: Record<string, Record<string, { summary: string }>>
  }
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, { summary }] of Object.entries(methods)) {
      expect(text).toContain(`<code>${method.toUpperCase()} ${path}</code>`)
      expect(text).toContain(summary)
    }
  }
  for (const [name, { off, on }] of Object.entries(VARIANTS)) {
    expect(text).toContain(`<code>${name}</code>`)
    expect(text).toContain(`${escaped(off)} <span class="soft">On: ${escaped(on)}</span>`)
  }
  for (const words of [
    '<h1>A local Kustomer</h1>',
    '<a href="/openapi.json">',
    'https://127.0.0.1:3100/v1</code> with the API key <code>local-sandbox-key</code>',
    '<code>GET /v1/klasses/{name}/{id}</code>',
    '<code>/v1/conversations</code>',
    'No customers yet.',
    'No companies yet.',
    'No custom objects yet.',
    'Customers: none.',
    '<code>GET /v1/domains/{org}</code>',
    '<p>None.</p>',
    '<p>None yet.</p>',
    '<code>local-sandbox-key</code> (pod <code>prod1</code>): every role'
  ]) {
    expect(text).toContain(words)
  }
})

it('shows simulated failures and behaviors, the keys and the last requests', async () => {
  const started = start({ variants: { jobsSlow: true } })
  const { call } = started
  await call('POST', '/sandbox/keys', { key: 'my-key-without', without: ['org.permission.bulk.read'] })
  await call('POST', '/sandbox/keys', { key: 'my-key-to-track', roles: ['org.tracking'], pod: 'prod2' })
  await call('POST', '/sandbox/keys', { key: 'my-key-for-none', roles: [] })
  for (let count = 0; count < 21; count++) {
    await call('GET', `/v1/nothing/${count}?a&b`)
  }
  await call('PUT', '/sandbox/faults', { dropConnections: 1, responses: [{ status: 503, body: '<script>' }] })
  await expect(call('POST', '/v1/customers', {})).rejects.toThrow()
  const text = (await pageOf(started)).replace(/\s+/g, ' ')
  for (const words of [
    '&quot;body&quot;: &quot;&lt;script&gt;&quot;',
    '<code>jobsSlow</code> <span class="on">on</span>',
    `${VARIANTS.jobsSlow.on} <span class="soft">Off: ${VARIANTS.jobsSlow.off}</span>`,
    '<code>…hout</code> (pod <code>prod1</code>): every role except <code>org.permission.bulk.read</code>',
    '<code>…rack</code> (pod <code>prod2</code>): roles <code>org.tracking</code>',
    '<code>…none</code> (pod <code>prod1</code>): no role',
    '<td>00:00:00</td> <td><code>POST /v1/customers</code></td> <td>dropped</td>',
    '<td><code>GET /v1/nothing/20?a&amp;b</code></td> <td>404</td>'
  ]) {
    expect(text).toContain(words)
  }
  expect(text.match(/<td>00:00:00<\/td>/g)).toHaveLength(20)
  expect(text).not.toMatch(/<script|my-key-/)
})

it('shows the customers and companies, and their custom attributes', async () => {
  const started = start()
  const { create, sandbox, pass } = started
  sandbox.defineAttributes('customer', {
    planStr: { displayName: 'Plan', enumeration: ['free', 'pro'] },
    oldStr: { deleted: true }
  })
  const company = sandbox.addCompany({ name: 'Initech <i>', externalId: 'c1', custom: { seatsNum: 3 } }).id
  await create({ name: 'Ann', externalId: 'u1', company, custom: { planStr: 'pro' } })
  await create({ name: 'Bob', company: '5f00000000000000000000cc' })
  pass(1)
  for (let count = 0; count < 19; count += 1) {
    await create({ name: `Cid ${count}` })
  }
  const words = (html: string) => html.replace(/\s+/g, ' ')
  const before = words(await pageOf(started))
  expect(before).toContain('Last updated customers (20 of 21)')
  expect(before).not.toContain('Bob')
  sandbox.reset()
  sandbox.addCompany({ id: company, name: 'Initech <i>', externalId: 'c1', custom: { seatsNum: 3 } })
  await create({ name: 'Ann', externalId: 'u1', company, custom: { planStr: 'pro' } })
  await create({ name: 'Bob', company: '5f00000000000000000000cc' })
  const after = words(await pageOf(started))
  for (const shown of [
    'All customers',
    `<dt>Ann <span class="soft">of</span> Initech &lt;i&gt;</dt> <dd> External ID <code>u1</code>`,
    '<div><code>planStr</code> pro</div>',
    '<dt>Bob <span class="soft">of</span> 5f00000000000000000000cc</dt> <dd> <span class="soft" >id',
    '<dt>Initech &lt;i&gt;</dt> <dd> External ID <code>c1</code>',
    '<div><code>seatsNum</code> 3</div>',
    '<li><code>planStr</code> Plan</li>',
    '<li><code>seatsNum</code> Seats</li>'
  ]) {
    expect(after).toContain(shown)
  }
  for (const shown of ['<code>planStr</code> Plan; one of free, pro', '<code>oldStr</code> Old; deleted']) {
    expect(before).toContain(shown)
  }
})

it('runs no scripts and takes its style from itself alone', async () => {
  const { headers, text } = await start().call('GET', '/', undefined, { host: '127.0.0.1:3100' })
  const [, nonce] = /<style nonce="([^"]+)">/.exec(text) ?? []
  expect(headers.get('content-security-policy')).toBe(`default-src 'none'; style-src 'nonce-${String(nonce)}'`)
})

const escaped = (text: string): string => text.replaceAll('"', '&quot;')

describeInChromium('in a browser', () => {
  const { sandbox, call } = start({ variants: { jobsSlow: true } })
  let browser: Browser
  let server: Listening

  beforeAll(async () => {
    server = await listen(0, (request) => sandbox.fetch(request))
    browser = await chromium.launch({
      executablePath: process.env.TEST_BROWSER,
      args: ['--no-sandbox', '--disable-gpu']
    })
    await call('GET', `/v1/customers/externalId=${'x'.repeat(300)}`)
    const long = 'x'.repeat(256)
    const { id } = sandbox.addCompany({ name: long, externalId: long, custom: { planStr: long } })
    await call('POST', '/v1/customers', { name: long, company: id, custom: { planStr: long, seatsNum: 3 } })
    sandbox.setFaults({ responses: [{ status: 503, body: 'x'.repeat(300) }] })
  })

  afterAll(async () => {
    server.close()
    await browser.close()
  })

  it.each([
    [360, 'dark'],
    [1440, 'light']
  ] as const)('reads at %d px, %s, with nothing for axe to say', async (width, colorScheme) => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true })
    const page = await context.newPage()
    await page.goto(server.url)
    await page.evaluate(axe.source)
    const { violations } = await page.evaluate<axe.AxeResults>('axe.run()')
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
    // The style was let in by the page's own policy.
    const strict = await browser.newPage({ colorScheme })
    await strict.goto(server.url)
    const background = await strict.evaluate('getComputedStyle(document.body).backgroundColor')
    expect(background).toBe(colorScheme === 'dark' ? 'rgb(20, 23, 29)' : 'rgb(255, 255, 255)')
    await strict.close()
    await context.close()
  })
})
