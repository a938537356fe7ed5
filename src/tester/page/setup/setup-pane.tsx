import { useWorkbench } from '../state/workbench'
import { Fields } from './fields'
import { Presets } from './presets'
import { SettingsForm } from './settings-form'
import { VariantSwitches } from './variant-switches'

/** The pane of the settings and of the action's fields, as a Segment user sees them, each with its value for the event. */
export function SetupPane() {
  const { connection } = useWorkbench()
  return (
    <section className="pane setup" aria-labelledby="setup-title">
      <h2 id="setup-title">Settings and fields</h2>
      <SettingsForm />
      {connection.liveHost === undefined && <VariantSwitches />}
      <Presets />
      <Fields />
    </section>
  )
}
