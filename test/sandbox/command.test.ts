import { Command } from 'commander'
import { addSandbox } from '../../src/tester/commands/sandbox'

it('leaves the port after that of serve to Segment’s app, which looks there for news of changed code', () => {
  const program = new Command()
  addSandbox(program)
  expect(program.commands[0]?.helpInformation()).toMatch(/--port <number>[^]*default:\s+3100/)
})
