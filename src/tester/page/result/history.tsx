import { counted, timeOf } from '../parts/words'
import { verdictOf } from '../state/run'
import type { Run } from '../state/run'
import { useWorkbench } from '../state/workbench'

/** The last runs, each of which opens again. */
export function History() {
  const { history, run, show, load } = useWorkbench()
  return history.length === 0 ? null : (
    <details className="history">
      <summary>
        History <span className="tag">{counted(history.length, 'run')}</span>
      </summary>
      <ol>
        {history.map((each) => {
          const { tone, words } = verdictOf(each)
          return (
            <li key={each.at}>
              <button
                type="button"
                className="entry"
                aria-current={each === run}
                onClick={() => {
                  show(each)
                }}
              >
                <span className="time">{timeOf(each.at)}</span> <bdi>{titleOfRun(each)}</bdi>{' '}
                <span className={`status ${tone}`}>{words}</span>
              </button>
              <button
                type="button"
                className="link"
                aria-label={`Edit again: ${titleOfRun(each)}`}
                onClick={() => {
                  show(each)
                  load(each.draft, 'An event of the history')
                }}
              >
                Edit again
              </button>
            </li>
          )
        })}
      </ol>
    </details>
  )
}

function titleOfRun({ items, total }: Run): string {
  const [first] = items
  return total > 1 ? `${total} events` : first?.title ?? 'nothing'
}
