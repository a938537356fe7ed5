import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { ModernFakeTimers } from '@jest/fake-timers'
import { expect } from 'expect'
import { bind } from 'jest-each'
import { ModuleMocker } from 'jest-mock'

// The destination's own tests as suites of mocha, which runs them for each mutant without loading them anew: that takes
// milliseconds where jest takes seconds. Those of snapshots are left to jest.

type Exports = Record<string, unknown>

/** Mocha's, whose types would be in the way of jest's. */
declare const before: (hook: () => void) => void
declare const after: (hook: () => void) => void

const DESTINATION = path.join(__dirname, '../src/destinations')

const mocker = new ModuleMocker(globalThis)
const timers = new ModernFakeTimers({ config: { fakeTimers: {} } as never, global: globalThis })

/** What the tests use of jest, for a file: it names other modules as it sees them. */
function jestOf(requireActual: NodeJS.Require): unknown {
  return {
    fn: mocker.fn.bind(mocker),
    spyOn: mocker.spyOn.bind(mocker),
    restoreAllMocks: mocker.restoreAllMocks.bind(mocker),
    useFakeTimers: timers.useFakeTimers.bind(timers),
    useRealTimers: timers.useRealTimers.bind(timers),
    setSystemTime: timers.setSystemTime.bind(timers),
    advanceTimersByTime: timers.advanceTimersByTime.bind(timers),
    getTimerCount: timers.getTimerCount.bind(timers),
    requireActual,
    mock(name: string, fake: () => Exports) {
      const exported = requireActual(name) as Exports
      const original = { ...exported }
      const substitute = fake()
      before(() => {
        Object.assign(exported, substitute)
      })
      after(() => {
        Object.assign(exported, original)
      })
    }
  }
}

/** Helpers add hooks to the file that imports them, so each file gets its own. */
function forgetHelpers(): void {
  Object.keys(require.cache)
    .filter((file) => file.includes('__helpers__'))
    .forEach((file) => Reflect.deleteProperty(require.cache, file))
}

Object.assign(it, { each: bind(it) })
Object.assign(describe, { each: bind(describe, false) })
Object.assign(globalThis, { expect, beforeAll: before, afterAll: after, test: it })

readdirSync(DESTINATION, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts') && !file.endsWith('snapshot.test.ts'))
  .map((file) => path.join(DESTINATION, file))
  .forEach((file) => {
    describe(path.relative(DESTINATION, file), () => {
      forgetHelpers()
      const load = createRequire(file)
      Object.assign(globalThis, { jest: jestOf(load) })
      load(file)
    })
  })
