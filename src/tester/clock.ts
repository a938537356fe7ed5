import { setTimeout } from 'node:timers/promises'

/** What time is read from and waited by, in milliseconds. */
export interface Clock {
  now(): number
  /** Ends early, and without an error, where the signal says so. */
  pause(milliseconds: number, signal?: AbortSignal): Promise<void>
}

export const realClock: Clock = {
  now: () => Date.now(),
  pause: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }).catch(() => undefined)
}

/** A clock whose pauses take no time and move it on. */
export function simulatedClock(): Clock {
  let time = Date.now()
  return {
    now: () => time,
    pause(milliseconds) {
      time += milliseconds
      return Promise.resolve()
    }
  }
}
