/** What takes two columns of a terminal: emoji, and the scripts of East Asia. */
const WIDE =
  /\p{Emoji_Presentation}|[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/u

/** Where a line may end: at a space, but between a number and its unit. */
const BREAK = / (?!ms\b)/

const ASCII = /^[ -~]*$/

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** How many columns of a terminal a text takes. */
export function columnsOf(text: string): number {
  return graphemesOf(text).reduce((sum, grapheme) => sum + columnsOfOne(grapheme), 0)
}

/**
 * A text in lines of at most so many columns, broken at spaces, and within a word that is longer than a line.
 *
 * @param width Infinity leaves the text as it is
 * @param indent the spaces before every line but the first
 */
export function fold(text: string, width: number, indent = 0): string[] {
  if (columnsOf(text) <= width) {
    return [text]
  }
  const margin = ' '.repeat(Math.min(indent, Math.floor(width / 2)))
  const [lead = ''] = /^ */.exec(text) ?? []
  const lines: string[] = []
  const at = { line: lead, columns: lead.length, isEmpty: true }
  const add = (part: string, size: number): void => {
    at.line += part
    at.columns += size
    at.isEmpty = false
  }
  const end = (): void => {
    lines.push(at.line)
    Object.assign(at, { line: margin, columns: margin.length, isEmpty: true })
  }
  for (const word of text.slice(lead.length).split(BREAK)) {
    const joint = at.isEmpty ? '' : ' '
    const size = columnsOf(word) + joint.length
    if (at.columns + size <= width) {
      add(joint + word, size)
      continue
    }
    if (!at.isEmpty && size - joint.length <= width - margin.length) {
      end()
    } else {
      add(joint, joint.length)
    }
    for (const grapheme of graphemesOf(word)) {
      const columns = columnsOfOne(grapheme)
      if (at.columns > margin.length && at.columns + columns > width) {
        end()
      }
      add(grapheme, columns)
    }
  }
  return [...lines, at.line]
}

function graphemesOf(text: string): string[] {
  return ASCII.test(text) ? text.split('') : [...segmenter.segment(text)].map(({ segment }) => segment)
}

function columnsOfOne(grapheme: string): number {
  return WIDE.test(grapheme) ? 2 : 1
}
