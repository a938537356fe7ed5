import type { ComponentChildren } from 'preact'
import { useWorkbench } from '../state/workbench'
import type { Tab } from '../state/workbench'
import { Fields } from './fields'
import { Presets } from './presets'
import { SettingsForm } from './settings-form'
import { useVariants, VariantSwitches } from './variant-switches'

/** The pane of what takes the event: its mapping, and in tabs of their own what is changed less often. */
export function SetupPane() {
  const { connection, draft, mistakes, settingProblems, examined } = useWorkbench()
  const behaviors = useVariants(connection.liveHost === undefined)
  const isBroken = examined?.preview?.conditions.some(({ problem }) => problem !== undefined)
  const changed = Object.keys(draft.conditions).length + draft.presets.length
  return (
    <section className="pane setup" aria-labelledby="setup-title">
      <h2 id="setup-title" className="unseen">
        Setup
      </h2>
      <div className="tabs" role="tablist" aria-labelledby="setup-title">
        <TabButton of="mapping" label="Mapping" note={noteOf(0, Object.keys(mistakes).length > 0)} />
        <TabButton of="triggers" label="Triggers" note={noteOf(changed, isBroken)} />
        <TabButton of="settings" label="Settings" note={noteOf(0, Object.keys(settingProblems).length > 0)} />
        {connection.liveHost === undefined && (
          <TabButton of="behaviors" label="Simulated behaviors" note={noteOf(behaviors.count)} />
        )}
      </div>
      <Panel of="mapping">
        <Fields />
      </Panel>
      <Panel of="triggers">
        <Presets />
      </Panel>
      <Panel of="settings">
        <SettingsForm />
      </Panel>
      <Panel of="behaviors">
        <VariantSwitches {...behaviors} />
      </Panel>
    </section>
  )
}

/** Returns what a tab says beside its name: that something in it is wrong, or how much is changed. */
function noteOf(count: number, isMistaken = false): string {
  return isMistaken ? 'check' : count > 0 ? `${count} on` : ''
}

function TabButton({ of, label, note }: { of: Tab; label: string; note: string }) {
  const { tab, openTab } = useWorkbench()
  const move = (event: KeyboardEvent & { currentTarget: HTMLButtonElement }): void => {
    const step = { ArrowRight: 'nextElementSibling', ArrowLeft: 'previousElementSibling' } as const
    const next = event.currentTarget[step[event.key as keyof typeof step]]
    if (next instanceof HTMLButtonElement) {
      next.focus()
      next.click()
    }
  }
  return (
    <button
      type="button"
      role="tab"
      id={`tab-${of}`}
      aria-controls={`panel-${of}`}
      aria-selected={tab === of}
      tabIndex={tab === of ? 0 : -1}
      onKeyDown={move}
      onClick={() => {
        openTab(of)
      }}
    >
      {label} {note !== '' && <span className={note === 'check' ? 'tag bad' : 'tag on'}>{note}</span>}
    </button>
  )
}

function Panel({ of, children }: { of: Tab; children: ComponentChildren }) {
  const { tab } = useWorkbench()
  return (
    <div role="tabpanel" id={`panel-${of}`} aria-labelledby={`tab-${of}`} hidden={tab !== of}>
      {children}
    </div>
  )
}
