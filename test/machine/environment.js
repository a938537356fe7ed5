const http = require('node:http')
const https = require('node:https')
const { TestEnvironment } = require('jest-environment-node')

/** What a test file must not leave open: a server, a watched file, a process. */
const LASTING = ['TCPServerWrap', 'FSEventWrap', 'ProcessWrap']
const PAUSE_MS = 20
const PAUSES = 100

const lastingResources = () => process.getActiveResourcesInfo().filter((name) => LASTING.includes(name))

/**
 * Node's environment, which fails a test file that leaves something open, even if all of its tests are skipped: all files
 * of a worker share `http`, so that an interceptor left open answers the requests of the files after it.
 */
module.exports = class extends TestEnvironment {
  constructor(...args) {
    super(...args)
    this.before = { httpRequest: http.request, httpsRequest: https.request, open: lastingResources().length }
    this.fetchBefore = this.global.fetch
  }

  async teardown() {
    // What was closed just now may take a moment on a busy machine.
    for (let pause = 0; pause < PAUSES && lastingResources().length > this.before.open; pause += 1) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
    const left = [
      http.request === this.before.httpRequest ? [] : ['http.request is replaced'],
      https.request === this.before.httpsRequest ? [] : ['https.request is replaced'],
      this.global.fetch === this.fetchBefore ? [] : ['fetch is replaced'],
      lastingResources().length > this.before.open ? [`open: ${lastingResources().join(', ')}`] : []
    ].flat()
    http.request = this.before.httpRequest
    https.request = this.before.httpsRequest
    await super.teardown()
    if (left.length > 0) {
      throw new Error(`This test file leaves something behind (${left.join('; ')}). Close it in afterAll or afterEach.`)
    }
  }
}
