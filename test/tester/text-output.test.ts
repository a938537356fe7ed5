import { progressLine, timeLeft } from '../../src/tester/sending/progress'
import { Summary } from '../../src/tester/sending/summary'
import { textOutput } from '../../src/tester/sending/text-output'

const HOST = 'api.prod2.kustomerapp.com'

function printed(columns?: number): { text: () => string; output: ReturnType<typeof textOutput> } {
  let text = ''
  const stream = {
    columns,
    write(chunk: string) {
      text += chunk
    }
  }
  return { text: () => text, output: textOutput(stream, { showsBodies: false, isDryRun: false, retries: 5 }) }
}

it('says when something is sent again, and that it is not the last time', () => {
  const read = { number: 12, end: 0, event: { type: 'page' as const } }
  const { text, output } = printed()
  output.waiting([read], 2, 1000)
  output.waiting([read, read], 3, 58_100)
  expect(text()).toBe(' 12  attempt 2 of 6 in 1 s\n     2 events of a batch: attempt 3 of 6 in 59 s\n')
})

it('says that an agent sees nobody', () => {
  const { text, output } = printed()
  output.end({ summary: new Summary(), records: new Set() }, [])
  expect(text()).toContain('What an agent sees\n\n  Nobody\n\n0 of 0 events')
})

it('folds what it announces', () => {
  const { text, output } = printed(20)
  output.announce('LIVE: writing to https://api.kustomerapp.com')
  expect(text()).toBe('LIVE: writing to\nhttps://api.kustomer\napp.com\n')
})

it.each([
  [120, ` LIVE ${HOST}  ██████████░░░░░░░░░░ 50% · 1234 sent, 5 failed · 9 s left`],
  [80, ` LIVE ${HOST}  50% · 1234 sent, 5 failed · 9 s left`],
  [60, ` LIVE ${HOST}  50% · 1234 sent, 5 failed`],
  [54, ` LIVE ${HOST}  1234 sent, 5 failed`],
  [40, ' LIVE  50% · 1234 sent, 5 failed'],
  [12, '1234 sent, ']
])('shows the progress in one line of %i columns', (columns, line) => {
  expect(progressLine(columns, { events: 1234, failed: 5, share: 0.5, left: '9 s left', liveHost: HOST })).toBe(line)
})

it('shows no share of what has no known end', () => {
  expect(progressLine(80, { events: 3, failed: 0 })).toBe('3 sent, 0 failed')
})

it.each([
  [900, 0.5, undefined],
  [5_000, undefined, undefined],
  [5_000, 1, undefined],
  [5_000, 0.25, '15 s left'],
  [60_000, 0.1, '9 min left']
])('after %d ms, with %d done, tells the time left', (elapsed, share, words) => {
  expect(timeLeft(elapsed, share)).toBe(words)
})

it('shows the progress from the first second on', () => {
  jest.useFakeTimers()
  const { text, output } = printed(80)
  output.begin()
  jest.advanceTimersByTime(1_000)
  jest.useRealTimers()
  expect(text()).toBe('\r\u001b[K0 sent, 0 failed')
})
