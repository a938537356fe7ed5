import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import path from 'node:path'

const TESTER = path.join(__dirname, '../../src/tester/bin.js')

export interface Run {
  status: number | null
  stdout: string
  stderr: string
}

interface Surroundings {
  stdin?: string
  environment?: NodeJS.ProcessEnv
  folder?: string
}

/** Starts the tester as a user types it, with nothing of the real Kustomer in its environment. */
export function startTester(args: string[], { environment, folder }: Surroundings = {}): ChildProcess {
  const { KUSTOMER_API_KEY, KUSTOMER_ORG_POD, KUSTOMER_LIMITED_API_KEY, PORT, ...rest } = process.env
  return spawn(process.execPath, [TESTER, ...args], { cwd: folder, env: { ...rest, ...environment } })
}

/** Runs the tester to its end. */
export function runTester(args: string[], surroundings: Surroundings = {}): Promise<Run> {
  const tester = startTester(args, surroundings)
  const output = { stdout: '', stderr: '' }
  tester.stdout?.on('data', (chunk) => (output.stdout += String(chunk)))
  tester.stderr?.on('data', (chunk) => (output.stderr += String(chunk)))
  tester.stdin?.end(surroundings.stdin ?? '')
  return new Promise((resolve) => {
    tester.once('close', (status) => {
      resolve({ status, ...output })
    })
  })
}

/** Waits until a process prints what fits; rejects where it ends first. */
export function untilPrinted(
  tester: ChildProcess,
  fits: RegExp,
  stream: 'stdout' | 'stderr' = 'stdout'
): Promise<RegExpExecArray> {
  let printed = ''
  return new Promise((resolve, reject) => {
    const look = (chunk: Buffer): void => {
      printed += String(chunk)
      const match = fits.exec(printed)
      if (match) {
        tester[stream]?.off('data', look)
        resolve(match)
      }
    }
    tester[stream]?.on('data', look)
    tester.once('close', () => {
      reject(new Error(`It ended without printing ${String(fits)}: ${printed}`))
    })
  })
}
