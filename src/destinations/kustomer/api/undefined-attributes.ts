/** Kustomer names one undefined attribute at a time: after so many, none is tried again. */
const MAX_NAMED = 3

/** What a client was told of the custom attributes that an organization has not defined for a kind of record. */
export class UndefinedAttributes {
  private defined?: Set<string>
  private readonly named = new Set<string>()

  /** Learns all names that are defined. */
  learnDefined(names: string[]): void {
    this.defined = new Set(names)
  }

  /** Learns a name that Kustomer has refused. */
  learnRefused(name: string): void {
    this.named.add(name)
  }

  has(name: string): boolean {
    const isRefused = this.defined ? !this.defined.has(name) : this.named.size > MAX_NAMED
    return isRefused || this.named.has(name)
  }
}
