import { createContext } from 'preact'
import { useContext, useRef, useState } from 'preact/hooks'
import type { Connection, Entry, Omission } from '../../server/answers'
import * as api from '../api'
import type { Manifest } from '../api'
import { askOf, markOf, mistakesIn } from './draft'
import { outcomesOf } from './run'
import type { Outcome } from './run'
import { useDraft } from './use-draft'
import type { DraftState } from './use-draft'
import { usePreview } from './use-preview'
import type { PreviewState } from './use-preview'
import { useRuns } from './use-runs'
import type { RunState } from './use-runs'

/** A question that has to be answered before anything is sent. */
export interface Question {
  text: string
  answer: (isYes: boolean) => void
}

export type Tab = 'mapping' | 'triggers' | 'settings' | 'behaviors'

/** What the panes share. */
export interface Workbench extends DraftState, PreviewState, Omit<RunState, 'send'> {
  /** The tab of the setup that is open. */
  tab: Tab
  openTab: (tab: Tab) => void
  manifest: Manifest
  connection: Connection
  settings: Record<string, string>
  /** Those that the server is given: what is empty in live mode is its own. */
  given: Record<string, string>
  changeSetting: (key: string, value: string) => void
  /** The problems of the settings when they were last tried. */
  settingProblems: Record<string, string>
  trySettings: () => Promise<api.Tried>
  /** What is wrong with the mappings of the event that is looked at, by field. */
  mistakes: Record<string, string>
  /** Why the events cannot be sent all together; undefined where they can. */
  obstacle?: string
  /** Whether all are sent in batches, as far as their actions take them. */
  isBatch: boolean
  /** Whether the event that is looked at can be sent alone. */
  isSendable: boolean
  /** Sends all events, or the one that is looked at. */
  send: (which: 'all' | 'one') => void
  /** What became of the event that is looked at; undefined once it has been changed. */
  current?: Outcome
  /** Whether what is shown is not of what would be sent now. */
  isOld: boolean
  question?: Question
}

const WorkbenchContext = createContext<Workbench | undefined>(undefined)
export const WorkbenchProvider = WorkbenchContext.Provider

/** @throws outside of a WorkbenchProvider */
export function useWorkbench(): Workbench {
  const workbench = useContext(WorkbenchContext)
  if (!workbench) {
    throw new Error('useWorkbench needs a WorkbenchProvider.')
  }
  return workbench
}

/** What was left out of a field, or of a part of it. */
export function omissionsOf({ current }: Workbench, field: string): Omission[] {
  return (current?.leftOut ?? []).filter((each) => each.field === field || each.field.startsWith(`${field}.`))
}

export function useNewWorkbench(manifest: Manifest, connection: Connection): Workbench {
  const drafting = useDraft(manifest)
  const previewing = usePreview(drafting.draft)
  const { send: order, ...running } = useRuns()
  const [settings, setSettings] = useState(connection.settings)
  const [settingProblems, setSettingProblems] = useState<Record<string, string>>({})
  const [question, setQuestion] = useState<Question>()
  const [tab, openTab] = useState<Tab>('mapping')
  /** The settings that the real Kustomer has taken. */
  const taken = useRef('')
  const isStarted = useRef(false)

  const { draft } = drafting
  const entries = previewing.examined?.entries ?? []
  const mistakes = mistakesIn(draft, previewing.examined?.preview)
  const isLive = connection.liveHost !== undefined
  const given = isLive ? Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== '')) : settings

  const trySettings = async (): Promise<api.Tried> => {
    const tried = await api
      .authenticate(given)
      .catch((error: unknown) => ({ isWorking: false, outcome: (error as Error).message, fields: {} }))
    setSettingProblems(tried.fields)
    if (Object.keys(tried.fields).length > 0) {
      openTab('settings')
    }
    taken.current = tried.isWorking ? JSON.stringify(given) : ''
    return tried
  }
  const ask = (text: string): Promise<boolean> =>
    new Promise((resolve) => {
      setQuestion({
        text,
        answer(isYes) {
          setQuestion(undefined)
          resolve(isYes)
        }
      })
    })
  const checkLive = async (erased: string[]): Promise<string | undefined> => {
    if (taken.current !== JSON.stringify(given)) {
      const { isWorking, outcome } = await trySettings()
      if (!isWorking) {
        return outcome
      }
    }
    const words = `Delete ${erased.join(', ')} at ${connection.liveHost ?? ''}? You can’t undo this.`
    return erased.length === 0 || (await ask(words)) ? undefined : 'Canceled. Nothing was sent.'
  }

  const sendOnce = async (which: 'all' | 'one'): Promise<void> => {
    // What was typed within the last moment counts.
    const examined = previewing.isBehind
      ? await api.preview({ ...askOf(draft), text: draft.text, entry: draft.entry }).catch(() => undefined)
      : previewing.examined
    const { entries: all = [], hasBatches = false } = examined ?? {}
    const chosen = which === 'all' ? all : all.slice(draft.entry, draft.entry + 1)
    const erased = chosen.flatMap(({ event }) => (event?.type === 'delete' ? [String(event.userId)] : []))
    if (chosen.length === 0 || chosen.some(({ event }) => !event)) {
      return
    }
    await order({
      draft,
      events: chosen,
      first: which === 'all' ? 0 : draft.entry,
      isBatch: draft.isBatch && which === 'all' && hasBatches,
      settings: given,
      check: isLive ? () => checkLive(connection.isDryRun ? [] : erased) : undefined,
      isCareful: isLive,
      isDryRun: connection.isDryRun
    })
  }

  const send = async (which: 'all' | 'one'): Promise<void> => {
    if (!isStarted.current) {
      isStarted.current = true
      await sendOnce(which)
      isStarted.current = false
    }
  }

  const isOld =
    running.run !== undefined && (running.sending !== undefined || markOf(running.run.draft) !== markOf(draft))
  const current = running.run && !isOld ? outcomesOf(running.run).find(({ place }) => place === draft.entry) : undefined
  return {
    ...drafting,
    ...previewing,
    ...running,
    tab,
    openTab,
    manifest,
    connection,
    settings,
    given,
    changeSetting(key, value) {
      setSettings((former) => ({ ...former, [key]: value }))
      setSettingProblems({})
    },
    settingProblems,
    trySettings,
    mistakes,
    obstacle: obstacleIn(entries, previewing, mistakes),
    isBatch: draft.isBatch && previewing.examined?.hasBatches === true,
    isSendable: obstacleIn(entries.slice(draft.entry, draft.entry + 1), previewing, mistakes) === undefined,
    send: (which) => void send(which),
    current,
    isOld,
    question
  }
}

function obstacleIn(
  entries: Entry[],
  { examined, error }: PreviewState,
  mistakes: Record<string, string>
): string | undefined {
  const broken = entries.find(({ problem }) => problem !== undefined)
  const condition = examined?.preview?.conditions.find(({ problem }) => problem !== undefined)
  if (examined && entries.length === 0) {
    return 'There is no event to send.'
  }
  if (broken) {
    return broken.problem
  }
  return Object.keys(mistakes).length > 0 || condition ? 'Fix the mapping or trigger first.' : error
}
