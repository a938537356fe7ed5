import type { Variants } from '../variants'

/** What every part of the state depends on. */
export interface World {
  /** 24 hex digits, each time others. */
  newId(): string
  /** The only clock: whatever becomes due does so by it. */
  now(): Date
  readonly variants: Variants
}
