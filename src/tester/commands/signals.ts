const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** The exit status of a command that was interrupted. */
export const INTERRUPTED = 130

/**
 * Does work that the first signal asks to end; the second ends the process at once.
 *
 * @param words what is said on standard error at the first
 */
export async function untilInterrupted<T>(
  words: string,
  work: (signal: AbortSignal) => Promise<T>
): Promise<{ result: T; isInterrupted: boolean }> {
  const interruption = new AbortController()
  const interrupt = (): void => {
    SIGNALS.forEach((signal) => process.off(signal, interrupt))
    console.error(`\nInterrupted. ${words} Press again to stop now.`)
    interruption.abort()
  }
  SIGNALS.forEach((signal) => process.on(signal, interrupt))
  const result = await work(interruption.signal)
  SIGNALS.forEach((signal) => process.off(signal, interrupt))
  return { result, isInterrupted: interruption.signal.aborted }
}
