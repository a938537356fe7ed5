import * as api from './api.js'
import { byId, el } from './dom.js'

/** The switches of what is true of the sandbox where nobody knows for sure of Kustomer. */
export async function openVariants({ liveHost }) {
  const container = byId('variants')
  container.hidden = liveHost !== undefined
  if (liveHost) {
    return
  }
  const { data, about } = await api.variants()
  const count = byId('variants-on')
  const note = byId('variants-note')
  const switches = Object.entries(data).map(([name, isOn]) => ({
    name,
    input: el('input', { type: 'checkbox', id: `variant-${name}`, checked: isOn })
  }))
  const on = () => switches.filter(({ input }) => input.checked).map(({ name }) => name)
  const tellCount = () => {
    count.textContent = on().length === 0 ? 'as assumed' : `${on().length} on`
    count.classList.toggle('on', on().length > 0)
  }
  const apply = async () => {
    tellCount()
    note.textContent = await api.setVariants(Object.fromEntries(on().map((name) => [name, true]))).then(
      () => '',
      ({ message }) => message
    )
  }
  const assumptions = new Map()
  for (const { name, input } of switches) {
    const { assumption, off, on } = about[name]
    input.addEventListener('change', apply)
    const group = assumptions.get(assumption) ?? el('li', {}, el('h3', {}, assumption), el('p', {}, off))
    group.append(el('label', { htmlFor: input.id }, input, el('span', {}, on, ' ', el('code', {}, name))))
    assumptions.set(assumption, group)
  }
  byId('variants-list').append(...assumptions.values())
  tellCount()
}
