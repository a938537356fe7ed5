import { useEffect, useRef, useState } from 'preact/hooks'
import type { Examined } from '../../server/answers'
import * as api from '../api'
import { askOf } from './draft'
import type { Draft } from './draft'

/** How long to wait for the next key, in milliseconds. */
const TYPING_PAUSE = 150

export interface PreviewState {
  /** The entries of the text, and what the one that is looked at would become; undefined until the first answer. */
  examined?: Examined
  /** Whether the draft has changed since. */
  isBehind: boolean
  /** Why the server did not tell. */
  error?: string
}

/** What the server makes of the draft, asked anew as it is typed. */
export function usePreview(draft: Draft): PreviewState {
  const [state, setState] = useState<Omit<PreviewState, 'isBehind'> & { of?: Draft }>({})
  const isFirst = useRef(true)
  const { text, entry, action, presets, mappings, conditions } = draft

  useEffect(() => {
    const controller = new AbortController()
    const ask = async (): Promise<void> => {
      try {
        setState({ examined: await api.preview({ ...askOf(draft), text, entry }, controller.signal), of: draft })
      } catch (error) {
        if (!controller.signal.aborted) {
          setState(({ examined }) => ({ examined, error: (error as Error).message, of: draft }))
        }
      }
    }
    const timer = setTimeout(() => void ask(), isFirst.current ? 0 : TYPING_PAUSE)
    isFirst.current = false
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [text, entry, action, presets, mappings, conditions])

  const { examined, error, of } = state
  return { examined, error, isBehind: of === undefined || of.text !== text }
}
