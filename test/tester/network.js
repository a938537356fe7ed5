// Stands in for the network of a process: whatever goes to an HTTPS host arrives at a port of this machine, without TLS.
const { Agent } = require('node:https')
const { connect } = require('node:net')
const process = require('node:process')

const { Request, URL } = globalThis

const port = Number(process.env.NETWORK_PORT)
const direct = globalThis.fetch

Agent.prototype.createConnection = () => connect(port, '127.0.0.1')
globalThis.fetch = (request) => {
  const { pathname, search } = new URL(request.url)
  return direct(new Request(`http://127.0.0.1:${port}${pathname}${search}`, request))
}
