import { useEffect, useState } from 'preact/hooks'
import type { People, Person } from '../../server/answers'
import * as api from '../api'
import { counted } from '../parts/words'
import { useWorkbench } from '../state/workbench'
import { Customer } from './customer'

/** The customers of the sandbox that the run did not change, each folded. @param shown the ids of those that it did */
export function Others({ shown }: { shown: string[] }) {
  const { run, sending } = useWorkbench()
  const [people, setPeople] = useState<People>()
  useEffect(() => {
    if (!sending) {
      void api.people().then(setPeople, () => undefined)
    }
  }, [run, sending === undefined])

  const { count, latest } = people ?? { count: undefined, latest: [] }
  const others = latest.filter(({ id }) => !shown.includes(id))
  if (count === 0) {
    return <p className="hint">No customers yet. What visitors do shows once an identify call names them.</p>
  }
  const total = (count ?? 0) - (latest.length - others.length)
  return others.length === 0 ? null : (
    <section className="others" aria-label="Other customers">
      {run && <h3>{counted(total, shown.length > 0 ? 'other customer' : 'customer')}</h3>}
      {others.map(({ id, name }) => (
        <Folded key={id} id={id} name={name} />
      ))}
      {total > others.length && <p className="hint">and {total - others.length} more</p>}
    </section>
  )
}

function Folded({ id, name }: Pick<Person, 'id' | 'name'>) {
  const [person, setPerson] = useState<Person>()
  const [error, setError] = useState('')
  const read = async (): Promise<void> => {
    try {
      setPerson(await api.person(id))
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
        <bdi>{name}</bdi>
      </summary>
      {person && <Customer person={person} />}
      <p className="note bad">{error}</p>
    </details>
  )
}
