import { defaultValues } from '@segment/actions-core'
import type { ActionDefinition, DestinationDefinition, SegmentEvent } from '@segment/actions-core'
import { Bench } from 'tinybench'
import kustomer from '../src/destinations/kustomer'
import type { Settings } from '../src/destinations/kustomer/generated-types'
import trackEvent from '../src/destinations/kustomer/trackEvent'
import { timelineEvent } from '../src/destinations/kustomer/trackEvent/event'
import type { Payload as Event } from '../src/destinations/kustomer/trackEvent/generated-types'
import upsertCustomer from '../src/destinations/kustomer/upsertCustomer'
import { customerEvent } from '../src/destinations/kustomer/upsertCustomer/event'
import type { Payload as Customer } from '../src/destinations/kustomer/upsertCustomer/generated-types'
import { openTransport } from '../src/tester/kustomer/transport'
import { Runtime } from './connection'
import { identify12, shortProperties, trackCall, trackCallWith } from './events'
import { payloadOf } from './payload'
import type { Table } from './table'

const WINDOW = { time: 1500, warmupTime: 500 }

/** An action with the same fields that posts its payload untouched, once: what the framework alone costs. */
function untouched(type: string, fields: ActionDefinition<Settings>['fields']): DestinationDefinition<Settings> {
  return {
    ...kustomer,
    name: `Untouched-${type}`,
    actions: {
      post: {
        title: 'Post',
        description: 'Posts the payload as it is.',
        fields,
        perform: (request, { payload }) =>
          request('https://api.kustomerapp.com/v1/any', { method: 'POST', json: payload as unknown })
      }
    },
    presets: [
      {
        name: 'Post',
        subscribe: `type = "${type}"`,
        partnerAction: 'post',
        mapping: defaultValues(fields),
        type: 'automatic'
      }
    ]
  }
}

/** The customer of the identify call, who is there already, in the state that the call leaves them in. */
function knownCustomer(): string {
  const { wanted } = customerEvent(payloadOf(upsertCustomer.fields, identify12) as Customer)
  return JSON.stringify({ data: { type: 'customer', id: '5f0000000000000000000001', attributes: wanted } })
}

/** What an event costs in CPU, beside the framework alone and beside a copy of the event. */
export async function measureCpu(): Promise<Table> {
  const customer = knownCustomer()
  const headers = { 'content-type': 'application/json' }
  const transport = openTransport(({ method }) =>
    Promise.resolve(new Response(method === 'GET' ? customer : '{}', { headers }))
  )
  const bench = new Bench(WINDOW)
  const add = (name: string, runtime: Runtime, event: SegmentEvent): void => {
    bench.add(name, async () => {
      await runtime.send(event)
      transport.takeExchanges()
    })
  }
  add('track, 20 properties', new Runtime(kustomer, 'track'), trackCall)
  add('track, sent unchanged', new Runtime(untouched('track', trackEvent.fields), 'track'), trackCall)
  add('identify, 12 traits', new Runtime(kustomer, 'identify'), identify12)
  add('identify, sent unchanged', new Runtime(untouched('identify', upsertCustomer.fields), 'identify'), identify12)
  addPayload(bench, 'track, without sending', 'copy of the track event', trackCall)
  addPayload(bench, '2,500 short properties', 'copy of the 2,500', trackCallWith(shortProperties(2500)))
  addPayload(bench, '5,000 properties', 'copy of the 5,000', trackCallWith(shortProperties(5000)))
  addPayload(bench, '500 properties', 'copy of the 500', trackCallWith(shortProperties(500)))
  await bench.run()
  transport.close()
  return ratios(bench)
}

function addPayload(bench: Bench, name: string, copyName: string, event: SegmentEvent): void {
  const payload = payloadOf(trackEvent.fields, event) as Event
  bench.add(name, () => {
    timelineEvent(payload)
  })
  bench.add(copyName, () => {
    JSON.parse(JSON.stringify(event))
  })
}

function ratios(bench: Bench): Table {
  const median = (name: string): number => {
    const result = bench.getTask(name)?.result
    return result && 'latency' in result ? result.latency.p50 : NaN
  }
  const row = (name: string, floor: string, limit: string): string[] => [
    name,
    floor,
    Math.round(1000 / median(name)).toLocaleString('en-US'),
    `${(median(name) / median(floor)).toFixed(2)} ×`,
    limit
  ]
  return {
    title: 'CPU of one event, compared with a baseline',
    head: ['event', 'baseline', 'per second', 'ratio', 'at most'],
    rows: [
      row('track, 20 properties', 'track, sent unchanged', '1.2 ×'),
      row('identify, 12 traits', 'identify, sent unchanged', '2 ×'),
      row('track, without sending', 'copy of the track event', '4 ×'),
      row('2,500 short properties', 'copy of the 2,500', '30 ×'),
      row('5,000 properties', '500 properties', '12 ×')
    ]
  }
}
