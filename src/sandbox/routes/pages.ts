import type { Paging } from '../contract/paging'

/** [P] Returns a page of a list and links to its neighbors. The path may have a query, which ends in `&`. */
export function pageOf<Item>(items: Item[], { page, pageSize }: Paging, path: string) {
  const pages = Math.max(1, Math.ceil(items.length / pageSize))
  const at = (number: number): string => `${path}${path.includes('?') ? '' : '?'}page=${number}&pageSize=${pageSize}`
  return {
    total: items.length,
    totalPages: pages,
    data: items.slice((page - 1) * pageSize, page * pageSize),
    links: {
      self: at(page),
      first: at(1),
      prev: page > 1 ? at(page - 1) : null,
      next: page < pages ? at(page + 1) : null
    },
    last: at(pages)
  }
}

/** Returns the body that answers with a page of a list. */
export function answerPage<Item>(
  items: Item[],
  paging: Paging,
  path: string,
  shown: (item: Item) => object,
  meta: object = { page: paging.page, pageSize: paging.pageSize }
) {
  const { data, links } = pageOf(items, paging, path)
  return { meta, data: data.map(shown), links }
}
