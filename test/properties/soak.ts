import { Command, InvalidArgumentError } from 'commander'
import fc from 'fast-check'
import * as clock from '../../src/destinations/kustomer/api/clock'
import destination from '../../src/destinations/kustomer'
import { now, pause } from './clock'
import { addingUp } from './property'

Object.assign(clock, { now, pause })

interface Options {
  minutes: number
  seed: number
  path?: string
  replayPath?: string
}

/** Each chunk has a seed of its own, so that what fails in one is soon found again. */
const CHUNK = 1000

const number = (text: string): number => {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new InvalidArgumentError('It is not a number of 0 or more.')
  }
  return value
}

/** @returns whether all runs held */
async function soak({ minutes, seed, path, replayPath }: Options): Promise<boolean> {
  const startedAt = performance.now()
  const elapsed = (): number => (performance.now() - startedAt) / 60_000
  for (let chunk = 0, runs = 0; chunk === 0 || elapsed() < minutes; chunk += 1) {
    const result = await fc.check(addingUp(destination, replayPath), { seed: seed + chunk, numRuns: CHUNK, path })
    runs += result.numRuns
    if (result.failed) {
      const { message } = result.errorInstance as Error
      console.error(`${fc.defaultReportMessage(result) ?? ''}\n\n${message}`)
      return false
    }
    console.log(`${runs} runs in ${elapsed().toFixed(1)} minutes, up to the seed ${seed + chunk}: all held`)
  }
  return true
}

const { minutes, seed, path, replayPath } = new Command('properties')
  .description('Checks that Kustomer holds what random events, faults and edits add up to, as long as you like.')
  .option('--minutes <number>', 'how long; at least 1,000 runs', number, 1)
  .option('--seed <number>', 'where to start; another one every time unless it is given', number, Date.now() % 2 ** 31)
  .option('--path <path>', 'of a failure, as it was reported with its seed')
  .option('--replay-path <path>', 'likewise')
  .parse()
  .opts<Options>()

void soak({ minutes, seed, path, replayPath }).then((held) => {
  process.exitCode = held ? 0 : 1
})
