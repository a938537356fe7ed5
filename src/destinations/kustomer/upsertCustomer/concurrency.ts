/** How many requests of one batch are under way at once, so that a batch does not use up the budget in one go. */
const MAX_AT_ONCE = 5

/** Runs a task for each item, a few at a time, and waits for all of them. A task must not fail. */
export async function forEachAFewAtATime<Item>(items: Item[], task: (item: Item) => Promise<void>): Promise<void> {
  const waiting = items.values()
  const worker = async (): Promise<void> => {
    for (const item of waiting) {
      await task(item)
    }
  }
  await Promise.all(Array.from({ length: MAX_AT_ONCE }, worker))
}
