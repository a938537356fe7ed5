import { forEachTenAtOnce } from '../at-once'

it('works on ten items at a time, in their order, and on each once', async () => {
  const started: number[] = []
  let atOnce = 0
  let mostAtOnce = 0
  await forEachTenAtOnce(
    Array.from({ length: 25 }, (_, index) => index),
    async (item) => {
      started.push(item)
      mostAtOnce = Math.max(mostAtOnce, (atOnce += 1))
      await Promise.resolve()
      await Promise.resolve()
      atOnce -= 1
    }
  )
  expect(mostAtOnce).toBe(10)
  expect(atOnce).toBe(0)
  expect(started).toEqual(Array.from({ length: 25 }, (_, index) => index))
})

it('does nothing for no items', async () => {
  const task = jest.fn(() => Promise.resolve())
  await forEachTenAtOnce([], task)
  expect(task).not.toHaveBeenCalled()
})
