import type { Omission } from '../../server/answers'
import { headlineOf } from '../../delivery/headline'
import { fateOf, outcomesOf, toneOf } from '../state/run'
import type { Outcome, Run } from '../state/run'
import { useWorkbench } from '../state/workbench'
import { counted, sentence } from '../parts/words'
import { Exchanges } from './exchanges'

/** What became of one event. */
export function SingleOutcome({ outcome }: { outcome: Outcome }) {
  const { send, sending, current } = useWorkbench()
  const fate = fateOf(outcome)
  return (
    <>
      <Reason outcome={outcome} />
      <LeftOutList leftOut={outcome.leftOut} />
      <Problems fields={outcome.fields} />
      {fate !== undefined && (
        <div className="row">
          {current?.place === outcome.place && (
            <button
              type="button"
              aria-disabled={sending !== undefined}
              onClick={() => {
                send('one')
              }}
            >
              Retry
            </button>
          )}
          <p className="hint">{fate}</p>
        </div>
      )}
    </>
  )
}

/** What became of each of several events. */
export function Outcomes({ run }: { run: Run }) {
  return (
    <ol className="results">
      {outcomesOf(run).map((outcome, index) => (
        <li key={index}>
          <p>
            <span className="number">{outcome.number}</span> <bdi>{outcome.title}</bdi>{' '}
            <bdi className={`status ${toneOf(outcome)}`}>{headlineOf(outcome)}</bdi>
          </p>
          <Reason outcome={outcome} />
          {fateOf(outcome) !== undefined && <p className="hint">{fateOf(outcome)}</p>}
          <LeftOutList leftOut={outcome.leftOut} />
          {outcome.exchanges.length > 0 && (
            <details className="part">
              <summary>{counted(outcome.exchanges.length, 'request')}</summary>
              <Exchanges exchanges={outcome.exchanges} />
            </details>
          )}
        </li>
      ))}
    </ol>
  )
}

/** Why an event wasn't delivered; the headline says the rest. */
function Reason({ outcome: { verdict, outcome } }: { outcome: Outcome }) {
  return verdict === 'delivered' ? null : <p dir="auto">{sentence(outcome)}</p>
}

/** What was left out of an event, changed or shared, each by its field. */
function LeftOutList({ leftOut }: { leftOut: Omission[] }) {
  return leftOut.length === 0 ? null : (
    <dl className="left-out">
      {leftOut.map(({ field, value, reason }, index) => (
        <div key={index}>
          <dt>
            <FieldLink path={field} />
          </dt>
          <dd>
            {value !== undefined && <q dir="auto">{typeof value === 'string' ? value : JSON.stringify(value)}</q>}{' '}
            {reason}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Problems({ fields }: { fields: Record<string, string> }) {
  const paths = Object.keys(fields)
  return paths.length === 0 ? null : (
    <p>
      Look at{' '}
      {paths.map((path, index) => (
        <span key={path}>
          {index > 0 && ', '}
          <FieldLink path={path} isLabeled />
        </span>
      ))}
    </p>
  )
}

/** Opens a field or a setting. */
function FieldLink({ path, isLabeled = false }: { path: string; isLabeled?: boolean }) {
  const { manifest, examined, openTab } = useWorkbench()
  const [key = ''] = path.split('.')
  const fields = manifest.actions[examined?.preview?.action ?? '']?.fields ?? {}
  const label = (fields[key] ?? manifest.authentication.fields[key])?.label
  const open = (): void => {
    openTab(key in fields ? 'mapping' : 'settings')
    // Once the tab is shown.
    setTimeout(() => {
      const target = document.getElementById(key in fields ? `field-${key}` : `setting-${key}`)
      for (let folded = target?.closest('details'); folded; folded = folded.parentElement?.closest('details')) {
        folded.open = true
      }
      target?.focus()
      target?.scrollIntoView({ block: 'center' })
    })
  }
  return (
    <button type="button" className="link" onClick={open}>
      {isLabeled ? label ?? path : <code>{path}</code>}
    </button>
  )
}
