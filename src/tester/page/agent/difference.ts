import type { AgentRecord, Card, Change, Session } from '../../server/answers'

/** An attribute of a customer: one of the texts is missing where it was not there. */
export interface AttributeChange {
  label: string
  before?: string
  after?: string
}

/** What is known of a customer, with what it was before. */
export function attributesOf({ before, after }: Change): AttributeChange[] {
  const former = new Map(before?.attributes)
  const latter = new Map(after?.attributes)
  const labels = [...new Set([...latter.keys(), ...former.keys()])]
  return labels.map((label) => ({ label, before: former.get(label), after: latter.get(label) }))
}

/** The events of the timeline that were not there before. */
export function newEventsOf({ before, after }: Change): Set<Session['events'][number]> {
  const former = new Map<string, number>()
  for (const event of eventsOf(before?.sessions)) {
    former.set(keyOf(event), (former.get(keyOf(event)) ?? 0) + 1)
  }
  return new Set(
    eventsOf(after?.sessions).filter((event) => {
      const count = former.get(keyOf(event)) ?? 0
      former.set(keyOf(event), count - 1)
      return count < 1
    })
  )
}

/** Returns how a card changed: `new`, `updated`, or undefined if it did not. */
export function tagOf(card: Card, before: AgentRecord): string | undefined {
  const former = before.cards?.find(({ id }) => id === card.id)
  return former ? (JSON.stringify(former) === JSON.stringify(card) ? undefined : 'updated') : 'new'
}

function eventsOf(sessions: Session[] = []): Session['events'] {
  return sessions.flatMap(({ events }) => events)
}

function keyOf({ name, meta }: Session['events'][number]): string {
  return JSON.stringify([name, meta])
}
