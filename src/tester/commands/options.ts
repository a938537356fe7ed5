import { InvalidArgumentError, Option } from 'commander'
import type { Command } from 'commander'
import { config } from 'dotenv'
import type { Settings } from '../../destinations/kustomer/generated-types'
import { VARIANTS } from '../../sandbox'
import type { VariantName, Variants } from '../../sandbox'
import { embeddedKustomer, liveKustomer, settingsIn } from '../kustomer'
import type { Kustomer } from '../kustomer'

/** The exit status of a command that was called wrongly. */
export const WRONG_USAGE = 2

/**
 * The Kustomer that a command was told to talk to. Where it is the real one, says so on `announce` first.
 *
 * Ends the process where the real one is asked for and the environment lacks what that takes.
 *
 * @param isDryRun whether writes stay unsent
 */
export function chosenKustomer(command: Command, announce: (line: string) => void, isDryRun = false): Kustomer {
  const variants = chosenVariants(command)
  if (!isLive(command)) {
    return embeddedKustomer(variants, isDryRun)
  }
  const kustomer = liveKustomer(liveSettings(command), isDryRun)
  announce(liveMark(String(kustomer.liveHost), isDryRun))
  return kustomer
}

/** What a command says before it does anything to the real Kustomer. */
export function liveMark(host: string, isDryRun = false): string {
  return isDryRun ? `LIVE: reading from https://${host}, writing nothing` : `LIVE: writing to https://${host}`
}

/** For the commands that can talk to the real Kustomer. */
export function liveOption(): Option {
  return new Option(
    '--live',
    'use the real Kustomer, with KUSTOMER_API_KEY and KUSTOMER_ORG_POD from the environment or .env'
  )
}

/** Settings of the real Kustomer. Ends the process where the environment lacks them, or holds none. */
export function liveSettings(command: Command): Settings {
  config({ quiet: true })
  try {
    return settingsIn(process.env)
  } catch (error) {
    return command.error(`error: --live needs the API Key and the Org Pod. ${(error as Error).message}`)
  }
}

/** Which variants of the sandbox are on. */
export function variantOption(): Option {
  return new Option(
    '--variant <name...>',
    'a behavior of Kustomer to simulate; `npm run tester -- sandbox --help` lists them'
  ).argParser((name, others: VariantName[] | undefined) => {
    if (!isVariant(name)) {
      throw new InvalidArgumentError(`The variants are ${Object.keys(VARIANTS).join(', ')}.`)
    }
    return [...(others ?? []), name]
  })
}

/** The variants that a command is told to switch on. Ends the process where it was told so of the real Kustomer. */
export function chosenVariants(command: Command): Partial<Variants> {
  const { variant = [] } = command.opts<{ variant?: VariantName[] }>()
  if (variant.length > 0 && isLive(command)) {
    command.error('error: --variant works only in the sandbox. Remove it, or remove --live.')
  }
  return Object.fromEntries(variant.map((name) => [name, true]))
}

/** Ends the process where a command that never leaves this machine was asked to. */
export function refuseLive(command: Command): void {
  if (isLive(command)) {
    command.error(`error: ${command.name()} never uses the real Kustomer. Remove --live.`)
  }
}

/** A port of 127.0.0.1; 0 takes any free one. */
export function portOption(port: number): Option {
  return new Option('--port <number>', 'the port on 127.0.0.1; 0 picks a free one')
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

/** Whether a command is to write to the real Kustomer. */
export function isLive(command: Command): boolean {
  return command.optsWithGlobals<{ live?: boolean }>().live === true
}

function isVariant(name: string): name is VariantName {
  return Object.hasOwn(VARIANTS, name)
}
