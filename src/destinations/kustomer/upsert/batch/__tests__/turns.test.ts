import { record } from '../../../__tests__/__helpers__/answers'
import type { Upserted } from '../../subject'
import { settle } from '../entries'
import type { Entry } from '../entries'
import { takeTurns, turnsOf } from '../turns'

const entry = (index: number): Entry<string> => ({ index, event: `event ${index}` })
const outcome = (outcome: Upserted['outcome'] = 'updated'): Upserted => ({ outcome, record: record(), leftOut: [] })

it('hands what is known of several events on to the first of them', () => {
  const [together, goOn] = [() => Promise.resolve(), () => Promise.resolve(outcome())]
  const [first, second] = [entry(0), entry(1)]
  expect(turnsOf({ verb: 'create', entries: [first, second], together, goOn })).toEqual([
    { entry: first, together, goOn },
    { entry: second }
  ])
})

describe('takeTurns', () => {
  it('goes one after the other, in the order of the batch', async () => {
    const log: string[] = []
    const turns = [entry(2), entry(0), entry(1)].map((each) => ({ entry: each }))
    await takeTurns(turns, async (event) => {
      log.push(`begin ${event}`)
      await Promise.resolve()
      log.push(`end ${event}`)
      return outcome()
    })
    expect(log).toEqual([0, 1, 2].flatMap((number) => [`begin event ${number}`, `end event ${number}`]))
  })

  it('makes what fails the result of its event alone', async () => {
    const entries = [entry(0), entry(1), entry(2)]
    const error = new Error('No')
    await takeTurns(
      entries.map((each) => ({ entry: each })),
      (event) => (event === 'event 1' ? Promise.reject(error) : Promise.resolve(outcome()))
    )
    expect(entries.map(({ result }) => result)).toEqual([{ upserted: outcome() }, { error }, { upserted: outcome() }])
  })

  it('goes on with what is known, where there is something, instead of upserting', async () => {
    const known = entry(0)
    const upsert = jest.fn(() => Promise.resolve(outcome()))
    await takeTurns([{ entry: known, goOn: () => Promise.resolve(outcome('unchanged')) }, { entry: entry(1) }], upsert)
    expect(known.result).toEqual({ upserted: outcome('unchanged') })
    expect(upsert.mock.calls).toEqual([['event 1']])
  })

  it('passes over what has been settled together', async () => {
    const entries = [entry(0), entry(1)]
    const upsert = jest.fn(() => Promise.resolve(outcome()))
    const together = (): Promise<void> => {
      settle(entries, outcome('created'))
      return Promise.resolve()
    }
    await takeTurns(turnsOf({ verb: 'create', entries, together }), upsert)
    expect(upsert).not.toHaveBeenCalled()
    expect(entries.map(({ result }) => result)).toEqual([
      { upserted: outcome('created') },
      { upserted: outcome('created') }
    ])
  })
})
