import type { Diagnostic } from '@codemirror/lint'

/** Where a text is no JSON: in one document, or in each line of NDJSON. */
export function jsonMistakes(text: string): Diagnostic[] {
  if (text.trim() === '') {
    return []
  }
  if (!isLines(text)) {
    return mistakesIn(text, 0)
  }
  let start = 0
  return text.split('\n').flatMap((line) => {
    const from = start
    start += line.length + 1
    return line.trim() === '' ? [] : mistakesIn(line, from)
  })
}

/** Whether the first line is a value of its own, and others follow. */
function isLines(text: string): boolean {
  const [first = '', ...others] = text.trim().split('\n')
  return others.length > 0 && mistakesIn(first, 0).length === 0
}

function mistakesIn(text: string, start: number): Diagnostic[] {
  try {
    JSON.parse(text)
    return []
  } catch (error) {
    const { message } = error as Error
    const at = Math.min(Number(/position (\d+)/.exec(message)?.[1] ?? text.length), Math.max(0, text.length - 1))
    return [{ from: start + at, to: start + Math.min(at + 1, text.length), severity: 'error', message }]
  }
}
