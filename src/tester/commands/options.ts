import { InvalidArgumentError, Option } from 'commander'
import type { Command } from 'commander'
import { config } from 'dotenv'
import { embeddedKustomer, liveKustomer } from '../kustomer'
import type { Kustomer } from '../kustomer'

/** The exit status of a command that was called wrongly. */
export const WRONG_USAGE = 2

/**
 * The Kustomer that a command was told to talk to. Where it is the real one, says so on `announce` first.
 *
 * Ends the process where the real one is asked for and the environment lacks what that takes.
 */
export function chosenKustomer(command: Command, announce: (line: string) => void): Kustomer {
  if (!isLive(command)) {
    return embeddedKustomer()
  }
  config({ quiet: true })
  try {
    const kustomer = liveKustomer(process.env)
    announce(`Live: writing to https://${String(kustomer.liveHost)}`)
    return kustomer
  } catch (error) {
    return command.error(`error: --live needs the API Key and the Org Pod. ${(error as Error).message}`)
  }
}

/** Ends the process where a command that never leaves this machine was asked to. */
export function refuseLive(command: Command): void {
  if (isLive(command)) {
    command.error(`error: ${command.name()} has nothing to do with the real Kustomer; leave out --live`)
  }
}

/** A port of 127.0.0.1; 0 takes any free one. */
export function portOption(port: number): Option {
  return new Option('--port <number>', 'the port on 127.0.0.1; 0 takes any free one')
    .env('PORT')
    .default(port)
    .argParser((text) => wholeNumber(text, 0, 65_535))
}

/** @throws InvalidArgumentError, which commander reports */
export function wholeNumber(text: string, least: number, most: number): number {
  const number = Number(text)
  if (text.trim() === '' || !Number.isInteger(number) || number < least || number > most) {
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`)
  }
  return number
}

function isLive(command: Command): boolean {
  return command.optsWithGlobals<{ live?: boolean }>().live === true
}
