/** JSON for reading, or the text itself where it is none. */
export function pretty(value: unknown): string {
  if (typeof value !== 'string') {
    return JSON.stringify(value, null, 2)
  }
  try {
    return JSON.stringify(JSON.parse(value), null, 2)
  } catch {
    return value
  }
}

/** A block of code that scrolls, and so can be reached by the keyboard. */
export function Code({ text, label }: { text: string; label: string }) {
  return (
    <pre className="code" tabIndex={0} role="group" aria-label={label} dir="auto">
      {text}
    </pre>
  )
}
