import { curlOf } from './curl.js'
import { byId, code, el, fill, pretty } from './dom.js'

/** The statuses after which Segment sends an event again by itself. */
const RETRIED = (status) => [408, 423, 429].includes(status) || status >= 500

/** The pane of what happened. */
export function openResultPane({ onRetry, labelOf }) {
  const outcome = byId('outcome')
  const exchanges = byId('exchanges')
  let areMessagesShown = false

  const setMessages = () => {
    for (const exchange of exchanges.querySelectorAll('.exchange')) {
      exchange.open = areMessagesShown
    }
  }
  const messagesToggle = () => {
    const toggle = el('input', { type: 'checkbox', id: 'messages', checked: areMessagesShown })
    toggle.addEventListener('change', () => {
      areMessagesShown = toggle.checked
      setMessages()
    })
    return el(
      'div',
      { className: 'exchanges-head' },
      el('h3', {}, 'Requests'),
      el('label', { htmlFor: 'messages' }, toggle, 'Show all messages')
    )
  }
  outcome.append(el('p', { className: 'hint' }, 'Send the event to see its requests, and what Kustomer answers.'))

  return {
    showBusy() {
      outcome.classList.add('busy')
    },
    show(delivery) {
      outcome.classList.remove('busy')
      fill(outcome, describe(delivery, onRetry, labelOf))
      fill(exchanges, delivery.exchanges.length > 0 && messagesToggle(), delivery.exchanges.map(exchangeView))
      setMessages()
      if (window.matchMedia('(max-width: 1099px)').matches) {
        byId('result-title').scrollIntoView()
      }
    },
    showError(message) {
      outcome.classList.remove('busy')
      outcome.replaceChildren(verdict('bad', 'Not sent'), el('p', {}, message))
    },
    clear() {
      outcome.replaceChildren(el('p', { className: 'hint' }, 'The sandbox is empty again.'))
      exchanges.replaceChildren()
    }
  }
}

function describe(delivery, onRetry, labelOf) {
  const { delivered, action, outcome, status, problems, exchanges, milliseconds, results, leftOut } = delivery
  const count = exchanges.length === 1 ? '1 request' : `${exchanges.length} requests`
  const facts = el('p', { className: 'facts' }, `${action ?? 'no action'} · ${count} · ${milliseconds.toFixed(1)} ms`)
  if (!action) {
    return [verdict('idle', 'Ignored'), facts, el('p', {}, sentence(outcome))]
  }
  if (delivered) {
    return [
      verdict('good', 'Delivered'),
      facts,
      el('p', {}, sentence(outcome)),
      leftOutList(leftOut),
      resultList(results)
    ]
  }
  const isRetried = status !== undefined && RETRIED(status)
  return [
    verdict('bad', status === undefined ? 'Failed' : `Failed, ${status}`),
    facts,
    el('p', {}, sentence(outcome)),
    problemList(problems, labelOf),
    resultList(results),
    el(
      'div',
      { className: 'retry' },
      el('button', { type: 'button', onclick: onRetry }, 'Retry'),
      results
        ? null
        : el('p', {}, isRetried ? 'Segment would send it again by itself.' : 'Segment would not send it again.')
    )
  ]
}

function verdict(kind, text) {
  return el('p', { className: `verdict ${kind}` }, text)
}

function problemList(problems, labelOf) {
  const keys = Object.keys(problems)
  const target = (key) => byId(`field-${key.split('.')[0]}`) ?? byId(`setting-${key}`)
  return (
    keys.length > 0 &&
    el(
      'p',
      { className: 'look' },
      'Look at ',
      ...keys.flatMap((key, index) => [
        index > 0 && ', ',
        el('button', { type: 'button', className: 'link', onclick: () => target(key)?.focus() }, labelOf(key))
      ])
    )
  )
}

function resultList(results) {
  return (
    results !== undefined &&
    el(
      'ol',
      { className: 'results' },
      ...results.map(({ status, outcome, leftOut }) =>
        el('li', {}, statusTag(status), sentence(outcome), leftOutList(leftOut))
      )
    )
  )
}

/** What was left out of an event, changed or shared, each by the key of its field. */
function leftOutList(leftOut) {
  return (
    leftOut.length > 0 &&
    el(
      'dl',
      { className: 'left-out' },
      ...leftOut.flatMap(({ field, reason }) => [el('dt', {}, el('code', {}, field)), el('dd', {}, reason)])
    )
  )
}

function exchangeView({ request, response, milliseconds }) {
  const { pathname, search } = new URL(request.url)
  const path = decodeURIComponent(pathname) + search
  const copy = el('button', { type: 'button', className: 'copy' }, 'Copy as curl')
  copy.addEventListener('click', async () => {
    const isCopied = await navigator.clipboard.writeText(curlOf(request)).then(
      () => true,
      () => false
    )
    copy.textContent = isCopied ? 'Copied' : 'Not allowed'
    setTimeout(() => {
      copy.textContent = 'Copy as curl'
    }, 1500)
  })
  return el(
    'details',
    { className: 'exchange' },
    el(
      'summary',
      {},
      el('span', { className: 'method' }, request.method),
      el('span', { className: 'path', title: path }, path),
      statusTag(response.statusCode),
      el('span', { className: 'time' }, `${milliseconds.toFixed(1)} ms`)
    ),
    el(
      'div',
      { className: 'messages' },
      el('div', { className: 'message-head' }, el('h4', {}, 'Request'), copy),
      headerList(request.headers),
      request.body !== '' && code(pretty(request.body), 'Body of the request'),
      el('div', { className: 'message-head' }, el('h4', {}, 'Response')),
      headerList(response.headers),
      response.body !== '' && code(pretty(response.body), 'Body of the response')
    )
  )
}

function headerList(headers) {
  const entries = Object.entries(headers)
  return (
    entries.length > 0 &&
    el(
      'details',
      { className: 'headers' },
      el('summary', {}, `${entries.length} headers`),
      el('dl', {}, ...entries.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]))
    )
  )
}

function statusTag(status) {
  const kind = typeof status !== 'number' || status >= 500 || status === 429 ? 'bad' : status >= 400 ? 'idle' : 'good'
  return el('span', { className: `status ${kind}` }, String(status))
}

function sentence(text) {
  const capital = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.…]$/.test(capital) ? capital : `${capital}.`
}
