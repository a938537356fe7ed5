import { fold } from '../sending/fold'
import { labeled, printable, styledLines } from '../sending/report'
import { isComplete } from './check'
import type { Finding, Report } from './check'

const HEAD = ['Assumption', 'What was seen', 'Variant', 'What that means for this destination']

/**
 * Returns a report for a terminal: a line for each behavior that we assume, and details of the others.
 *
 * @param kustomer which one was checked
 * @param width the columns of the terminal
 */
export function asText(kustomer: string, report: Report, width: number): string {
  const lines = report.findings.flatMap(({ assumption, saw, variants, means }) => {
    const variant = variantIn(variants)
    if (means !== null && variant === undefined) {
      return labeled(2, 10, 'as assumed', assumption, { width })
    }
    const [label, style] = means === null ? (['unknown', 'yellow'] as const) : (['differs', 'red'] as const)
    const simulate = variant === undefined ? [] : [`Simulate it: --variant ${variant}`]
    return [
      ...styledLines(labeled(2, 10, label, assumption, { width }), style),
      ...[saw, ...(means === null ? [] : [means]), ...simulate].flatMap((text) => labeled(2, 10, '', text, { width }))
    ]
  })
  return [
    ...styledLines(fold('', headlineOf(kustomer, report), width), 'bold'),
    ...['', ...lines, ''],
    ...leftBehindOf(report).flatMap((line) => fold('', line, width)),
    ...fold('', 'To get a Markdown table of everything that was seen, redirect the output to a file.', width)
  ].join('\n')
}

/** Returns a report as Markdown that can be pasted into an issue. */
export function asMarkdown(kustomer: string, report: Report): string {
  const rows = report.findings.map(({ assumption, saw, variants, means }) => {
    const variant = variantIn(variants)
    const cell = means === null ? 'unknown' : variant === undefined ? 'as assumed' : `\`${variant}\``
    return [assumption, saw, cell, means ?? '']
  })
  const table = [HEAD, HEAD.map(() => '---'), ...rows].map((cells) => `| ${cells.map(oneLine).join(' | ')} |`)
  return [headlineOf(kustomer, report), '', ...table, '', ...leftBehindOf(report)].join('\n')
}

/** A report as JSON: `{kustomer, complete, findings: [{assumption, variants, saw, means}], leftBehind, interrupted}`. */
export function asJson(kustomer: string, report: Report): string {
  const { findings, leftBehind, isInterrupted } = report
  return JSON.stringify({
    kustomer,
    complete: isComplete(report),
    findings,
    leftBehind,
    interrupted: isInterrupted
  })
}

function headlineOf(kustomer: string, { findings, isInterrupted }: Report): string {
  const told = findings.filter(({ means }) => means !== null)
  const others = told.filter(({ variants }) => variantIn(variants) !== undefined)
  const differ = others.length === 1 ? '1 differs' : `${others.length} differ`
  const counts = `${told.length} of ${findings.length} questions answered, ${differ} from what we assume`
  return `Checked ${kustomer}${isInterrupted ? ', interrupted' : ''}: ${counts}.`
}

function leftBehindOf({ leftBehind }: Report): string[] {
  return leftBehind.length === 0
    ? ['Everything that the check created is deleted.']
    : ['Left behind:', ...leftBehind.map((what) => `- ${oneLine(what)}`)]
}

function variantIn(variants: Finding['variants']): string | undefined {
  return Object.entries(variants).find(([, holds]) => holds)?.[0]
}

/** Text that stays in its cell, and that a terminal obeys in nothing. */
function oneLine(text: string): string {
  return printable(text).replace(/\|/g, '\\|')
}
