import { readFileSync } from 'node:fs'
import path from 'node:path'
import { dependencies, devDependencies, overrides } from '../../package.json'

const LISTED = /^- (?:`[^`]+`(?:,\s+)?)+: \S/gm

it('says of every dependency and every override why it is there, and of nothing else', () => {
  const page = readFileSync(path.join(__dirname, '../../docs/dependencies.md'), 'utf8')
  const listed = [...page.matchAll(LISTED)].flatMap(([line]) =>
    [...line.matchAll(/`([^`]+)`/g)].map(([, name]) => name)
  )
  const needed = [dependencies, devDependencies, overrides].flatMap((names) => Object.keys(names))
  expect(listed.sort()).toEqual(needed.sort())
})
