/** What this browser keeps of the page. It may refuse to, in which case nothing is kept. */

const PREFIX = 'kustomer-tester:'

/** @returns undefined where nothing is kept, or nothing that can be read */
export function restore(name: string): unknown {
  try {
    const text = localStorage.getItem(PREFIX + name)
    return text === null ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** @returns whether there was room for it */
export function keep(name: string, value: unknown): boolean {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value))
    return true
  } catch {
    return false
  }
}
