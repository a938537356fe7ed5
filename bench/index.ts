import { cpus } from 'node:os'
import { measureBatchCpu } from './batch-cpu'
import { measureCpu } from './cpu'
import { countRequests, countRequestsWithoutClaims } from './requests'
import { measureMemory } from './memory'
import { measureSync } from './sync'
import { markdown } from './table'

/** Runs every benchmark and prints what docs/benchmarks.md keeps. */
async function main(): Promise<void> {
  const [cpu] = cpus()
  console.log('# Benchmarks\n')
  console.log(
    `\`npm run bench\` on Node.js ${process.version}, ${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}).\n`
  )
  for (const measure of [
    countRequests,
    countRequestsWithoutClaims,
    measureSync,
    measureBatchCpu,
    measureCpu,
    measureMemory
  ]) {
    console.log(`${markdown(await measure())}\n`)
  }
}

void main()
