import * as api from './api.js'
import { byId, el } from './dom.js'

/** The pane of what an agent sees in the sandbox. */
export function openAgentPane({ liveHost }) {
  const container = byId('agent')
  return {
    async refresh() {
      if (liveHost) {
        container.replaceChildren(el('p', { className: 'hint' }, 'Open Kustomer to see the customer and the timeline.'))
        return
      }
      const customers = await api.agentView()
      container.replaceChildren(
        ...(customers.length > 0
          ? customers.map(customerView)
          : [
              el(
                'p',
                { className: 'hint' },
                'No customers yet. What visitors do shows once an identify call names them.'
              )
            ])
      )
    }
  }
}

function customerView({ name, attributes, sessions }) {
  return el(
    'article',
    { className: 'customer' },
    el('header', {}, el('span', { className: 'initials', 'aria-hidden': 'true' }, initials(name)), el('h3', {}, name)),
    el('dl', {}, ...attributes.flatMap(([label, text]) => [el('dt', {}, label), el('dd', {}, text)])),
    sessions.length > 0
      ? el('div', { className: 'timeline' }, ...sessions.map(sessionView))
      : el('p', { className: 'hint' }, 'Nothing on the timeline yet.')
  )
}

function sessionView({ id, startedAt, endedAt, events }) {
  return el(
    'section',
    { className: 'session' },
    el(
      'h4',
      {},
      id === null ? 'Session, grouped by time' : el('span', {}, 'Session ', el('code', {}, id)),
      el(
        'span',
        { className: 'time' },
        startedAt === endedAt ? time(startedAt) : `${time(startedAt)} to ${time(endedAt)}`
      )
    ),
    el('ol', {}, ...events.map(eventView))
  )
}

function eventView({ name, meta }) {
  const entries = Object.entries(meta)
  return el(
    'li',
    {},
    el('p', { className: 'event-name' }, name),
    entries.length > 0 &&
      el('dl', {}, ...entries.flatMap(([key, value]) => [el('dt', {}, key), el('dd', {}, String(value))]))
  )
}

function initials(name) {
  const words = name.split(/\s+/).filter(Boolean)
  return [words[0], words.length > 1 ? words.at(-1) : ''].map((word) => (word ?? '').charAt(0).toUpperCase()).join('')
}

function time(dateTime) {
  return new Date(dateTime).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' })
}
