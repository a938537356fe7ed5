import { useEffect, useState } from 'preact/hooks'
import type { Person } from '../../server/answers'
import * as api from '../api'
import { counted } from '../parts/words'
import { useWorkbench } from '../state/workbench'
import { Customer } from './customer'

/** More names than this nobody reads. */
const MOST = 50

/** The customers of the sandbox that the run did not change, each folded. @param shown the ids of those that it did */
export function Others({ shown }: { shown: string[] }) {
  const { run, sending } = useWorkbench()
  const [people, setPeople] = useState<Array<Pick<Person, 'id' | 'name'>>>()
  useEffect(() => {
    if (!sending) {
      void api.people().then(setPeople, () => undefined)
    }
  }, [run, sending === undefined])

  const others = people?.filter(({ id }) => !shown.includes(id)) ?? []
  if (people && people.length === 0) {
    return <p className="hint">No customers yet. What visitors do shows once an identify call names them.</p>
  }
  return others.length === 0 ? null : (
    <section className="others" aria-label="Other customers">
      {run && <h3>{counted(others.length, shown.length > 0 ? 'other customer' : 'customer')}</h3>}
      {others.slice(0, MOST).map(({ id, name }) => (
        <Folded key={id} id={id} name={name} />
      ))}
      {others.length > MOST && <p className="hint">and {others.length - MOST} more</p>}
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
