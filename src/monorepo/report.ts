import { FOLDER } from './checkout'
import type { Change } from './checkout'

/** Returns what changed in a checkout, or would change, and what to run there. */
export function describe(root: string, changes: Change[], isDryRun: boolean): string {
  const lines = changes.map(({ kind, file }) => `  ${kind.padEnd(7)}  ${file}`)
  const headline =
    changes.length === 0
      ? `Nothing to change in ${root}: the destination there is up to date.`
      : `${isDryRun ? 'To change' : 'Changed'} in ${root}:`
  return [headline, ...lines, '', CHECKS].join('\n')
}

const CHECKS = `To run there, with its packages installed and built:
  yarn types --path ${FOLDER}/index.ts
  yarn eslint --ext .ts ${FOLDER}
  yarn prettier --check ${FOLDER}
  yarn cloud typecheck
  TZ=UTC yarn cloud test --testPathPattern=destinations/kustomer
If it is registered, also:
  yarn generate:metadata-payload --path ${FOLDER}
  yarn validate
Neither yarn types nor yarn generate:metadata-payload should change a file.`
