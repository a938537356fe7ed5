import { useEffect, useState } from 'preact/hooks'
import * as api from '../api'
import type { Variants } from '../api'

interface Behaviors {
  variants?: Variants
  /** How many are on. */
  count: number
  error: string
  change: (name: string, isOn: boolean) => Promise<void>
}

/** The behaviors of Kustomer that the sandbox simulates. @param isSandbox whether there are any */
export function useVariants(isSandbox: boolean): Behaviors {
  const [variants, setVariants] = useState<Variants>()
  const [error, setError] = useState('')
  useEffect(() => {
    if (isSandbox) {
      void api.variants().then(setVariants, (failure: unknown) => {
        setError((failure as Error).message)
      })
    }
  }, [isSandbox])

  const change = async (name: string, isOn: boolean): Promise<void> => {
    if (variants) {
      const data = { ...variants.data, [name]: isOn }
      setVariants({ ...variants, data })
      const failure = await api.setVariants(data).catch((reason: unknown) => reason as Error)
      setError(failure?.message ?? '')
      setVariants(failure ? variants : { ...variants, data })
    }
  }
  return { variants, count: Object.values(variants?.data ?? {}).filter(Boolean).length, error, change }
}

/** The switches of what Kustomer's documentation leaves open. */
export function VariantSwitches({ variants, error, change }: Behaviors) {
  const { data = {}, about = {} } = variants ?? {}
  return (
    <div className="list">
      <p className="hint">
        Kustomer’s documentation leaves these open. Switch one on to see how your event fares if Kustomer behaves that
        way. Resetting the sandbox keeps them.
      </p>
      <ul>
        {assumptionsOf(about).map(([assumption, off, names]) => (
          <li key={assumption}>
            <h3>{assumption}</h3>
            <p className="hint">{off}</p>
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
    </div>
  )
}

/** Each assumption with what holds while none of its behaviors is on, and those. */
function assumptionsOf(about: Variants['about']): Array<[string, string, string[]]> {
  const assumptions = new Map<string, [string, string, string[]]>()
  for (const [name, { assumption, off }] of Object.entries(about)) {
    const known = assumptions.get(assumption)
    assumptions.set(assumption, [assumption, off, [...(known?.[2] ?? []), name]])
  }
  return [...assumptions.values()]
}
