import { parseApiKey, parsePod } from '../destinations/kustomer/settings'
import { hostOf } from '../destinations/kustomer/client'
import type { Settings } from '../destinations/kustomer/generated-types'
import { createSandbox, SANDBOX_API_KEY } from '../sandbox'
import type { Sandbox } from '../sandbox'
import { openTransport } from './transport'
import type { Transport } from './transport'

/** The Kustomer that the tester sends to. One is open at a time: it takes over the requests of the process. */
export interface Kustomer {
  /** The host of the real one; undefined for the embedded sandbox. */
  liveHost?: string
  settings: Settings
  transport: Transport
  /** Undefined for the real one. */
  sandbox?: Sandbox
}

/** A sandbox within this process. */
export function embeddedKustomer(): Kustomer & { sandbox: Sandbox } {
  const sandbox = createSandbox()
  return {
    settings: { apiKey: SANDBOX_API_KEY, orgPod: 'prod1' },
    transport: openTransport((request) => sandbox.fetch(request)),
    sandbox
  }
}

/**
 * The real Kustomer.
 *
 * @throws an error that names the variable, where the environment lacks the API key or the pod, or holds none
 */
export function liveKustomer({ KUSTOMER_API_KEY = '', KUSTOMER_ORG_POD = '' }: NodeJS.ProcessEnv): Kustomer {
  const settings = {
    apiKey: named('KUSTOMER_API_KEY', () => parseApiKey({ apiKey: KUSTOMER_API_KEY })),
    orgPod: named('KUSTOMER_ORG_POD', () => parsePod({ orgPod: KUSTOMER_ORG_POD }))
  }
  return { liveHost: hostOf(settings.orgPod), settings, transport: openTransport() }
}

function named(variable: string, read: () => string): string {
  try {
    return read()
  } catch (error) {
    throw new Error(`${variable}: ${(error as Error).message}`, { cause: error })
  }
}
