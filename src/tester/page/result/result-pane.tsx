import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { outcomesOf, requestsOf, verdictOf } from '../state/run'
import type { Run } from '../state/run'
import { useWorkbench } from '../state/workbench'
import { timeOf } from '../parts/words'
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
          <p className="hint">Send the event to see its requests and Kustomer’s answers.</p>
        )}
      </div>
      {run && <Requests run={run} />}
      <h2 id="agent-title">What an agent sees</h2>
      {children}
      <History />
    </section>
  )
}

function RunView({ run }: { run: Run }) {
  const { isOld, sending } = useWorkbench()
  const { tone, words } = verdictOf(run)
  const [only, ...others] = outcomesOf(run)
  const isSingle = only !== undefined && others.length === 0 && run.total === 1
  return (
    <>
      <p className={`verdict ${tone}`}>
        <bdi>{words}</bdi>
        {run.items.length > 0 && <span className="count"> · {requestsOf(run)}</span>}
      </p>
      {isOld && <p className="tag">{sending ? 'Earlier result' : 'From before your last change'}</p>}
      {run.ended !== undefined && <p>{run.ended}</p>}
      {isSingle ? <SingleOutcome outcome={only} /> : <Outcomes run={run} />}
      <p className="facts">{factsOf(run)}</p>
    </>
  )
}

/** The requests of a single event, or of a batch; those of several events stand with each. */
function Requests({ run: { items } }: { run: Run }) {
  const [only, ...others] = items
  return only && others.length === 0 ? <Exchanges exchanges={only.sent.exchanges} /> : null
}

function factsOf({ items, at }: Run): string {
  const time = items.reduce((sum, { sent }) => sum + sent.milliseconds, 0)
  const routes = [...new Set(items.flatMap(({ sent }) => sent.preset ?? sent.action ?? []))]
  return [...routes, ...(items.length > 0 ? [`${time.toFixed(1)} ms`] : []), `${timeOf(at)} UTC`].join(' · ')
}
