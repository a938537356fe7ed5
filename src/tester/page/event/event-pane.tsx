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
      <fieldset className="samples">
        <legend className="unseen">Sample</legend>
        {Object.keys(SAMPLES).map((name) => (
          <label key={name}>
            <input
              type="radio"
              name="sample"
              checked={draft.sample === name}
              onChange={() => {
                load(sampleOf(name), `The sample ${name}`)
              }}
            />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
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
        {mistake ?? describe(entries.map(({ event }) => event?.type ?? ''))}
      </p>
      {loaded && (
        <p className="note">
          {loaded.what} was loaded.{' '}
          <button type="button" className="link" onClick={undo}>
            Undo
          </button>
        </p>
      )}
      {lost.length > 0 && (
        <p className="note" id="lost">
          Left out, since the destination has no such field, action or preset: <bdi>{lost.join(', ')}</bdi>
        </p>
      )}
      {entries.length > 1 && <Entries entries={entries} />}
      <div className="row">
        <label htmlFor="action">Action</label>
        <select
          id="action"
          value={draft.action}
          onChange={({ currentTarget }) => {
            change({ action: currentTarget.value })
          }}
        >
          <option value="">By preset</option>
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
          In batches, as Segment does where Batch Events is on
        </label>
      )}
      <div className="row">
        <label className="button small">
          Open a file
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
        <Copy label="Copy a link to this" textOf={() => linkTo(draft, location.href)} />
      </div>
      <SendBar count={entries.length} />
    </section>
  )
}

function describe(types: string[]): string {
  const [only = ''] = types
  return types.length === 1 ? `A valid ${only} call` : types.length === 0 ? '' : `${types.length} valid calls`
}
