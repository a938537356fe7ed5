import { z } from 'zod'
import { CouldNotTell, expectStatus, saying } from './api'
import type { Api } from './api'

/** A custom attribute that an organization has defined for customers, or had. */
export interface Attribute {
  name: string
  /** Whether it may be written with any value of its type. */
  isPlain: boolean
  /** Whether it is a single text of a few. */
  isDropDown: boolean
  /** Whether it is a text that was deleted. */
  isDeleted: boolean
}

const metadata = z.object({
  data: z.object({
    attributes: z.object({ properties: z.record(z.string(), z.record(z.string(), z.unknown())) })
  })
})

/**
 * The custom attributes of customers. Kustomer refuses those that an organization has not defined, and to define one
 * would leave it behind.
 *
 * @throws CouldNotTell
 */
export async function customAttributes(api: Api): Promise<Attribute[]> {
  const answer = expectStatus(await api.ask('GET', 'metadata/customer'), 200)
  const { data } = metadata.safeParse(answer.body)
  if (!data) {
    throw new CouldNotTell(`the metadata of customers reads otherwise than published (${saying(answer)})`)
  }
  return Object.entries(data.data.attributes.properties).map(([name, property]) => attributeOf(name, property))
}

function attributeOf(name: string, property: Record<string, unknown>): Attribute {
  const { enumeration, deletedAt, tree, target, multi, array, sensitive } = property
  const isSimple = [tree, target, multi, array, sensitive].every((mark) => !mark)
  return {
    name,
    isPlain: isSimple && !enumeration && !deletedAt,
    isDropDown: isSimple && Boolean(enumeration) && !deletedAt,
    isDeleted: isSimple && !enumeration && Boolean(deletedAt) && name.endsWith('Str')
  }
}
