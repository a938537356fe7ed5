// Stands in for the network of a process: whatever goes to an HTTPS host arrives at a port of this machine, without TLS.
const { Agent } = require('node:https')
const { connect } = require('node:net')
const process = require('node:process')

Agent.prototype.createConnection = () => connect(Number(process.env.NETWORK_PORT), '127.0.0.1')
