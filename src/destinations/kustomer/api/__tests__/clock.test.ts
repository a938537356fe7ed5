import { now, pause } from '../clock'

beforeEach(() => {
  jest.useFakeTimers()
})

afterEach(() => {
  jest.useRealTimers()
})

/** Whether a promise is settled by now. */
async function isSettled(promise: Promise<void>): Promise<boolean> {
  const settled = jest.fn()
  void promise.then(settled)
  await Promise.resolve()
  await Promise.resolve()
  return settled.mock.calls.length > 0
}

it('tells the time in milliseconds', () => {
  jest.setSystemTime(1_700_000_000_123)
  expect(now()).toBe(1_700_000_000_123)
})

it('waits as long as asked, and no longer', async () => {
  const paused = pause(3000)
  jest.advanceTimersByTime(2999)
  expect(await isSettled(paused)).toBe(false)
  jest.advanceTimersByTime(1)
  expect(await isSettled(paused)).toBe(true)
})

it('waits as long as asked where a signal does not come', async () => {
  const paused = pause(3000, new AbortController().signal)
  jest.advanceTimersByTime(2999)
  expect(await isSettled(paused)).toBe(false)
  jest.advanceTimersByTime(1)
  expect(await isSettled(paused)).toBe(true)
})

it('ends when the signal comes, and leaves no timer behind', async () => {
  const controller = new AbortController()
  const paused = pause(3000, controller.signal)
  jest.advanceTimersByTime(10)
  controller.abort()
  expect(await isSettled(paused)).toBe(true)
  expect(jest.getTimerCount()).toBe(0)
})

it('does not wait where the signal has come already', async () => {
  const controller = new AbortController()
  controller.abort()
  const paused = pause(3000, controller.signal)
  jest.advanceTimersByTime(0)
  expect(await isSettled(paused)).toBe(true)
})

it('leaves no listener behind', async () => {
  const { signal } = new AbortController()
  const added = jest.spyOn(signal, 'addEventListener')
  const removed = jest.spyOn(signal, 'removeEventListener')
  const paused = pause(5, signal)
  jest.advanceTimersByTime(5)
  await paused
  expect(removed.mock.calls.map(([name, listener]) => [name, listener])).toEqual(
    added.mock.calls.map(([name, listener]) => [name, listener])
  )
  expect(added).toHaveBeenCalledTimes(1)
})
