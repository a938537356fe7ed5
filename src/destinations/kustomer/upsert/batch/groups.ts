/** Items in groups: those with a key in common, directly or through others, are in one. Their order is kept. */
export function groupsOf<Item>(items: Item[], keysOf: (item: Item) => string[]): Item[][] {
  const parents = new Map<string, string>()
  const rootOf = (key: string): string => {
    let root = key
    for (let parent = parents.get(root); parent !== undefined && parent !== root; parent = parents.get(root)) {
      root = parent
    }
    parents.set(key, root)
    return root
  }
  for (const item of items) {
    const [first = '', ...others] = keysOf(item)
    others.forEach((key) => parents.set(rootOf(key), rootOf(first)))
  }
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const root = rootOf(keysOf(item)[0] ?? '')
    const group = groups.get(root)
    if (group) {
      group.push(item)
    } else {
      groups.set(root, [item])
    }
  }
  return [...groups.values()]
}
