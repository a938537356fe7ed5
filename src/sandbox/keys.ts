/** What an API key may do, and where. */
export interface Token {
  roles: string[]
  pod: string
}

/** The key that the sandbox knows unless it is given others: of pod prod1, with every role. */
export const SANDBOX_API_KEY = 'local-sandbox-key'

/** The API keys that the sandbox knows: those that it was made with, and those added since. */
export class Keys {
  private readonly given: ReadonlyMap<string, Token>
  private readonly added = new Map<string, Token>()

  constructor(given: Record<string, Token>) {
    this.given = new Map(Object.entries(given))
  }

  find(key: string): Token | undefined {
    return this.added.get(key) ?? this.given.get(key)
  }

  /** Each key once, with what it may do now. */
  all(): Map<string, Token> {
    return new Map([...this.given, ...this.added])
  }

  /** Adds a key, or changes what one may do. */
  add(key: string, token: Token): void {
    this.added.set(key, token)
  }

  /** Forgets what was added. */
  forgetAdded(): void {
    this.added.clear()
  }
}
