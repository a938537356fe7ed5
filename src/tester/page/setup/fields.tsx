import { useRef } from 'preact/hooks'
import type { Preview } from '../../server/answers'
import type { Field } from '../api'
import { counted } from '../parts/words'
import { omissionsOf, useWorkbench } from '../state/workbench'
import { FieldRow, isEmpty, problemOf } from './field-row'

/** The fields of the action that takes the event: those with a value, then the others, folded. */
export function Fields() {
  const workbench = useWorkbench()
  const { examined, manifest, draft, current } = workbench
  const preview = examined?.preview
  const grouping = useRef({ of: '', shown: new Set<string>() })
  if (!preview) {
    return null
  }
  const { action = '', route = '', values, problems } = preview
  const fields = Object.entries(manifest.actions[action]?.fields ?? {}).filter(([, field]) => !field.unsafe_hidden)
  // While a mapping is edited every row stays where it is.
  const of = JSON.stringify([route, examined.entries[draft.entry]?.event, Object.keys(current?.fields ?? {})])
  if (grouping.current.of !== of) {
    const isShown = ([name]: [string, Field]): boolean =>
      !isEmpty(values[name]) ||
      name in (draft.mappings[route] ?? {}) ||
      problemOf({ ...current?.fields, ...problems }, name) !== undefined ||
      omissionsOf(workbench, name).length > 0
    grouping.current = { of, shown: new Set(fields.filter(isShown).map(([name]) => name)) }
  }
  const rows = (isShown: boolean) =>
    fields
      .filter(([name]) => grouping.current.shown.has(name) === isShown)
      .map(([name, field]) => <FieldRow key={`${route} ${name}`} name={name} field={field} preview={preview} />)
  const others = rows(false)
  return (
    <div id="fields">
      <Heading preview={preview} />
      {rows(true)}
      {others.length > 0 && (
        <details className="unfilled">
          <summary>{counted(others.length, 'field')} without a value</summary>
          {others}
        </details>
      )}
    </div>
  )
}

function Heading({ preview: { action = '', preset } }: { preview: Preview }) {
  const { manifest } = useWorkbench()
  const definition = manifest.actions[action]
  const [title, about] = definition
    ? [definition.title, definition.description]
    : action === 'onDelete'
    ? ['Delete', 'Delete calls skip the actions. The destination deletes the customer with this user ID.']
    : ['No trigger matches this event', 'Segment doesn’t send this event. To send it anyway, choose an action.']
  return (
    <div className="action">
      <h3>
        {title} {preset !== undefined && <span className="tag">Preset: {preset}</span>}
      </h3>
      <p className="hint">{about}</p>
    </div>
  )
}
