import { createProgram } from './program'

const args = process.argv.slice(2)

process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  // Whoever read this, such as head, has seen enough.
  process.exit(code === 'EPIPE' ? 0 : 1)
})
void createProgram(args, (status) => process.exit(status)).then((program) => program.parseAsync(args, { from: 'user' }))
