import { createInterface } from 'node:readline/promises'

/** Asks on standard error, so that standard output is the results' alone. The end of the input is a no. */
export async function isAgreed(what: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const closed = new Promise<string>((resolve) => {
    terminal.once('close', () => {
      resolve('')
    })
  })
  const answer = await Promise.race([terminal.question(`${what} Continue? (y/N) `), closed])
  terminal.close()
  return /^y(es)?$/i.test(answer.trim())
}
