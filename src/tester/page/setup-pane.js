import * as api from './api.js'
import { byId, el } from './dom.js'
import { mappingOf, textOf } from './mapping-text.js'

const FROM_ENVIRONMENT = 'From the environment'

/**
 * The pane of the settings and of the action's fields, as a Segment user sees them, each with its value for the event.
 *
 * @param onChange is told whenever a mapping has been edited
 */
export function openSetupPane(manifest, connection, { onChange }) {
  const settings = openSettings(manifest.authentication.fields, connection)
  const container = byId('fields')
  /** What the fields are of: the preset, or the action. */
  let route
  let edits = {}
  let rows = new Map()

  const build = (preview) => {
    const action = manifest.actions[preview.action]
    rows = new Map()
    const fields = Object.entries(action?.fields ?? {}).filter(([, field]) => !field.unsafe_hidden)
    for (const [key, field] of fields) {
      rows.set(
        key,
        fieldRow(key, field, preview.mapping[key], (edit) => {
          if (edit === undefined) {
            delete edits[key]
          } else {
            edits[key] = edit
          }
          onChange()
        })
      )
    }
    container.replaceChildren(heading(preview, action), el('div', {}, ...[...rows.values()].map(({ row }) => row)))
  }

  return {
    settings,
    /** The mappings that were edited, by field. */
    get mapping() {
      return edits
    },
    /** @returns whether the edits belonged to another route and are gone, so that the preview has to be asked again */
    show(preview, count) {
      const next = preview.preset ?? preview.action ?? 'none'
      const isOutdated = next !== route && Object.keys(edits).length > 0
      if (next !== route) {
        route = next
        edits = {}
        if (!isOutdated) {
          build(preview)
        }
      }
      if (isOutdated) {
        route = undefined
        return true
      }
      for (const [key, row] of rows) {
        row.show(preview.values[key], preview.problems[key] ?? nested(preview.problems, key))
      }
      byId('of-batch').hidden = count === 1
      byId('of-batch').textContent = `The values are those of the first of ${count} events.`
      const error = byId('mapping-error')
      error.textContent = preview.error ?? ''
      error.hidden = preview.error === undefined
      return false
    },
    /** Puts each problem beside its field or setting. */
    showProblems(problems) {
      settings.showProblems(problems)
      for (const [key, row] of rows) {
        row.showProblem(problems[key] ?? nested(problems, key))
      }
    },
    labelOf: (key) => rows.get(key)?.label ?? manifest.authentication.fields[key]?.label ?? key
  }
}

function nested(problems, key) {
  return Object.entries(problems).find(([path]) => path.startsWith(`${key}.`))?.[1]
}

function heading({ action: slug, preset }, action) {
  const error = [
    el('p', { id: 'of-batch', hidden: true }),
    el('p', { id: 'mapping-error', className: 'note bad', role: 'alert', hidden: true })
  ]
  if (slug === 'onDelete') {
    const text = 'A delete call goes past the actions: the destination erases the customer with this user ID.'
    return el('div', { className: 'action' }, el('h3', {}, 'Delete'), el('p', {}, text), ...error)
  }
  if (!action) {
    const text = 'Segment would not send this event: choose an action to send it all the same.'
    return el(
      'div',
      { className: 'action' },
      el('h3', {}, 'No preset subscribes to this event'),
      el('p', {}, text),
      ...error
    )
  }
  return el(
    'div',
    { className: 'action' },
    el('h3', {}, action.title, el('span', { className: 'tag' }, preset ? `preset ${preset}` : 'no preset')),
    el('p', {}, action.description),
    ...error
  )
}

function fieldRow(key, field, mapping, onEdit) {
  const text = textOf(mapping)
  const value = el('output', { id: `value-${key}`, className: 'value' })
  const problem = el('p', { id: `problem-${key}`, className: 'problem', hidden: true })
  const restore = el('button', { type: 'button', className: 'quiet', hidden: true }, 'Restore default')
  const input = el('textarea', {
    id: `field-${key}`,
    className: 'code',
    rows: 1,
    value: text,
    spellcheck: false,
    placeholder: 'Not mapped',
    'aria-describedby': `about-${key} value-${key} problem-${key}`
  })
  let mistake

  const showProblem = (message) => {
    problem.textContent = message ?? ''
    problem.hidden = message === undefined
    row.classList.toggle('mistaken', message !== undefined)
    input.setAttribute('aria-invalid', String(message !== undefined))
  }
  const read = () => {
    restore.hidden = input.value === text
    try {
      mistake = undefined
      onEdit(input.value === text ? undefined : mappingOf(input.value))
    } catch {
      mistake = 'This begins as JSON and is none.'
      showProblem(mistake)
    }
  }
  input.addEventListener('input', read)
  restore.addEventListener('click', () => {
    input.value = text
    read()
    input.focus()
  })

  const row = el(
    'div',
    { className: 'field' },
    el(
      'div',
      { className: 'about' },
      el('label', { htmlFor: input.id }, field.label, mark(field.required)),
      el('code', {}, key),
      el('p', { id: `about-${key}` }, field.description)
    ),
    el('div', { className: 'mapping' }, input, value, problem, restore)
  )
  return {
    row,
    label: field.label,
    showProblem,
    show(resolved, message) {
      const isEmpty = resolved === undefined || resolved === null || resolved === ''
      value.textContent = isEmpty ? 'no value' : typeof resolved === 'string' ? resolved : JSON.stringify(resolved)
      value.classList.toggle('empty', isEmpty)
      value.title = isEmpty ? '' : value.textContent
      showProblem(mistake ?? message)
    }
  }
}

/** Some fields are required only where others are empty. */
function mark(required) {
  if (!required) {
    return null
  }
  return el('span', { className: 'required' }, required === true ? 'required' : 'sometimes required')
}

/** @param unset what a setting is where nothing is entered; empty where something has to be */
function settingInput(key, { type, choices }, value, unset) {
  const properties = { id: `setting-${key}`, 'aria-describedby': `about-${key}-setting problem-${key}-setting` }
  if (choices) {
    const options = [...(unset === '' ? [] : [{ label: unset, value: '' }]), ...choices]
    const select = el(
      'select',
      properties,
      ...options.map((choice) => el('option', { value: choice.value }, choice.label))
    )
    select.value = value
    return select
  }
  return el('input', {
    ...properties,
    type: type === 'password' ? 'password' : 'text',
    value,
    placeholder: unset,
    autocomplete: 'off',
    spellcheck: false
  })
}

function openSettings(fields, { settings, liveHost }) {
  const result = el('p', { className: 'note', role: 'status' })
  const rows = Object.entries(fields).map(([key, field]) => {
    const input = settingInput(key, field, settings[key] ?? '', liveHost ? FROM_ENVIRONMENT : '')
    const problem = el('p', { id: `problem-${key}-setting`, className: 'problem', hidden: true })
    return { key, input, problem, field }
  })
  const read = () =>
    Object.fromEntries(
      rows.filter(({ input }) => !liveHost || input.value !== '').map(({ key, input }) => [key, input.value])
    )
  const showProblems = (problems) => {
    for (const { key, input, problem } of rows) {
      problem.textContent = problems[key] ?? ''
      problem.hidden = problems[key] === undefined
      input.setAttribute('aria-invalid', String(problems[key] !== undefined))
    }
  }
  const form = byId('settings')
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    result.textContent = 'Testing…'
    result.classList.remove('bad')
    const {
      ok,
      error,
      fields: problems
    } = await api.authenticate(read()).catch((failure) => ({ ok: false, error: failure.message }))
    showProblems(problems ?? {})
    result.textContent = ok
      ? 'The settings work.'
      : Object.keys(problems ?? {}).length > 0
      ? 'They do not work.'
      : error
    result.classList.toggle('bad', !ok)
  })

  form.append(
    ...rows.map(({ key, input, problem, field }) =>
      el(
        'div',
        { className: 'setting' },
        el('label', { htmlFor: input.id }, field.label, mark(field.required)),
        input,
        el('p', { id: `about-${key}-setting`, className: 'about' }, field.description),
        problem
      )
    ),
    el('div', { className: 'testing' }, el('button', {}, 'Test settings'), result)
  )
  return { read, showProblems }
}
