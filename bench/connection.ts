import { Destination } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject, SegmentEvent } from '@segment/actions-core'
import type { Settings } from '../src/destinations/kustomer/generated-types'
import { SANDBOX_API_KEY } from '../src/sandbox'

const settings = { apiKey: SANDBOX_API_KEY, orgPod: 'prod1' }

/** A destination as Segment's runtime holds it, with one of its presets. */
export class Runtime {
  private readonly destination: Destination<Settings>
  private readonly bundle: JSONObject

  /** @param type of the calls that the preset subscribes to */
  constructor(definition: DestinationDefinition<Settings>, type: string) {
    this.destination = new Destination(definition)
    const subscription = definition.presets?.find(
      (preset) => preset.type === 'automatic' && preset.subscribe === `type = "${type}"`
    )
    this.bundle = { ...settings, subscription } as unknown as JSONObject
  }

  async send(event: SegmentEvent): Promise<void> {
    await this.destination.onEvent(event, this.bundle)
    this.destination.responses.length = 0
  }

  /** @returns the status of each event */
  async sendBatch(events: SegmentEvent[]): Promise<number[]> {
    const [result] = await this.destination.onBatch(events, this.bundle)
    this.destination.responses.length = 0
    return (result?.multistatus ?? []).map(({ status }) => status)
  }
}
