import { SANDBOX_API_KEY } from '../../src/sandbox'
import { connect, isRetryable } from './support'
import { worldsFor } from './worlds'

const ann = { type: 'identify' as const, userId: 'u1', traits: { email: 'ann@example.com', name: 'Ann' } }
const seen = { type: 'track' as const, event: 'Seen', userId: 'u1' }
const html = { body: '<html>Bad gateway</html>', contentType: 'text/html' }

describe.each(worldsFor('errors'))('a fault, %s,', (_name, world) => {
  it.each([
    [{ rateLimit: 0 }, 429],
    [{ dropConnections: 1 }, 503],
    [{ responses: [{ status: 500 }] }, 500],
    [{ responses: [{ status: 502, ...html }] }, 502],
    [{ responses: [{ status: 408 }] }, 408]
  ])('%j is told as it is, and the event comes through afterwards', async (faults, status) => {
    const kustomer = connect(world)
    kustomer.sandbox.setFaults(faults)
    const outcome = await kustomer.send(ann)
    expect(outcome).toMatchObject({ status, errormessage: expect.stringMatching(/^Could not look up the customer/) })
    expect(isRetryable(outcome)).toBe(true)
    expect(outcome.errormessage).not.toMatch(/html|ann@example/)
    expect(kustomer.requests()).toHaveLength(1)
    kustomer.sandbox.setFaults({})
    expect(await kustomer.deliver(ann)).toMatchObject({ status: 200, body: { outcome: 'created' } })
  })

  it.each(['GET', 'POST'] as const)(
    'that cuts an identify off at its %s leaves what the next attempt completes',
    async (method) => {
      const kustomer = connect(world)
      kustomer.sandbox.setFaults({ responses: [{ status: 503, method, times: 1 }] })
      await kustomer.send({ type: 'track', event: 'Seen', anonymousId: 'visitor' })
      await kustomer.deliver({ ...ann, anonymousId: 'visitor' })
      expect(kustomer.people()).toMatchObject([{ externalId: 'u1', name: 'Ann', emails: ['ann@example.com'] }])
    }
  )

  it.each(['/v1/customers', '/v1/tracking'])(
    'that loses the answer of %s to what was done makes nobody twice',
    async (path) => {
      const kustomer = connect(world)
      kustomer.sandbox.setFaults({ responses: [{ status: 502, method: 'POST', path, times: 1, after: true }] })
      await kustomer.deliver({ ...ann, anonymousId: 'visitor' })
      expect(await kustomer.deliver(ann)).toMatchObject({ status: 200, body: { outcome: 'unchanged' } })
      expect(kustomer.people()).toMatchObject([{ externalId: 'u1', name: 'Ann', emails: ['ann@example.com'] }])
    }
  )

  it.each([301, 302, 307])('of a redirect (%d) delivers nothing', async (status) => {
    const kustomer = connect(world)
    kustomer.sandbox.setFaults({ responses: [{ status }] })
    expect((await kustomer.send(ann)).status).toBeGreaterThanOrEqual(400)
    expect((await kustomer.send(seen)).status).toBeGreaterThanOrEqual(400)
    expect(kustomer.requests()).toHaveLength(2)
  })

  it('never shows the key, nor a part of it', async () => {
    const kustomer = connect(world)
    const title = `${'x'.repeat(490)} Bearer ${SANDBOX_API_KEY}`
    const body = JSON.stringify({ errors: [{ title, meta: { token: SANDBOX_API_KEY } }] })
    kustomer.sandbox.setFaults({ responses: [{ status: 400, body, contentType: 'application/json' }] })
    for (const event of [ann, seen]) {
      const { errormessage } = await kustomer.send(event)
      expect(errormessage).toContain('xxx')
      expect(errormessage).not.toContain(SANDBOX_API_KEY.slice(0, 4))
    }
  })

  it('of a missing role names the role', async () => {
    const kustomer = connect(world, { without: ['org.permission.customer.create', 'org.tracking'] })
    expect(await kustomer.send(ann)).toMatchObject({
      errormessage: expect.stringContaining('org.permission.customer.create')
    })
    expect(await kustomer.send(seen)).toMatchObject({ errormessage: expect.stringContaining('org.tracking') })
  })

  it('of an erasure is a failure of the framework, whatever the userId', async () => {
    const kustomer = connect(world)
    await expect(kustomer.erase('\ud800')).rejects.toMatchObject({ status: 400 })
    expect(kustomer.requests()).toEqual([])
    kustomer.sandbox.setFaults({ responses: [{ status: 503 }] })
    await expect(kustomer.erase('u1')).rejects.toMatchObject({ status: 503 })
  })

  it('of what a signal cuts off is retryable', async () => {
    const kustomer = connect(world)
    const controller = new AbortController()
    kustomer.before(/^POST/, () => {
      controller.abort()
    })
    expect(isRetryable(await kustomer.send(ann, controller.signal))).toBe(true)
    expect(await kustomer.deliver(ann)).toMatchObject({ status: 200 })
    expect(kustomer.people()).toMatchObject([{ externalId: 'u1', emails: ['ann@example.com'] }])
  })
})

describe.each(worldsFor('errors', 'missingRoleAnswers401'))('a missing role, %s,', (_name, world) => {
  it('keeps its status', async () => {
    const kustomer = connect(world, { without: ['org.permission.customer.read'] })
    expect(await kustomer.send(ann)).toMatchObject({ status: 403 })
  })
})
