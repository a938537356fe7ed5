import { useState } from 'preact/hooks'
import type { Preview } from '../../server/answers'
import type { Field } from '../api'
import { mappingOf, textOf } from '../state/mapping-text'
import { omissionsOf, useWorkbench } from '../state/workbench'
import { AddAttribute } from './add-attribute'
import { wordsOf } from './mapping-words'
import { Required } from './required'

const MOST_LINES = 14

interface Props {
  name: string
  field: Field
  preview: Preview
}

/** A field with its value for the event and its mapping in words; opened, its description and the mapping to edit. */
export function FieldRow({ name, field, preview }: Props) {
  const workbench = useWorkbench()
  const { draft, mistakes, current } = workbench
  const { route = '', mapping, values, problems } = preview
  const edited = draft.mappings[route]?.[name]
  // Restoring the default leaves the row open.
  const [wasEdited] = useState(edited !== undefined)
  const problem = mistakes[name] ?? problemOf({ ...current?.fields, ...problems }, name)
  const leftOut = omissionsOf(workbench, name)
  const value = values[name]
  return (
    <div className={problem === undefined ? 'field' : 'field mistaken'}>
      <details open={wasEdited}>
        <summary>
          <span className="name">
            {field.label} <Required by={field.required} />
          </span>
          <span id={`value-${name}`} className={`value${isEmpty(value) ? ' empty' : ''}`}>
            <bdi>{isEmpty(value) ? 'no value' : wordsOf(value)}</bdi>
          </span>
          <span id={`from-${name}`} className="from">
            {edited !== undefined
              ? wordsOfText(edited)
              : isLiteral(mapping[name])
              ? 'Fixed value'
              : wordsOf(mapping[name])}{' '}
            {edited !== undefined && <span className="tag on">edited</span>}
          </span>
        </summary>
        <Editor name={name} field={field} preview={preview} isMistaken={problem !== undefined} />
      </details>
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
    </div>
  )
}

/** A description with its Markdown code. */
function Description({ text }: { text: string }) {
  return <>{text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}</>
}

function Editor({ name, field, preview, isMistaken }: Props & { isMistaken: boolean }) {
  const { draft, change } = useWorkbench()
  const { route = '', mapping } = preview
  const edits = draft.mappings[route] ?? {}
  const { [name]: edited, ...others } = edits
  const text = edited ?? textOf(name in edits ? undefined : mapping[name])
  const edit = (next: string | undefined): void => {
    change({ mappings: { ...draft.mappings, [route]: next === undefined ? others : { ...others, [name]: next } } })
  }
  return (
    <div className="mapping">
      <p id={`about-${name}`} className="hint">
        <Description text={field.description} /> <code>{name}</code>
      </p>
      <textarea
        id={`field-${name}`}
        className="code"
        dir="auto"
        rows={Math.min(MOST_LINES, text.split('\n').length)}
        value={text}
        spellcheck={false}
        placeholder="Not mapped"
        aria-label={`Mapping of ${field.label}`}
        aria-describedby={`about-${name} value-${name} problem-${name} left-out-${name}`}
        aria-invalid={isMistaken}
        onInput={({ currentTarget }) => {
          edit(currentTarget.value)
        }}
      />
      {field.dynamic && field.type === 'object' && (
        <AddAttribute action={preview.action ?? ''} name={name} text={text} onChange={edit} />
      )}
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
  )
}

export function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || JSON.stringify(value) === '{}'
}

function isLiteral(mapping: unknown): boolean {
  return mapping !== undefined && mapping !== null && typeof mapping !== 'object'
}

/** Returns what is said of a field, or of a part of it. */
export function problemOf(problems: Record<string, string>, name: string): string | undefined {
  return problems[name] ?? Object.entries(problems).find(([path]) => path.startsWith(`${name}.`))?.[1]
}

function wordsOfText(text: string): string {
  try {
    return wordsOf(mappingOf(text))
  } catch {
    return text
  }
}
