import type { Preview } from '../../server/answers'
import { useWorkbench } from '../state/workbench'
import { FieldRow } from './field-row'

/** The fields of the action that takes the event. */
export function Fields() {
  const { examined, manifest } = useWorkbench()
  const preview = examined?.preview
  if (!preview) {
    return null
  }
  const fields = Object.entries(manifest.actions[preview.action ?? '']?.fields ?? {})
  return (
    <div id="fields">
      <Heading preview={preview} count={examined.entries.length} />
      {fields
        .filter(([, field]) => !field.unsafe_hidden)
        .map(([key, field]) => (
          <FieldRow key={`${preview.route ?? ''} ${key}`} name={key} field={field} preview={preview} />
        ))}
    </div>
  )
}

function Heading({ preview: { action = '', preset }, count }: { preview: Preview; count: number }) {
  const { manifest } = useWorkbench()
  const definition = manifest.actions[action]
  const [title, about] = definition
    ? [definition.title, definition.description]
    : action === 'onDelete'
    ? ['Delete', 'A delete call goes past the actions: the destination erases the customer with this user ID.']
    : [
        'No preset subscribes to this event',
        'Segment would not send this event: choose an action to send it all the same.'
      ]
  return (
    <div className="action">
      <h3>
        {title} {definition && <span className="tag">{preset === undefined ? 'no preset' : `preset ${preset}`}</span>}
      </h3>
      <p>{about}</p>
      {count > 1 && definition && <p>The values are those of the chosen one of {count} events.</p>}
    </div>
  )
}
