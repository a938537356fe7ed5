import { spawnSync } from 'node:child_process'

it('delivers every call of the example and shows what an agent sees', () => {
  const { status, stdout } = spawnSync('npm', ['--silent', 'start'], { encoding: 'utf8' })
  const lines = stdout
    .replace(/(?<= )[\d.]+ ms/g, '0.0 ms')
    .replace(/ +0\.0 ms/g, ' 0.0 ms')
    .replace(/\d\d:\d\d:\d\d to \d\d:\d\d:\d\d/g, '00:00:00 to 00:00:00')
  expect(lines).toMatchSnapshot()
  expect(status).toBe(0)
})
