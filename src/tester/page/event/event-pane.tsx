import { useEffect, useState } from 'preact/hooks'
import { Copy } from '../parts/copy'
import { sampleOf } from '../state/draft'
import { linkTo } from '../state/link'
import { useWorkbench } from '../state/workbench'
import { Editor } from './editor'
import { Entries } from './entries'
import { textOfFile } from './file'
import { SAMPLES } from './samples'
import { SendBar } from './send-bar'

/** The pane of the event: what is sent, and to which action. */
export function EventPane() {
  const { draft, change, load, loaded, undo, lost, examined, obstacle, send, sending, manifest } = useWorkbench()
  const [fileError, setFileError] = useState('')
  const entries = examined?.entries ?? []

  const loadFile = async (file: File): Promise<void> => {
    try {
      load({ text: await textOfFile(file), sample: '', entry: 0, isBatch: false }, file.name)
      setFileError('')
    } catch (error) {
      setFileError((error as Error).message)
    }
  }
  useEffect(() => {
    // Wherever a file is let go of: the browser would leave the page for it.
    const onDrag = (event: DragEvent): void => {
      const isFile = event.dataTransfer?.types.includes('Files') ?? false
      const [file] = event.dataTransfer?.files ?? []
      if (isFile && !event.defaultPrevented) {
        event.preventDefault()
        if (event.type === 'drop' && file) {
          void loadFile(file)
        }
      }
    }
    addEventListener('dragover', onDrag)
    addEventListener('drop', onDrag)
    return () => {
      removeEventListener('dragover', onDrag)
      removeEventListener('drop', onDrag)
    }
  })
  const mistake = fileError || obstacle
  return (
    <section className="pane event" aria-labelledby="event-title">
      <h2 id="event-title">Event</h2>
      <div className="row">
        <Samples />
        <label className="button small">
          Open file
          <input
            type="file"
            className="unseen"
            accept=".json,.ndjson,.jsonl,.txt"
            onChange={({ currentTarget }) => {
              const [file] = currentTarget.files ?? []
              if (file) {
                void loadFile(file)
              }
              currentTarget.value = ''
            }}
          />
        </label>
        <Copy label="Copy link" textOf={() => linkTo(draft, location.href)} />
      </div>
      <Editor
        text={draft.text}
        isMistaken={entries.some(({ problem }) => problem !== undefined)}
        onChange={(text) => {
          if (text !== draft.text) {
            change({ text, sample: '', ...(draft.entry > 0 && entries.length <= draft.entry ? { entry: 0 } : {}) })
          }
        }}
        onSend={() => {
          if (obstacle === undefined && !sending) {
            send('all')
          }
        }}
        onFile={(file) => void loadFile(file)}
      />
      <p id="event-note" className={mistake ? 'note bad' : 'note'} role="status">
        {mistake ?? (entries.length === 1 && `Valid ${entries[0]?.event?.type ?? ''} call`)}
      </p>
      {loaded && (
        <p className="note">
          {loaded.what} replaced your event.{' '}
          <button type="button" className="link" onClick={undo}>
            Undo
          </button>
        </p>
      )}
      {lost.length > 0 && (
        <p className="note" id="lost">
          Ignored, because the destination has no such field, action, or preset: <bdi>{lost.join(', ')}</bdi>
        </p>
      )}
      {entries.length > 1 && <Entries entries={entries} />}
      <div className="row">
        <label htmlFor="action">Send to</label>
        <select
          id="action"
          value={draft.action}
          onChange={({ currentTarget }) => {
            change({ action: currentTarget.value })
          }}
        >
          <option value="">The action whose trigger matches</option>
          {Object.entries(manifest.actions).map(([slug, { title }]) => (
            <option key={slug} value={slug}>
              {title}
            </option>
          ))}
        </select>
      </div>
      {examined?.hasBatches && (
        <label className="check">
          <input
            type="checkbox"
            checked={draft.isBatch}
            onChange={({ currentTarget }) => {
              change({ isBatch: currentTarget.checked })
            }}
          />
          In batches, as Segment does if Batch Events is on
        </label>
      )}
      <SendBar count={entries.length} />
    </section>
  )
}

/** The samples of each kind of call; another text is the reader's own. */
function Samples() {
  const { draft, load } = useWorkbench()
  return (
    <select
      aria-label="Sample"
      className="small"
      value={draft.sample}
      onChange={({ currentTarget: { value } }) => {
        load(sampleOf(value, draft), `The ${value} sample`)
      }}
    >
      {draft.sample === '' && <option value="">Your event</option>}
      {Object.entries(SAMPLES).map(([group, samples]) => (
        <optgroup key={group} label={group}>
          {Object.keys(samples).map((name) => (
            <option key={name}>{name}</option>
          ))}
        </optgroup>
      ))}
    </select>
  )
}
