import fc from 'fast-check'
import { VARIANTS } from '../../src/sandbox'
import type { VariantName } from '../../src/sandbox'
import { edit } from './agent'
import { Deliver, EditInKustomer, LONG, Retry, settle, Wait } from './commands'
import type { Command, Segment } from './commands'
import { activity, identify, strangers } from './events'
import type { Said } from './events'
import { History } from './history'
import { Kustomer, LACKED_ROLES } from './kustomer'
import type { Disturbances, Environment, Fault } from './kustomer'
import type { Definition } from './without-http'

/** As many commands make up a run at most. */
const MAX_COMMANDS = 16

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.constantFrom(400, 401, 403, 408, 409, 413, 422, 423, 429, 500, 503).map((status) => ({
    what: 'refused' as const,
    status
  })),
  fc.constant({ what: 'dropped' as const }),
  fc
    .constantFrom(
      'a dropped connection' as const,
      'a time-out' as const,
      'an answer 502' as const,
      'an empty body' as const
    )
    .map((to) => ({
      what: 'answer lost' as const,
      to
    })),
  fc.constant({ what: 'aborted' as const })
)

/** @param requests among which something may happen */
const disturbances = (requests: number): fc.Arbitrary<Disturbances> => {
  const at = fc.integer({ min: 1, max: requests })
  const faults = fc.array(fc.record({ at, fault }), { maxLength: 2 })
  const edits = fc.array(fc.record({ at, edit }), { maxLength: 2 })
  const none = fc.constant<[]>([])
  return fc.oneof(
    { weight: 2, arbitrary: fc.record<Disturbances>({ faults: none, edits: none }) },
    { weight: 1, arbitrary: fc.record<Disturbances>({ faults, edits: none }) },
    { weight: 1, arbitrary: fc.record<Disturbances>({ faults: none, edits }) },
    { weight: 1, arbitrary: fc.record<Disturbances>({ faults, edits }) }
  )
}

const single = (said: fc.Arbitrary<Said>, requests: number) =>
  fc.tuple(said, disturbances(requests)).map(([event, planned]) => new Deliver([event], false, planned))

const batch = (said: fc.Arbitrary<Said[]>) =>
  fc.tuple(said, disturbances(20)).map(([events, planned]) => new Deliver(events, true, planned))

const command = fc.oneof<Array<fc.MaybeWeightedArbitrary<Command>>>(
  { weight: 4, arbitrary: single(identify, 6) },
  { weight: 4, arbitrary: single(activity, 1) },
  { weight: 2, arbitrary: batch(fc.array(identify, { minLength: 1, maxLength: 6, size: 'max' })) },
  { weight: 3, arbitrary: batch(strangers) },
  { weight: 2, arbitrary: disturbances(6).map((planned) => new Retry(planned)) },
  { weight: 4, arbitrary: edit.map((wanted) => new EditInKustomer(wanted)) },
  { weight: 1, arbitrary: fc.constantFrom(1000, 5000, LONG).map((time) => new Wait(time)) }
)

const variantNames = Object.keys(VARIANTS) as VariantName[]

const environment = fc.record<Environment>({
  variants: fc.oneof(
    fc.constant<VariantName[]>([]),
    fc.constantFrom(...variantNames).map((name) => [name]),
    fc.subarray(variantNames)
  ),
  lackedRoles: fc.constantFrom<string[][]>([], [], ...LACKED_ROLES)
})

/**
 * The one property: after any sequence of events, delivered singly or in batches, disturbed and sent again, and of edits
 * in between, under any variants, Kustomer holds what they add up to.
 *
 * @param replayPath of a failure that was reported with it
 */
export function addingUp(definition: Definition, replayPath?: string) {
  return fc.asyncProperty(
    environment,
    fc.commands<Segment, Kustomer, false>([command], { maxCommands: MAX_COMMANDS, size: 'max', replayPath }),
    async (given, commands) => {
      const segment: Segment = { count: 0, waiting: [], history: new History(given) }
      const kustomer = new Kustomer(definition, given)
      await fc.asyncModelRun(() => ({ model: segment, real: kustomer }), commands)
      await settle(segment, kustomer)
    }
  )
}
