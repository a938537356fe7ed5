import { changesOf } from '../state/run'
import { timeOf } from '../parts/words'
import { useWorkbench } from '../state/workbench'
import { Changed } from './record'
import { Others } from './others'

/** What an agent sees: the records that the run changed, before and after it, and the others folded. */
export function AgentPart() {
  const { run, isLatest, connection } = useWorkbench()
  const changes = run ? changesOf(run) : []
  return (
    <div id="agent">
      {run && changes.length > 0 && !isLatest && <p className="hint">As of the run at {timeOf(run.at)} UTC</p>}
      {changes.map((change) => (
        <Changed key={(change.after ?? change.before)?.id} change={change} />
      ))}
      {connection.liveHost === undefined ? (
        <Others shown={isLatest ? changes.flatMap(({ after }) => (after ? [after.id] : [])) : []} />
      ) : (
        changes.length === 0 && <p className="hint">Open Kustomer to see the customer and the timeline.</p>
      )}
    </div>
  )
}
