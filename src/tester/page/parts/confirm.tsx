import { useEffect, useRef } from 'preact/hooks'
import type { Question } from '../state/workbench'

/** Asks before something that can't be undone. */
export function Confirm({ question }: { question?: Question }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (question) {
      dialog.current?.showModal()
    } else {
      dialog.current?.close()
    }
  }, [question])
  return (
    <dialog
      ref={dialog}
      className="confirm"
      aria-labelledby="question"
      onCancel={(event) => {
        event.preventDefault()
        question?.answer(false)
      }}
    >
      <p id="question">{question?.text}</p>
      <div className="row">
        <button type="button" onClick={() => question?.answer(false)}>
          Cancel
        </button>
        <button type="button" className="danger" onClick={() => question?.answer(true)}>
          Delete
        </button>
      </div>
    </dialog>
  )
}
