import { useEffect } from 'preact/hooks'
import { verdictOf } from '../state/run'
import { useWorkbench } from '../state/workbench'

/** The buttons that send; on a small screen, next to a link to the result. */
export function SendBar({ count }: { count: number }) {
  const { sending, obstacle, isSendable, send, run, isOld, connection, isBatch } = useWorkbench()
  const isOff = obstacle !== undefined || sending !== undefined

  const sendUnlessOff = (): void => {
    if (!isOff) {
      send('all')
    }
  }
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.defaultPrevented && !event.repeat) {
        event.preventDefault()
        sendUnlessOff()
      }
    }
    document.addEventListener('keydown', onKey)
    return () => {
      document.removeEventListener('keydown', onKey)
    }
  })

  const verdict = run && verdictOf(run)
  const isLive = connection.liveHost !== undefined && !connection.isDryRun
  const one = connection.isDryRun ? 'Dry run' : isLive ? 'Send live' : 'Send'
  const many = isBatch ? `${one} in batches` : `${one} all ${count}`
  const progress = sending && sending.total > 1 ? `Sending ${sending.done + 1} of ${sending.total}…` : 'Sending…'
  return (
    <div className="sending">
      {verdict && (
        <a className={`verdict ${isOld ? 'idle' : verdict.tone}`} href="#result-title" id="to-result">
          {isOld ? 'Earlier result' : verdict.words}
        </a>
      )}
      {sending && (
        <button type="button" id="cancel" onClick={sending.cancel}>
          Cancel
        </button>
      )}
      {count > 1 && !sending && (
        <button
          type="button"
          aria-disabled={!isSendable}
          onClick={() => {
            if (isSendable) {
              send('one')
            }
          }}
        >
          {one} this one
        </button>
      )}
      <button
        id="send"
        type="button"
        className={isLive ? 'primary danger' : 'primary'}
        aria-disabled={isOff}
        aria-keyshortcuts="Control+Enter Meta+Enter"
        onClick={sendUnlessOff}
      >
        {sending ? progress : count > 1 ? many : one} {!sending && <kbd>Ctrl ↵</kbd>}
      </button>
    </div>
  )
}
