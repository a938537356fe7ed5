import { useWorkbench } from '../state/workbench'
import { SandboxControls } from './sandbox-controls'

/** The name of the page, and where it writes: the real Kustomer stands out. */
export function Bar() {
  const { connection } = useWorkbench()
  const { liveHost, isDryRun } = connection
  return (
    <header className={liveHost === undefined ? 'bar' : 'bar live'}>
      <img src="icon.svg" alt="" width="24" height="24" />
      <h1>Kustomer action tester</h1>
      {liveHost === undefined ? (
        <p className="connection">
          <span className="tag good">Sandbox</span>{' '}
          {isDryRun ? 'Dry run: nothing is written' : 'Nothing leaves your machine'}
        </p>
      ) : (
        <p className="connection">
          <strong>Live</strong>{' '}
          {isDryRun ? `Dry run: reads from ${liveHost} and writes nothing` : `Events are written to ${liveHost}`}
        </p>
      )}
      {liveHost === undefined && <SandboxControls />}
    </header>
  )
}
