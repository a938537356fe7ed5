/** What was tried of one operation, and how far the facts differed from the document. */
export interface Finding {
  operation: string
  tried: string
  /** Each in one line. */
  deviations: string[]
}

/** The same deviation of many requests in one line, with how many they are. */
export function counted(lines: string[]): string[] {
  const counts = new Map<string, number>()
  lines.forEach((line) => counts.set(line, (counts.get(line) ?? 0) + 1))
  return [...counts].map(([line, count]) => (count === 1 ? line : `${line} (${count} times)`))
}

/** A table for a person to read, and below it each deviation on a line of its own. */
export function report(findings: Finding[]): string {
  const rows = findings.map(({ operation, tried, deviations }) => [operation, tried, verdict(deviations)])
  const table = columns([['Operation', 'Tried', 'Result'], ...rows])
  const deviations = findings.flatMap(({ operation, deviations: lines }) =>
    lines.map((line) => `${operation}: ${line}`)
  )
  return [table, ...(deviations.length > 0 ? [''] : []), ...deviations].join('\n')
}

function verdict(deviations: string[]): string {
  return deviations.length === 0
    ? 'as documented'
    : `${deviations.length} deviation${deviations.length === 1 ? '' : 's'}`
}

function columns(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()
    )
    .join('\n')
}
