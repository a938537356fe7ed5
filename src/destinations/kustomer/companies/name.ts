/** Kustomer's limits, in characters; its document allows 256, its description 255. */
export const MIN_NAME = 3
export const MAX_NAME = 255

/** Whether Kustomer takes a text as the name of a company. */
export function isName(text: string | undefined): text is string {
  return text !== undefined && text.length >= MIN_NAME && text.length <= MAX_NAME
}
