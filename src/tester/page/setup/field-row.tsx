import type { Preview } from '../../server/answers'
import type { Field } from '../api'
import { textOf } from '../state/mapping-text'
import { omissionsOf, useWorkbench } from '../state/workbench'
import { AddAttribute } from './add-attribute'
import { Required } from './required'

const MOST_LINES = 14

interface Props {
  name: string
  field: Field
  preview: Preview
}

/** A field: what it is for, its mapping, the value that this gives for the event, and what became of that. */
export function FieldRow({ name, field, preview }: Props) {
  const workbench = useWorkbench()
  const { draft, change, mistakes, current } = workbench
  const { route = '', mapping, values, problems } = preview
  const edits = draft.mappings[route] ?? {}
  const { [name]: edited, ...others } = edits
  const original = textOf(name in edits ? undefined : mapping[name])
  const text = edited ?? original
  const problem = mistakes[name] ?? of(problems, name) ?? of(current?.fields ?? {}, name)
  const leftOut = omissionsOf(workbench, name)

  const edit = (next: string | undefined): void => {
    change({ mappings: { ...draft.mappings, [route]: next === undefined ? others : { ...others, [name]: next } } })
  }
  return (
    <div className={problem === undefined ? 'field' : 'field mistaken'}>
      <div className="about">
        <label htmlFor={`field-${name}`}>
          {field.label} <Required by={field.required} />
        </label>
        <code>{name}</code>
        <p id={`about-${name}`}>{field.description}</p>
      </div>
      <div className="mapping">
        <textarea
          id={`field-${name}`}
          className="code"
          dir="auto"
          rows={Math.min(MOST_LINES, text.split('\n').length)}
          value={text}
          spellcheck={false}
          placeholder="Not mapped"
          aria-describedby={`about-${name} value-${name} problem-${name} left-out-${name}`}
          aria-invalid={problem !== undefined}
          onInput={({ currentTarget }) => {
            edit(currentTarget.value)
          }}
        />
        {field.dynamic && field.type === 'object' && (
          <AddAttribute action={preview.action ?? ''} name={name} text={text} onChange={edit} />
        )}
        <Value name={name} value={values[name]} isLeftOut={leftOut.some(({ field: key }) => key === name)} />
        <p id={`problem-${name}`} className="problem">
          {problem}
        </p>
        <ul id={`left-out-${name}`} className="left-out">
          {leftOut.map(({ field: key, reason }) => (
            <li key={key}>
              {key !== name && <code>{key}</code>} {reason}
            </li>
          ))}
        </ul>
        {edited !== undefined && (
          <button
            type="button"
            className="link"
            onClick={() => {
              edit(undefined)
              document.getElementById(`field-${name}`)?.focus()
            }}
          >
            Restore default
          </button>
        )}
      </div>
    </div>
  )
}

function Value({ name, value, isLeftOut }: { name: string; value: unknown; isLeftOut: boolean }) {
  const isEmpty = value === undefined || value === null || value === ''
  const text = isEmpty ? 'no value' : typeof value === 'string' ? value : JSON.stringify(value)
  return (
    <output id={`value-${name}`} className={`value${isEmpty ? ' empty' : ''}${isLeftOut ? ' changed' : ''}`}>
      <bdi>{text}</bdi>
    </output>
  )
}

/** What is said of a field, or of a part of it. */
function of(problems: Record<string, string>, name: string): string | undefined {
  return problems[name] ?? Object.entries(problems).find(([path]) => path.startsWith(`${name}.`))?.[1]
}
