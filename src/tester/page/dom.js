/**
 * An element with its properties and children. A property that an element does not have becomes an attribute; children
 * that are null or false are left out.
 */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) {
      element[name] = value
    } else {
      element.setAttribute(name, value)
    }
  }
  element.append(...children.flat().filter(isShown))
  return element
}

/** Replaces the children of an element; those that are null or false are left out. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat().filter(isShown))
}

function isShown(child) {
  return child !== null && child !== false
}

/** The element of the page with this id. */
export function byId(id) {
  return document.getElementById(id)
}

/** JSON for reading, or the text itself where it is none. */
export function pretty(value) {
  if (typeof value !== 'string') {
    return JSON.stringify(value, null, 2)
  }
  try {
    return JSON.stringify(JSON.parse(value), null, 2)
  } catch {
    return value
  }
}

/** A block of code that scrolls, and so can be reached by the keyboard. */
export function code(text, label) {
  return el('pre', { className: 'code', tabIndex: 0, role: 'group', 'aria-label': label }, text)
}
