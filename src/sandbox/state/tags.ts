import type { World } from './world'

/** [P] Tags are read back as ids: those that names were given. */
export class Tags {
  private readonly ids = new Map<string, string>()

  constructor(private readonly world: World) {}

  /** What is written, with ids in place of the tags' names. */
  identified<Attributes extends { tags?: string[] }>(attributes: Attributes): Attributes {
    const { tags } = attributes
    return tags ? { ...attributes, tags: [...new Set(tags.map((tag) => this.idOf(tag)))] } : attributes
  }

  private idOf(tag: string): string {
    const id = this.ids.get(tag) ?? this.world.newId()
    this.ids.set(tag, id)
    this.ids.set(id, id)
    return id
  }
}
