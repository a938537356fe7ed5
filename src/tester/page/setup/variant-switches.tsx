import { useEffect, useState } from 'preact/hooks'
import * as api from '../api'
import type { Variants } from '../api'

/** The switches of what is true of the sandbox where nobody knows for sure of Kustomer. */
export function VariantSwitches() {
  const [variants, setVariants] = useState<Variants>()
  const [error, setError] = useState('')
  useEffect(() => {
    void api.variants().then(setVariants, (failure: unknown) => {
      setError((failure as Error).message)
    })
  }, [])

  const change = async (name: string, isOn: boolean): Promise<void> => {
    if (variants) {
      const data = { ...variants.data, [name]: isOn }
      setVariants({ ...variants, data })
      await api.setVariants(data).then(
        () => {
          setError('')
        },
        (failure: unknown) => {
          setVariants(variants)
          setError((failure as Error).message)
        }
      )
    }
  }
  const { data = {}, about = {} } = variants ?? {}
  const count = Object.values(data).filter(Boolean).length
  return (
    <details className="variants">
      <summary>
        Variants of Kustomer{' '}
        <span id="variants-on" className={count > 0 ? 'tag on' : 'tag'}>
          {count === 0 ? 'as assumed' : `${count} on`}
        </span>
      </summary>
      <p>
        Nobody outside Kustomer knows these for sure. Switch one on to see what an event becomes if it is so; a reset of
        the sandbox leaves it on.
      </p>
      <ul>
        {assumptionsOf(about).map(([assumption, off, names]) => (
          <li key={assumption}>
            <h3>{assumption}</h3>
            <p>{off}</p>
            {names.map((name) => (
              <label key={name} className="check">
                <input
                  type="checkbox"
                  checked={data[name] ?? false}
                  onChange={({ currentTarget }) => void change(name, currentTarget.checked)}
                />
                <span>
                  {about[name]?.on} <code>{name}</code>
                </span>
              </label>
            ))}
          </li>
        ))}
      </ul>
      <p className="note bad" role="status">
        {error}
      </p>
    </details>
  )
}

/** Each assumption with what is true while none of its variants is on, and those. */
function assumptionsOf(about: Variants['about']): Array<[string, string, string[]]> {
  const assumptions = new Map<string, [string, string, string[]]>()
  for (const [name, { assumption, off }] of Object.entries(about)) {
    const known = assumptions.get(assumption)
    assumptions.set(assumption, [assumption, off, [...(known?.[2] ?? []), name]])
  }
  return [...assumptions.values()]
}
