/*
 * The time that the destination and the sandbox share. It passes only where somebody pauses or a request takes a while,
 * so that a minute costs a test nothing.
 */

const START = Date.UTC(2026, 2, 2)
let time = START

/** Milliseconds since the epoch. */
export function now(): number {
  return time
}

/** Waits, in milliseconds. Those who wait at once wait together. */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  const until = time + milliseconds
  await new Promise(setImmediate)
  time = signal?.aborted ? time : Math.max(time, until)
}

/** Back to the first moment, for the next test. */
export function startOver(): void {
  time = START
}
