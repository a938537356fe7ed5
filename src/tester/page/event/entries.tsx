import type { Entry } from '../../server/answers'
import { placeOf } from '../parts/words'
import { titleOf } from '../state/use-runs'
import { useWorkbench } from '../state/workbench'

/** The events of a text with several: each can be looked at, and sent alone. */
export function Entries({ entries }: { entries: Entry[] }) {
  const { draft, change } = useWorkbench()
  return (
    <fieldset className="entries">
      <legend>{entries.length} events. The mapping is that of the selected one.</legend>
      <ol>
        {entries.map((entry, index) => (
          <li key={index}>
            <label>
              <input
                type="radio"
                name="entry"
                checked={index === draft.entry}
                onChange={() => {
                  change({ entry: index })
                }}
              />
              <span className="number">{placeOf(entry)}</span>{' '}
              <bdi className={entry.problem === undefined ? '' : 'problem'}>{titleOf(entry)}</bdi>
            </label>
          </li>
        ))}
      </ol>
    </fieldset>
  )
}
