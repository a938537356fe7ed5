import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'

/**
 * Returns a text in lines of at most so many columns of a terminal.
 *
 * @param head what stands before the first line
 * @param width Infinity leaves the text as it is
 * @param indent the spaces before every other line
 */
export function fold(head: string, text: string, width: number, indent = stringWidth(head)): string[] {
  if (stringWidth(head + text) <= width) {
    return [head + text]
  }
  const isShort = stringWidth(head) <= width / 2
  const margin = isShort ? indent : 2
  const lines = wrapAnsi(isShort ? text : head.trimStart() + text, width - margin, { hard: true }).split('\n')
  return lines.map((line, index) => (index === 0 && isShort ? head : ' '.repeat(margin)) + line)
}
