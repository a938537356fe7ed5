import type { RecordView } from '../agent-view'
import { fold } from './fold'
import { describeRecord, describeProblem, describeSent, describeSummary, placeOf, styled } from './report'
import type { Summary } from './summary'
import type { Output, Stream } from './output'
import { progressLine, timeLeft } from './progress'

export interface TextOptions {
  showsBodies: boolean
  isDryRun: boolean
  /** The host of the real Kustomer, which is named at every step; undefined for the sandbox. */
  liveHost?: string
  /** How many bytes there are to read; undefined where nobody knows. */
  size?: number
  /** How often something is sent again at most. */
  retries: number
}

/** Text for a person: in a terminal folded to its width, above a line that tells the progress. */
export function textOutput(stream: Stream, options: TextOptions): Output {
  const { showsBodies, isDryRun, liveHost, size, retries } = options
  const layout = () => ({ width: stream.columns ?? Infinity, showsBodies, isDryRun })
  let startedAt = performance.now()
  let status = ''
  let read = 0
  let counts = { events: 0, failed: 0 }
  let timer: NodeJS.Timeout | undefined

  const print = (lines: string): void => {
    stream.write(`${status === '' ? '' : ERASED}${lines}\n${status}`)
  }
  const tellStatus = (): void => {
    if (stream.columns !== undefined) {
      const share = size === undefined ? undefined : Math.min(1, read / Math.max(1, size))
      const left = timeLeft(performance.now() - startedAt, share)
      status = progressLine(stream.columns, { ...counts, share, left, liveHost })
    }
  }
  const advance = (end: number, summary: Summary): void => {
    read = Math.max(read, end)
    counts = summary.progress
    tellStatus()
  }
  const finish = (): void => {
    clearInterval(timer)
    stream.write(status === '' ? '' : ERASED)
    status = ''
  }
  const say = (text: string): void => {
    print(
      text
        .split('\n')
        .flatMap((line) => fold('', line, layout().width, 5))
        .join('\n')
    )
  }

  return {
    begin() {
      startedAt = performance.now()
      timer = setInterval(() => {
        tellStatus()
        stream.write(status === '' ? '' : `${ERASED}${status}`)
      }, EVERY).unref()
    },
    announce(line) {
      print(
        fold('', line, layout().width)
          .map((part) => styled(['bold', 'inverse', 'red'], part))
          .join('\n')
      )
    },
    sent(sent, summary) {
      advance(sent.read.end, summary)
      print(describeSent(sent, layout()))
    },
    unreadable(problem, summary) {
      advance(problem.end, summary)
      print(describeProblem(problem, layout()))
    },
    waiting(reads, attempt, pause) {
      const [first] = reads
      const whom = reads.length === 1 && first ? `${placeOf(first)} ` : `     ${reads.length} events of a batch:`
      say(`${whom} attempt ${attempt} of ${retries + 1} in ${Math.ceil(pause / 1000)} s`)
    },
    end({ summary, ended }, agent) {
      finish()
      if (agent) {
        say(`\nWhat an agent sees${agent.length === 0 ? '\n\n  Nobody' : ''}`)
        agent.forEach((record: RecordView) => {
          print(`\n${describeRecord(record, layout())}`)
        })
      }
      if (ended !== undefined) {
        say(`\n${ended}`)
      }
      print(`\n${describeSummary(summary, layout())}`)
      if (liveHost !== undefined) {
        say(isDryRun ? `Nothing was written to https://${liveHost}` : `LIVE: written to https://${liveHost}`)
      }
    }
  }
}

/** How often the progress is told while nothing else is, in milliseconds. */
const EVERY = 1000

/** To the start of the line, which is emptied. */
const ERASED = '\r\u001b[K'
