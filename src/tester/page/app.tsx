import type { Connection } from '../server/answers'
import { AgentPart } from './agent/agent-part'
import type { Manifest } from './api'
import { Bar } from './bar/bar'
import { EventPane } from './event/event-pane'
import { Confirm } from './parts/confirm'
import { ResultPane } from './result/result-pane'
import { SetupPane } from './setup/setup-pane'
import { useNewWorkbench, WorkbenchProvider } from './state/workbench'

interface Props {
  manifest: Manifest
  connection: Connection
}

/** The page: three panes that share one workbench. */
export function App({ manifest, connection }: Props) {
  const workbench = useNewWorkbench(manifest, connection)
  return (
    <WorkbenchProvider value={workbench}>
      <Bar />
      <main id="panes" className="panes">
        <EventPane />
        <SetupPane />
        <ResultPane>
          <AgentPart />
        </ResultPane>
      </main>
      <Confirm question={workbench.question} />
    </WorkbenchProvider>
  )
}
