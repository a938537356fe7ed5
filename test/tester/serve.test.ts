import { utimesSync } from 'node:fs'
import path from 'node:path'
import { startTester, untilPrinted } from './support'

const SOURCE = path.join(__dirname, '../../src/destinations/kustomer/index.ts')

it("starts again on the same port when the destination's source changes", async () => {
  const tester = startTester(['serve', '--port', '0', '--variant', 'jobsSlow', 'revIgnored'])
  const [, url = ''] = await untilPrinted(tester, /The tester is at (http:\/\/127\.0\.0\.1:\d+)/)
  const payload = { type: 'identify', userId: 'u1' }
  await fetch(`${url}/upsertCustomer`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ payload })
  })
  const agentView = async (): Promise<unknown> => (await fetch(`${url}/workbench/agent`)).json()
  expect(await agentView()).toHaveLength(1)

  const restarted = untilPrinted(tester, /index\.ts has changed: starting again[^]*The tester is at (\S+)/)
  utimesSync(SOURCE, new Date(), new Date())
  expect((await restarted)[1]).toBe(url)
  expect(await agentView()).toEqual([])
  expect(await (await fetch(`${url}/sandbox/variants`)).json()).toMatchObject({
    data: { jobsSlow: true, revIgnored: true, revRefused: false }
  })

  const second = startTester(['serve', '--no-watch', '--port', new URL(url).port])
  const status = await new Promise((resolve) => second.once('close', resolve))
  expect(status).toBe(2)

  tester.kill()
  await new Promise((resolve) => tester.once('close', resolve))
  await expect(fetch(url)).rejects.toThrow('fetch failed')
}, 90_000)
