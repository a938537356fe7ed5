import { useEffect, useState } from 'preact/hooks'
import * as api from '../api'
import type { Faults } from '../api'
import { useWorkbench } from '../state/workbench'

const FAULTS: Record<string, Faults> = {
  None: {},
  'Rate limit (429)': { rateLimit: 0 },
  'Server errors (500)': {
    responses: [{ status: 500, body: '{"errors":[{"code":"internal","message":"Internal error"}]}' }]
  },
  'Slow (2 s)': { delayMs: 2000 },
  'One lost connection': { dropConnections: 1 },
  'One lost answer': { dropAnswers: 1 },
  'Search lags behind': { indexLags: true }
}
const OTHERS = 'Set elsewhere'

/** The faults in force, as the sandbox tells them, and a fresh start. */
export function SandboxControls() {
  const { run, sending, show } = useWorkbench()
  const [inForce, setInForce] = useState<Faults>({})
  const [error, setError] = useState('')

  const read = async (): Promise<void> => {
    setInForce((await api.faults()).data)
  }
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    setError(
      await work().then(
        () => '',
        (failure: unknown) => (failure as Error).message
      )
    )
    await read().catch(() => undefined)
  }
  useEffect(() => {
    const readAgain = (): void => void read().catch(() => undefined)
    readAgain()
    addEventListener('focus', readAgain)
    return () => {
      removeEventListener('focus', readAgain)
    }
  }, [sending === undefined])

  const told = JSON.stringify(inForce)
  const name = Object.keys(FAULTS).find((each) => JSON.stringify(FAULTS[each]) === told) ?? OTHERS
  return (
    <div className="controls">
      <label htmlFor="fault">Faults</label>
      <select
        id="fault"
        className={told === '{}' ? '' : 'on'}
        value={name}
        title={told === '{}' ? '' : told}
        onChange={({ currentTarget }) => void attempt(() => api.setFaults(FAULTS[currentTarget.value] ?? inForce))}
      >
        {[...Object.keys(FAULTS), ...(name === OTHERS ? [OTHERS] : [])].map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
      <button
        type="button"
        onClick={() =>
          void attempt(async () => {
            await api.reset()
            await api.defineOrders()
            show(run && undefined)
          })
        }
      >
        Reset sandbox
      </button>
      {name === OTHERS && <code className="in-force">{told}</code>}
      <p className="note bad" role="status">
        {error}
      </p>
    </div>
  )
}
