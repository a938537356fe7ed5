import { useWorkbench } from '../state/workbench'
import { SandboxControls } from './sandbox-controls'

/** What the page is, and where it writes: that it is the real Kustomer can be seen from afar. */
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
          {isDryRun ? 'dry run: nothing is written' : 'nothing leaves this machine'}
        </p>
      ) : (
        <p className="connection">
          <strong>Live</strong>{' '}
          {isDryRun
            ? `Dry run: it reads from ${liveHost} and writes nothing`
            : `Everything that is sent is written to ${liveHost}`}
        </p>
      )}
      {liveHost === undefined && <SandboxControls />}
    </header>
  )
}
