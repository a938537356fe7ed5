import { byId, el } from './dom.js'
import { samples } from './samples.js'

/**
 * The pane of the event. Its text is checked as it is typed.
 *
 * @param onChange is told the event, or undefined while the text is none
 */
export function openEventPane(actions, { onChange, onSend }) {
  const text = byId('event')
  const note = byId('event-note')
  const action = byId('action')
  const send = byId('send')

  const read = () => {
    const { payload, message } = parse(text.value)
    note.textContent = message
    note.classList.toggle('bad', payload === undefined)
    text.setAttribute('aria-invalid', String(payload === undefined))
    send.disabled = payload === undefined
    onChange(payload)
  }

  byId('samples').append(
    ...Object.entries(samples).map(([name, sample], index) =>
      el(
        'label',
        {},
        el('input', {
          type: 'radio',
          name: 'sample',
          checked: index === 0,
          onchange: () => {
            text.value = JSON.stringify(sample, null, 2)
            text.scrollTop = 0
            read()
          }
        }),
        el('span', {}, name)
      )
    )
  )
  action.append(
    el('option', { value: '' }, 'By preset'),
    ...Object.entries(actions).map(([slug, { title }]) => el('option', { value: slug }, title))
  )
  text.value = JSON.stringify(Object.values(samples)[0], null, 2)
  text.addEventListener('input', read)
  action.addEventListener('change', read)
  send.addEventListener('click', onSend)
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !send.disabled) {
      event.preventDefault()
      onSend()
    }
  })

  return {
    read,
    /** The action that was chosen; empty where the presets choose. */
    get action() {
      return action.value
    },
    setBusy(isBusy) {
      send.disabled = isBusy
    }
  }
}

function parse(text) {
  let payload
  try {
    payload = JSON.parse(text)
  } catch (error) {
    return { message: error.message }
  }
  if (Array.isArray(payload)) {
    const isBatch = payload.length > 0 && payload.every(isEvent)
    return isBatch
      ? { payload, message: `A batch of ${payload.length} events` }
      : { message: 'A batch is an array of events, each with a type.' }
  }
  return isEvent(payload)
    ? { payload, message: `A valid ${payload.type} call` }
    : { message: 'An event is a JSON object with a type, such as track.' }
}

function isEvent(value) {
  return typeof value === 'object' && value !== null && typeof value.type === 'string' && value.type !== ''
}
