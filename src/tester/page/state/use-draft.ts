import { useEffect, useRef, useState } from 'preact/hooks'
import type { Manifest } from '../api'
import { FIRST_DRAFT } from './draft'
import type { Draft } from './draft'
import { knownDraft } from './known-draft'
import { draftIn } from './link'
import { keep, restore } from './storage'

/** What took the place of another draft, which can be had back. */
interface Loaded {
  /** Such as `The sample Track`. */
  what: string
  before: Draft
}

export interface DraftState {
  draft: Draft
  change: (part: Partial<Draft>) => void
  /** Puts something else in the place of the draft. */
  load: (part: Partial<Draft>, what: string) => void
  loaded?: Loaded
  undo: () => void
  /** What the draft had when it came, and the destination does not have. */
  lost: string[]
}

/** The draft, which survives a reload; one in the address of the page comes first. */
export function useDraft(manifest: Manifest): DraftState {
  const [restored] = useState(() =>
    knownDraft({ ...FIRST_DRAFT, ...(restore('draft') as Partial<Draft> | undefined) }, manifest)
  )
  const [draft, setDraft] = useState(restored.draft)
  const [lost, setLost] = useState(restored.lost)
  const [loaded, setLoaded] = useState(() => (restore('loaded') ?? undefined) as Loaded | undefined)
  const latest = useRef(draft)
  latest.current = draft

  const change = (part: Partial<Draft>): void => {
    setDraft((current) => ({ ...current, ...part }))
  }
  const take = (next: Draft): void => {
    const known = knownDraft(next, manifest)
    setDraft(known.draft)
    setLost(known.lost)
  }
  const load = (part: Partial<Draft>, what: string): void => {
    setLoaded({ what, before: latest.current })
    take({ ...latest.current, ...part })
  }
  const undo = (): void => {
    if (loaded) {
      take(loaded.before)
      setLoaded(undefined)
    }
  }

  useEffect(() => {
    const readLink = (): void => {
      const linked = draftIn(location.hash)
      if (linked) {
        load(linked, 'The event of the link')
        // Later edits win over the link when the page is loaded again.
        history.replaceState(null, '', location.pathname)
      }
    }
    readLink()
    addEventListener('hashchange', readLink)
    return () => {
      removeEventListener('hashchange', readLink)
    }
  }, [])
  useEffect(() => {
    keep('draft', draft)
    keep('loaded', loaded ?? null)
  }, [draft, loaded])

  return { draft, change, load, loaded, undo, lost }
}
