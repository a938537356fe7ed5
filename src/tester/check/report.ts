import { printable } from '../sending/report'
import { isComplete } from './check'
import type { Finding, Report } from './check'

const HEAD = ['Assumption', 'What was seen', 'Variant', 'What that means for this destination']

/**
 * A report as Markdown that can be pasted into an issue.
 *
 * @param kustomer which one was checked
 */
export function asMarkdown(kustomer: string, report: Report): string {
  const { findings, leftBehind, isInterrupted } = report
  const told = findings.filter(({ means }) => means !== null)
  const other = told.filter(({ variants }) => variantIn(variants) !== undefined)
  const rows = findings.map(({ assumption, saw, variants, means }) => [
    assumption,
    saw,
    variantCell(variants, means),
    means ?? ''
  ])
  return [
    `Checked ${kustomer}${isInterrupted ? ', interrupted' : ''}: ${told.length} of ${
      findings.length
    } questions answered, ${other.length} differ from what we assume.`,
    '',
    ...[HEAD, HEAD.map(() => '---'), ...rows].map(rowOf),
    '',
    leftBehind.length === 0
      ? 'Everything that the check made is erased.'
      : ['Left behind:', ...leftBehind.map((what) => `- ${oneLine(what)}`)].join('\n')
  ].join('\n')
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

function variantCell(variants: Finding['variants'], means: string | null): string {
  const name = variantIn(variants)
  return means === null ? 'unknown' : name === undefined ? 'as assumed' : `\`${name}\``
}

function variantIn(variants: Finding['variants']): string | undefined {
  return Object.entries(variants).find(([, holds]) => holds)?.[0]
}

function rowOf(cells: string[]): string {
  return `| ${cells.map(oneLine).join(' | ')} |`
}

/** Text that stays in its cell, and that a terminal obeys in nothing. */
function oneLine(text: string): string {
  return printable(text).replace(/\|/g, '\\|')
}
