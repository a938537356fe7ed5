import type { Paging } from '../contract/paging'

/** [P] A page of a list, and where its neighbors are. */
export function pageOf<Item>(items: Item[], { page, pageSize }: Paging, path: string, query = '') {
  const pages = Math.max(1, Math.ceil(items.length / pageSize))
  const at = (number: number): string => `${path}?${query}page=${number}&pageSize=${pageSize}`
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

/** Answers with a page of a list. */
export function answerPage<Item>(
  items: Item[],
  paging: Paging,
  path: string,
  shown: (item: Item) => object,
  query?: string
) {
  const { data, links } = pageOf(items, paging, path, query)
  return { meta: { page: paging.page, pageSize: paging.pageSize }, data: data.map(shown), links }
}
