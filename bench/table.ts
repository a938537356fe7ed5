/** What a benchmark found. */
export interface Table {
  title: string
  head: string[]
  rows: string[][]
}

/** The table as Markdown, its columns aligned. */
export function markdown({ title, head, rows }: Table): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)))
  const line = (cells: string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [`## ${title}`, '', line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
