import type { CustomAttributes } from './records'

/** Kustomer names one undefined attribute at a time: after so many, none is tried again. */
const MAX_NAMED = 3

/** What a client was told of the custom attributes, and of their values, that Kustomer does not take for a kind of record. */
export class UndefinedAttributes {
  private defined?: Set<string>
  private readonly named = new Set<string>()
  private readonly values = new Set<string>()

  /** Learns all names that are defined. */
  learnDefined(names: string[]): void {
    this.defined = new Set(names)
  }

  /** Learns a name that Kustomer has refused as one that is not defined. */
  learnUndefined(name: string): void {
    this.named.add(name)
  }

  /** Learns a value that Kustomer has refused, such as one that a drop-down lacks. */
  learnValue(name: string, value: CustomAttributes[string]): void {
    this.values.add(keyOf(name, value))
  }

  has(name: string): boolean {
    return this.defined ? !this.defined.has(name) : this.named.has(name) || this.named.size > MAX_NAMED
  }

  /** Whether it is the value that Kustomer does not take. */
  hasValue(name: string, value: CustomAttributes[string]): boolean {
    return this.values.has(keyOf(name, value))
  }
}

function keyOf(name: string, value: CustomAttributes[string]): string {
  return JSON.stringify([name, value])
}
