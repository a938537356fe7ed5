import { isObject } from '@segment/actions-core'
import { fingerprint } from './latin'

/** A value within an object of any shape that is no object itself. */
export interface Leaf {
  /** The keys that lead to it, joined by dots; what is long of them is cut and told apart by a fingerprint. */
  path: string
  /** How many keys lead to it. */
  depth: number
  value: unknown
}

/** Longer than any name that Kustomer takes: each key is read once, so that time grows with their size alone. */
const MAX_PATH = 200
const KEPT_OF_LONG_PATH = 100

/**
 * The values within an object, in their order and at any depth, without those that are undefined. An empty object has
 * none.
 *
 * @param isLeaf whether an object is to be taken as a value itself
 */
export function* flatten(
  object: Record<string, unknown>,
  isLeaf: (path: string) => boolean = () => false
): Generator<Leaf, void> {
  // An explicit stack, since properties may be nested deeper than calls can be.
  const stack = [{ prefix: '', entries: Object.entries(object)[Symbol.iterator]() }]
  for (let top = stack[0]; top; top = stack[stack.length - 1]) {
    const next = top.entries.next()
    if (next.done) {
      stack.pop()
      continue
    }
    const [key, value] = next.value
    const path = bounded(top.prefix + key)
    if (typeof value === 'object' && isObject(value) && !isLeaf(path)) {
      stack.push({ prefix: `${path}.`, entries: Object.entries(value)[Symbol.iterator]() })
    } else if (value !== undefined) {
      yield { path, depth: stack.length, value }
    }
  }
}

function bounded(path: string): string {
  return path.length <= MAX_PATH ? path : `${path.slice(0, KEPT_OF_LONG_PATH)}_${fingerprint(path)}`
}
