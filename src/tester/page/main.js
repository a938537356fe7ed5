import { openAgentPane } from './agent-pane.js'
import * as api from './api.js'
import { byId, el } from './dom.js'
import { openEventPane } from './event-pane.js'
import { openResultPane } from './result-pane.js'
import { openSetupPane } from './setup-pane.js'
import { openVariants } from './variants.js'

const FAULTS = {
  None: {},
  'Rate limit (429)': { rateLimit: 0 },
  'Server errors (500)': {
    responses: [{ status: 500, body: '{"errors":[{"code":"internal","message":"Internal error"}]}' }]
  },
  'Slow (2 s)': { delayMs: 2000 }
}

/** How long to wait for the next key, in milliseconds. */
const TYPING_PAUSE = 150

async function open() {
  const [manifest, connection] = await Promise.all([api.manifest(), api.connection()])
  let payload
  let timer
  let latest = 0

  const ask = () => ({ payload, action: event.action, mapping: setup.mapping })

  const preview = async () => {
    latest += 1
    const number = latest
    const resolved = payload === undefined ? undefined : await api.preview(ask()).catch(() => undefined)
    if (
      resolved !== undefined &&
      number === latest &&
      setup.show(resolved, Array.isArray(payload) ? payload.length : 1)
    ) {
      await preview()
    }
  }
  const previewSoon = () => {
    clearTimeout(timer)
    timer = setTimeout(preview, TYPING_PAUSE)
  }

  const send = async () => {
    event.setBusy(true)
    result.showBusy()
    try {
      const delivery = await api.deliver({ ...ask(), settings: setup.settings.read() })
      result.show(delivery)
      setup.showProblems(delivery.problems)
      await agent.refresh()
    } catch (error) {
      result.showError(error.message)
    }
    event.setBusy(false)
  }

  const setup = openSetupPane(manifest, connection, { onChange: previewSoon })
  const result = openResultPane({ onRetry: send, labelOf: setup.labelOf })
  const agent = openAgentPane(connection)
  const event = openEventPane(manifest.actions, {
    onChange(next) {
      payload = next
      previewSoon()
    },
    onSend: send
  })

  event.read()
  openControls(connection, async () => {
    result.clear()
    await agent.refresh()
  })
  await Promise.all([preview(), agent.refresh(), openVariants(connection)])
  byId('panes').hidden = false
}

function openControls({ liveHost }, onReset) {
  const fault = byId('fault')
  byId('connection').append(
    liveHost ? el('span', { className: 'live' }, 'Live') : el('span', {}, 'Sandbox'),
    liveHost ? `writes to ${liveHost}` : 'nothing leaves this machine'
  )
  byId('sandbox-controls').hidden = liveHost !== undefined
  fault.append(...Object.keys(FAULTS).map((name) => el('option', {}, name)))
  const apply = async () => {
    fault.classList.toggle('on', fault.selectedIndex > 0)
    await api.setFaults(FAULTS[fault.value])
  }
  fault.addEventListener('change', apply)
  byId('reset').addEventListener('click', async () => {
    await api.reset()
    await apply()
    await onReset()
  })
}

open().catch((error) => {
  byId('connection').textContent = error.message
})
