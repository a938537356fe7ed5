import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { outcomesOf, verdictOf } from '../state/run'
import type { Run } from '../state/run'
import { useWorkbench } from '../state/workbench'
import { counted, timeOf } from '../parts/words'
import { Exchanges } from './exchanges'
import { History } from './history'
import { Outcomes, SingleOutcome } from './outcomes'

/** The pane of what happened. */
export function ResultPane({ children }: { children: ComponentChildren }) {
  const { run, isOld, sending } = useWorkbench()
  const heading = useRef<HTMLHeadingElement>(null)
  const shown = useRef(run)
  useEffect(() => {
    if (run && run !== shown.current) {
      heading.current?.scrollIntoView({ block: 'start' })
    }
    shown.current = run
  }, [run])
  return (
    <section className="pane result" aria-labelledby="result-title">
      <h2 id="result-title" ref={heading}>
        What happened
      </h2>
      <div id="outcome" className={isOld ? 'outcome old' : 'outcome'} role="status">
        {sending && <p className="tag">Sending…</p>}
        {run ? (
          <RunView run={run} />
        ) : (
          <p className="hint">Send the event to see its requests, and what Kustomer answers.</p>
        )}
      </div>
      {run && <Requests run={run} />}
      <History />
      <h2 id="agent-title">What an agent sees</h2>
      {children}
    </section>
  )
}

function RunView({ run }: { run: Run }) {
  const { isOld, sending } = useWorkbench()
  const { tone, words } = verdictOf(run)
  const [only, ...others] = outcomesOf(run)
  return (
    <>
      <p className={`verdict ${tone}`}>{words}</p>
      <p className="facts">
        {factsOf(run)}
        {isOld && <span className="tag">{sending ? 'an earlier result' : 'from before your last change'}</span>}
      </p>
      {run.ended !== undefined && <p>{run.ended}</p>}
      {only && others.length === 0 && run.total === 1 ? <SingleOutcome outcome={only} /> : <Outcomes run={run} />}
    </>
  )
}

/** The requests of a single event, or of a batch; those of several events stand with each. */
function Requests({ run: { items } }: { run: Run }) {
  const [only, ...others] = items
  return only && others.length === 0 ? <Exchanges exchanges={only.sent.exchanges} /> : null
}

function factsOf({ items, at }: Run): string {
  const requests = items.reduce((sum, { sent }) => sum + sent.exchanges.length, 0)
  const time = items.reduce((sum, { sent }) => sum + sent.milliseconds, 0)
  const actions = [...new Set(items.map(({ sent }) => sent.action ?? 'no action'))]
  const parts = [...actions, counted(requests, 'request'), `${time.toFixed(1)} ms`]
  return [...(items.length > 0 ? parts : []), `${timeOf(at)} UTC`].join(' · ')
}
