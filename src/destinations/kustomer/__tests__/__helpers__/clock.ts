let time = 0

/** Stands in for the destination's clock, so that no test waits. */
export const now = (): number => time

export const pause = jest.fn((milliseconds: number, signal?: AbortSignal): Promise<void> => {
  time += signal?.aborted ? 0 : milliseconds
  return Promise.resolve()
})

/** Lets time pass. */
export function elapse(milliseconds: number): void {
  time += milliseconds
}

/** Sets the time, in milliseconds. */
export function setTime(milliseconds: number): void {
  time = milliseconds
}
