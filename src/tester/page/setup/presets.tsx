import type { Condition } from '../../server/answers'
import { useWorkbench } from '../state/workbench'

/** The condition of each preset, with whether the event meets it; another can be tried. */
export function Presets() {
  const { examined, draft } = useWorkbench()
  const { conditions = [], preset } = examined?.preview ?? {}
  const [edited, on] = [Object.keys(draft.conditions).length, draft.presets.length]
  const changes = [...(edited > 0 ? [`${edited} edited`] : []), ...(on > 0 ? [`${on} switched on`] : [])]
  return (
    <details className="presets">
      <summary>
        Conditions of the presets{' '}
        <span className={changes.length > 0 ? 'tag on' : 'tag'}>
          {changes.length === 0 ? 'as they are' : changes.join(', ')}
        </span>
      </summary>
      <p>
        Segment sends an event to each action whose condition it meets. Here, the first preset that fits takes it. Those
        of Engage take nothing until they are switched on.
      </p>
      <ul>
        {[
          ...conditions.filter(({ isOptional }) => !isOptional),
          ...conditions.filter(({ isOptional }) => isOptional)
        ].map((condition) => (
          <PresetCondition key={condition.preset} condition={condition} isTaking={condition.preset === preset} />
        ))}
      </ul>
    </details>
  )
}

function PresetCondition({ condition, isTaking }: { condition: Condition; isTaking: boolean }) {
  const { draft, change } = useWorkbench()
  const { preset, original, isMet, isOptional, problem } = condition
  const text = draft.conditions[preset] ?? original
  const id = `condition-${preset.replaceAll(' ', '-')}`
  const edit = (next: string): void => {
    const { [preset]: former, ...others } = draft.conditions
    change({ conditions: next === original ? others : { ...others, [preset]: next } })
  }
  return (
    <li>
      <label htmlFor={id}>
        {preset} <span className={isMet ? 'tag good' : 'tag idle'}>{isMet ? 'met' : 'not met'}</span>
        {isTaking && <span className="tag">takes the event</span>}
      </label>
      {isOptional && (
        <label className="check">
          <input
            type="checkbox"
            checked={draft.presets.includes(preset)}
            onChange={({ currentTarget }) => {
              const others = draft.presets.filter((name) => name !== preset)
              change({ presets: currentTarget.checked ? [...others, preset] : others })
            }}
          />
          Switch on {preset}
        </label>
      )}
      <input
        id={id}
        className="code"
        value={text}
        spellcheck={false}
        autocomplete="off"
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-problem`}
        onInput={({ currentTarget }) => {
          edit(currentTarget.value)
        }}
      />
      <p id={`${id}-problem`} className="problem">
        {problem}
      </p>
      {text !== original && (
        <button
          type="button"
          className="link"
          onClick={() => {
            edit(original)
          }}
        >
          Restore the condition
        </button>
      )}
    </li>
  )
}
