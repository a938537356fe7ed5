import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createProgram } from '../../src/tester/program'
import type { Run } from './support'

class Exit extends Error {
  readonly status: number

  constructor(status: number) {
    super(`Exited with ${status}`)
    this.status = status
  }
}

/** Runs a command of the tester to its end without a process of its own. */
export async function runHere(args: string[]): Promise<Run> {
  const output = { stdout: '', stderr: '' }
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    jest.spyOn(process[stream], 'write').mockImplementation((chunk) => {
      output[stream] += String(chunk)
      return true
    })
  )
  const told = (['log', 'error'] as const).map((level) =>
    jest.spyOn(console, level).mockImplementation((...lines: unknown[]) => {
      output[level === 'log' ? 'stdout' : 'stderr'] += `${lines.join(' ')}\n`
    })
  )
  let status: number
  try {
    const program = await createProgram(args, (code) => {
      throw new Exit(code)
    })
    await program.parseAsync(args, { from: 'user' })
    status = Number(process.exitCode ?? 0)
  } catch (error) {
    if (!(error instanceof Exit)) {
      throw error
    }
    ;({ status } = error)
  } finally {
    process.exitCode = undefined
    for (const spy of [...spies, ...told]) {
      spy.mockRestore()
    }
  }
  return { status, ...output }
}

/** A file of its own with this content; anything but text is JSON, and several events are NDJSON. */
export function fileOf(name: string, ...content: unknown[]): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'tester-')), name)
  const lines = content.map((each) => (typeof each === 'string' ? each : JSON.stringify(each)))
  writeFileSync(file, lines.join('\n'))
  return file
}
