/*
 * The destination's time in random histories: it passes when somebody waits or asks for something, and never by itself,
 * so that 20 seconds of polling take none.
 */

/** Where every run starts. */
const START = Date.UTC(2026, 0, 1)

let time = START

export function now(): number {
  return time
}

/** Waits, in milliseconds. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  time += signal?.aborted ? 0 : milliseconds
  return Promise.resolve()
}

/** Lets time pass, in milliseconds. */
export function elapse(milliseconds: number): void {
  time += milliseconds
}

export function rewind(): void {
  time = START
}
