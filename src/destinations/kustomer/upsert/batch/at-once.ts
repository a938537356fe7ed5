/** How many requests of a batch are under way at once, so that it does not use up the org's budget in one go. */
const MAX_AT_ONCE = 10

/** Runs a task for each item, ten at a time, and waits for all of them. A task must not fail. */
export async function forEachTenAtOnce<Item>(items: Item[], task: (item: Item) => Promise<void>): Promise<void> {
  const waiting = items.values()
  const worker = async (): Promise<void> => {
    for (const item of waiting) {
      await task(item)
    }
  }
  await Promise.all(Array.from({ length: MAX_AT_ONCE }, worker))
}
