import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { checkAnswers, readReads } from './answers'
import { readDocument } from './document'
import { report } from './finding'
import type { Finding } from './finding'
import { checkRequests } from './requests'
import type { SentRequest } from './requests'
import { checkRefusals, sharedOperations } from './sandbox'

/** The end-to-end tests add each request of the destination to the file that this variable names. */
const RECORDING = 'KUSTOMER_REQUESTS_FILE'

void new Command('conformance')
  .description("Holds the destination's requests and the sandbox against a copy of Kustomer's OpenAPI document.")
  .argument('<document>', "a copy of Kustomer's OpenAPI document, as JSON")
  .action(async (file: string) => {
    const operations = readDocument(file)
    const shared = await sharedOperations(operations)
    const findings = [
      ...checkRequests(operations, requestsOfEndToEndTests()),
      ...(await checkRefusals(shared)),
      ...(await checkAnswers(operations, readReads(join(__dirname, 'reads'))))
    ]
    console.log(report(findings))
    process.exitCode = findings.every(({ deviations }: Finding) => deviations.length === 0) ? 0 : 1
  })
  .parseAsync()

/** @throws where the tests fail, since what they sent is then not all that they would */
function requestsOfEndToEndTests(): SentRequest[] {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'))
  try {
    const recording = join(folder, 'requests.jsonl')
    writeFileSync(recording, '')
    const { status, stderr } = spawnSync(process.execPath, [require.resolve('jest/bin/jest'), 'test/end-to-end'], {
      cwd: join(__dirname, '..'),
      env: { ...process.env, [RECORDING]: recording },
      encoding: 'utf8',
      maxBuffer: Infinity
    })
    if (status !== 0) {
      throw new Error(`The end-to-end tests fail:\n${stderr}`)
    }
    return readFileSync(recording, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as SentRequest)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
