import { useState } from 'preact/hooks'

/** How long a button tells that it has done its work, in milliseconds. */
const TOLD = 1500

/** A button that puts a text on the clipboard. */
export function Copy({ label, textOf }: { label: string; textOf: () => string }) {
  const [told, setTold] = useState<string>()
  const copy = async (): Promise<void> => {
    const isCopied = await navigator.clipboard.writeText(textOf()).then(
      () => true,
      () => false
    )
    setTold(isCopied ? 'Copied' : 'Not allowed')
    setTimeout(() => {
      setTold(undefined)
    }, TOLD)
  }
  return (
    <button type="button" className="small" onClick={() => void copy()}>
      {told ?? label}
    </button>
  )
}
