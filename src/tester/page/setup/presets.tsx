import type { Condition } from '../../server/answers'
import { useWorkbench } from '../state/workbench'

/** The trigger of each preset, and whether the event meets it; another can be tried. */
export function Presets() {
  const { examined } = useWorkbench()
  const { conditions = [], preset } = examined?.preview ?? {}
  return (
    <div className="list">
      <p className="hint">
        Segment sends an event to each action whose trigger it meets. Here, the first match takes it. Presets of Engage
        are off until you switch them on.
      </p>
      <ul>
        {[
          ...conditions.filter(({ isOptional }) => !isOptional),
          ...conditions.filter(({ isOptional }) => isOptional)
        ].map((condition) => (
          <PresetCondition key={condition.preset} condition={condition} isTaking={condition.preset === preset} />
        ))}
      </ul>
    </div>
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
        {preset}{' '}
        <span className={isTaking ? 'tag good' : 'tag idle'}>
          {isTaking ? 'takes the event' : isMet ? 'matches' : 'no match'}
        </span>
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
          Restore default
        </button>
      )}
    </li>
  )
}
