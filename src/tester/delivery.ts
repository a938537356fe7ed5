import { Destination } from '@segment/actions-core'
import type { JSONObject, Result, SegmentEvent } from '@segment/actions-core'
import destination from '../destinations/kustomer'
import type { Settings } from '../destinations/kustomer/generated-types'
import type { Exchange, Transport } from './transport'

/** What one event became. */
export interface Delivery {
  /** The action that the event's preset names, or undefined where no preset subscribes to it. */
  action?: string
  exchanges: Exchange[]
  /** What the action says of it, such as `created`, or the message of its error. */
  outcome: string
  delivered: boolean
}

const NOT_SUBSCRIBED = 'not subscribed'

/**
 * Sends one event as Segment's runtime would: the presets choose the action by their FQL, and their mappings fill it.
 * An event that no preset subscribes to is not delivered.
 */
export async function deliver(event: SegmentEvent, settings: Settings, transport: Transport): Promise<Delivery> {
  const runtime = new Destination<Settings>(destination)
  for (const subscription of destination.presets ?? []) {
    const action = subscription.partnerAction
    try {
      const results = await runtime.onEvent(event, { ...settings, subscription } as unknown as JSONObject)
      const last = results[results.length - 1]
      if (last?.output !== NOT_SUBSCRIBED) {
        return { action, exchanges: transport.takeExchanges(), outcome: outcomeOf(last), delivered: true }
      }
    } catch (error) {
      return { action, exchanges: transport.takeExchanges(), outcome: (error as Error).message, delivered: false }
    }
  }
  return { exchanges: [], outcome: `no preset subscribes to ${event.type}`, delivered: false }
}

function outcomeOf(result: Result | undefined): string {
  const outcome = result?.data?.outcome
  return typeof outcome === 'string' ? outcome : 'delivered'
}
