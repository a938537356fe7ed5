import { groupsOf } from '../groups'

describe('groupsOf', () => {
  it.each<[string, string[], string[][]]>([
    ['nobody', [], []],
    ['strangers', ['u1', 'u2', 'a@x.example'], [['u1'], ['u2'], ['a@x.example']]],
    ['one key', ['u1 a@x.example', 'u2', 'u1'], [['u1 a@x.example', 'u1'], ['u2']]],
    [
      'a chain',
      ['u1 a@x.example', 'u2', 'a@x.example +15550100', '+15550100'],
      [['u1 a@x.example', 'a@x.example +15550100', '+15550100'], ['u2']]
    ],
    [
      'two groups that a third event ties together',
      ['u1', 'a@x.example', 'u2', 'u1 a@x.example'],
      [['u1', 'a@x.example', 'u1 a@x.example'], ['u2']]
    ]
  ])('of %s', (_what, people, groups) => {
    const keysOf = (person: string) => person.split(' ')
    expect(groupsOf(people, keysOf)).toEqual(groups)
  })

  it('ties many together in a time that grows with their number', () => {
    const chain = Array.from({ length: 20_000 }, (_, index) => [`${index}`, `${index + 1}`])
    expect(groupsOf(chain, (keys) => keys)).toHaveLength(1)
  })
})
