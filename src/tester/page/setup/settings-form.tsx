import { useState } from 'preact/hooks'
import type { Field, Tried } from '../api'
import { useWorkbench } from '../state/workbench'
import { Required } from './required'

const FROM_ENVIRONMENT = 'From the environment'

/** The settings, which can be tested. The page never stores them. */
export function SettingsForm() {
  const { manifest, settingProblems, trySettings } = useWorkbench()
  const [told, setTold] = useState<Tried | 'testing'>()

  const test = async (): Promise<void> => {
    setTold('testing')
    setTold(await trySettings())
  }
  return (
    <form
      className="settings"
      onSubmit={(event) => {
        event.preventDefault()
        void test()
      }}
    >
      {Object.entries(manifest.authentication.fields).map(([key, field]) => (
        <Setting key={key} name={key} field={field} problem={settingProblems[key]} />
      ))}
      <div className="row wide">
        <button>Test settings</button>
        <p className={told === undefined || told === 'testing' || told.isWorking ? 'note' : 'note bad'} role="status">
          {told === 'testing' ? 'Testing…' : told && wordsOf(told)}
        </p>
      </div>
    </form>
  )
}

function Setting({ name, field, problem }: { name: string; field: Field; problem?: string }) {
  const { settings, changeSetting, connection } = useWorkbench()
  const unset = connection.liveHost === undefined ? '' : FROM_ENVIRONMENT
  const properties = {
    id: `setting-${name}`,
    value: settings[name] ?? '',
    'aria-describedby': `about-${name}-setting problem-${name}-setting`,
    'aria-invalid': problem !== undefined,
    onInput: ({ currentTarget }: { currentTarget: { value: string } }) => {
      changeSetting(name, currentTarget.value)
    }
  }
  return (
    <div className="setting">
      <label htmlFor={properties.id}>
        {field.label} <Required by={field.required} />
      </label>
      {field.choices ? (
        <select {...properties}>
          {unset !== '' && <option value="">{unset}</option>}
          {field.choices.map(({ label, value }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      ) : (
        // The key is the only setting to be typed.
        <input {...properties} type="password" placeholder={unset} autocomplete="off" />
      )}
      <p id={`about-${name}-setting`} className="hint">
        {field.description}
      </p>
      <p id={`problem-${name}-setting`} className="problem">
        {problem}
      </p>
    </div>
  )
}

function wordsOf({ isWorking, outcome, fields }: Tried): string {
  return isWorking ? 'The settings work.' : Object.keys(fields).length > 0 ? 'Kustomer rejected the settings.' : outcome
}
