import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import {
  bracketMatching,
  codeFolding,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  syntaxHighlighting
} from '@codemirror/language'
import { linter, lintKeymap } from '@codemirror/lint'
import { EditorState, Prec } from '@codemirror/state'
import { EditorView, highlightSpecialChars, keymap } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { useEffect, useRef } from 'preact/hooks'
import { jsonMistakes } from './lint'

interface Props {
  text: string
  isMistaken: boolean
  onChange: (text: string) => void
  onSend: () => void
  onFile: (file: File) => void
}

const COLORS = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--key)' },
  { tag: tags.string, color: 'var(--text)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--number)' },
  { tag: tags.invalid, color: 'var(--bad)' }
])

/** The editor of JSON or NDJSON: errors stand where they are, long parts fold, files can be dropped. */
export function Editor({ text, isMistaken, onChange, onSend, onFile }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | undefined>(undefined)
  const handlers = useRef({ onChange, onSend, onFile })
  handlers.current = { onChange, onSend, onFile }

  useEffect(() => {
    if (!place.current) {
      return undefined
    }
    const takeFile = (event: Event, files: DataTransfer | null): boolean => {
      const file = files?.files[0]
      if (!file) {
        return false
      }
      event.preventDefault()
      handlers.current.onFile(file)
      return true
    }
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: text,
        extensions: [
          Prec.highest(
            keymap.of([
              {
                key: 'Mod-Enter',
                run: () => {
                  handlers.current.onSend()
                  return true
                }
              }
            ])
          ),
          keymap.of([...defaultKeymap, ...historyKeymap, ...foldKeymap, ...lintKeymap]),
          history(),
          json(),
          syntaxHighlighting(COLORS),
          bracketMatching(),
          codeFolding(),
          foldGutter(),
          highlightSpecialChars(),
          linter(({ state }) => jsonMistakes(state.doc.toString())),
          EditorView.lineWrapping,
          EditorView.cspNonce.of(document.querySelector('script')?.nonce ?? ''),
          EditorView.contentAttributes.of({
            id: 'event',
            tabindex: '0',
            'aria-label': 'Event as JSON',
            'aria-describedby': 'event-note'
          }),
          EditorView.updateListener.of(({ docChanged, state }) => {
            if (docChanged) {
              handlers.current.onChange(state.doc.toString())
            }
          }),
          EditorView.domEventHandlers({
            // The browser itself would keep the color of what it replaces, by a style that the page does not let in.
            beforeinput: (event, target) => {
              const { inputType, data } = event
              const selection = document.getSelection()
              const range = selection && selection.rangeCount > 0 ? selection.getRangeAt(0) : undefined
              if (inputType !== 'insertText' || data === null || target.composing || !range || range.collapsed) {
                return false
              }
              const from = target.posAtDOM(range.startContainer, range.startOffset)
              const to = target.posAtDOM(range.endContainer, range.endOffset)
              const changes = target.state.changes({ from, to, insert: data })
              target.dispatch({ changes, selection: { anchor: changes.mapPos(from, 1) }, userEvent: 'input.type' })
              event.preventDefault()
              return true
            },
            drop: (event) => takeFile(event, event.dataTransfer),
            paste: (event) => takeFile(event, event.clipboardData)
          })
        ]
      })
    })
    view.current = editor
    return () => {
      editor.destroy()
    }
  }, [])

  useEffect(() => {
    const editor = view.current
    if (editor && editor.state.doc.toString() !== text) {
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } })
      editor.scrollDOM.scrollTop = 0
    }
  }, [text])
  useEffect(() => {
    view.current?.contentDOM.setAttribute('aria-invalid', String(isMistaken))
  }, [isMistaken])

  return <div ref={place} className="editor" />
}
