/** The regions that Kustomer publishes, by the pods that its settings page shows. */
export const POD_CHOICES = [
  { label: 'US (prod1)', value: 'prod1' },
  { label: 'EU (prod2)', value: 'prod2' },
  { label: 'India (prod4)', value: 'prod4' }
]

export const DEFAULT_POD = 'prod1'

const DEFAULT_HOST = 'api.kustomerapp.com'

const HOSTS = new Map([
  [DEFAULT_POD, DEFAULT_HOST],
  ['prod2', 'api.prod2.kustomerapp.com'],
  ['prod4', 'api.prod4.kustomerapp.com']
])

/**
 * Returns the host of a pod. The framework rejects unknown pods if it checks the settings, which the monorepo's snapshot
 * test doesn't. An unknown pod means the default host, so that the API key goes to nobody but Kustomer.
 */
export function hostOf(orgPod: string): string {
  return HOSTS.get(orgPod) ?? DEFAULT_HOST
}
