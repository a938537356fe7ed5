/** Groups items by a key, in the order of their first items. */
export function groupBy<Item>(items: Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return [...groups.values()]
}

/** Splits groups into those that share no key with another one, and the rest. */
export function separate<Group>(groups: Group[], keysOf: (group: Group) => string[]): [alone: Group[], tied: Group[]] {
  const counts = new Map<string, number>()
  const keys = groups.map((group) => [...new Set(keysOf(group))])
  keys.flat().forEach((key) => counts.set(key, (counts.get(key) ?? 0) + 1))
  const isAlone = (index: number): boolean => keys[index]?.every((key) => counts.get(key) === 1) ?? true
  return [groups.filter((_, index) => isAlone(index)), groups.filter((_, index) => !isAlone(index))]
}
