/** How many events go together at most, unless somebody says otherwise. */
export const BATCH_SIZE = 100

/** Gathers what goes together: Segment fills a batch for each subscription by itself. */
export class Batches<Item> {
  private readonly size: number
  private readonly waiting = new Map<string, Item[]>()

  constructor(size: number) {
    this.size = size
  }

  /** @returns the batch that is full with this item */
  add(subscription: string, item: Item): Item[] | undefined {
    const batch = [...(this.waiting.get(subscription) ?? []), item]
    const isFull = batch.length >= this.size
    this.waiting.set(subscription, isFull ? [] : batch)
    return isFull ? batch : undefined
  }

  /** Those that are not full. */
  rest(): Item[][] {
    return [...this.waiting.values()].filter((batch) => batch.length > 0)
  }
}
