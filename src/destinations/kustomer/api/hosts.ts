/** The regions that Kustomer publishes, as a choice for people, by the name of the pod that its settings page shows. */
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
 * The host of a pod, from Kustomer's list of its regions.
 *
 * The framework refuses any other pod wherever it checks settings. Where it does not, as in the snapshot test that every
 * destination of the monorepo has, an unknown pod means the default host: that is safe, since whatever the text, the key
 * goes to Kustomer alone, and a key of another region is refused there in words that name both pods.
 */
export function hostOf(orgPod: string): string {
  return HOSTS.get(orgPod) ?? DEFAULT_HOST
}
