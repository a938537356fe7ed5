import { useEffect, useState } from 'preact/hooks'
import type { AgentRecords, AgentRecord } from '../../server/answers'
import * as api from '../api'
import { counted } from '../parts/words'
import { useWorkbench } from '../state/workbench'
import { Unchanged } from './record'

/** The records of the sandbox that the run did not change, each folded. @param shown the ids of those that it did */
export function Others({ shown }: { shown: string[] }) {
  const { run, sending } = useWorkbench()
  const [records, setRecords] = useState<AgentRecords>()
  useEffect(() => {
    if (!sending) {
      void api.records().then(setRecords, () => undefined)
    }
  }, [run, sending === undefined])

  const { count, latest } = records ?? { count: undefined, latest: [] }
  const others = latest.filter(({ id }) => !shown.includes(id))
  if (count === 0) {
    return (
      <p className="hint">No customers yet. An anonymous visitor’s events appear once an identify call names them.</p>
    )
  }
  const total = (count ?? 0) - (latest.length - others.length)
  return others.length === 0 ? null : (
    <section className="others" aria-label="Other records">
      {run && <h3>{counted(total, shown.length > 0 ? 'other record' : 'record')}</h3>}
      {others.map((record) => (
        <Folded key={record.id} of={record} />
      ))}
      {total > others.length && <p className="hint">and {total - others.length} more</p>}
    </section>
  )
}

function Folded({ of: { id, kind, name } }: { of: AgentRecords['latest'][number] }) {
  const [record, setRecord] = useState<AgentRecord>()
  const [error, setError] = useState('')
  const read = async (): Promise<void> => {
    try {
      setRecord(await api.record(id))
    } catch (failure) {
      setError((failure as Error).message)
    }
  }
  return (
    <details
      className="part"
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) {
          void read()
        }
      }}
    >
      <summary>
        <bdi>{name}</bdi> {kind === 'company' && <span className="tag">company</span>}
      </summary>
      {record && <Unchanged record={record} />}
      <p className="note bad">{error}</p>
    </details>
  )
}
