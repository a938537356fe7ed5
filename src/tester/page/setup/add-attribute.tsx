import { useState } from 'preact/hooks'
import * as api from '../api'
import { mappingOf, textOf } from '../state/mapping-text'
import { sentence } from '../parts/words'
import { useWorkbench } from '../state/workbench'

interface Props {
  action: string
  name: string
  /** The mapping of the field as it is written. */
  text: string
  onChange: (text: string) => void
}

/** Adds a key to the mapping of an object: of the keys, and of the values of a drop-down, those that Kustomer offers. */
export function AddAttribute({ action, name, text, onChange }: Props) {
  const { given } = useWorkbench()
  const [key, setKey] = useState('')
  const [value, setValue] = useState('')
  const [keys, setKeys] = useState<api.Choices>({ choices: [] })
  const [values, setValues] = useState<api.Choices>({ choices: [] })
  const next = withKey(text, key.trim(), value)

  const offer = async (part: string, set: (choices: api.Choices) => void): Promise<void> => {
    set(
      await api
        .choices({ action, field: `${name}.${part}`, settings: given })
        .catch((error: unknown) => ({ choices: [], error: error as Error }))
    )
  }
  const add = (): void => {
    if (next !== undefined) {
      onChange(next)
      setKey('')
      setValue('')
    }
  }
  return (
    <fieldset className="add-attribute">
      <legend className="unseen">Add to {name}</legend>
      <input
        className="code"
        aria-label="Key"
        placeholder="Key"
        list={`keys-${name}`}
        autocomplete="off"
        value={key}
        aria-describedby={`offer-${name}`}
        onFocus={() => void offer('__keys__', setKeys)}
        onInput={({ currentTarget }) => {
          setKey(currentTarget.value)
          setValues({ choices: [] })
        }}
      />
      <input
        className="code"
        aria-label="Value"
        placeholder="$.traits.plan"
        list={`values-${name}`}
        autocomplete="off"
        value={value}
        onFocus={() => void (key.trim() !== '' && offer(key.trim(), setValues))}
        onInput={({ currentTarget }) => {
          setValue(currentTarget.value)
        }}
      />
      <button type="button" className="small" aria-disabled={next === undefined} onClick={add}>
        Add
      </button>
      <Options id={`keys-${name}`} offered={keys} />
      <Options id={`values-${name}`} offered={values} />
      <p id={`offer-${name}`} className="hint" role="status">
        {keys.error && `${sentence(keys.error.message)} Keys can still be typed.`}
      </p>
    </fieldset>
  )
}

function Options({ id, offered }: { id: string; offered: api.Choices }) {
  return (
    <datalist id={id}>
      {offered.choices.map(({ value, label, description }) => (
        <option key={value} value={value} label={[label, description].filter(Boolean).join(', ')} />
      ))}
    </datalist>
  )
}

/** The text of a mapping with one more key; undefined where there is none, or where it cannot be added. */
function withKey(text: string, key: string, value: string): string | undefined {
  try {
    const [mapping, part] = [mappingOf(text) ?? {}, mappingOf(value)]
    const isObject = typeof mapping === 'object' && !Array.isArray(mapping)
    const isFit = isObject && !Object.keys(mapping).some((each) => each.startsWith('@'))
    return isFit && key !== '' && part !== null ? textOf({ ...mapping, [key]: part }) : undefined
  } catch {
    return undefined
  }
}
