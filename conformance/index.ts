import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { checkAnswers, readReads } from './answers'
import { readDocument } from './document'
import { counted, report } from './finding'
import type { Finding } from './finding'
import { checkRequests } from './requests'
import type { SentRequest } from './requests'
import { checkRefusals, sharedOperations } from './refusals'

/** The end-to-end tests add each request of the destination to the file that this variable names. */
const RECORDING = 'KUSTOMER_REQUESTS_FILE'

/** In the name of a test, the variants that were on. */
const WORLD = /, (?:as|with) .*, ›/

void new Command('conformance')
  .description("Holds the destination's requests and the sandbox against a copy of Kustomer's OpenAPI document.")
  .argument('<document>', "a copy of Kustomer's OpenAPI document, as JSON")
  .action(async (file: string) => {
    const operations = readDocument(file)
    const shared = await sharedOperations(operations)
    const { requests, failures } = runEndToEndTests()
    const findings = [
      { operation: 'the end-to-end tests', tried: `${requests.length} requests`, deviations: failures },
      ...checkRequests(operations, requests),
      ...(await checkRefusals(shared)),
      ...(await checkAnswers(operations, readReads(join(__dirname, 'reads'))))
    ]
    console.log(report(findings))
    process.exitCode = findings.every(({ deviations }: Finding) => deviations.length === 0) ? 0 : 1
  })
  .parseAsync()

/** The requests of the destination in the end-to-end tests, and which of these fail and so may not send all of theirs. */
function runEndToEndTests(): { requests: SentRequest[]; failures: string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'))
  try {
    const recording = join(folder, 'requests.jsonl')
    writeFileSync(recording, '')
    const jest = [require.resolve('jest/bin/jest'), '--runInBand', 'test/end-to-end']
    const { status, stderr } = spawnSync(process.execPath, jest, {
      cwd: join(__dirname, '..'),
      env: { ...process.env, [RECORDING]: recording },
      encoding: 'utf8',
      maxBuffer: Infinity
    })
    const failed = new Set(stderr.split('\n').filter((line) => /^ +● /.test(line)))
    return {
      requests: readFileSync(recording, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as SentRequest),
      failures:
        status === 0 ? [] : counted([...failed].map((line) => line.replace(/^ +● /, 'failed: ').replace(WORLD, ' ›')))
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
