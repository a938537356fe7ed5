import { withoutWrites } from '../../src/tester/kustomer/dry-run'

it.each([
  ['PATCH', 'customers/c1'],
  ['PUT', 'companies/c1']
])('answers %s %s of a dry run with the record that it is about', async (method, path) => {
  const answer = withoutWrites(() => Promise.reject(new Error('not to be read')))
  const request = new Request(`https://api.kustomerapp.com/v1/${path}`, { method, body: '{"name":"Initech"}' })
  expect(await (await answer(request))?.json()).toMatchObject({ data: { id: 'c1', attributes: { name: 'Initech' } } })
})
