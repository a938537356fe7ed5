/** What the server is asked. Each call rejects with an error that a person can read. */

export const manifest = () => call('GET', '/manifest')
export const connection = () => call('GET', '/workbench/connection')
export const preview = (ask) => call('POST', '/workbench/preview', ask)
export const deliver = (ask) => call('POST', '/workbench/deliver', ask)
export const authenticate = (settings) => call('POST', '/authenticate', { settings })
export const agentView = () => call('GET', '/workbench/agent')
export const setFaults = (faults) => call('PUT', '/sandbox/faults', faults)
export const variants = () => call('GET', '/sandbox/variants')
export const setVariants = (variants) => call('PUT', '/sandbox/variants', variants)
export const reset = () => call('POST', '/sandbox/reset')

async function call(method, path, body) {
  const response = await fetch(path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body)
  }).catch(() => {
    throw new Error('The tester’s server does not answer. It may be starting again: try once more.')
  })
  const answer = response.status === 204 ? undefined : await response.json()
  if (!response.ok) {
    throw new Error(answer?.error ?? `The tester’s server answered ${response.status}.`)
  }
  return answer
}
