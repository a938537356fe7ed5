import { createSandbox, SANDBOX_API_KEY } from '../../src/sandbox'
import { agentView } from '../../src/tester/agent-view'
import { describeRecord } from '../../src/tester/sending/report'
import { runHere } from './in-process'

const ORDER = {
  title: 'Order 1059',
  description: 'Two items',
  custom: { orderStatusStr: 'open', totalPriceNum: 64.5, noteStr: null },
  data: { total: 64.5, products: [{ sku: 'hoodie', quantity: 1 }, 'a gift', { sku: 'mug', sizes: ['S', 'M'] }] }
}
const ATTRIBUTES: Array<[string, string]> = [
  ['Status', 'open'],
  ['Total price', '64.5']
]
const ITEMS = [
  ['products', 'sku hoodie, quantity 1'],
  ['products', 'sku mug, sizes S; M']
]
const EXAMPLE = [
  'send',
  'examples/orders.ndjson',
  '--action',
  'upsertCustomObject',
  '--mapping',
  'examples/orders.json'
]

/** A sandbox with an order of a customer and one of a company. */
async function withOrders() {
  let time = Date.UTC(2026, 2, 2)
  const sandbox = createSandbox({ now: () => new Date((time += 1000)) })
  sandbox.defineAttributes('kobject.order', {
    orderStatusStr: { displayName: 'Status' },
    totalPriceNum: {},
    noteStr: {}
  })
  const post = async (path: string, body: object): Promise<string> => {
    const headers = { authorization: `Bearer ${SANDBOX_API_KEY}`, 'content-type': 'application/json' }
    const url = `https://api.kustomerapp.com/v1/${path}`
    const response = await sandbox.fetch(new Request(url, { method: 'POST', headers, body: JSON.stringify(body) }))
    return ((await response.json()) as { data: { id: string } }).data.id
  }
  const customer = await post('customers', { externalId: 'u1' })
  const { id: company } = sandbox.addCompany({ name: 'Acme' })
  await post('klasses/order', { ...ORDER, customer })
  await post('klasses/order', { title: 'Order 1060', customer })
  await post('klasses/order', { title: 'Order 1061', company })
  return sandbox
}

it('shows the cards of a customer and of a company, the last one that was updated first', async () => {
  const [customer, company] = agentView(await withOrders())
  expect(customer?.cards).toEqual([
    {
      id: expect.any(String),
      klass: 'order',
      title: 'Order 1060',
      updatedAt: expect.any(String),
      attributes: [],
      items: []
    },
    {
      id: expect.any(String),
      klass: 'order',
      title: 'Order 1059',
      description: 'Two items',
      updatedAt: expect.any(String),
      attributes: ATTRIBUTES,
      items: ITEMS
    }
  ])
  expect(company?.cards).toMatchObject([{ title: 'Order 1061' }])
})

it('prints a card below the attributes', async () => {
  const [customer] = agentView(await withOrders())
  const text = customer ? describeRecord(customer, { width: Infinity }) : ''
  expect(text.replace(/\d\d:\d\d:\d\d/g, '00:00:00').split('\n')).toEqual(
    expect.arrayContaining([
      '  order, updated 2026-03-02 00:00:00 UTC',
      '    Order 1059',
      '    Two items',
      '      Status             open',
      '      products           sku hoodie, quantity 1'
    ])
  )
})

it('defines what a file names, and says where the file is wrong', async () => {
  const { status, stdout } = await runHere([
    ...EXAMPLE,
    '--define',
    'examples/order-klass.json',
    '--show',
    'agent',
    '--json'
  ])
  const last = JSON.parse(stdout.trim().split('\n').pop() ?? '') as { agent: Array<{ cards: unknown[] }> }
  expect(status).toBe(0)
  expect(last.agent[0]?.cards).toHaveLength(2)
  const wrong = await runHere([...EXAMPLE, '--define', 'examples/orders.ndjson'])
  expect(wrong).toMatchObject({ status: 2, stderr: expect.stringContaining('does not define attributes') })
})

it('drops the events of a Klass that is not defined', async () => {
  const { status, stdout } = await runHere(EXAMPLE)
  expect(status).toBe(1)
  expect(stdout).toContain("The Klass order isn't defined in Kustomer.")
})
