import type { VariantName } from '../../sandbox'

/** One assumption that is tried on Kustomer. */
export interface Question {
  /** The variants of it: at most one of them holds. */
  variants: [VariantName, ...VariantName[]]
  /** @throws CouldNotTell */
  ask(): Promise<Observation>
}

/** What was seen, and which variant that is. */
export interface Observation {
  saw: string
  /** Undefined where it is as assumed. */
  holds?: VariantName
}
