import { DEFAULT_POD, hostOf, POD_CHOICES } from '../hosts'

it.each([
  ['prod1', 'api.kustomerapp.com'],
  ['prod2', 'api.prod2.kustomerapp.com'],
  ['prod4', 'api.prod4.kustomerapp.com']
])('knows the host of %s', (pod, host) => {
  expect(hostOf(pod)).toBe(host)
})

it.each(['', 'prod3', 'PROD2', ' prod2', 'evil.example', 'evil.example/', 'prod1@evil', '__proto__', 'constructor'])(
  'sends a key nowhere but to Kustomer where the pod is %j',
  (pod) => {
    expect(hostOf(pod)).toBe('api.kustomerapp.com')
  }
)

it('offers the regions that Kustomer publishes, the US first', () => {
  expect(POD_CHOICES).toEqual([
    { label: 'US (prod1)', value: 'prod1' },
    { label: 'EU (prod2)', value: 'prod2' },
    { label: 'India (prod4)', value: 'prod4' }
  ])
  expect(DEFAULT_POD).toBe('prod1')
})
