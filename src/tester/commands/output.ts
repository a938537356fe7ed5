import { statSync } from 'node:fs'
import { MultiBar } from 'cli-progress'
import type { Delivery } from '../delivery'
import type { Read } from '../events'
import { describeDelivery, printable, styled } from '../report'
import type { Summary } from '../summary'

/** Where the results of `send` go. */
export interface Output {
  announce: (line: string) => void
  /** @param delivery what an event became; undefined where there was none to send */
  add(read: Read, delivery: Delivery | undefined, summary: Summary): void
  end(summary: Summary): void
}

/**
 * JSON lines where they are asked for; else text, under which a terminal shows the progress.
 *
 * @param file what is being sent, or undefined for a pipe, which does not tell how much is to come
 */
export function openOutput(isJson: boolean, file: string | undefined): Output {
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    // Whoever read this, such as head, has seen enough.
    process.exit(code === 'EPIPE' ? 0 : 1)
  })
  if (isJson) {
    return jsonLines()
  }
  return process.stdout.isTTY ? textAbove(file) : text((lines) => process.stdout.write(`${lines}\n`))
}

function jsonLines(): Output {
  const print = (value: unknown): void => {
    process.stdout.write(`${JSON.stringify(value)}\n`)
  }
  return {
    announce(line) {
      console.error(line)
    },
    add(read, delivery) {
      if (!('event' in read) || !delivery) {
        print({ ...read, end: undefined, delivered: false })
        return
      }
      const { action, delivered, outcome, customerId, leftOut, milliseconds } = delivery
      const requests = delivery.exchanges.map(({ method, path, status, milliseconds: time }) => {
        return { method, path, status, milliseconds: rounded(time) }
      })
      const { number, event } = read
      const became = { action, delivered, outcome, customerId, leftOut }
      print({ number, type: event.type, ...became, milliseconds: rounded(milliseconds), requests })
    },
    end(summary) {
      print({ summary })
    }
  }
}

function text(print: (lines: string) => void): Output {
  return {
    announce: print,
    add(read, delivery) {
      print('event' in read && delivery ? describeDelivery(read.number, read.event, delivery) : describeProblem(read))
    },
    end(summary) {
      print(`\n${summary.describe()}`)
    }
  }
}

function textAbove(file: string | undefined): Output {
  const counts = '{events} events, {undelivered} not delivered'
  const bars = new MultiBar({
    format: file === undefined ? counts : `{bar} {percentage}% · ${counts}`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    stream: process.stdout,
    clearOnComplete: true,
    hideCursor: true
  })
  const bar = bars.create(file === undefined ? 0 : statSync(file).size, 0, { events: 0, undelivered: 0 })
  const lines = text((line) => {
    bars.log(`${line}\n`)
  })
  return {
    ...lines,
    add(read, delivery, summary) {
      lines.add(read, delivery, summary)
      bar.update(read.end, summary.progress)
    },
    end(summary) {
      lines.end(summary)
      bars.update()
      bars.stop()
    }
  }
}

function describeProblem(read: Read): string {
  const problem = 'problem' in read ? printable(read.problem) : ''
  return `${String(read.number).padStart(3)}  ${styled('red', 'Malformed')}: ${problem}`
}

function rounded(milliseconds: number): number {
  return Number(milliseconds.toFixed(1))
}
