import type { Omission } from '../../server/answers'
import { fateOf, outcomesOf, toneOf, wordsFor } from '../state/run'
import type { Outcome, Run } from '../state/run'
import { useWorkbench } from '../state/workbench'
import { sentence } from '../parts/words'
import { Exchanges } from './exchanges'

const FATES: Record<string, string> = {
  'sent again': 'Segment would send it again by itself.',
  dropped: 'Segment would drop it.'
}

/** What became of one event. */
export function SingleOutcome({ outcome }: { outcome: Outcome }) {
  const { send, sending, current } = useWorkbench()
  const fate = fateOf(outcome)
  return (
    <>
      <p dir="auto">{sentence(outcome.outcome)}</p>
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
          <p className="hint">{FATES[fate]}</p>
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
            <span className={`status ${toneOf(outcome)}`}>{wordsFor(outcome)}</span>{' '}
            <span className="number">{outcome.number}</span> <bdi>{outcome.title}</bdi>
          </p>
          <p dir="auto">
            {sentence(outcome.outcome)} {fateOf(outcome) && FATES[fateOf(outcome) ?? '']}
          </p>
          <LeftOutList leftOut={outcome.leftOut} />
          {outcome.exchanges.length > 0 && (
            <details className="part">
              <summary>What was sent for it</summary>
              <Exchanges exchanges={outcome.exchanges} />
            </details>
          )}
        </li>
      ))}
    </ol>
  )
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

/** Leads to a field or a setting. */
function FieldLink({ path, isLabeled = false }: { path: string; isLabeled?: boolean }) {
  const { manifest, examined } = useWorkbench()
  const [key = ''] = path.split('.')
  const fields = manifest.actions[examined?.preview?.action ?? '']?.fields ?? {}
  const label = (fields[key] ?? manifest.authentication.fields[key])?.label
  const focus = (): void => {
    const target = document.getElementById(`field-${key}`) ?? document.getElementById(`setting-${key}`)
    target?.focus()
    target?.scrollIntoView({ block: 'center' })
  }
  return (
    <button type="button" className="link" onClick={focus}>
      {isLabeled ? label ?? path : <code>{path}</code>}
    </button>
  )
}
