import { Destination } from '@segment/actions-core'
import type { DynamicFieldResponse } from '@segment/actions-core'
import destination from '../../destinations/kustomer'
import type { Settings } from '../../destinations/kustomer/generated-types'
import type { Kustomer } from '../kustomer'

const runtime = new Destination<Settings>(destination)

/**
 * What the form offers for a field, as Segment asks for it. It never throws: why nothing can be offered is in the answer.
 *
 * @param field its path, such as `customAttributes.__keys__`, or `customAttributes.planStr` for the values of a key
 */
export async function choicesFor(
  { settings, transport }: Kustomer,
  action: string,
  field: string
): Promise<DynamicFieldResponse> {
  const { result } = await transport.record(() => ask(settings, action, field))
  // The framework keeps every response for its own test tools.
  runtime.responses.length = 0
  return result
}

async function ask(settings: Settings, slug: string, field: string): Promise<DynamicFieldResponse> {
  const action = Object.hasOwn(runtime.actions, slug) ? runtime.actions[slug] : undefined
  try {
    return (
      (await action?.executeDynamicField(field, { settings, payload: {} })) ??
      refused(`There is no action ${slug}.`, 404)
    )
  } catch (error) {
    return refused((error as Error).message, 400)
  }
}

function refused(message: string, code: number): DynamicFieldResponse {
  return { choices: [], error: { message, code: String(code) } }
}
