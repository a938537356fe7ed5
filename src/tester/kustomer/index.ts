import { parseApiKey } from '../../destinations/kustomer/api/api-key'
import { hostOf, POD_CHOICES } from '../../destinations/kustomer/api/hosts'
import type { Settings } from '../../destinations/kustomer/generated-types'
import { createSandbox, SANDBOX_API_KEY } from '../../sandbox'
import type { Sandbox, Variants } from '../../sandbox'
import { withoutWrites } from './dry-run'
import { openTransport } from './transport'
import type { Transport } from './transport'

/** The Kustomer that the tester sends to. One is open at a time: it takes over the requests of the process. */
export interface Kustomer {
  /** The host of the real one; undefined for the embedded sandbox. */
  liveHost?: string
  /** Whether writes stay unsent. */
  isDryRun?: boolean
  settings: Settings
  transport: Transport
  /** Undefined for the real one. */
  sandbox?: Sandbox
}

/** A sandbox within this process. @param isDryRun whether writes stay unsent */
export function embeddedKustomer(variants: Partial<Variants> = {}, isDryRun = false): Kustomer & { sandbox: Sandbox } {
  const sandbox = createSandbox({ variants })
  const answer = (request: Request): Promise<Response> => sandbox.fetch(request)
  return {
    settings: { apiKey: SANDBOX_API_KEY, orgPod: 'prod1' },
    transport: openTransport(isDryRun ? withoutWrites(answer) : answer),
    isDryRun,
    sandbox
  }
}

/** The real Kustomer. @param isDryRun whether writes stay unsent */
export function liveKustomer(settings: Settings, isDryRun = false): Kustomer {
  const transport = openTransport(isDryRun ? withoutWrites(() => Promise.resolve(undefined)) : undefined)
  return { liveHost: hostOf(settings.orgPod), isDryRun, settings, transport }
}

/**
 * The settings of the real Kustomer.
 *
 * @throws an error that names the variable, where the environment lacks the API key or the pod, or holds none
 */
export function settingsIn({ KUSTOMER_API_KEY = '', KUSTOMER_ORG_POD = '' }: NodeJS.ProcessEnv): Settings {
  return {
    apiKey: named('KUSTOMER_API_KEY', () => parseApiKey({ apiKey: KUSTOMER_API_KEY })),
    orgPod: named('KUSTOMER_ORG_POD', () => knownPod(KUSTOMER_ORG_POD.trim()))
  }
}

/** An unknown pod would mean the default host to the destination, and so perhaps another region than somebody meant. */
function knownPod(orgPod: string): string {
  if (!POD_CHOICES.some(({ value }) => value === orgPod)) {
    const known = POD_CHOICES.map(({ label }) => label).join(', ')
    throw new Error(`The Org Pod is one of these: ${known}.`)
  }
  return orgPod
}

function named(variable: string, read: () => string): string {
  try {
    return read()
  } catch (error) {
    throw new Error(`${variable}: ${(error as Error).message}`, { cause: error })
  }
}
