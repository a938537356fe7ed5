import type { ChildProcess } from 'node:child_process'
import { utimesSync } from 'node:fs'
import path from 'node:path'
import { WebSocket } from 'ws'
import { SANDBOX_API_KEY } from '../../src/sandbox'
import { startTester, untilPrinted } from './support'

const SOURCE = path.join(__dirname, '../../src/destinations/kustomer/index.ts')

let tester: ChildProcess

afterEach(() => {
  tester.kill()
})

it("starts again on the same port when the destination's source changes", async () => {
  tester = startTester(['serve', '--port', '0', '--variant', 'jobsSlow', 'revIgnored'])
  const [, url = ''] = await untilPrinted(tester, /The tester is at (http:\/\/127\.0\.0\.1:\d+)/)
  const payload = { type: 'identify', userId: 'u1' }
  const settings = { apiKey: SANDBOX_API_KEY, orgPod: 'prod1' }
  await fetch(`${url}/upsertCustomer`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ payload, settings })
  })
  const records = async (): Promise<unknown> => (await fetch(`${url}/workbench/records`)).json()
  expect(await records()).toMatchObject({ count: 1 })

  const next = `ws://127.0.0.1:${Number(new URL(url).port) + 1}`
  const stranger = new WebSocket(next, { origin: 'https://example.com' })
  const refused = new Promise<Error>((resolve) => stranger.once('error', resolve))
  expect(await refused).toMatchObject({ message: expect.stringContaining('401') })
  const segment = new WebSocket(next, { origin: 'https://app.segment.com' })
  await new Promise((resolve) => segment.once('open', resolve))
  const told = new Promise<string>((resolve) =>
    segment.once('message', (data: Buffer) => {
      resolve(data.toString())
    })
  )

  const restarted = untilPrinted(tester, /index\.ts has changed: starting again[^]*The tester is at (\S+)/)
  utimesSync(SOURCE, new Date(), new Date())
  expect(await told).toBe('change')
  expect((await restarted)[1]).toBe(url)
  expect(await records()).toEqual({ count: 0, latest: [] })
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

it('writes nothing where it is told so', async () => {
  tester = startTester(['serve', '--port', '0', '--dry-run'])
  const [, url = ''] = await untilPrinted(tester, /The tester is at (http:\/\/127\.0\.0\.1:\d+)/)
  expect(await (await fetch(`${url}/workbench/connection`)).json()).toMatchObject({ isDryRun: true })
  const sent = await fetch(`${url}/workbench/deliver`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ payload: { type: 'identify', userId: 'u1' } })
  })
  expect(await sent.json()).toMatchObject({ outcome: 'created', exchanges: [{ isSent: true }, { isSent: false }] })
  expect(await (await fetch(`${url}/workbench/records`)).json()).toMatchObject({ count: 0 })
})
