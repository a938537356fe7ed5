import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import type { AttributeDefinitions } from '../../sandbox'
import type { Kustomer } from '../kustomer'

/** Defines the Klasses and custom attributes in a file in the local Kustomer. Ends the process if that is not possible. */
export function defineAttributes(file: string, { sandbox, transport }: Kustomer, command: Command): void {
  if (!sandbox) {
    transport.close()
    return command.error('error: --define is about the sandbox; leave it out, or leave out --live')
  }
  try {
    const kinds = JSON.parse(readFileSync(file, 'utf8')) as Record<string, AttributeDefinitions>
    for (const [kind, definitions] of Object.entries(kinds)) {
      sandbox.defineAttributes(kind, definitions)
    }
  } catch (error) {
    transport.close()
    command.error(`error: ${file} does not define attributes: ${(error as Error).message}`)
  }
}
