import type { Upserted } from '../subject'
import { fail, settle } from './entries'
import type { Entry } from './entries'
import type { Rest } from './write'

/** An event whose turn comes after those before it. */
export interface Turn<Event> extends Pick<Rest<Event>, 'together' | 'goOn'> {
  entry: Entry<Event>
}

/** Each event for itself, the first of them with what is known of all. */
export function turnsOf<Event>({ entries, together, goOn }: Rest<Event>): Array<Turn<Event>> {
  return entries.map((entry, place) => (place === 0 ? { entry, together, goOn } : { entry }))
}

/** Upserts events one after the other, in the order of the batch, read fresh. */
export async function takeTurns<Event>(
  turns: Array<Turn<Event>>,
  upsert: (event: Event) => Promise<Upserted>
): Promise<void> {
  for (const { entry, together, goOn } of turns.sort((one, other) => one.entry.index - other.entry.index)) {
    await together?.()
    if (entry.result) {
      continue
    }
    try {
      settle([entry], await (goOn ? goOn() : upsert(entry.event)))
    } catch (error) {
      fail([entry], error)
    }
  }
}
