import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { identifyCall } from './events'
import type { Table } from './table'

const EVENTS = 100_000
const SAMPLES = 5
const PEOPLE = 100

/** Megabytes. With more, V8 would collect garbage less often, and nothing could be told from the memory in use. */
const HEAP = 128

/** The memory of the tester while it is sent 100,000 events: identify calls of 100 customers, who do not change. */
export async function measureMemory(): Promise<Table> {
  const command = [`--max-old-space-size=${HEAP}`, path.join(__dirname, '../src/tester/bin.js'), 'send', '-', '--json']
  const tester = spawn(process.execPath, command, { stdio: ['pipe', 'ignore', 'inherit'] })
  const rows: string[][] = []
  for (let sent = 1; sent <= EVENTS; sent++) {
    const hasRoom = tester.stdin.write(`${JSON.stringify(identifyCall(sent % PEOPLE, 'Ann'))}\n`)
    if (!hasRoom) {
      await once(tester.stdin, 'drain')
    }
    if (sent % (EVENTS / SAMPLES) === 0) {
      rows.push([sent.toLocaleString('en-US'), `${megabytesOf(tester.pid ?? 0)} MB`])
    }
  }
  tester.stdin.end()
  await once(tester, 'exit')
  return {
    title: `Memory of the tester while it sends 100,000 events, with a heap of ${HEAP} MB`,
    head: ['events sent', 'memory'],
    rows
  }
}

function megabytesOf(pid: number): string {
  const kilobytes = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }))
  return (kilobytes / 1024).toFixed(0)
}
