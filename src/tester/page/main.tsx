import { render } from 'preact'
import * as api from './api'
import { App } from './app'
import './styles/base.css'
import './styles/layout.css'
import './styles/event.css'
import './styles/setup.css'
import './styles/result.css'
import './styles/agent.css'

async function open(container: Element): Promise<void> {
  try {
    const [manifest, connection] = await Promise.all([api.manifest(), api.connection()])
    render(<App manifest={manifest} connection={connection} />, container)
  } catch (error) {
    render(<p className="note bad">{(error as Error).message}</p>, container)
  }
}

const container = document.getElementById('page')
if (container) {
  void open(container)
}
