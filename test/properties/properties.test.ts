import fc from 'fast-check'
import destination from '../../src/destinations/kustomer'
import { addingUp } from './property'

jest.mock('../../src/destinations/kustomer/api/clock', () => jest.requireActual<object>('./clock'))

/** Where random runs start: the same ones every time, so that a failure is the change's, unless others are asked for. */
const SEED = Number(process.env.PROPERTIES_SEED ?? 20260302)

/** `npm run test:all` tries more. */
const RUNS = process.env.TEST_ALL === 'yes' ? 2000 : 60

/** A minute on a free machine, in milliseconds, and time to shrink what fails. */
const PATIENCE = 10 * 60_000

it(
  'holds in Kustomer what random runs of events, faults and edits add up to',
  async () => {
    await fc.assert(addingUp(destination), { numRuns: RUNS, seed: SEED })
  },
  PATIENCE
)
